"""An act of an evaluation for two is done by two professions, and a mission in parts by the same people.

Source: H2.3 (proposition 2; multidisciplinary team, CASF L226-3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import Variable, each
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import people

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each pair of one profession, each part done by others than the first."""
    for row, _, kind in reading.mission_rows:
        professions = {person.profession for person in row.people}
        if kind.ip and len(row.people) == 2 and len(professions) == 1:
            sentence = f"{row.item_id} : {people(row.person_ids)} exercent le même métier"
            yield Violation(
                "H2.3", sentence, 1, "binômes", None, row.item_id, row.person_ids, row.source.start
            )
    for item, (first, *others) in reading.parts.items():
        for row in others:
            if set(row.source.professional_ids) != set(first.source.professional_ids):
                sentence = f"les parties de {item} ne sont pas faites par les mêmes personnes"
                yield Violation("H2.3", sentence, 1, "parties", None, item, row.person_ids, row.source.start)


def post(model: BucketModel) -> None:
    """An act for two takes one of a profession at most; parts are the same people's (rule `parts`)."""
    for bundle in model.bundles:
        if not bundle.kind.ip or bundle.people == 1:
            continue
        alike: defaultdict[tuple[int | None, str], list[Variable]] = defaultdict(list)
        if bundle.kind.splittable:
            for person, variable in model.doing(bundle):
                alike[None, model.people[person].profession].append(variable)
        else:
            for (person, slot), variable in model.take[bundle.index].items():
                alike[slot, model.people[person].profession].append(variable)
        for where, taken in alike.items():
            held = [] if where[0] is None else [(model.held[bundle.index][where[0]], -1)]
            model.at_most(0 if held else 1, "two_professions", (bundle.name, *where), each(taken), held)


RULE = Rule("H2.3", "Binômes de deux métiers", "proposition 2", RuleLevel.NEVER, check, post, is_local=True)
