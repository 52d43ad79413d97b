"""A legal deadline missed costs a fixed price a day: contracts, evictions, evaluations.

Source: [PE24], [DSF], D226-2-4 in the field's facts; the types with `legal_deadline`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Mission

if TYPE_CHECKING:
    from optimizer.board import Board
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each mission with a legal deadline done after it."""
    price = tenths(reading.week.organisation.commitments.legal_late_day)
    for mission in reading.week.missions:
        kind = reading.week.types.get(mission.type)
        if not kind or kind.request or not kind.legal_deadline:
            continue
        if late := reading.days_late(mission):
            sentence = f"{mission.id} dépasse son délai légal de {late} jour(s)"
            yield Violation("late legal", sentence, late, "jours", price * late, mission.id)


def post(model: BucketModel) -> None:
    """Each mission with a legal deadline pays the days after it."""
    for bundle in model.bundles:
        if bundle.kind.legal_deadline and not bundle.kind.request:
            model.charge(bundle, partial(price_on, model.board, bundle.first))


def price_on(board: Board, mission: Mission, day: date) -> int:
    """What the model charges a mission done on a day, in tenths."""
    price = tenths(board.week.organisation.commitments.legal_late_day)
    return price * board.late_days(mission.due, day)


RULE = Rule(
    "late legal", "Délais légaux", "délais de la loi", RuleLevel.COMMITMENT, check, post, is_local=True
)
