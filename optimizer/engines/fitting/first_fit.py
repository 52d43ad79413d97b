"""A first decision of a part, without a solver: everything by what a minute of it is worth, first fit.

Meetings and duties first; then missions, actions, collective time and writing, each kind by the price of
leaving it over its minutes; each at the cheapest place that has time for it. Method: first fit decreasing
(Johnson 1974), decreasing in value per minute.
"""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from optimizer.board import Board
from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.decision import Decision
from optimizer.engines.fitting.actions import Actions
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
    for _, place in sorted(_steps(filling), key=lambda step: -step[0]):
        place()
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


def _steps(filling: Filling) -> Iterator[Step]:
    weights, missions = filling.week.organisation.commitments, Missions(filling)
    actions, quotas = Actions(filling), Quotas(filling)
    yield tenths(weights.collective_minute_missing), quotas.collective_time
    yield tenths(weights.writing_minute_missing), quotas.writing
    for bundle in filling.model.bundles:
        minutes = max(GRID_MINUTES, bundle.first.duration_minutes * bundle.people)
        yield _worth(filling, bundle) / minutes, partial(missions.place_all, bundle)
    for action in filling.model.actions():
        yield _worth_of_a_minute(filling, action), partial(actions.lead, action)


def _worth(filling: Filling, bundle: Bundle) -> float:
    """What leaving a mission costs; the first acts of an evaluation weigh more, since the others follow."""
    if not bundle.kind.ip or not bundle.first.case_id:
        return _price_left(filling, bundle)
    acts = filling.model.evaluations[bundle.first.case_id]
    rank = filling.model.evaluation_rank(bundle.kind) or 0
    return max(_price_left(filling, act) for act in acts) * (10 - rank)


def _price_left(filling: Filling, bundle: Bundle) -> float:
    """The price of leaving it out; where it is queued, that of an ordinary day of the queue."""
    return median(filling.prices.get(variable, 0) for _, variable in filling.model.left(bundle))


def _worth_of_a_minute(filling: Filling, action: CollectiveAction) -> float:
    """What leaving an action costs, the collective time of its leaders included."""
    minutes = (action.duration_minutes + action.preparation_minutes) * len(action.leaders)
    worth = filling.prices.get(filling.model.action_unplaced[action.id], 0) / minutes
    weights, kind = filling.week.organisation.commitments, filling.week.types[action.type]
    return worth + tenths(weights.collective_minute_missing) * kind.collective
