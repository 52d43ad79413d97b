"""What a plan keeps, and what is to be done about it."""

import pytest

from api.rdv.entities import Absence
from api.rdv.writing import Change, Deed, changes, kept_by
from optimizer.plan import Plan
from optimizer.week import Week
from tests.api.rdv.double import an_absence
from tests.builders import (
    a_meeting,
    a_mission,
    a_plan,
    a_row,
    a_span,
    a_week,
    an_action,
    at,
    kept,
)

WEEK = a_week(
    [a_mission("M1", "SUIVI", "FAM1")], meetings=[a_meeting("R1")], actions=[an_action("G1")], weeks=2
)
NINE, TEN = 9 * 60, 10 * 60
OURS = {"title": "Indisponible [pv]"}


@pytest.mark.parametrize("kind", ["writing", "collective", "preparation"])
def test_time_without_anybody_to_receive_is_kept(kind: str) -> None:
    assert kept_by(WEEK, a_plan(kept(kind, "AS01", "monday 09:00", 60))) == {"AS01": ((NINE, TEN),)}


def test_actions_and_meetings_are_kept() -> None:
    plan = a_plan(a_row("R1", "AS01", "monday 09:00", 60), a_row("G1", "AS01 CESF01", "monday 10:00", 120))
    assert kept_by(WEEK, plan) == {"AS01": ((NINE, 12 * 60),), "CESF01": ((TEN, 12 * 60),)}


@pytest.mark.parametrize("kind", ["reception", "urgency", "travel"])
def test_time_when_people_are_received_is_not_kept(kind: str) -> None:
    plan = a_plan(kept(kind, "AS01", "monday 09:00", 60), a_row("M1", "AS01", "monday 11:00", 45))
    assert kept_by(WEEK, plan) == {}


def test_the_first_week_is_the_one_that_is_kept() -> None:
    plan = a_plan(kept("writing", "AS01", "monday 09:00", 60, week=1))
    assert kept_by(WEEK, plan) == {}


def test_absences_are_kept_over_the_horizon_and_no_longer() -> None:
    week = a_week(
        absences=[
            a_span("AS01", "friday 12:00", "sunday 12:00"),
            a_span("CT01", "monday 09:00", "monday 10:00"),
        ]
    )
    day = 24 * 60
    assert kept_by(week, None) == {
        "AS01": ((4 * day + 12 * 60, 6 * day + 12 * 60),),
        "CT01": ((NINE, TEN),),
    }


# ------------------------------------------------------------ what is to be done


def asked(plan: Plan, *absences: dict[str, object], week: Week = WEEK) -> list[Change]:
    """What is to be done for agent 11, who is AS01."""
    return changes(week, plan, {11: "AS01"}, [Absence.model_validate(one) for one in absences])


WRITING = a_plan(kept("writing", "AS01", "monday 09:00", 60))
MONDAY = at("monday 09:00"), at("monday 10:00")


def test_what_is_there_is_left() -> None:
    there = an_absence(1, 11, "2026-01-05", "09:00", "10:00") | OURS
    assert asked(WRITING, there) == []


def test_what_is_there_twice_is_there_once() -> None:
    first, second = (an_absence(n, 11, "2026-01-05", "09:00", "10:00") | OURS for n in (1, 2))
    assert asked(WRITING, second, first) == [Change(Deed.REMOVE, "AS01", 11, 2, *MONDAY)]


def test_what_somebody_lengthened_is_set_right() -> None:
    there = an_absence(1, 11, "2026-01-05", "09:00", "11:00") | OURS
    assert asked(WRITING, there) == [Change(Deed.CHANGE, "AS01", 11, 1, *MONDAY)]


def test_what_others_or_an_earlier_week_say_is_not_said_again() -> None:
    theirs = an_absence(1, 11, "2025-11-03", "08:00", "09:30", rrule="FREQ=WEEKLY;BYDAY=MO;")
    half = Change(Deed.CREATE, "AS01", 11, None, at("monday 09:30"), at("monday 10:00"))
    assert asked(WRITING, theirs) == [half]
    earlier = an_absence(1, 11, "2026-01-02", "08:00", "09:30", end_day="2026-01-05") | OURS
    assert asked(WRITING, earlier) == [half]


def test_an_absence_of_ours_that_somebody_made_repeat_is_theirs() -> None:
    there = an_absence(1, 11, "2026-01-05", "09:00", "10:00", rrule="FREQ=WEEKLY;BYDAY=MO;") | OURS
    assert asked(WRITING, there) == []


def test_a_day_ends_a_minute_before_the_next() -> None:
    whole = Change(Deed.CREATE, "AS01", 11, None, at("monday 00:00"), at("wednesday 00:00"))
    assert whole.content == {
        "title": "Indisponible [pv]",
        "first_day": "2026-01-05",
        "start_time": "00:00",
        "end_day": "2026-01-06",
        "end_time": "23:59",
    }
