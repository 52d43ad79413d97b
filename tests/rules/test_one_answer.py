"""Everything has exactly one answer: placed, queued or unserved; a request is never left without a date."""

from optimizer.plan import Assignment, Queued, Unserved
from tests.builders import (
    a_meeting,
    a_mission,
    a_plan,
    a_request,
    a_row,
    a_session,
    a_week,
    amounts,
    an_action,
    queued,
    unserved,
)


def answers(*parts: Assignment | Queued | Unserved) -> list[int]:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    return amounts(week, a_plan(*parts), "H4.1")


PLACED = a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1")


def test_one_answer_is_enough() -> None:
    assert answers(PLACED) == []
    assert answers(unserved("M1")) == []


def test_no_answer_is_one_short() -> None:
    assert answers() == [1]


def test_two_answers_are_one_too_many() -> None:
    assert answers(PLACED, unserved("M1")) == [1]
    assert answers(unserved("M1"), unserved("M1"), unserved("M1")) == [2]


def test_two_parts_are_one_answer() -> None:
    assert answers(PLACED, a_row("M1", "AS01", "tuesday 10:00", 45, "MDS-A", "A1")) == []


def test_only_a_request_is_queued() -> None:
    assert answers(queued("M1")) == [1]
    assert amounts(a_week([a_request("R1")]), a_plan(queued("R1")), "H4.1") == []


def test_a_request_always_gets_a_date() -> None:
    assert amounts(a_week([a_request("R1")]), a_plan(unserved("R1")), "H4.1") == [1]


def test_a_session_needs_an_answer_and_a_meeting_none() -> None:
    assert amounts(a_week(meetings=[a_session("F1")]), a_plan(), "H4.1") == [1]
    assert amounts(a_week(meetings=[a_meeting("T1")]), a_plan(), "H4.1") == []
    assert amounts(a_week(actions=[an_action("G1")]), a_plan(), "H4.1") == [1]
