"""Each peer plans tiny weeks; the judge accepts, and prices what it must leave out."""

import pytest

from benchmarks.peers import highs, intervals
from benchmarks.peers.answer import Contender
from benchmarks.peers.apart import Lost, apart
from benchmarks.peers.timefold import contender as timefold
from benchmarks.peers.timefold.solver import missing
from optimizer.check import judge
from optimizer.week import Week
from tests.builders import MONDAY, a_mission, a_need, a_request, a_week

LIMIT = 12


def interviews(count: int) -> Week:
    """Interviews of FAM1, of an hour, to hold on Monday."""
    return a_week(
        missions=[
            a_mission(f"M{number}", "SUIVI", case_id="FAM1", minutes=60, due=MONDAY)
            for number in range(count)
        ]
    )


LACK = missing()
HAS_TIMEFOLD = pytest.mark.skipif(LACK is not None, reason=LACK or "")
PEERS = pytest.mark.parametrize(
    "peer", [highs.plan, intervals.plan, pytest.param(timefold.plan, marks=HAS_TIMEFOLD)]
)


@PEERS
def test_what_fits_is_done_in_time(peer: Contender) -> None:
    week = interviews(3)
    answer = peer(week, LIMIT)
    assert answer.plan is not None, answer.note
    verdict = judge(week, answer.plan)
    assert verdict.passed
    assert verdict.value("commitments") == 0


@PEERS
def test_requests_and_reception_are_planned_within_the_rules(peer: Contender) -> None:
    week = a_week(
        missions=[a_request(f"R{n}") for n in range(4)],
        reception=[a_need("monday", morning=1)],
    )
    answer = peer(week, LIMIT)
    assert answer.plan is not None, answer.note
    verdict = judge(week, answer.plan)
    assert verdict.passed
    assert verdict.value("commitments") == 0


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
