"""A household comes as few times as possible, to as few places as possible.

Each day and site at which it has a mission is a step. Source: S1.6 (pitfall of proposition 1).
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each household that comes to a site."""
    price = tenths(reading.week.organisation.preferences.step)
    found = {
        (mission.case_id, row.source.start.date(), row.site_id)
        for row, mission, _ in reading.mission_rows
        if mission.case_id and row.site_id
    }
    for case, day, site in sorted(found):
        sentence = f"la situation {case} vient à {site} le {day:%d/%m}"
        yield Violation("steps", sentence, 1, "démarches", price, case)


RULE = Rule("steps", "Démarches des personnes", "proposition 1", RuleLevel.PREFERENCE, check)
