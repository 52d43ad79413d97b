"""Nobody of CONTRAT and EVALUATION meets one household as both, nor works as both in one half-day.

Source: H1.4 (propositions 1 and 2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import DAY_MINUTES
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import HALF_DAYS
from optimizer.words import HalfDayName, ServiceKind

if TYPE_CHECKING:
    from optimizer.linear import Variable
    from optimizer.model import BucketModel

APART = {ServiceKind.CONTRAT, ServiceKind.EVALUATION}


def check(reading: Reading) -> Iterator[Violation]:
    """Each household and each half-day of one person with rows of both services."""
    of_a_case: defaultdict[tuple[str, str], set[ServiceKind]] = defaultdict(set)
    of_a_half: defaultdict[tuple[str, int, HalfDayName], set[ServiceKind]] = defaultdict(set)
    for row in reading.rows:
        if row.kind is None or row.kind.owner not in APART:
            continue
        for person in row.person_ids:
            if row.mission and row.mission.case_id:
                of_a_case[person, row.mission.case_id].add(row.kind.owner)
            half = reading.presence.name_of_half(person, *row.stretch)
            of_a_half[person, row.stretch.start // DAY_MINUTES, half].add(row.kind.owner)
    for (person, case), kinds in of_a_case.items():
        if kinds == APART:
            sentence = f"{person} voit la situation {case} au titre du contrat et de l'évaluation"
            yield Violation("H1.4", sentence, 1, "situations", None, case, (person,))
    for (person, day, half), kinds in of_a_half.items():
        if kinds == APART:
            name = f"{reading.day(day):%d/%m} {HALF_DAYS[half]}"
            sentence = f"{person} change de service dans une demi-journée, {name}"
            yield Violation("H1.4", sentence, 1, "demi-journées", None, None, (person,))


def post(model: BucketModel) -> None:
    """Who serves both is, for a household and in a half-day, of one or of the other."""
    for person in model.people.values():
        if model.week.kinds_served_by(person) >= APART:
            _in_each_half_day(model, person.id)
            _for_each_household(model, person.id)


def _in_each_half_day(model: BucketModel, person: str) -> None:
    for key in model.keys_of(person):
        loads = [load for load in model.loads[key] if load.kind.owner in APART]
        if {load.kind.owner for load in loads} == APART:
            is_contract = model.variable("contract_half_day", key)
            for load in loads:
                _apart(model, load.variable, load.kind.owner, is_contract)


def _for_each_household(model: BucketModel, person: str) -> None:
    cases: defaultdict[str, list[tuple[Variable, ServiceKind | None]]] = defaultdict(list)
    for bundle in model.bundles:
        if bundle.first.case_id and bundle.kind.owner in APART:
            cases[bundle.first.case_id] += [(v, bundle.kind.owner) for v in model.done_by(bundle, person)]
    for case, done in cases.items():
        if {owner for _, owner in done} == APART:
            is_contract = model.variable("contract_household", (case, person))
            for variable, owner in done:
                _apart(model, variable, owner, is_contract)


def _apart(model: BucketModel, variable: Variable, owner: ServiceKind | None, is_contract: Variable) -> None:
    most, whom = model.statement.uppers[variable], (variable, is_contract)
    if owner is ServiceKind.CONTRAT:
        model.at_most(0, "contract_only", whom, [(variable, 1), (is_contract, -most)])
    else:
        model.at_most(most, "evaluation_only", whom, [(variable, 1), (is_contract, most)])


RULE = Rule(
    "H1.4",
    "Contrat et évaluation séparés",
    "propositions 1 et 2",
    RuleLevel.NEVER,
    check,
    post,
    is_local=True,
)
