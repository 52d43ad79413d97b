"""A household is met by its referent.

Source: the field's facts, SUIVI: same worker preferred. The referent given counts while still there, the one
attributed at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Professional
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.bundles import Bundle
    from optimizer.linear import Variable
    from optimizer.model import BucketModel
    from optimizer.week import Case


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


def post(model: BucketModel) -> None:
    """Each mission of a household with a referent costs, but where a referent does it."""
    for bundle in model.bundles:
        case = model.week.case.get(bundle.first.case_id or "")
        if case and bundle.kind.owner is ServiceKind.SECTEUR:
            _without_referent(model, bundle, case)


def _without_referent(model: BucketModel, bundle: Bundle, case: Case) -> None:
    """What is placed while there is a referent pays; what a referent does is paid back."""
    price = tenths(model.week.organisation.preferences.not_referent)
    new, given = model.referents(case.id), model.week.professional.get(case.referent_id or "")
    paying = [v for day, v in _placed(model, bundle) if new or _is_there(given, day)]
    for variable in paying:
        model.preference(variable, price)
    kept = []
    for person in (*new, *([given.id] if given and paying else [])):
        mine = each(model.done_by(bundle, person), -1)
        if not mine:
            continue
        by_referent = model.regret("by_referent", (bundle.name, person), bundle.count, -price)
        kept.append(by_referent)
        model.at_most(0, "kept_takes", (bundle.name, person), [(by_referent, 1)], mine)
        if person in new:
            attributed = [(new[person], -bundle.count)]
            model.at_most(0, "kept_referent", (bundle.name, person), [(by_referent, 1)], attributed)
    if len(kept) > 1:
        model.at_most(0, "kept_once", (bundle.name,), each(kept), each(paying, -1))


def _placed(model: BucketModel, bundle: Bundle) -> list[tuple[date | None, Variable]]:
    """What is placed, by day; a report has none, its parts being done on several."""
    if not bundle.kind.splittable:
        return [(model.board.day_of(slot), variable) for slot, variable in model.placed(bundle)]
    return [(None, variable) for _, variable in model.doing(bundle)] if bundle.people == 1 else []


def _is_there(given: Professional | None, day: date | None) -> bool:
    if given is None or given.departure is None:
        return given is not None
    return day is not None and day <= given.departure


RULE = Rule("continuity", "Continuité du référent", "suivi", RuleLevel.PREFERENCE, check, post, is_local=True)
