"""The loop between buckets and clock: time every half-day, cut what the clock refuses, decide again."""

import numpy as np

from optimizer.decision import Decision, read_decision
from optimizer.engines.clocking import TimedDecision, time_decision
from optimizer.engines.cuts import Group, post_cut, smallest_group
from optimizer.engines.outcome import BlockOutcome
from optimizer.engines.search import Search
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.tasks import Key

RESETTLE_SECONDS = 1.0
"""What finding values that respect a cut may take, twice."""
CUTS_IN_A_ROW = 2
"""Rounds of cuts before the search moves what they only push about."""
AGAIN_SHARE = 0.06
"""Share of the time limit that the search may take after each round of cuts."""


def settle(outcome: BlockOutcome, search: Search, until: float, worth: int = 0) -> TimedDecision:
    """Clock times for a block's decision, decided again where the clock refuses it; the best of the
    rounds.

    What is refused is cut, a few times in a row, then the search goes on. A cut that no values found in
    time respect is taken back: what it forbids is lost to the clock. With `worth`, only half-days that lose
    as many tenths are cut, and the search does not go on.
    """
    board, model, clock = outcome.model.board, outcome.model, search.clock
    decision = read_decision(model, outcome.values.tolist())
    timed = best = time_decision(board, decision, clock.options)
    least = _loss(outcome, timed)
    hopeless: set[Group] = set()
    cuts_in_a_row = 0
    while clock.left() > until and (timed.refused() or not outcome.is_proven()):
        refused = [one for one in timed.refused() if timed.half_days[one[0]].lost >= worth]
        groups = refused_groups(outcome, decision, refused, clock.options.seed) - hopeless
        if groups and (worth or cuts_in_a_row < CUTS_IN_A_ROW):
            cuts_in_a_row += 1
            cut = {group: cut_off(outcome, decision, group, search) for group in sorted(groups, key=order_of)}
            hopeless |= {group for group, is_respected in cut.items() if not is_respected}
        elif worth or (not groups and outcome.is_proven()):
            break
        else:
            cuts_in_a_row = 0
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


def refused_groups(
    outcome: BlockOutcome, decision: Decision, refused: list[tuple[int, frozenset[str]]], seed: int
) -> set[Group]:
    """What cannot be timed together, for each refusal."""
    asked = dict.fromkeys(refused)
    found = (smallest_group(outcome.model, decision, slot, people, seed) for slot, people in asked)
    return {group for group in found if group is not None}


def order_of(group: Group) -> tuple[int, list[str]]:
    """What orders groups: their half-day, then their tasks."""
    return group.slot, sorted(task.item_id for task in group.tasks)


def cut_off(outcome: BlockOutcome, decision: Decision, group: Group, search: Search) -> bool:
    """Post the cut of a group and find values that respect it; when none are found, take it back.

    The half-day concerned is freed, with those that hold other acts of the same households: a report is not
    written when a meeting before it is not held. Then the people concerned are, over the horizon.
    """
    model, kept = outcome.model, len(outcome.model.statement.rows)
    post_cut(model, decision, group)
    extra = np.zeros(len(model.statement.lowers) - len(outcome.values), np.int64)
    outcome.values = np.concatenate((outcome.values, extra))
    search.read_again()
    half_days = model.half_days
    people = {person for task in group.tasks for person in task.people}
    here = frozenset(key for key in half_days if key[1] == group.slot)
    narrow = here | _of_the_same_households(outcome, group)
    for keys in (narrow, narrow | {key for key in half_days if key[0] in people}):
        settled = search.resettle(outcome.values, keys, RESETTLE_SECONDS)
        if settled is not None:
            outcome.values = settled
            return True
    del model.statement.rows[kept:]
    search.read_again()
    return False


def _of_the_same_households(outcome: BlockOutcome, group: Group) -> set[Key]:
    """The half-days that hold an act of a household of which a task was refused."""
    model, week = outcome.model, outcome.model.week
    refused = {task.item_id for task in group.tasks}
    cases = {week.mission[item].case_id for item in refused if item in week.mission}
    acts = (bundle for bundle in model.bundles if bundle.first.case_id in cases - {None})
    return {key for act in acts for key, taken in model.take[act.index].items() if outcome.values[taken]}
