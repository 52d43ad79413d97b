"""Each reason on one week where its cause stands, and on the same week without it."""

from datetime import timedelta

from optimizer.board import Board
from optimizer.engines.reasons import Reasons
from optimizer.plan import Assignment, Reason
from optimizer.week import Mission, Professional, Week
from tests.builders import (
    MONDAY,
    SITES,
    TEAM,
    TRAVEL,
    a_mission,
    a_plan,
    a_professional,
    a_request,
    a_row,
    a_site,
    a_week,
    day,
    hours,
    team_with,
)

IN_THE_WEEK = day("friday")
"""A due date that may not wait: the horizon is one week."""


def reason(week: Week, *rows: Assignment, mission: str = "M1") -> Reason:
    """Why a plan with these rows leaves a mission out."""
    return Reasons(Board(week), a_plan(*rows)).of(week.mission[mission])


def housing(**fields: object) -> Mission:
    """A mission of AS and CESF alone, at MDS-A."""
    return a_mission("M1", "LOGEMENT", "FAM1", due=IN_THE_WEEK, site="MDS-A", **fields)


def without(*ids: str) -> list[Professional]:
    """The team less some people."""
    return [person for person in TEAM if person.id not in ids]


def test_nobody_of_the_profession() -> None:
    # LOGEMENT is never an ES's nor a manager's
    assert reason(a_week([housing()], professionals=without("AS01", "CESF01"))) is Reason.NO_PROFESSION
    assert reason(a_week([housing()], professionals=without("AS01"))) is Reason.NO_CAPACITY


def test_what_is_asked_for_after_the_horizon_waits() -> None:
    later = a_request("M1", due=day("friday", 1)).model_copy(update={"release": day("monday", 1)})
    assert reason(a_week([later])) is Reason.WAITING
    assert reason(a_week([later], professionals=without("AS01", "CESF01", "ES01", "CT01"))) is (
        Reason.NO_PROFESSION
    )


def test_nobody_of_the_profession_even_when_it_may_wait() -> None:
    later = housing().model_copy(update={"due": MONDAY + timedelta(weeks=5)})
    assert reason(a_week([later], professionals=without("AS01", "CESF01"))) is Reason.NO_PROFESSION
    assert reason(a_week([later])) is Reason.WAITING


def test_due_after_the_horizon_waits_and_due_within_does_not() -> None:
    # the first working day after the horizon is Monday 12 January
    due = {wait: housing().model_copy(update={"due": MONDAY + timedelta(days=6 + wait)}) for wait in (0, 1)}
    assert reason(a_week([due[1]])) is Reason.WAITING
    assert reason(a_week([due[0]])) is Reason.NO_CAPACITY


def test_no_room_of_the_kind() -> None:
    bare = [site if site.id != "MDS-A" else a_site("MDS-A", "NORD", ["SECTEUR-1"]) for site in SITES]
    assert reason(a_week([housing()], sites=bare)) is Reason.NO_ROOM
    assert reason(a_week([housing()], sites=SITES)) is Reason.NO_CAPACITY


def test_the_site_is_closed_when_they_are_there() -> None:
    mornings = [
        a_professional(name, profession, windows=hours("08:30-12:30"))
        for name, profession in (("AS01", "AS"), ("CESF01", "CESF"))
    ]
    afternoons = [
        site if site.id != "MDS-A" else site.model_copy(update={"opening": hours("13:30-17:30")})
        for site in SITES
    ]
    week = a_week([housing()], professionals=team_with(*mornings), sites=afternoons)
    assert reason(week) is Reason.OUTSIDE_OPENING_HOURS
    assert reason(a_week([housing()], professionals=team_with(*mornings))) is Reason.NO_CAPACITY


def test_longer_than_what_the_site_leaves_open() -> None:
    short = [
        site if site.id != "MDS-A" else site.model_copy(update={"opening": hours("09:00-10:00")})
        for site in SITES
    ]
    assert reason(a_week([housing(minutes=65)], sites=short)) is Reason.TOO_LONG  # 60 minutes open
    assert reason(a_week([housing(minutes=60)], sites=short)) is Reason.NO_CAPACITY


def test_no_pair_together() -> None:
    visit = a_mission("M1", "VAD", "FAM1", due=IN_THE_WEEK, home_zone="NORD", professions=["AS", "CESF"])
    apart = team_with(
        a_professional("AS01", "AS", windows=hours("08:30-12:30")),
        a_professional("CESF01", "CESF", windows=hours("13:30-17:30")),
    )
    assert reason(a_week([visit], professionals=apart)) is Reason.NO_PAIR
    assert reason(a_week([visit])) is Reason.NO_CAPACITY


def test_the_fixed_time_is_taken() -> None:
    fixed = housing(fixed="tuesday 09:00")
    assert reason(a_week([fixed])) is Reason.FIXED_TIME_TAKEN
    assert reason(a_week([housing()])) is Reason.NO_CAPACITY


def test_the_step_before_in_the_evaluation_is_not_placed() -> None:
    meeting = a_mission("M0", "IP_RENC", "FAM1", due=IN_THE_WEEK, site="POLE-E", people=2)
    talk = a_mission("M1", "IP_CONC", "FAM1", due=IN_THE_WEEK, site="POLE-E")
    week = a_week([meeting, talk], travel=TRAVEL)
    assert reason(week) is Reason.EVALUATION_ORDER
    placed = a_row("M0", "EV01 EV02", "tuesday 09:00", 60, "POLE-E", "E1")
    assert reason(week, placed) is Reason.NO_CAPACITY
