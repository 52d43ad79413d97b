"""The loop between buckets and clock: time every half-day, cut what the clock refuses, decide again."""

import numpy as np

from optimizer.decision import Decision, read_decision
from optimizer.engines.clocking import TimedDecision, time_decision
from optimizer.engines.cuts import post_cut, smallest_group
from optimizer.engines.levels import BlockOutcome
from optimizer.engines.options import Clock
from optimizer.engines.search import Search
from optimizer.engines.solvers import Matrix
from optimizer.model import COMMITMENTS, PREFERENCES

MOST_ROUNDS = 12
CLOCK_SECONDS = 4.0
"""Deterministic limit of one half-day's clock."""
LEXICOGRAPHIC = {COMMITMENTS: 100_000, PREFERENCES: 1}
"""Weights under which no preference is worth a tenth of a commitment."""


def settle(outcome: BlockOutcome, clock: Clock, until: float) -> TimedDecision:
    """Clock times for a block's decision, repaired where the clock refuses it."""
    board, model = outcome.model.board, outcome.model
    decision = read_decision(model, outcome.values.tolist())
    timed = time_decision(board, decision, CLOCK_SECONDS, clock.options.seed)
    for _ in range(MOST_ROUNDS):
        if not timed.dropped or clock.left() <= until:
            break
        slots = _cut(outcome, decision, timed, clock.options.seed)
        if not slots:
            break
        _decide_again(outcome, slots, clock)
        decision = read_decision(model, outcome.values.tolist())
        timed = time_decision(board, decision, CLOCK_SECONDS, clock.options.seed, timed)
    return timed


def _cut(outcome: BlockOutcome, decision: Decision, timed: TimedDecision, seed: int) -> set[int]:
    """Post a cut for each dropped task; the half-days concerned."""
    slots = set()
    seen: set[tuple[int, frozenset[str]]] = set()
    for slot, task in timed.dropped:
        group = smallest_group(outcome.model, decision, slot, task, seed)
        if group is None:
            continue
        key = slot, frozenset(one.item_id for one in group)
        if key not in seen:
            post_cut(outcome.model, decision, slot, group)
            seen.add(key)
        slots.add(slot)
    return slots


def _decide_again(outcome: BlockOutcome, slots: set[int], clock: Clock) -> None:
    """Values that respect the new cuts, freeing the half-days concerned, all people together."""
    statement = outcome.model.statement
    extra = np.zeros(len(statement.names) - len(outcome.values), np.int64)
    values = np.concatenate((outcome.values, extra))
    search = Search(outcome.model, Matrix(statement), clock)
    keys = frozenset(key for key in outcome.model.half_days if key[1] in slots)
    outcome.values = search.resettle(values, keys, LEXICOGRAPHIC)
