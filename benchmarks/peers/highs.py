"""The product's statement of half-days, undivided, given whole to HiGHS as one MIP (through MathOpt).

Level 1 alone first; then, where level 1 is proven, level 2 over the plans that pay no more. One weighted sum
of both would spread the prices over six powers of ten and bound neither level. The clock times are the
product's.
"""

from dataclasses import dataclass
from time import monotonic

import numpy as np

from benchmarks.peers.answer import WORKERS, Answer
from benchmarks.peers.apart import Lost, apart
from benchmarks.peers.timing import timed_plan
from optimizer.board import Board
from optimizer.decision import Decision, read_decision
from optimizer.engines.levels import build
from optimizer.engines.matrix import Matrix
from optimizer.engines.options import Options
from optimizer.engines.solvers import Answer as Solved
from optimizer.engines.solvers import solve_with_highs
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.week import Week

CLOCK_SHARE, GRACE_SHARE = 0.2, 0.25
"""Shares of the limit: kept for clock times, and granted beyond it to HiGHS, which reads its own late."""


@dataclass(frozen=True)
class Found:
    """What HiGHS says: a decision if any, bounds in points, and a word on it."""

    decision: Decision | None
    commitments_bound: float | None
    preferences_bound: float | None
    note: str


def plan(week: Week, limit: int) -> Answer:
    """The plan and the bounds of the MIP, stated and solved in a process apart."""
    try:
        found = apart(decide, (week, (1 - CLOCK_SHARE) * limit), (1 - CLOCK_SHARE + GRACE_SHARE) * limit)
    except Lost as lost:
        return Answer(note=f"no plan: {lost}")
    planned = None
    if found.decision:
        planned = timed_plan(Board(week), found.decision, Options(WORKERS * CLOCK_SHARE * limit, WORKERS))
    return Answer(planned, found.commitments_bound, found.preferences_bound, note=found.note)


def decide(week: Week, seconds: float) -> Found:
    """The half-days of the whole week, within some seconds from now."""
    started = monotonic()
    model = build(Board(week), frozenset(week.professional))
    matrix = Matrix(model.statement)
    size = f"{len(matrix.lowers)} variables, {len(matrix.row_lowers)} rows"
    left = seconds - (monotonic() - started)
    if left <= 0:
        return Found(None, None, None, f"{size}: the limit came while they were stated")
    first, second = solve(matrix, left)
    values = second.values or first.values
    bounds = _points(first), _points(second)
    if values is None:
        return Found(None, *bounds, f"{size}: no plan in {left:.0f} s")
    value = model.statement.value(COMMITMENTS, values) / 10
    return Found(read_decision(model, values), *bounds, f"{size}: {value:g} before the clock")


def solve(matrix: Matrix, seconds: float) -> tuple[Solved, Solved]:
    """Level 1; then level 2 at no more than level 1's optimum, nothing where that is not proven."""
    started, first = monotonic(), solve_with_highs(matrix.whole({COMMITMENTS: 1}), seconds)
    left = seconds - (monotonic() - started)
    if not first.is_optimal or first.values is None or left <= 0:
        return first, Solved(None, None, False)
    prices = matrix.prices({COMMITMENTS: 1})
    priced, values = np.flatnonzero(prices), np.array(first.values)
    most = int(prices @ values)
    problem = matrix.whole({PREFERENCES: 1}).with_row(priced, prices[priced], most)
    return first, solve_with_highs(problem, left)


def _points(solved: Solved) -> float | None:
    return None if solved.bound is None else max(0.0, solved.bound / 10)
