"""The loop between buckets and clock: time every half-day, cut what the clock refuses, decide again."""

import numpy as np

from optimizer.decision import Decision, read_decision
from optimizer.engines.clocking import TimedDecision, time_decision
from optimizer.engines.cuts import Group, post_cut, smallest_group
from optimizer.engines.outcome import BlockOutcome
from optimizer.engines.search import Search
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.tasks import Key

LAST_RESETTLE_SECONDS = 5.0
"""What finding values that respect the cuts may take at most; a second is enough as a rule."""
AGAIN_SHARE = 0.06
"""Share of the time limit that the search may take after each round of cuts."""


def settle(outcome: BlockOutcome, search: Search, until: float) -> TimedDecision:
    """Clock times for a block's decision, decided again where the clock refuses it; the best of the
    rounds.

    Cuts that no values found in time respect are taken back: what they forbid is lost to the clock, and the
    search goes on.
    """
    board, model, clock = outcome.model.board, outcome.model, search.clock
    decision = read_decision(model, outcome.values.tolist())
    timed = best = time_decision(board, decision, clock.options)
    least = _loss(outcome, timed)
    hopeless: set[Group] = set()
    while clock.left() > until and (timed.refused() or not outcome.is_proven()):
        kept = len(model.statement.rows)
        groups = _cut(outcome, decision, timed.refused(), hopeless, clock.options.seed)
        if not groups and outcome.is_proven():
            break
        if not _decide_again(outcome, groups, search):
            del model.statement.rows[kept:]
            search.read_again()
            hopeless |= groups
        search.improve(outcome, max(until, clock.left() - AGAIN_SHARE * clock.options.time_limit))
        decision = read_decision(model, outcome.values.tolist())
        timed = time_decision(board, decision, clock.options, timed)
        loss = _loss(outcome, timed)
        if loss <= least:
            least, best = loss, timed
    return best


def _loss(outcome: BlockOutcome, timed: TimedDecision) -> tuple[int, int, int]:
    """What a round costs, and what the clock lost of it: enough to tell it from another."""
    return outcome.value(COMMITMENTS) + timed.lost, len(timed.refused()), outcome.value(PREFERENCES)


def _cut(
    outcome: BlockOutcome,
    decision: Decision,
    refused: list[tuple[int, frozenset[str]]],
    hopeless: set[Group],
    seed: int,
) -> set[Group]:
    """Post a cut for each refusal but hopeless ones; the groups that were cut."""
    seen: set[Group] = set()
    for slot, people in dict.fromkeys(refused):
        group = smallest_group(outcome.model, decision, slot, people, seed)
        if group is None or group in seen | hopeless:
            continue
        post_cut(outcome.model, decision, group)
        seen.add(group)
    return seen


def _decide_again(outcome: BlockOutcome, groups: set[Group], search: Search) -> bool:
    """Find values that respect the new cuts, if any; false when none are found.

    The half-days concerned are freed, with those that hold other acts of the same households: a report is
    not written when a meeting before it is not held. Then the people concerned are, over the horizon.
    """
    extra = np.zeros(len(outcome.model.statement.lowers) - len(outcome.values), np.int64)
    outcome.values = np.concatenate((outcome.values, extra))
    if groups:
        search.read_again()
        half_days = outcome.model.half_days
        slots = {group.slot for group in groups}
        people = {person for group in groups for task in group.tasks for person in task.people}
        narrow = frozenset(key for key in half_days if key[1] in slots) | _of_the_same_households(
            outcome, groups
        )
        wide = narrow | {key for key in half_days if key[0] in people}
        for keys, seconds in ((narrow, 1.0), (wide, 1.0), (wide, LAST_RESETTLE_SECONDS)):
            settled = search.resettle(outcome.values, keys, seconds)
            if settled is not None:
                break
        else:
            return False
        outcome.values = settled
    return True


def _of_the_same_households(outcome: BlockOutcome, groups: set[Group]) -> set[Key]:
    """The half-days that hold an act of a household of which a task was refused."""
    model, week = outcome.model, outcome.model.week
    refused = {task.item_id for group in groups for task in group.tasks}
    cases = {week.mission[item].case_id for item in refused if item in week.mission}
    acts = (bundle for bundle in model.bundles if bundle.first.case_id in cases - {None})
    return {key for act in acts for key, taken in model.take[act.index].items() if outcome.values[taken]}
