"""Values of a re-plan that follow from others: what a proof decided, and posts as they were before.

Some variables are solved again, all others kept; what is found is taken where every row holds.
"""

import logging
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from optimizer.disturbance import DISTURBANCE
from optimizer.engines.losing import LOST
from optimizer.engines.matrix import Integers
from optimizer.engines.outcome import BlockOutcome
from optimizer.engines.retiming import posts_before
from optimizer.engines.search import Search
from optimizer.engines.solvers import solve_with_cp_sat
from optimizer.model import PREFERENCES, BucketModel
from optimizer.plan import Plan

LOGGER = logging.getLogger(__name__)
WEIGHTS = {LOST: 10_000_000, DISTURBANCE: 1_000, PREFERENCES: 1}
"""Of the search: a step of a level outweighs any sum of the next met in a move."""
FOLLOW_SECONDS = 5.0
"""Deterministic seconds for the values that follow from decisions."""
TOUR_SECONDS, AS_BEFORE = 0.5, 100
"""Deterministic seconds for tours; what one that stays as it was weighs beside preferences."""


def follow(search: Search, outcome: BlockOutcome, decided: Collection[int], found: Integers) -> None:
    """Take the decisions that a proof found, where they lose or move less and the rows that it does without
    hold; `decided` are the variables that decide."""
    model = outcome.model
    if _weighed(model, found) >= _weighed(model, outcome.values):
        return
    is_decided = np.zeros(len(found), bool)
    is_decided[list(decided)] = True
    values = np.where(is_decided, found, outcome.values)
    settled = _settled(search, values, np.flatnonzero(~is_decided), FOLLOW_SECONDS)
    if settled is None:
        LOGGER.warning("what the MIP found does not hold")
    elif search.matrix.holds(settled):
        outcome.values = settled


def keep_tours(search: Search, outcome: BlockOutcome, decided: Collection[int], published: Plan) -> None:
    """People at the posts that they had where nothing else changes for it: half-days keep their times."""
    model, values = outcome.model, outcome.values
    before = posts_before(model, published)
    if all(values[there].any() for there in before):
        return
    loose = {variable for found in model.tours.values() for _, variable in found}
    loose |= {*model.on_site.values()}
    loose |= {variable for reserved in model.reserved.values() for variable in reserved.variables()}
    is_free = np.ones(len(values), bool)
    is_free[list(set(decided) - loose)] = False
    wished = [variable for there in before for variable in there]
    settled = _settled(search, values, np.flatnonzero(is_free), TOUR_SECONDS, wished)
    if settled is None or not search.matrix.holds(settled):
        return
    if _weighed(model, settled) <= _weighed(model, values):
        outcome.values = settled


def _settled(
    search: Search, values: Integers, free: Integers, seconds: float, wished: Collection[int] | None = None
) -> Integers | None:
    """Values where some variables are solved again, the others kept; from those that they have, and towards
    those `wished` for, where some are."""
    problem = search.matrix.restrict(free, values, WEIGHTS)
    start = None
    if wished is not None:
        start = values[free].tolist()
        nearer = AS_BEFORE * np.isin(free, list(wished))
        problem = replace(problem, prices=problem.prices - nearer)
    answer = solve_with_cp_sat(problem, start, seconds, 1, search.clock.options.seed, True)
    if answer.values is None:
        return None
    settled = values.copy()
    settled[free] = answer.values
    return settled


def _weighed(model: BucketModel, values: Integers) -> tuple[int, ...]:
    """What values lose, then what they move."""
    return tuple(model.statement.value(level, values.tolist()) for level in (LOST, DISTURBANCE))
