"""Each case of the sector team without a lasting referent gets one who may do all that is open for it.

A case that nobody may take is left, and no other case is attributed. Source: docs/semantics.md, section 5;
design: referents attributed inside the plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Case, Professional
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each case without its referent, with several, or attributed for nothing."""
    given = Counter(row.case_id for row in reading.plan.referents)
    for case in reading.week.cases:
        wanted = _is_to_attribute(reading, case)
        able = {person.id for person in reading.week.professionals if _may_take(reading, person, case)}
        expected = int(wanted and bool(able))
        if given[case.id] != expected:
            sentence = (
                f"la situation {case.id} a {given[case.id]} nouveau(x) référent(s) au lieu de {expected}"
            )
            amount = abs(given[case.id] - expected)
            yield Violation("referents", sentence, amount, "référents", item_id=case.id)
        for person in reading.attributed.get(case.id, ()):
            if person.id not in able:
                sentence = f"{person.id} ne peut être le référent de {case.id}"
                yield Violation("referents", sentence, 1, "référents", None, case.id, (person.id,))


def _is_to_attribute(reading: Reading, case: Case) -> bool:
    if ServiceKind.SECTEUR not in reading.places.kinds_at.get(case.site_id, ()):
        return False
    referent = reading.week.professional.get(case.referent_id) if case.referent_id else None
    return referent is None or not reading.stays(referent)


def _may_take(reading: Reading, person: Professional, case: Case) -> bool:
    if not reading.stays(person) or not reading.may_accompany(person):
        return False
    if reading.teams.first(person, ServiceKind.SECTEUR) not in reading.teams.of_case(case):
        return False
    return all(reading.may_do(person, mission.type) for mission in reading.open_sector_missions[case.id])


def post(model: BucketModel) -> None:
    """Each case that someone may take is given to one of them."""
    for case in sorted({case for case, _ in model.referent}):
        model.equal(1, "one_referent", (case,), each(model.referents(case).values()))


RULE = Rule("referents", "Référents attribués", "semantics.md, 5", RuleLevel.NEVER, check, post)
