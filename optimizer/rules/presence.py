"""People are planned only when they are there, and one activity never runs over two half-days.

Source: docs/semantics.md, section 1.
"""

from collections.abc import Iterator

from optimizer.clock import DAY_MINUTES
from optimizer.reading import Reading
from optimizer.reading.stretches import shared_minutes
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import between


def check(reading: Reading) -> Iterator[Violation]:
    """Each activity outside available time or outside one half-day."""
    presence = reading.presence
    for person, activities in reading.activities.items():
        for activity in activities:
            start, end = activity.stretch
            if presence.fits(person, start, end):
                continue
            available = presence.available[person].get(start // DAY_MINUTES, ())
            missing = end - start - shared_minutes(available, start, end)
            fault = "n'est pas disponible" if missing else "est sur deux demi-journées"
            hours = between(reading.instant(start), reading.instant(end))
            sentence = f"{person} {fault} {hours} ({activity.label})"
            item = activity.row.item_id if activity.row else None
            yield Violation(
                "presence", sentence, missing or 1, "minutes", None, item, (person,), reading.instant(start)
            )


RULE = Rule("presence", "Présence", "semantics.md, 1", RuleLevel.NEVER, check)
