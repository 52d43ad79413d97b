"""The levels of one block: a search in lexicographic order, and a valid bound for each level."""

from dataclasses import dataclass

import numpy as np

from optimizer.engines.options import Clock, Options
from optimizer.engines.search import Search
from optimizer.engines.solvers import Integers, Matrix, Restricted, solve_for_proof, solve_with_cp_sat
from optimizer.model import COMMITMENTS, PREFERENCES, BucketModel

LEXICOGRAPHIC = {COMMITMENTS: 1_000, PREFERENCES: 1}
"""Weights of the search: a grid step of writing (25 tenths) outweighs any sum of preferences met in a
move."""
COMMITMENTS_SHARE, ROUNDING_SHARE, PROOF_SHARE = 0.45, 0.25, 0.25
"""Shares of the time left: to level 1 alone, to a relaxation rounded, to the proof of a small block."""
SMALL = 12_000
"""Variables under which a whole block goes to MIP for the proof."""
LARGE = 45_000
"""Variables beyond which days are built first: the relaxation alone could take the whole time."""
KEPT = "commitments_kept"
CUT = "cannot_be_timed"
"""How the names of the clock's cuts begin."""


@dataclass
class BlockOutcome:
    """The bucket stage of one block: values of its variables, and per level a lower bound in tenths."""

    model: BucketModel
    values: Integers
    bounds: dict[str, int]
    bounded_at: int | None = None
    """The value of level 1 under which the bound of level 2 was found."""

    def preferences_over(self, most: int) -> int:
        """The bound of level 2 over the plans that pay at most `most` tenths at level 1."""
        if self.bounded_at is not None and self.bounded_at >= most:
            return self.bounds[PREFERENCES]
        return self.model.statement.constants.get(PREFERENCES, 0)

    def value(self, level: str) -> int:
        """The price of the values at a level, in tenths of a point."""
        return self.model.statement.value(level, self.values.tolist())


def solve_block(model: BucketModel, clock: Clock, share: float) -> BlockOutcome:
    """Both levels of a block within `share` of the seconds left."""
    end = max(0.0, clock.left() - share)
    model.post_commitments()
    first, values = _commitments(Search(model, Matrix(model.statement), clock), end)
    model.post_preferences()
    search = Search(model, Matrix(model.statement), clock)
    grown = np.array(model.statement.lowers, np.int64)
    grown[: len(values)] = values
    outcome = BlockOutcome(model, search.repair(grown, LEXICOGRAPHIC), {COMMITMENTS: first, PREFERENCES: 0})
    relaxed = _prove_preferences(outcome, clock.left() - end, clock.options, is_relaxed=True)

    def is_proven(values: Integers) -> bool:
        outcome.values = values
        return _is_settled(outcome, clock, end)

    if relaxed is not None and not is_proven(outcome.values):
        seconds = ROUNDING_SHARE * (clock.left() - end)
        outcome.values = search.combine(outcome.values, relaxed, LEXICOGRAPHIC, seconds)
    until = end + PROOF_SHARE * (clock.left() - end)
    outcome.values = search.improve(outcome.values, LEXICOGRAPHIC, until, is_proven)
    _prove(outcome, clock, end)
    outcome.values = search.improve(outcome.values, LEXICOGRAPHIC, end, is_proven)
    return outcome


def _commitments(search: Search, end: float) -> tuple[int, Integers]:
    """The relaxed bound of level 1, and values: the relaxation rounded (or days built one by one),
    improved."""
    matrix, clock, weights = search.matrix, search.clock, {COMMITMENTS: 1}
    nothing = search.repair(np.array(matrix.statement.lowers, np.int64), weights)
    whole = matrix.whole(weights)
    is_large = len(whole.free) > LARGE
    values = search.construct(nothing, weights, end) if is_large else nothing
    relaxed = solve_for_proof(whole, max(2.0, clock.left() - end), clock.options, is_relaxed=True)
    if relaxed.relaxed is not None and not is_large:
        seconds = ROUNDING_SHARE * max(0.0, clock.left() - end)
        values = search.round_relaxation(nothing, relaxed.relaxed, weights, seconds)
    if values is nothing:
        values = search.construct(nothing, weights, end)
    bound = max(whole.offset, relaxed.bound or 0)
    until = end + (1 - COMMITMENTS_SHARE) * (clock.left() - end)

    def is_proven(found: Integers) -> bool:
        return matrix.statement.value(COMMITMENTS, found.tolist()) <= bound

    if len(whole.free) <= SMALL and not is_proven(values):
        values, bound = _whole(whole, values, bound, clock, (clock.left() - until) / 2)
    return bound, search.improve(values, weights, until, is_proven)


