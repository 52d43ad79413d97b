"""A mission is done by as many people as it takes, one of each profession wanted.

As many as `people` says, else one a profession wanted, else two where the type's pair is required.
Source: docs/semantics.md, section 3 (H0).
"""

from collections import Counter
from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.reading.activities import people_wanted
from optimizer.rules.rule import Rule, RuleLevel, Violation


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


RULE = Rule("people", "Nombre de personnes et métiers demandés", "semantics.md, 3", RuleLevel.NEVER, check)
