"""The loop between buckets and clock: time every half-day, cut what the clock refuses, decide again."""

import numpy as np

from optimizer.decision import Decision, read_decision
from optimizer.engines.clocking import TimedDecision, time_decision
from optimizer.engines.cuts import Group, post_cut, smallest_group
from optimizer.engines.options import Clock
from optimizer.engines.outcome import LEXICOGRAPHIC, BlockOutcome
from optimizer.engines.search import Search

MOST_ROUNDS = 40
AGAIN_SHARE = 0.02
"""Share of the time limit that the search may take after each round of cuts."""


def settle(outcome: BlockOutcome, clock: Clock, until: float) -> TimedDecision:
    """Clock times for a block's decision, decided again where the clock refuses it; the best of the
    rounds."""
    board, model = outcome.model.board, outcome.model
    decision = read_decision(model, outcome.values.tolist())
    timed = best = time_decision(board, decision, clock.options.seed)
    for _ in range(MOST_ROUNDS):
        refused = timed.refused()
        if not refused or clock.left() <= until:
            break
        groups = _cut(outcome, decision, refused, clock.options.seed)
        if not groups:
            break
        _decide_again(outcome, groups, clock)
        decision = read_decision(model, outcome.values.tolist())
        timed = time_decision(board, decision, clock.options.seed, timed)
        if _loss(timed) <= _loss(best):
            best = timed
    return best


def _loss(timed: TimedDecision) -> int:
    """What the clock lost, in tasks first: enough to tell a round from another."""
    return 100 * len(timed.dropped) + len(timed.refused())


def _cut(
    outcome: BlockOutcome, decision: Decision, refused: list[tuple[int, frozenset[str]]], seed: int
) -> set[Group]:
    """Post a cut for each refusal; the groups that were cut."""
    seen: set[Group] = set()
    for slot, people in dict.fromkeys(refused):
        group = smallest_group(outcome.model, decision, slot, people, seed)
        if group is None or group in seen:
            continue
        post_cut(outcome.model, decision, group)
        seen.add(group)
    return seen


def _decide_again(outcome: BlockOutcome, groups: set[Group], clock: Clock) -> None:
    """Values that respect the new cuts: half-days and people concerned are freed, then the search goes on
    a little.

    The people are freed over the horizon when the half-days do not suffice: a report has parts elsewhere.
    """
    extra = np.zeros(len(outcome.model.statement.names) - len(outcome.values), np.int64)
    values = np.concatenate((outcome.values, extra))
    search = Search(outcome.model, LEXICOGRAPHIC, clock)
    slots = {group.slot for group in groups}
    people = {person for group in groups for task in group.tasks for person in task.people}
    half_days = outcome.model.half_days
    narrow = frozenset(key for key in half_days if key[1] in slots)
    wide = narrow | {key for key in half_days if key[0] in people}
    settled = search.resettle(values, narrow)
    if settled is None:
        settled = search.resettle(values, wide)
    reached = [outcome.value(level) for level in LEXICOGRAPHIC]
    outcome.values = values if settled is None else settled

    def is_back(found: BlockOutcome) -> bool:
        return [found.value(level) for level in LEXICOGRAPHIC] <= reached

    until = max(0.0, clock.left() - AGAIN_SHARE * clock.options.time_limit)
    search.improve(outcome, until, is_enough=is_back)
