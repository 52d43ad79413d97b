"""What is pinned is placed with exactly the people pinned and, when given, at the instant pinned.

Source: docs/semantics.md, section 5.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at, people


def check(reading: Reading) -> Iterator[Violation]:
    """Each pin that is not kept."""
    for pin in reading.week.pins:
        rows = reading.parts.get(pin.item_id, ())
        if not rows:
            sentence = f"{pin.item_id} est épinglé et n'est pas placé"
            yield Violation("pins", sentence, 1, "épingles", None, pin.item_id, pin.professional_ids)
            continue
        if any(set(row.source.professional_ids) != set(pin.professional_ids) for row in rows):
            sentence = f"{pin.item_id} est épinglé pour {people(pin.professional_ids)}"
            yield Violation("pins", sentence, 1, "épingles", None, pin.item_id, pin.professional_ids)
        if pin.start and rows[0].source.start != pin.start:
            sentence = f"{pin.item_id} est épinglé {at(pin.start)}"
            yield Violation("pins", sentence, 1, "épingles", None, pin.item_id, when=pin.start)


RULE = Rule("pins", "Épingles", "semantics.md, 5", RuleLevel.NEVER, check)
