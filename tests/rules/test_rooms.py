"""What is received at a site has a room of the right kind, and a room holds one thing at a time."""

import pytest

from optimizer.week import Week
from tests.builders import a_meeting, a_mission, a_plan, a_row, a_week, amounts, an_action


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


def test_a_meeting_takes_no_room() -> None:
    week = a_week(meetings=[a_meeting("T1", kind="ISIC_GRP")])
    assert amounts(week, a_plan(a_row("T1", "AS01", "tuesday 09:00", 120, "MDS-A")), "rooms") == []
