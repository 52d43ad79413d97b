"""A request received late costs more each day: nobody waits for ever, whatever the class.

URGENCE or class urgent costs a fixed price a day; otherwise day n costs weight × (1 + growth × (n − 1)), the
sum rounded down to the tenth. Source: S4.5 (proposition 4).
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Mission
from optimizer.words import Urgency

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


RULE = Rule("late request", "Demandes en retard", "proposition 4", RuleLevel.COMMITMENT, check)
