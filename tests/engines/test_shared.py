"""Two territories that share people, a lent room, actions and sessions: whatever is pinned or odd, the whole
is accepted by the judge, everything has its answer, and no bound passes what a plan reaches."""

from collections.abc import Callable

import pytest

from optimizer.check import judge
from optimizer.engines import departement
from optimizer.engines.departement import Departement
from optimizer.engines.division import Division
from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import bound_part
from optimizer.plan import Plan
from optimizer.week import Organisation, Travel, Week
from tests.builders import (
    a_case,
    a_meeting,
    a_mission,
    a_need,
    a_pin,
    a_professional,
    a_service,
    a_site,
    a_week,
    an_action,
    day,
    hours,
)

QUICK = Options(time_limit=1.0, workers=1)
SERVICES = a_service("SA", covers=["A1"]), a_service("SB", covers=["B1"])
SITES = (
    a_site("A1", "NORD", ["SA"], "RA1 RA2", "GA"),
    a_site("B1", "SUD", ["SB"], "RB1 RB2", "GB"),
    a_site("L", "NORD", [], "RL"),
)
TEAM = (
    a_professional("a1", "AS", "SA", "A1"),
    a_professional("a2", "CESF", "SA", "A1"),
    a_professional("b1", "AS", "SB", "B1"),
    a_professional("b2", "CESF", "SB", "B1"),
)
FLOATING = a_professional("f", "AS", ["SA", "SB"], "A1")
CASES = a_case("FA", "a1", "A1"), a_case("FB", "b1", "B1", "SUD")
JOINT = ["SA", "SB"]


def two_territories(*missions: object, **given: object) -> Week:
    """Missions of two teams of an AS and a CESF, who lend each other a site."""
    rows = {"professionals": TEAM, "sites": SITES, "services": SERVICES, "cases": CASES} | given
    return a_week(missions, **rows)  # type: ignore[arg-type]


def a_session(**given: object) -> object:
    """Two seats for four people, on Tuesday."""
    people = [person.id for person in TEAM]
    return a_meeting("F1", "tuesday 09:00", 180, people=people, seats=2, site=None, kind="FORM_ISIC", **given)  # type: ignore[arg-type]


def trained(*people: str) -> tuple[object, ...]:
    """The team, of which some are at their target of training."""
    done = {"isic_days_done": 3}
    return tuple(one.model_copy(update=done) if one.id in people else one for one in TEAM)


def follow_up_pinned(start: str | None, **floating: object) -> Week:
    """A follow-up of the first team pinned to who floats."""
    who = FLOATING.model_copy(update=floating)
    return two_territories(
        a_mission("M1", "SUIVI", "FA"), professionals=(*TEAM, who), pins=[a_pin("M1", "f", start)]
    )


def joint_action_pinned() -> Week:
    actions = [an_action(id_, ["AS"], "ISIC_DSL", site=None, services=JOINT) for id_ in ("J1", "J2")]
    return two_territories(actions=actions, pins=[a_pin("J1", "b1")])


def free_meeting() -> Week:
    meeting = a_meeting("MB", None, 120, service="SB", site="B1")
    return two_territories(professionals=(*TEAM, FLOATING), meetings=[meeting])


def request_at_the_lent_site() -> Week:
    """The first team is there on the days of the other."""
    there = TEAM[0].model_copy(update={"windows": hours("08:30-17:30", days=["tuesday", "thursday"])})
    missions = a_mission("Q1", "ACCUEIL", "FA", site="L"), a_mission("Q2", "SUIVI", "FB", site="L")
    return two_territories(*missions, professionals=(there, TEAM[2]))


def pinned_at_the_lent_site() -> Week:
    missions = a_mission("Q1", "SUIVI", "FA", site="L"), a_mission("Q2", "SUIVI", "FB", site="L")
    return two_territories(*missions, pins=[a_pin("Q1", "a1", "tuesday 09:00")])


def group_room_at_once() -> Week:
    """One group room for a joint action and one of its team, at one time."""
    both = {"minutes": 180, "fixed": "monday 09:00", "due": day("monday")}
    actions = [
        an_action("J1", ["CESF"], "ISIC_DSL", site=None, services=JOINT),
        an_action("J2", ["AS"], site="A1", services=JOINT, **both),  # type: ignore[arg-type]
        an_action("X1", ["AS"], site="A1", services=["SA"], **both),  # type: ignore[arg-type]
    ]
    return two_territories(actions=actions)


def two_pins_on_one_day() -> Week:
    """Both teams have who floats on Tuesday: they are planned as one."""
    missions = a_mission("M1", "SUIVI", "FA"), a_mission("M2", "SUIVI", "FB")
    pins = [a_pin("M1", "f", "tuesday 09:00"), a_pin("M2", "f", "tuesday 14:30")]
    return two_territories(*missions, professionals=(*TEAM, FLOATING), pins=pins)


def team_without_people() -> Week:
    missions = a_mission("M1", "SUIVI", "FC"), a_mission("Q1", "ACCUEIL", site="C1")
    return two_territories(
        *missions,
        services=(*SERVICES, a_service("SC", covers=["C1"])),
        sites=(*SITES, a_site("C1", "NORD", ["SC"], "RC1")),
        cases=(*CASES, a_case("FC", None, "C1")),
    )


