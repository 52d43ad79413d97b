"""A day holds at most ten hours of activity and travel, within a span of at most twelve hours."""

from tests.builders import a_mission, a_plan, a_professional, a_row, a_week, amounts, hours, team_with

LONG_HOURS = team_with(a_professional("AS01", windows=hours("06:00-13:00", "14:00-20:00")))


def outside(*stretches: tuple[str, int]) -> list[int]:
    missions = [
        a_mission(f"M{n}", "PARTENARIAT", minutes=minutes) for n, (_, minutes) in enumerate(stretches)
    ]
    rows = [
        a_row(f"M{n}", "AS01", start, minutes, place="outside")
        for n, (start, minutes) in enumerate(stretches)
    ]
    return amounts(a_week(missions, professionals=LONG_HOURS), a_plan(*rows), "W2")


def test_ten_hours_are_allowed() -> None:
    assert outside(("tuesday 08:00", 300), ("tuesday 14:00", 300)) == []


def test_five_minutes_more_are_not() -> None:
    assert outside(("tuesday 08:00", 300), ("tuesday 14:00", 305)) == [5]


def test_a_span_of_twelve_hours_is_allowed() -> None:
    assert outside(("tuesday 07:00", 60), ("tuesday 18:00", 60)) == []


def test_a_span_of_five_minutes_more_is_not() -> None:
    assert outside(("tuesday 06:55", 60), ("tuesday 18:00", 60)) == [5]


def test_two_days_are_counted_apart() -> None:
    assert outside(("tuesday 08:00", 300), ("wednesday 08:00", 305)) == []


def test_travel_counts() -> None:
    # 295 + 290 of activity and twice 10 of travel: 605
    week = a_week(
        [a_mission("M1", "VAD", "FAM1", minutes=295), a_mission("M2", "PARTENARIAT", minutes=290)],
        professionals=LONG_HOURS,
    )
    plan = a_plan(
        a_row("M1", "AS01", "tuesday 07:30", 295, place="home:NORD"),
        a_row("M2", "AS01", "tuesday 14:00", 290, place="outside"),
    )
    assert amounts(week, plan, "W2") == [5]
