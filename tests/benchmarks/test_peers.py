"""Each peer plans tiny weeks; the judge accepts, and prices what it must leave out."""

import pytest

from benchmarks.peers import highs, intervals
from benchmarks.peers.answer import Contender
from benchmarks.peers.apart import Lost, apart
from benchmarks.peers.timefold import contender as timefold
from benchmarks.peers.timefold.solver import missing
from optimizer.check import judge
from optimizer.week import Week
from tests.builders import (
    MONDAY,
    SERVICES,
    SITES,
    a_meeting,
    a_mission,
    a_need,
    a_professional,
    a_request,
    a_service,
    a_site,
    a_week,
    team_with,
)

LIMIT = 12


def interviews(count: int) -> Week:
    """Interviews of FAM1, of an hour, to hold on Monday."""
    return a_week(
        missions=[
            a_mission(f"M{number}", "SUIVI", case_id="FAM1", minutes=60, due=MONDAY)
            for number in range(count)
        ]
    )


def commitments(peer: Contender, week: Week) -> int:
    """What the peer's plan costs at level 1, in tenths; the judge finds no rule broken in it."""
    answer = peer(week, LIMIT)
    assert answer.plan is not None, answer.note
    verdict = judge(week, answer.plan)
    assert verdict.passed
    return verdict.value("commitments")


LACK = missing()
HAS_TIMEFOLD = pytest.mark.skipif(LACK is not None, reason=LACK or "")
PEERS = pytest.mark.parametrize(
    "peer", [highs.plan, intervals.plan, pytest.param(timefold.plan, marks=HAS_TIMEFOLD)]
)


@PEERS
def test_what_fits_is_done_in_time(peer: Contender) -> None:
    week = interviews(3)
    assert commitments(peer, week) == 0


@PEERS
def test_requests_and_reception_are_planned_within_the_rules(peer: Contender) -> None:
    week = a_week(
        missions=[a_request(f"R{n}") for n in range(4)],
        reception=[a_need("monday", morning=1)],
    )
    assert commitments(peer, week) == 0


@PEERS
def test_an_urgency_hour_is_kept_by_someone_of_the_site(peer: Contender) -> None:
    # a site of another sector team, whose only member is its secretary: its hour is missing, 50 points
    site = a_site("MDS-D", "SUD", ["SECTEUR-2"], "D1")
    secretary = a_professional("SE01", "SECR", "SECTEUR-2", "MDS-D")
    week = a_week(
        services=(*SERVICES, a_service("SECTEUR-2")),
        sites=(*SITES, site),
        professionals=team_with(secretary),
        reception=[a_need("monday", urgency=1, site="MDS-D")],
    )
    # an hour in the morning and one in the afternoon
    assert commitments(peer, week) == 2 * 500


@PEERS
def test_a_free_meeting_begins_at_a_half_hour(peer: Contender) -> None:
    week = a_week(meetings=[a_meeting("R1", fixed=None, people=["AS01", "ES01"])])
    assert commitments(peer, week) == 0


@PEERS
def test_a_report_has_one_part_a_half_day(peer: Contender) -> None:
    week = a_week(missions=[a_mission("I4", "IP_ECR", case_id="FAM1", due=MONDAY)])
    assert commitments(peer, week) == 0


def test_highs_proves_both_levels_of_a_tiny_week() -> None:
    week = interviews(3)
    answer = highs.plan(week, LIMIT)
    assert answer.plan is not None
    verdict = judge(week, answer.plan)
    assert answer.commitments_bound == 0
    assert answer.preferences_bound is not None
    assert answer.preferences_bound <= verdict.value("preferences") / 10


def test_a_process_that_fails_is_told() -> None:
    with pytest.raises(Lost, match="ZeroDivisionError"):
        apart(divmod, (1, 0), 30)


def test_a_process_that_goes_on_is_stopped() -> None:
    with pytest.raises(Lost, match="stopped"):
        apart(pow, (7, 10**10), 0.5)