def session_of_nobody() -> Week:
    session = a_meeting("F1", "tuesday 09:00", 180, service="SC", seats=2, site=None, kind="FORM_ISIC")
    return two_territories(services=(*SERVICES, a_service("SC", covers=["L"])), meetings=[session])


ODD: dict[str, Callable[[], Week]] = {
    "pinned on a day": lambda: follow_up_pinned("tuesday 09:00"),
    "pinned on any of two days": lambda: follow_up_pinned(
        None, windows=hours("08:30-17:30", days=["tuesday", "thursday"])
    ),
    "two pins on one day": two_pins_on_one_day,
    "joint action pinned": joint_action_pinned,
    "free meeting of who floats": free_meeting,
    "request at the lent site": request_at_the_lent_site,
    "pinned at the lent site": pinned_at_the_lent_site,
    "group room at once": group_room_at_once,
    "team without people": team_without_people,
    "session of nobody": session_of_nobody,
    "session, all at target": lambda: two_territories(
        professionals=trained("a1", "a2", "b1", "b2"), meetings=[a_session()]
    ),
    "session, one at target pinned": lambda: two_territories(
        professionals=trained("a1"), meetings=[a_session()], pins=[a_pin("F1", "a1 a2")]
    ),
    "session, pinned to one team": lambda: two_territories(
        meetings=[a_session()], pins=[a_pin("F1", "a1 a2")]
    ),
}


def planned(week: Week) -> Plan:
    """The plan of the engine for départements, in a second."""
    return departement.solve(week, QUICK)


@pytest.mark.parametrize("name", ODD)
def test_the_whole_is_accepted_and_everything_has_its_answer(name: str) -> None:
    week = ODD[name]()
    assert len(Division(week).parts) >= (1 if name == "two pins on one day" else 2)
    plan = planned(week)
    verdict = judge(week, plan)
    assert verdict.passed, verdict.hard
    answered = [row.mission_id for rows in (plan.assignments, plan.queue, plan.unserved) for row in rows]
    asked = [item.id for table in (week.missions, week.actions, week.meetings) for item in table]
    assert sorted(set(answered)) == sorted(asked)


def test_a_joint_action_goes_to_a_team_that_has_its_leaders() -> None:
    people = (TEAM[0], a_professional("b2", "ES", "SB", "B1"), TEAM[2])
    actions = [an_action(id_, ["ES"], "ISIC_DSL", site=None, services=JOINT) for id_ in ("J1", "J2")]
    division = Division(two_territories(professionals=people, actions=actions))
    assert division.first_sharing().leads == {"J1": "SB", "J2": "SB"}


def on_duty_elsewhere() -> Week:
    """Who floats is on duty for the second team, and so not expected at two meetings of one hour."""
    meetings = [
        a_meeting("MA", "tuesday 09:00", 120, service="SA", site="A1"),
        a_meeting("MB", "tuesday 09:00", 120, service="SB", site="B1"),
    ]
    people = (TEAM[0], a_professional("b2", "SECR", "SB", "B1"), FLOATING)
    need = a_need("tuesday", morning=1, site="B1")
    return two_territories(professionals=people, meetings=meetings, reception=[need])


def posted_elsewhere() -> Week:
    """A visit of the first team next to the second's site, far from its own."""
    people = (
        a_professional("a2", "SECR", "SA", "A1"),
        a_professional("b2", "SECR", "SB", "B1"),
        FLOATING,
    )
    return two_territories(
        a_mission("M1", "VAD", "FA", minutes=120),
        professionals=people,
        travel=[Travel(from_zone="NORD", to_zone="SUD", minutes=120)],
        cases=[a_case("FA", "f", "A1", "SUD")],
    )


def an_hour_of_collective_time(who: str, *services: str) -> Week:
    """An hour a day, and an hour's action of other services that is all of the collective time due."""
    hour = hours("09:00-10:00")
    people = {
        "f": FLOATING.model_copy(update={"windows": hour}),
        "a1": TEAM[0].model_copy(update={"windows": hour}),
    }
    secretaries = (a_professional("a3", "SECR", "SA", "A1"), a_professional("b3", "SECR", "SB", "B1"))
    return two_territories(
        professionals=(people[who], *secretaries),
        cases=(),
        actions=[an_action("X1", ["AS"], "ISIC_DSL", 60, site=None, services=list(services))],
        organisation=Organisation(collective_share_percent=20, writing_share_percent=0),
    )


FREE: dict[str, Callable[[], Week]] = {
    "on duty elsewhere": on_duty_elsewhere,
    "posted elsewhere": posted_elsewhere,
    "an action led elsewhere": lambda: an_hour_of_collective_time("f", "SB"),
    "a joint action": lambda: an_hour_of_collective_time("a1", "SA", "SB"),
}


@pytest.mark.parametrize("name", FREE)
def test_what_is_done_elsewhere_may_cost_nothing_and_the_bound_knows(name: str) -> None:
    whole = Departement(Division(FREE[name]()), Clock(QUICK))
    assert len(whole.states) == 2
    bounds = [bound_part(whole._bound_job(part, is_together=False)) for part in whole.states]
    assert [bound.commitments for bound in bounds] == [0, 0]
