"""A mission is done by as many people as it takes, one of each profession wanted.

As many as `people` says, else one a profession wanted, else two where the type's pair is required.
Source: docs/semantics.md, section 3 (H0).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.reading.activities import people_wanted
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each row with too many people, too few, or without a profession wanted."""
    for row, mission, kind in reading.mission_rows:
        wanted, found = people_wanted(mission, kind), len(row.people)
        if found != wanted:
            sentence = f"{row.item_id} demande {wanted} personne(s), la ligne en compte {found}"
            yield Violation(
                "people", sentence, abs(found - wanted), "personnes", None, row.item_id, row.person_ids,
                row.source.start,
            )  # fmt: skip
        missing = Counter(mission.professions) - Counter(person.profession for person in row.people)
        if missing:
            sentence = f"{row.item_id} demande aussi {', '.join(missing.elements())}"
            yield Violation(
                "people", sentence, missing.total(), "personnes", None, row.item_id, row.person_ids,
                row.source.start,
            )  # fmt: skip


def post(model: BucketModel) -> None:
    """A mission for two takes the people it wants, one of each profession asked."""
    for bundle in model.bundles:
        if bundle.people == 1:
            continue
        for profession, number in model.board.places_to_fill(bundle.first):
            for slot, held in model.held.get(bundle.index, {}).items():
                taken = [(key[0], v) for key, v in model.take[bundle.index].items() if key[1] == slot]
                who = [v for p, v in taken if profession in (None, model.people[p].profession)]
                model.equal(0, "pair", (bundle.name, slot, profession), each(who), [(held, -number)])
            if bundle.kind.splittable:
                who = [v for p, v in model.doing(bundle) if profession in (None, model.people[p].profession)]
                left = each((v for _, v in model.left(bundle)), number)
                model.equal(number, "writers", (bundle.name, profession), each(who), left)


RULE = Rule(
    "people",
    "Nombre de personnes et métiers demandés",
    "semantics.md, 3",
    RuleLevel.NEVER,
    check,
    post,
    is_local=True,
)
