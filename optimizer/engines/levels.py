"""The levels of one block, one after the other, each with its value and bound."""

from dataclasses import dataclass

import numpy as np

from optimizer.engines.options import Clock
from optimizer.engines.search import Search
from optimizer.engines.solvers import Integers, Matrix, solve_with_highs
from optimizer.model import COMMITMENTS, PREFERENCES, BucketModel
from optimizer.linear import Statement

KEPT = "commitments_kept"

ROUNDING_SHARE = 0.25
"""Share of a level's time given to rounding its relaxation."""

SMALL = 12_000
"""Variables under which the whole block goes to MIP first."""


@dataclass
class BlockOutcome:
    """The bucket stage of one block: values of its variables, and per level a value and a bound, in tenths."""

    model: BucketModel
    values: Integers
    bounds: dict[str, int]

    def value(self, level: str) -> int:
        """The price of the values at a level."""
        return self.model.statement.value(level, self.values.tolist())


def first_values(statement: Statement) -> Integers:
    """The plan in which nothing is placed: every row holds, every shortfall is paid."""
    return np.array(statement.lowers, np.int64)


def solve_block(model: BucketModel, clock: Clock, share: float, search_first: float = 0.5) -> BlockOutcome:
    """Both levels of a block within a share of the time left."""
    begin = clock.left()
    end = max(0.0, begin - share)
    model.post_commitments()
    matrix = Matrix(model.statement)
    values, bound = _level(model, matrix, clock, COMMITMENTS, None, end + share * (1 - search_first))
    bounds = {COMMITMENTS: bound}
    model.post_preferences()
    reached = model.statement.value(COMMITMENTS, values.tolist())
    constant = model.statement.constants.get(COMMITMENTS, 0)
    model.statement.at_most(KEPT, model.statement.levels.get(COMMITMENTS, {}), reached - constant)
    matrix = Matrix(model.statement)
    started = np.concatenate((values, np.array(model.statement.lowers[len(values):], np.int64)))
    values, bounds[PREFERENCES] = _level(model, matrix, clock, PREFERENCES, started, end)
    model.statement.rows = [row for row in model.statement.rows if row.name != KEPT]
    return BlockOutcome(model, values, bounds)


def _level(
    model: BucketModel, matrix: Matrix, clock: Clock, level: str, start: Integers | None, until: float
) -> tuple[Integers, int]:
    """Values and bound of one level: MIP on the whole when it is small, search and relaxation otherwise."""
    weights = {level: 1}
    whole = matrix.whole(weights)
    relaxed = solve_with_highs(whole, max(1.0, clock.left() - until), is_relaxed=True)
    bound = max(whole.offset, relaxed.bound or 0)
    search = Search(model, matrix, clock)

    def is_proven(found: Integers) -> bool:
        return matrix.statement.value(level, found.tolist()) <= bound

    values = search.repair(first_values(model.statement) if start is None else start, weights)
    middle = until + 0.4 * max(0.0, clock.left() - until)
    if start is None:
        if relaxed.relaxed is not None:
            seconds = ROUNDING_SHARE * max(0.0, clock.left() - until)
            values = search.round_relaxation(values, relaxed.relaxed, weights, seconds)
        values = search.construct(values, weights, until)
    values = search.improve(values, weights, middle, is_proven)
    if not is_proven(values) and len(whole.free) < SMALL:
        seconds = clock.left() - until
        clock.spend(seconds)
        answer = solve_with_highs(whole, seconds)
        bound = max(bound, answer.bound or 0)
        if answer.values is not None and matrix.statement.value(level, answer.values) < matrix.statement.value(level, values.tolist()):
            values = np.array(answer.values, np.int64)
    return search.improve(values, weights, until, is_proven), bound
