"""A duty shorter than the day of who holds it: what it may hold is wholly inside it, the rest beside it."""

from dataclasses import replace

import pytest

from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.organisation import Organisation
from optimizer.plan import Plan, ReservationKind
from optimizer.week import Mission, Week, Window
from tests.builders import (
    a_mission,
    a_need,
    a_professional,
    a_request,
    a_site,
    a_week,
    at,
    hours,
)

AFTERNOON = hours("13:30-17:30", days=["monday"])
OPEN_LATE = hours("14:30-16:30", days=["monday"])
OPTIONS = Options(time_limit=3, workers=1, deterministic=True)


def a_duty(missions: list[Mission], writing: int = 0, opening: tuple[Window, ...] = OPEN_LATE) -> Week:
    """One AS from 13:30 to 17:30, who holds the reception of a site open for a part of it."""
    return a_week(
        missions,
        professionals=[a_professional("AS01", windows=AFTERNOON)],
        sites=[a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1", opening=opening)],
        reception=[a_need("monday", afternoon=1)],
        organisation=Organisation(collective_share_percent=0, writing_share_percent=writing),
    )


def solved(week: Week) -> Plan:
    """A plan that the judge accepts."""
    plan = solve(week, OPTIONS)
    assert plan.checker and plan.checker.violations == ()
    return plan


@pytest.mark.parametrize("seed", range(3))
def test_writing_does_not_straddle_the_edge_of_a_duty(seed: int) -> None:
    # 3 h of writing: 1 h before, 1 h after, and the half of the duty that may hold some
    plan = solve(a_duty([], writing=75), replace(OPTIONS, seed=seed))
    assert plan.checker and plan.checker.violations == ()
    written = [row for row in plan.reservations if row.kind is ReservationKind.WRITING]
    assert sum((row.end - row.start).total_seconds() for row in written) == 180 * 60
    assert plan.levels[0].value == 0


def test_writing_beside_a_duty_leaves_it_its_half_for_requests() -> None:
    # an hour before, an hour after, and the hour of the duty that a request takes
    plan = solved(a_duty([a_request("R1", due=at("monday 09:00").date())], writing=50))
    assert [row.mission_id for row in plan.assignments] == ["R1"]
    assert plan.levels[0].value == 0


def test_a_visit_before_a_duty_leaves_the_time_to_come_back() -> None:
    # 13:30, 10 minutes out, 40 there, 10 back is 14:30; 45 minutes there would be too late
    visits = [a_mission("V1", "VAD", "FAM1", minutes, due=at("monday 09:00").date()) for minutes in (40, 45)]
    opening = hours("14:30-17:30", days=["monday"])
    held, missed = (solved(a_duty([visit], opening=opening)) for visit in visits)
    assert (len(held.assignments), len(missed.assignments)) == (1, 0)
    assert missed.levels[0].value == 80  # 60, and 5 for each further day until the next Monday
