"""Caseloads follow the quotité, within ten percent.

Among the people of one circle of SECTEUR who may do SUIVI and stay: files now plus the weights attributed.
Source: design, preferences; only whole units beyond the band count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Professional
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each person above or under the band."""
    price = tenths(reading.week.organisation.preferences.caseload_deviation)
    staying = [person for person in reading.accompanying if reading.stays(person)]
    for circle in reading.teams.circles(staying, ServiceKind.SECTEUR):
        yield from _beyond_the_band(reading, circle, price)


def _beyond_the_band(reading: Reading, circle: list[Professional], price: int) -> Iterator[Violation]:
    load = {person.id: person.dossiers for person in circle}
    quotite = {person.id: person.quotite for person in circle}
    for case_id, people in reading.attributed.items():
        for person in people:
            if person.id in load and case_id in reading.week.case:
                load[person.id] += reading.week.case[case_id].weight
    total, whole = sum(load.values()), sum(quotite.values())
    for person_id, files in load.items():
        most = 11 * total * quotite[person_id] // (10 * whole)
        least = -(-9 * total * quotite[person_id] // (10 * whole))
        if beyond := max(0, files - most) + max(0, least - files):
            sentence = f"{person_id} suit {files} situations, pour {least} à {most} au prorata"
            yield Violation("caseload", sentence, beyond, "situations", beyond * price, None, (person_id,))


def post(model: BucketModel) -> None:
    """A regret for each unit beyond the band of everybody's pro-rata."""
    staying = [person for person in model.accompanying if model.board.stays(person)]
    for people in model.circles(staying, ServiceKind.SECTEUR).values():
        _post_one(model, people)


def _post_one(model: BucketModel, people: list[Professional]) -> None:
    price = tenths(model.week.organisation.preferences.caseload_deviation)
    own = {person.id for person in people}
    attributed = sum(
        model.week.case[id_].weight for id_ in {id_ for id_, who in model.referent if who in own}
    )
    whole = sum(person.dossiers for person in people) + attributed
    quotites = sum(person.quotite for person in people)
    for person in people:
        share = whole * person.quotite
        most, least = 11 * share // (10 * quotites), -(-9 * share // (10 * quotites))
        given = [
            (variable, model.week.case[case].weight)
            for (case, who), variable in model.referent.items()
            if who == person.id
        ]
        if not given:
            beyond = max(0, person.dossiers - most, least - person.dossiers)
            model.always_regret(price * beyond)
            continue
        deviation = model.regret("caseload_deviation", (person.id,), whole, price)
        model.at_most(most - person.dossiers, "caseload_most", (person.id,), given, [(deviation, -1)])
        model.at_least(least - person.dossiers, "caseload_least", (person.id,), given, [(deviation, 1)])


RULE = Rule("caseload", "Situations suivies", "équité", RuleLevel.PREFERENCE, check, post)
