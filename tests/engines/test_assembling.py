"""A plan that the judge would refuse is put together again without what breaks a rule."""

import logging

import pytest

from optimizer.board import Board
from optimizer.check import judge
from optimizer.decision import Decision
from optimizer.engines.assembling import put_together
from optimizer.engines.clocking import TimedDecision
from optimizer.tasks import Stay, Task
from optimizer.timed import Kept, Timed, TimedHalfDay
from tests.builders import a_mission, a_week, at

WEEK = a_week([a_mission("M1", "SUIVI", "FAM1", 60), a_mission("M2", "SUIVI", "FAM1", 60)])
BOARD = Board(WEEK)
TUESDAY_MORNING = 2


def timed(*starts: str, writing: str | None = None) -> TimedDecision:
    """A clock that holds AS01's interviews at these times, and an hour of writing at another."""
    site = BOARD.site_location("MDS-A")
    tasks = [Task(f"M{n}", ("AS01",), 60, site, 60, room=("MDS-A", "entretien")) for n in range(1, 3)]
    half_day = TimedHalfDay()
    for task, start in zip(tasks, starts, strict=False):
        begin = BOARD.calendar.minute(at(start))
        half_day.timed.append(Timed(task, begin, begin + 60, "A1"))
    if writing:
        begin = BOARD.calendar.minute(at(writing))
        half_day.kept.append(Kept("writing", "AS01", "MDS-A", begin, begin + 60))
    key = "AS01", TUESDAY_MORNING
    decision = Decision(stays={key: Stay(key, "MDS-A")})
    return TimedDecision(decision, {TUESDAY_MORNING: half_day})


def test_what_holds_is_left_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    plan, verdict = put_together(BOARD, [timed("tuesday 09:00", "tuesday 10:00", writing="tuesday 11:00")])
    assert verdict.passed
    assert (len(plan.assignments), len(plan.reservations)) == (2, 1)
    assert not caplog.records


def test_writing_over_an_interview_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        plan, verdict = put_together(
            BOARD, [timed("tuesday 09:00", "tuesday 10:00", writing="tuesday 09:30")]
        )
    assert verdict.passed and verdict == judge(WEEK, plan)
    assert {row.mission_id for row in plan.assignments} == {"M1", "M2"}
    assert not plan.reservations
    assert "overlap" in caplog.text


def test_two_interviews_at_once_are_not_both_held() -> None:
    plan, verdict = put_together(BOARD, [timed("tuesday 09:00", "tuesday 09:30")])
    assert verdict.passed
    answered = {row.mission_id for row in (*plan.assignments, *plan.unserved)}
    assert answered == {"M1", "M2"}
