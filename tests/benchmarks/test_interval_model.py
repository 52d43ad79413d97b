"""The interval model gives plans that the judge accepts."""

from datetime import date, time

import pytest

from benchmarks.interval_model import solve
from instances.generator import Load, generate
from optimizer.check import judge
from optimizer.organisation import Organisation
from optimizer.week import (
    WEEKDAYS,
    Case,
    Horizon,
    Mission,
    Professional,
    ReceptionNeed,
    Room,
    Service,
    Site,
    Week,
    Weekday,
    Window,
)
from optimizer.words import Profession, RoomKind, ServiceKind

MONDAY = date(2027, 3, 1)
NO_QUOTAS = Organisation(writing_share_percent=0, collective_share_percent=0)
OPEN = tuple(
    Window(day=day, start=start, end=end)
    for day in WEEKDAYS
    for start, end in ((time(8, 30), time(12, 30)), (time(13, 30), time(17, 30)))
)


def one_worker(*missions: Mission, reception: tuple[ReceptionNeed, ...] = ()) -> Week:
    """An AS alone at a site with one room, for a week."""
    room = Room(id="A1", kind=RoomKind.INTERVIEW)
    site = Site(id="MDS", zone="Z1", service_ids=("SECTEUR",), opening=OPEN, rooms=(room,))
    person = Professional(
        id="AS01",
        profession=Profession.AS,
        service_ids=("SECTEUR",),
        site_id="MDS",
        quotite=100,
        windows=OPEN,
    )
    return Week(
        horizon=Horizon(first_day=MONDAY, weeks=1),
        services=(Service(id="SECTEUR", kind=ServiceKind.SECTEUR),),
        sites=(site,),
        professionals=(person,),
        cases=(Case(id="S1", site_id="MDS", zone="Z1"),),
        missions=missions,
        reception=reception,
        organisation=NO_QUOTAS,
    )


def interview(number: int, kind: str = "SUIVI", minutes: int = 60, due: date = MONDAY) -> Mission:
    return Mission(
        id=f"M{number}",
        type=kind,
        case_id=None if kind == "ACCUEIL" else "S1",
        received=MONDAY,
        duration_minutes=minutes,
        release=MONDAY,
        due=due,
        site_id="MDS",
    )


def test_what_fits_in_a_day_is_done_that_day() -> None:
    # two half-days of four hours hold eight interviews of one hour
    week = one_worker(*(interview(number) for number in range(8)))
    plan, bound = solve(week, 10, 1, 1)
    assert plan is not None
    verdict = judge(week, plan)
    assert verdict.passed
    assert verdict.value("commitments") == 0
    assert bound == 0


def test_the_ninth_interview_is_a_day_late() -> None:
    # 60 points for the first day of lateness
    week = one_worker(*(interview(number) for number in range(9)))
    plan, bound = solve(week, 10, 1, 1)
    assert plan is not None
    assert judge(week, plan).value("commitments") == 600
    assert bound == 60


def test_a_request_may_stand_in_the_second_half_of_a_duty() -> None:
    # the whole Monday on duty: two hours of each half-day may receive, so four requests are on time
    duty = ReceptionNeed(site_id="MDS", day=Weekday.MONDAY, morning=1, afternoon=1)
    week = one_worker(*(interview(number, "ACCUEIL") for number in range(4)), reception=(duty,))
    plan, _ = solve(week, 10, 1, 1)
    assert plan is not None
    verdict = judge(week, plan)
    assert verdict.passed
    assert verdict.value("commitments") == 0


def test_requests_beyond_the_week_are_dated_in_order() -> None:
    # forty hours a week: ten of fifty one-hour requests wait, and each has a date
    week = one_worker(*(interview(number, "ACCUEIL") for number in range(50)))
    plan, _ = solve(week, 10, 1, 1)
    assert plan is not None
    assert judge(week, plan).passed
    placed = {row.mission_id for row in plan.assignments}
    assert len(placed) + len(plan.queue) == 50
    assert len(plan.queue) >= 10


@pytest.mark.parametrize("load", Load)
def test_a_generated_week_is_planned_within_the_rules(load: Load) -> None:
    week = generate(6, 1, load, 2)
    plan, _ = solve(week, 5, 1, 1)
    assert plan is not None
    assert [str(violation) for violation in judge(week, plan).hard] == []
