"""A legal deadline missed costs a fixed price a day: contracts, evictions, evaluations.

Source: [PE24], [DSF], D226-2-4 in the field's facts; the types with `legal_deadline`.
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


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


RULE = Rule("late legal", "Délais légaux", "délais de la loi", RuleLevel.COMMITMENT, check)
