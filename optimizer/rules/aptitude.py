"""Professions are not interchangeable: a cell X of the matrix is never assigned.

Source: H5.1, H4.3 (proposition 5). Meetings and training sessions included.
Not posted: nobody has a variable for what their profession never does.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each person on a row whose profession may not do its type."""
    for row in reading.rows:
        for person in row.people:
            if row.kind and not row.kind.may_be_done_by(person.profession):
                what = f"{row.item_id} ({row.kind.code})"
                sentence = f"{what} n'est pas du métier de {person.id} ({person.profession})"
                yield Violation(
                    "H5.1", sentence, 1, "personnes", None, row.item_id, (person.id,), row.source.start
                )


RULE = Rule("H5.1", "Métiers non interchangeables", "proposition 5", RuleLevel.NEVER, check, is_local=True)
