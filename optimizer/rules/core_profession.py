"""Missions go first to the professions whose core they are.

Source: S5.2 (proposition 5). Each person of a mission counts once, whatever its parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.words import Aptitude

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each person on a mission that is only possible for their profession."""
    price = tenths(reading.week.organisation.preferences.possible_not_core)
    found = {
        (row.item_id, person.id, kind.code)
        for row, _, kind in reading.mission_rows
        for person in row.people
        if kind.aptitude(person.profession) is Aptitude.POSSIBLE
    }
    for item, person, code in sorted(found):
        sentence = f"{item} ({code}) n'est pas le cœur de métier de {person}"
        yield Violation("core", sentence, 1, "personnes", price, item, (person,))


def post(model: BucketModel) -> None:
    """Each person on a mission that is only possible for them has a price."""
    price = tenths(model.week.organisation.preferences.possible_not_core)
    for bundle in model.bundles:
        for person, variable in model.doing(bundle):
            if bundle.kind.aptitude(model.people[person].profession) is Aptitude.POSSIBLE:
                model.preference(variable, price)


RULE = Rule("core", "Cœur de métier", "proposition 5", RuleLevel.PREFERENCE, check, post, is_local=True)