def _whole(
    whole: Restricted, values: Integers, bound: int, clock: Clock, seconds: float
) -> tuple[Integers, int]:
    """A small block given whole to both solvers, the second from what the first found."""
    options = clock.options
    clock.spend(seconds)
    searched = solve_with_cp_sat(
        whole, values.tolist(), seconds / 2, options.workers, options.seed, options.deterministic
    )
    proven = searched if searched.is_optimal else solve_for_proof(whole, seconds / 2, options)
    for answer in (searched, proven):
        bound = max(bound, answer.bound or 0)
        if answer.values is not None and (whole.prices * answer.values).sum() < (whole.prices * values).sum():
            values = np.array(answer.values, np.int64)
    return values, bound


def _is_settled(outcome: BlockOutcome, clock: Clock, end: float) -> bool:
    """Whether both levels meet their bounds; level 2 is bounded anew once level 1 meets its own."""
    if outcome.value(COMMITMENTS) > outcome.bounds[COMMITMENTS]:
        return False
    if outcome.bounded_at != outcome.value(COMMITMENTS):
        _prove_preferences(outcome, clock.left() - end, clock.options, is_relaxed=True)
    return outcome.value(PREFERENCES) <= outcome.bounds[PREFERENCES]


def _prove(outcome: BlockOutcome, clock: Clock, end: float) -> None:
    """Give level 2 of a small block to MIP as a whole, level 1 kept."""
    is_open = outcome.value(PREFERENCES) > outcome.bounds[PREFERENCES]
    if len(outcome.model.statement.names) <= SMALL and is_open and clock.left() - end > 0.5:
        seconds = clock.left() - end
        clock.spend(seconds)
        _prove_preferences(outcome, seconds, clock.options, is_relaxed=False)


def _prove_preferences(
    outcome: BlockOutcome, seconds: float, options: Options, is_relaxed: bool
) -> list[float] | None:
    """Bound level 2 over the plans no worse at level 1; a better plan found on the way is taken."""
    statement = outcome.model.statement
    whole = _with_commitments_at_most(outcome, outcome.value(COMMITMENTS))
    answer = solve_for_proof(whole, max(2.0, seconds), options, is_relaxed)
    known = outcome.bounds[PREFERENCES] if outcome.bounded_at == outcome.value(COMMITMENTS) else 0
    outcome.bounds[PREFERENCES] = max(whole.offset, answer.bound or 0, known)
    outcome.bounded_at = outcome.value(COMMITMENTS)
    if answer.values is not None and statement.value(PREFERENCES, answer.values) < outcome.value(PREFERENCES):
        outcome.values = np.array(answer.values, np.int64)
    return answer.relaxed


def bound_again(outcome: BlockOutcome, most: int, seconds: float, options: Options) -> None:
    """Bound level 2 over the plans that pay at most `most` tenths at level 1, when the known bound is
    narrower.

    The clock may cost a plan some commitments: the plans to compare it with are then more than the buckets'.
    """
    if outcome.bounded_at is not None and outcome.bounded_at >= most:
        return
    whole = _with_commitments_at_most(outcome, most)
    answer = solve_for_proof(whole, seconds, options, is_relaxed=True)
    outcome.bounds[PREFERENCES] = max(whole.offset, answer.bound or 0)
    outcome.bounded_at = most


def _with_commitments_at_most(outcome: BlockOutcome, most: int) -> Restricted:
    """Level 2 of a block, level 1 being kept at `most` tenths or less."""
    statement = outcome.model.statement
    kept = statement.levels.get(COMMITMENTS, {})
    statement.at_most(KEPT, kept, most - statement.constants.get(COMMITMENTS, 0))
    everything = statement.rows
    # the clock is stricter than the judge about what has no place: its cuts guide the search, not the bound
    statement.rows = [row for row in everything if not row.name.startswith(CUT)]
    whole = Matrix(statement).whole({PREFERENCES: 1})
    statement.rows = [row for row in everything if row.name != KEPT]
    return whole
