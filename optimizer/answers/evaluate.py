"""Is a change made by hand allowed, what does it break, and what does it cost?"""

from collections.abc import Iterable
from dataclasses import dataclass

from optimizer.answers.moves import Move, Swap, moved, told, with_row
from optimizer.disturbance import is_of_a_household
from optimizer.engines.mending import FOLLOWS
from optimizer.engines.queueing import queue_requests
from optimizer.plan import Plan
from optimizer.rules import queue_last_resort
from optimizer.standing import Effect, Standing


@dataclass(frozen=True)
class Evaluation:
    """A change and its effect; `received` are the requests of the queue that take what came free; `told`
    names, by item, everybody whose appointment changes; `households` are the items of which someone outside
    the team is to be told."""

    effect: Effect
    received: tuple[str, ...]
    told: dict[str, list[str]]
    households: frozenset[str] = frozenset()


def evaluate(standing: Standing, changes: Iterable[Move | Swap]) -> Evaluation:
    """What some changes do to a plan, everything else kept.

    A slot that comes free goes to whoever waits for it, since nobody waits while someone could receive them
    (H4.1): those requests are told, and counted.

    Raises
    ------
    UnusableInput
        A change that means nothing in this week (`moves.moved`).
    """
    found, received = settled(standing, standing.effect_of(moved(standing, changes)))
    whom = told(standing.plan.assignments, found.plan.assignments)
    outside = frozenset(item for item in whom if is_of_a_household(standing.week, item))
    return Evaluation(found, received, whom, outside)


def settled(standing: Standing, found: Effect) -> tuple[Effect, tuple[str, ...]]:
    """The same with what waits received where a slot is left, and dates that the queue can keep."""
    received: list[str] = []
    while found.broken and {one.rule for one in found.broken} <= FOLLOWS:
        plan = _with_one_received(standing, found, received)
        if plan is None:
            if found.plan.queue == (queue := tuple(queue_requests(standing.board, found.plan))):
                break
            plan = found.plan.model_copy(update={"queue": queue})
        found = standing.effect_of(plan)
    return found, tuple(received)


def _with_one_received(standing: Standing, found: Effect, received: list[str]) -> Plan | None:
    """The plan with the first request of the queue that a slot is left for, at that slot."""
    for violation in found.broken:
        if violation.item_id and violation.when and violation.rule == queue_last_resort.RULE.code:
            received.append(violation.item_id)
            return with_row(
                standing, found.plan, Move(violation.item_id, violation.professional_ids, violation.when)
            )
    return None
