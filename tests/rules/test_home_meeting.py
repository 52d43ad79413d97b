"""An evaluation has its home meeting: one placed, unless all may wait until after the horizon."""

from datetime import date

from optimizer.plan import Assignment
from tests.builders import a_mission, a_plan, a_row, a_week, day, price, unserved

VISIT = a_row("M1", "EV01 EV02", "tuesday 09:00", 120, place="home:NORD")


def missing(due: date, *parts: Assignment) -> int:
    visits = [
        a_mission("M1", "IP_VAD", "FAM1", due=due),
        a_mission("M2", "IP_VAD", "FAM1", due=day("friday", 2)),
    ]
    left = [unserved(name) for name in ("M1", "M2") if name not in {part.mission_id for part in parts}]
    return price(a_week(visits), a_plan(*parts, *left), "home meeting")


def test_an_evaluation_without_its_meeting_costs_a_hundred_and_fifty() -> None:
    assert missing(day("friday")) == 1500


def test_all_may_wait_when_none_is_due() -> None:
    # the first working day after the horizon is Monday 12
    assert missing(day("monday", 1)) == 0


def test_one_meeting_is_enough() -> None:
    assert missing(day("friday"), VISIT) == 0


def test_a_meeting_at_the_office_is_none() -> None:
    week = a_week([a_mission("M1", "IP_VAD", "FAM1"), a_mission("M2", "IP_RENC", "FAM1")])
    plan = a_plan(a_row("M2", "EV01", "tuesday 09:00", 60, "POLE-E", "E1"), unserved("M1"))
    assert price(week, plan, "home meeting") == 1500
