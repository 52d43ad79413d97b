"""One evaluation has one pair for all its acts: at most two people, of different professions.

Source: H2.6 (proposition 2). An act or a report for one person is done by either of the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import people
from optimizer.week import Professional

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each household evaluated by more than two people, or by two of one profession."""
    evaluators: defaultdict[str, dict[str, Professional]] = defaultdict(dict)
    for row, mission, kind in reading.mission_rows:
        if kind.ip and mission.case_id:
            evaluators[mission.case_id].update({person.id: person for person in row.people})
    for case, found in evaluators.items():
        if len(found) > 2:
            sentence = f"l'évaluation de {case} est faite par {len(found)} personnes : {people(found)}"
            yield Violation("H2.6", sentence, len(found) - 2, "personnes", None, case, tuple(found))
        if len(found) == 2 and len({person.profession for person in found.values()}) == 1:
            sentence = f"l'évaluation de {case} est faite par deux personnes du même métier : {people(found)}"
            yield Violation("H2.6", sentence, 1, "binômes", None, case, tuple(found))


def post(model: BucketModel) -> None:
    """At most two evaluators a household, one of a profession; each act is theirs."""
    for case, team in model.evaluates.items():
        model.at_most(2, "one_pair", (case,), each(team.values()))
        for profession in sorted({model.people[person].profession for person in team}):
            alike = [v for person, v in team.items() if model.people[person].profession is profession]
            model.at_most(1, "two_professions", (case, profession), each(alike))
        for act in model.evaluations[case]:
            for person, variable in team.items():
                mine = each(model.done_by(act, person))
                if mine:
                    model.at_most(0, "by_the_pair", (act.name, person), mine, [(variable, -1)])


RULE = Rule("H2.6", "Un binôme par évaluation", "proposition 2", RuleLevel.NEVER, check, post)
