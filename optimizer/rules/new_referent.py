"""A new referent has the household's missions at the core of their profession, and followed it before.

Source: design, "Referents".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Case, Professional
from optimizer.words import Aptitude

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each open mission that is not core for the new referent, and each who never followed the household."""
    for case_id, people in reading.attributed.items():
        case = reading.week.case.get(case_id)
        for person in people if case else ():
            if case:
                yield from _attribution(reading, case, person)


def _attribution(reading: Reading, case: Case, person: Professional) -> Iterator[Violation]:
    weights = reading.week.organisation.preferences
    types = [reading.week.types[mission.type] for mission in reading.open_sector_missions[case.id]]
    if others := sum(kind.aptitude(person.profession) is not Aptitude.CORE for kind in types):
        sentence = f"{others} mission(s) de {case.id} hors du cœur de métier de son référent {person.id}"
        price = others * tenths(weights.referent_not_core)
        yield Violation("new referent", sentence, others, "missions", price, case.id, (person.id,))
    if case.followers and person.id not in case.followers:
        sentence = f"{person.id}, nouveau référent de {case.id}, ne l'a jamais suivi"
        price = tenths(weights.referent_not_follower)
        yield Violation("new referent", sentence, 1, "référents", price, case.id, (person.id,))


def post(model: BucketModel) -> None:
    """Each possible attribution has its price."""
    weights = model.week.organisation.preferences
    for (case_id, person), variable in model.referent.items():
        case, profession = model.week.case[case_id], model.people[person].profession
        kinds = model.board.open_types(case)
        price = tenths(weights.referent_not_core)
        price *= sum(kind.aptitude(profession) is not Aptitude.CORE for kind in kinds)
        if case.followers and person not in case.followers:
            price += tenths(weights.referent_not_follower)
        model.preference(variable, price)


RULE = Rule("new referent", "Choix du référent", "référents", RuleLevel.PREFERENCE, check, post)
