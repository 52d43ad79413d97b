"""Any other mission or collective action done late costs much for its first day and little for the next.

Source: design, commitments: not done by its due date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import CollectiveAction, Mission

if TYPE_CHECKING:
    from optimizer.board import Board
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each mission without a legal deadline and each action done after its due date."""
    weights = reading.week.organisation.commitments
    for item in reading.dated_items:
        kind = reading.week.types.get(item.type)
        is_mission = item.id in reading.week.mission
        if kind and is_mission and (kind.request or kind.legal_deadline):
            continue
        if late := reading.days_late(item):
            is_placed = bool(reading.parts.get(item.id))
            done = "est fait avec" if is_placed else "n'est pas placé, ce qui compte pour"
            sentence = f"{item.id} {done} {late} jour(s) de retard"
            price = tenths(weights.late) + (late - 1) * tenths(weights.late_day)
            yield Violation("late", sentence, late, "jours", price, item.id)


def post(model: BucketModel) -> None:
    """Any other mission or action pays the days after its due date."""
    for bundle in model.bundles:
        if not bundle.kind.request and not bundle.kind.legal_deadline:
            model.charge(bundle, partial(price_on, model.board, bundle.first))
    for action in model.actions():
        model.charge_action(action, partial(price_on, model.board, action))


def price_on(board: Board, item: Mission | CollectiveAction, day: date) -> int:
    """What the model charges an item done on a day, in tenths."""
    late, weights = board.late_days(item.due, day), board.week.organisation.commitments
    return tenths(weights.late) + (late - 1) * tenths(weights.late_day) if late else 0


RULE = Rule("late", "Autres retards", "échéances", RuleLevel.COMMITMENT, check, post, is_local=True)
