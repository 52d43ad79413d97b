"""Minutes of evaluation follow the paid time, within ten percent, among evaluators.

Among the people of one circle of EVALUATION who may do an IP act held at home. Source: S2.6 (proposition 2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Professional
from optimizer.words import PlaceKind, ServiceKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each evaluator above or under the band."""
    price = tenths(reading.week.organisation.preferences.evaluator_minute_deviation)
    done: Counter[str] = Counter()
    for row, _, kind in reading.mission_rows:
        if kind.ip:
            done.update(dict.fromkeys(row.person_ids, max(0, row.stretch.minutes)))
    evaluators = [person for person in reading.week.professionals if _evaluates(reading, person)]
    for people in reading.teams.circles(evaluators, ServiceKind.EVALUATION):
        minutes = {person.id: done[person.id] for person in people}
        for who, beyond in reading.beyond_pro_rata(minutes):
            sentence = f"{who} a {minutes[who]} minutes d'évaluation, {beyond} hors du prorata"
            yield Violation("evaluators", sentence, beyond, "minutes", beyond * price, None, (who,))


def _evaluates(reading: Reading, person: Professional) -> bool:
    return reading.serves(person, ServiceKind.EVALUATION) and any(
        kind.ip and kind.place is PlaceKind.HOME and kind.may_be_done_by(person.profession)
        for kind in reading.week.types.values()
    )


def post(model: BucketModel) -> None:
    """A regret for each minute of evaluation beyond the band."""
    price = tenths(model.week.organisation.preferences.evaluator_minute_deviation)
    homes = [kind for kind in model.week.types.values() if kind.ip and kind.place is PlaceKind.HOME]
    people = [p for p in model.people.values() if any(model.board.may_do(p, kind.code) for kind in homes)]
    for circle in model.circles(people, ServiceKind.EVALUATION).values():
        model.shares.balance("evaluator", circle, price, lambda kind: kind.ip)


RULE = Rule("evaluators", "Charge des évaluateurs", "proposition 2", RuleLevel.PREFERENCE, check, post)
