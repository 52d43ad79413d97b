"""What is received at a site has a room of the right kind, and a room holds one thing at a time."""

from datetime import time

import pytest

from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.scenarios import changed_week
from optimizer.week import Closing, Week, Weekday, Window
from tests.builders import (
    a_meeting,
    a_mission,
    a_plan,
    a_professional,
    a_row,
    a_week,
    amounts,
    an_action,
    at,
    day,
)


def two_interviews() -> Week:
    return a_week([a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "SUIVI", "FAM1")])


def test_a_room_may_be_taken_when_it_is_left() -> None:
    plan = a_plan(
        a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1"),
        a_row("M2", "ES01", "tuesday 09:45", 45, "MDS-A", "A1"),
    )
    assert amounts(two_interviews(), plan, "rooms") == []


def test_a_room_is_not_taken_five_minutes_before() -> None:
    plan = a_plan(
        a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1"),
        a_row("M2", "ES01", "tuesday 09:40", 45, "MDS-A", "A1"),
    )
    assert amounts(two_interviews(), plan, "rooms") == [5]


def test_another_room_is_free() -> None:
    plan = a_plan(
        a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1"),
        a_row("M2", "ES01", "tuesday 09:00", 45, "MDS-A", "A2"),
    )
    assert amounts(two_interviews(), plan, "rooms") == []


@pytest.mark.parametrize("room", [None, "AG", "B1"])
def test_an_interview_has_an_interview_room_of_its_site(room: str | None) -> None:
    plan = a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", room))
    assert amounts(two_interviews(), plan, "rooms") == [1]


def test_an_action_has_the_room_that_it_names() -> None:
    week = a_week(actions=[an_action("G1", room="AG"), an_action("G2")])
    right = a_plan(a_row("G1", "AS01 CESF01", "tuesday 09:00", 120, "MDS-A", "AG"))
    wrong = a_plan(a_row("G2", "AS01 CESF01", "tuesday 09:00", 120, "MDS-A", "A1"))
    assert amounts(week, right, "rooms") == []
    assert amounts(week, wrong, "rooms") == [1]


def test_a_visit_takes_no_room() -> None:
    week = a_week([a_mission("M1", "VAD", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 75, place="home:NORD")), "rooms") == []


def with_a_room_closed(start: str, end: str | None, now: str | None = None) -> Week:
    """Two interviews, room A1 closed for some time."""
    week = two_interviews()
    closing = Closing(start=at(start), end=at(end) if end else None)
    rooms = tuple(
        room.model_copy(update={"closed": (closing,) if room.id == "A1" else ()})
        for room in week.site["MDS-A"].rooms
    )
    sites = tuple(one.model_copy(update={"rooms": rooms}) if one.id == "MDS-A" else one for one in week.sites)
    horizon = week.horizon.model_copy(update={"now": at(now) if now else None})
    return changed_week(week, {"sites": sites, "horizon": horizon})


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("tuesday 09:45", "tuesday 12:00", []),
        ("tuesday 09:40", "tuesday 12:00", [1]),
        ("monday 09:00", "tuesday 09:00", []),
        ("monday 09:00", "tuesday 09:05", [1]),
        ("monday 09:00", None, [1]),
        ("wednesday 09:00", None, []),
    ],
)
def test_a_room_is_not_used_while_it_is_closed(start: str, end: str | None, expected: list[int]) -> None:
    plan = a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1"))
    assert amounts(with_a_room_closed(start, end), plan, "rooms") == expected


def test_what_began_before_now_stays_in_a_room_that_closes() -> None:
    plan = a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1"))
    week = with_a_room_closed("tuesday 09:30", None, now="tuesday 09:30")
    assert amounts(week, plan, "rooms") == []


def test_interviews_are_timed_around_a_room_that_closes() -> None:
    # one room left of two on Tuesday, closed from 10:00 to 11:00; both missions fit around it, not before it
    week = with_a_room_closed("tuesday 10:00", "tuesday 11:00")
    alone = tuple(
        site.model_copy(update={"rooms": tuple(room for room in site.rooms if room.id != "A2")})
        for site in week.sites
    )
    asked = [
        a_mission(name, "SUIVI", "FAM1", 60, release=day("tuesday"), due=day("tuesday"))
        for name in ("M1", "M2")
    ]
    windows = (Window(day=Weekday("tuesday"), start=time(9), end=time(12)),)
    week = changed_week(
        week,
        {
            "sites": alone,
            "missions": asked,
            "professionals": [a_professional("AS01", windows=windows)],
        },
    )
    plan = solve(week, Options(time_limit=5.0, workers=1), lambda _: None)
    starts = sorted(row.start for row in plan.assignments if row.room_id == "A1")
    assert starts == [at("tuesday 09:00"), at("tuesday 11:00")]


def test_a_meeting_takes_no_room() -> None:
    week = a_week(meetings=[a_meeting("T1", kind="ISIC_GRP")])
    assert amounts(week, a_plan(a_row("T1", "AS01", "tuesday 09:00", 120, "MDS-A")), "rooms") == []
