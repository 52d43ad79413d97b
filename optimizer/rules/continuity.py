"""A household is met by its referent.

Source: the field's facts, SUIVI: same worker preferred. The referent given counts while still there, the one
attributed at once.
"""

from collections.abc import Iterator
from datetime import date

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each placed SECTEUR mission without the referent of its household."""
    price = tenths(reading.week.organisation.preferences.not_referent)
    for case, missions in reading.open_sector_missions.items():
        for mission in missions:
            rows = reading.parts.get(mission.id, ())
            referents = _referents(reading, case, reading.done_day(mission))
            doing = {person for row in rows for person in row.person_ids}
            if rows and referents and not doing & referents:
                sentence = f"{mission.id} est fait sans le référent de {case}"
                yield Violation(
                    "continuity", sentence, 1, "missions", price, mission.id, tuple(sorted(doing))
                )


def _referents(reading: Reading, case_id: str, day: date) -> set[str]:
    found = {person.id for person in reading.attributed.get(case_id, ())}
    case = reading.week.case.get(case_id)
    given = reading.week.professional.get(case.referent_id) if case and case.referent_id else None
    if given and (given.departure is None or given.departure >= day):
        found.add(given.id)
    return found


RULE = Rule("continuity", "Continuité du référent", "suivi", RuleLevel.PREFERENCE, check)
