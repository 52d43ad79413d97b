"""The product's statement of half-days, undivided, given whole to HiGHS as one MIP (through MathOpt).

Level 1 alone first; then, where level 1 is proven, level 2 over the plans that pay no more. One weighted sum
of both would spread the prices over six powers of ten and bound neither level. The clock times are the
product's.
"""

from time import monotonic

import numpy as np

from benchmarks.peers.answer import WORKERS, Answer
from benchmarks.peers.apart import Lost, apart
from benchmarks.peers.timing import timed_plan
from optimizer.board import Board
from optimizer.decision import read_decision
from optimizer.engines.levels import build
from optimizer.engines.matrix import Matrix
from optimizer.engines.options import Options
from optimizer.engines.solvers import Answer as Solved
from optimizer.engines.solvers import solve_with_highs
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.week import Week

CLOCK_SHARE, GRACE_SHARE = 0.2, 0.25
"""Shares of the limit: kept for clock times, and granted beyond it to HiGHS, which reads its own late."""


def plan(week: Week, limit: int) -> Answer:
    """The plan and the bounds of the MIP."""
    started = monotonic()

    def left(end: float) -> float:
        return max(0.0, end * limit - (monotonic() - started))

    board = Board(week)
    model = build(board, frozenset(week.professional))
    size = f"{len(model.statement.lowers)} variables, {len(model.statement.rows)} rows"
    seconds = left(1 - CLOCK_SHARE)
    try:
        first, second = apart(solve, (Matrix(model.statement), seconds), left(1 + GRACE_SHARE))
    except Lost as lost:
        return Answer(note=f"{size}: {lost}")
    values = second.values or first.values
    if values is None:
        return Answer(None, _points(first), note=f"{size}: no plan in {seconds:.0f} s")
    value = model.statement.value(COMMITMENTS, values) / 10
    found = timed_plan(board, read_decision(model, values), Options(WORKERS * CLOCK_SHARE * limit, WORKERS))
    return Answer(found, _points(first), _points(second), note=f"{size}: {value:g} before the clock")


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
