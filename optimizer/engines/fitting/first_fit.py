"""A first decision of a part, without a solver: everything by what a minute of it is worth, first fit.

Meetings and duties first; then missions, actions, collective time and writing, each kind by the price of
leaving it over its minutes; each at the cheapest place that has time for it. Method: first fit decreasing
(Johnson 1974), decreasing in value per minute.
"""

from collections.abc import Callable, Iterator
from functools import partial

from optimizer.board import Board
from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.decision import Decision
from optimizer.engines.fitting.actions import Actions
from optimizer.engines.fitting.exchanges import exchange
from optimizer.engines.fitting.filling import Filling
from optimizer.engines.fitting.gatherings import Gatherings
from optimizer.engines.fitting.missions import Missions
from optimizer.engines.fitting.quotas import Quotas
from optimizer.organisation import tenths
from optimizer.week import CollectiveAction

Step = tuple[float, Callable[[], None]]
"""What is placed next, with what a minute of it is worth, in tenths."""


def first_fit(board: Board) -> Decision:
    """What everybody does in each half-day, to be timed."""
    filling = Filling(board)
    filling.found.referents = list(least_loaded(board))
    gatherings = Gatherings(filling)
    gatherings.meetings()
    gatherings.duties()
    gatherings.urgencies()
    quotas = Quotas(filling)
    missions = Missions(filling, quotas)
    for _, place in sorted(_steps(filling, missions, quotas), key=lambda step: -step[0]):
        place()
    exchange(filling, missions)
    for key, room in filling.rooms.half_days.items():
        filling.found.stays[key] = room.stay(key, board.week.professional[key[0]].site_id)
    return filling.found


def least_loaded(board: Board) -> Iterator[tuple[str, str]]:
    """Each case to attribute goes to who has the fewest files for their time."""
    people, load = board.week.professionals, {p.id: p.dossiers for p in board.week.professionals}
    for case in board.cases_to_attribute():
        able = [person for person in people if board.may_be_referent(person, case)]
        if able:
            chosen = min(able, key=lambda person: (load[person.id] / person.quotite, person.id))
            load[chosen.id] += case.weight
            yield case.id, chosen.id


def _steps(filling: Filling, missions: Missions, quotas: Quotas) -> Iterator[Step]:
    weights, actions = filling.week.organisation.commitments, Actions(filling)
    yield tenths(weights.collective_minute_missing), quotas.collective_time
    yield tenths(weights.writing_minute_missing), quotas.writing
    for bundles in _at_once(filling):
        minutes = sum(bundle.first.duration_minutes * bundle.people for bundle in bundles)
        worth = sum(map(missions.price_left, bundles)) / max(GRID_MINUTES, minutes)
        yield worth, partial(_place_in_order, missions, bundles)
    for action in filling.model.actions():
        yield _worth_of_a_minute(filling, action), partial(actions.lead, action)


def _at_once(filling: Filling) -> Iterator[list[Bundle]]:
    """Each bundle alone, but all acts of an evaluation at once, in order: some without others are late."""
    evaluations = filling.model.evaluations
    for bundle in filling.model.bundles:
        if not bundle.kind.ip or not bundle.first.case_id:
            yield [bundle]
    for acts in evaluations.values():
        yield sorted(acts, key=lambda act: filling.model.evaluation_rank(act.kind) or 0)


def _place_in_order(missions: Missions, bundles: list[Bundle]) -> None:
    for bundle in bundles:
        missions.place_all(bundle)


def _worth_of_a_minute(filling: Filling, action: CollectiveAction) -> float:
    """What leaving an action costs, the collective time of its leaders included."""
    minutes = (action.duration_minutes + action.preparation_minutes) * len(action.leaders)
    worth = filling.prices.get(filling.model.action_unplaced[action.id], 0) / minutes
    weights, kind = filling.week.organisation.commitments, filling.week.types[action.type]
    return worth + tenths(weights.collective_minute_missing) * kind.collective
