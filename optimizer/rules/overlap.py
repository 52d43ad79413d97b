"""Nobody does two things at once, but for reception duty, which may hold ACCUEIL, URGENCE and writing.

Source: docs/semantics.md, section 1. What reception holds stands wholly inside it, at its site.
"""

from collections.abc import Iterator
from itertools import takewhile

from optimizer.reading import Reading
from optimizer.reading.activities import Activity
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at


def check(reading: Reading) -> Iterator[Violation]:
    """Each two activities of one person that share minutes."""
    for person, activities in reading.activities.items():
        for index, first in enumerate(activities):
            until = first.stretch.end
            for second in takewhile(lambda one: one.stretch.start < until, activities[index + 1 :]):  # noqa: B023
                if first.is_held_by(second) or second.is_held_by(first):
                    continue
                yield _violation(reading, person, first, second)


def _violation(reading: Reading, person: str, first: Activity, second: Activity) -> Violation:
    start = reading.instant(second.stretch.start)
    minutes = min(first.stretch.end, second.stretch.end) - second.stretch.start
    item = second.row.item_id if second.row else None
    sentence = f"{person} fait deux choses à la fois {at(start)} : {first.label} et {second.label}"
    return Violation("overlap", sentence, minutes, "minutes", None, item, (person,), start)


RULE = Rule("overlap", "Une chose à la fois", "semantics.md, 1", RuleLevel.NEVER, check)
