"""The whole recipe: blocks, levels, clock times, the queue, and the judge's word."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from optimizer.board import Board
from optimizer.check import Verdict
from optimizer.engines.assembling import put_together, with_bounds
from optimizer.engines.at_once import at_once
from optimizer.engines.benders import settle
from optimizer.engines.blocks import blocks_of
from optimizer.engines.clocking import TimedDecision
from optimizer.engines.levels import Block, solve_block
from optimizer.engines.options import Clock, Options
from optimizer.engines.outcome import BlockOutcome
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.plan import Plan
from optimizer.week import Week

CLOCK_SHARE = 0.3
"""Share of the time kept for clock times, cuts, and the judge."""
HURRIED = 1.0
"""The limit that the first plan's half-days are timed under, in seconds."""
LAST_SHARE = 0.04
"""Share of the time kept to assemble the plan and judge it."""


Report = Callable[[Plan], None]
"""Called with each judged plan that is better than the one before."""


def solve(week: Week, options: Options, report: Report | None = None) -> Plan:
    """A judged plan with a bound and a gap per level; without pins, a first one is told at once."""
    board = Board(week)
    clock = Clock(options)
    found = [] if week.pins else [at_once(board, replace(options, time_limit=HURRIED))]
    for plan, verdict in found:
        _tell(with_levels(plan, verdict, []), report)
    blocks = _solve_blocks(board, clock)
    outcomes = [block.outcome for block in blocks]
    timed = _settle_blocks(blocks, clock)
    for block in blocks:
        block.bounding.stop()
    found.append(put_together(board, timed))
    plan, verdict = min(found, key=lambda one: _worth(one[1]))
    judged = with_levels(plan, verdict, outcomes)
    _tell(judged, report)
    return judged


def _tell(plan: Plan, report: Report | None) -> None:
    if report:
        report(plan)


def _worth(verdict: Verdict) -> tuple[bool, int, int]:
    """What orders plans: those that break a rule last, then their prices."""
    return not verdict.passed, verdict.value(COMMITMENTS), verdict.value(PREFERENCES)


def _solve_blocks(board: Board, clock: Clock) -> list[Block]:
    """The bucket stage of each block, the smallest first: what it does not use is left to the next."""
    people = blocks_of(board)
    shares = _shares(clock, CLOCK_SHARE, [len(block) for block in reversed(people)])
    return [
        solve_block(board, block, clock, share) for block, share in zip(reversed(people), shares, strict=True)
    ]


def _settle_blocks(blocks: list[Block], clock: Clock) -> list[TimedDecision]:
    """Clock times of each block."""
    shares = _shares(clock, LAST_SHARE, [len(block.outcome.model.people) for block in blocks])
    return [
        settle(block.outcome, block.search, clock.left() - share)
        for block, share in zip(blocks, shares, strict=True)
    ]


def _shares(clock: Clock, kept: float, sizes: list[int]) -> Iterator[float]:
    """For each size its part of the seconds left by then, but for a share of the limit that is kept."""
    for index, size in enumerate(sizes):
        left = max(0.0, clock.left() - kept * clock.options.time_limit)
        yield left * size / sum(sizes[index:])


def _allowances(verdict: Verdict, outcomes: list[BlockOutcome]) -> list[int]:
    """What each block may pay at level 1, in tenths, in a plan no worse than the one judged."""
    spare = max(0, verdict.value(COMMITMENTS) - sum(outcome.commitments_bound for outcome in outcomes))
    return [outcome.commitments_bound + spare for outcome in outcomes]


def with_levels(plan: Plan, verdict: Verdict, outcomes: list[BlockOutcome]) -> Plan:
    """The plan with the judge's values, the bounds of the blocks added up, and the verdict.

    A bound of level 2 that was found over fewer plans than those no worse at level 1 counts for nothing.
    """
    bounds = {
        COMMITMENTS: sum(outcome.commitments_bound for outcome in outcomes),
        PREFERENCES: sum(
            outcome.preferences_over(most)
            for outcome, most in zip(outcomes, _allowances(verdict, outcomes), strict=True)
        ),
    }
    return with_bounds(plan, verdict, bounds)
