"""Each case of the sector team without a lasting referent gets one who may do all that is open for it.

A case that nobody may take is left, and no other case is attributed. Source: docs/semantics.md, section 5;
design: referents attributed inside the plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
    members: defaultdict[str | None, list[Professional]] = defaultdict(list)
    for person in reading.accompanying:
        members[reading.teams.first(person, ServiceKind.SECTEUR)].append(person)
    for case in reading.week.cases:
        wanted = _is_to_attribute(reading, case)
        if not wanted and not given[case.id]:
            continue
        team = (person for service in reading.teams.of_case(case) for person in members[service])
        able = {person.id for person in team if _may_take(reading, person, case)}
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
    missions = reading.open_sector_missions[case.id]
    return reading.stays(person) and all(reading.may_do(person, mission.type) for mission in missions)


def post(model: BucketModel) -> None:
    """Each case that someone may take is given to one of them."""
    for case in sorted({case for case, _ in model.referent}):
        model.equal(1, "one_referent", (case,), each(model.referents(case).values()))


RULE = Rule("referents", "Référents attribués", "semantics.md, 5", RuleLevel.NEVER, check, post)
