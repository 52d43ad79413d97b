"""A request received late costs more each day: nobody waits for ever, whatever the class.

URGENCE or class urgent costs a fixed price a day; otherwise day n costs weight × (1 + growth × (n − 1)), the
sum rounded down to the tenth. Source: S4.5 (proposition 4).
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
from optimizer.words import Urgency

if TYPE_CHECKING:
    from optimizer.board import Board
    from optimizer.model import BucketModel


URGENCY_TYPE = "URGENCE"


def check(reading: Reading) -> Iterator[Violation]:
    """Each request done after its due date."""
    for mission in reading.week.missions:
        kind = reading.week.types.get(mission.type)
        if kind and kind.request and (late := reading.days_late(mission)):
            sentence = f"la demande {mission.id} est reçue avec {late} jour(s) de retard"
            price = _price(reading, mission, late)
            yield Violation("late request", sentence, late, "jours", price, mission.id)


def _price(reading: Reading, mission: Mission, late: int) -> int:
    weights = reading.week.organisation.commitments
    if mission.type == URGENCY_TYPE or mission.urgency is Urgency.URGENT:
        return late * tenths(weights.urgency_late_day)
    is_priority = mission.urgency is Urgency.PRIORITY
    weight = weights.priority_request_late_day if is_priority else weights.ordinary_request_late_day
    percent = 100 * late + weights.request_growth_percent * (late * (late - 1) // 2)
    return tenths(weight) * percent // 100


def post(model: BucketModel) -> None:
    """Each request pays its lateness on the day of its slot or of its date in the queue."""
    for bundle in model.bundles:
        if bundle.kind.request:
            model.charge(bundle, partial(price_on, model.board, bundle.first))


def price_on(board: Board, mission: Mission, day: date) -> int:
    """What the model charges a request received on a day, in tenths."""
    late, weights = board.late_days(mission.due, day), board.week.organisation.commitments
    if mission.type == "URGENCE" or mission.urgency is Urgency.URGENT:
        return tenths(weights.urgency_late_day) * late
    first_day = tenths(weights.ordinary_request_late_day)
    if mission.urgency is Urgency.PRIORITY:
        first_day = tenths(weights.priority_request_late_day)
    return late * first_day + first_day * weights.request_growth_percent * (late * (late - 1) // 2) // 100


RULE = Rule(
    "late request", "Demandes en retard", "proposition 4", RuleLevel.COMMITMENT, check, post, is_local=True
)
