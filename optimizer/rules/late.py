"""Any other mission or collective action done late costs much for its first day and little for the next.

Source: design, commitments: not done by its due date.
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each mission without a legal deadline and each action done after its due date."""
    weights = reading.week.organisation.commitments
    for item in reading.dated_items:
        kind = reading.week.types.get(item.type)
        is_mission = item.id in reading.week.mission
        if kind and is_mission and (kind.request or kind.legal_deadline):
            continue
        if late := reading.days_late(item):
            sentence = f"{item.id} est fait avec {late} jour(s) de retard"
            price = tenths(weights.late) + (late - 1) * tenths(weights.late_day)
            yield Violation("late", sentence, late, "jours", price, item.id)


RULE = Rule("late", "Autres retards", "échéances", RuleLevel.COMMITMENT, check)
