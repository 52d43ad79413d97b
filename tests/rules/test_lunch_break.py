"""Between morning and afternoon there are 45 minutes of lunch, beside the travel taken then."""

from tests.builders import (
    a_mission,
    a_need,
    a_plan,
    a_professional,
    a_row,
    a_week,
    amounts,
    hours,
    kept,
    team_with,
)


def lunch(end_of_morning: str, afternoon_site: str) -> list[int]:
    """Missing minutes with writing at MDS-A, then reception from 13:30."""
    hour, minute = end_of_morning.split(":")
    minutes = int(hour) * 60 + int(minute) - 10 * 60
    plan = a_plan(
        kept("preparation", "AS01", "tuesday 10:00", minutes, "MDS-A"),
        kept("reception", "AS01", "tuesday 13:30", 240, afternoon_site),
    )
    return amounts(a_week(reception=[a_need("tuesday", afternoon=1, site=afternoon_site)]), plan, "W6")


def test_a_lunch_without_travel_is_long_enough() -> None:
    assert lunch("12:30", "MDS-A") == []


def test_the_change_of_post_is_taken_beside_lunch() -> None:
    # from MDS-A to MDS-B: 20 minutes; 12:25 to 13:30 leaves 65, that is 45 + 20
    assert lunch("12:25", "MDS-B") == []


def test_five_minutes_less_are_too_few() -> None:
    assert lunch("12:30", "MDS-B") == [5]


def test_a_way_back_is_taken_beside_lunch() -> None:
    # one window of nine hours; home until 12:20, back by 12:30; then 13:15: 55 minutes, that is 45 + 10
    team = team_with(a_professional("AS01", windows=hours("08:30-17:30")))
    week = a_week([a_mission("M1", "VAD", "FAM1")], professionals=team)
    writing = kept("writing", "AS01", "tuesday 13:15", 60)
    for start, expected in (("11:05", []), ("11:10", [5])):
        visit = a_row("M1", "AS01", f"tuesday {start}", 75, place="home:NORD")
        assert amounts(week, a_plan(visit, writing), "W6") == expected
