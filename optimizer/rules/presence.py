"""People are planned only when they are there, and one activity never runs over two half-days.

Those of one row are in half-days of one name. Source: docs/semantics.md, section 1.
Not posted: every variable is that of a half-day of its person.
"""

from collections.abc import Iterator

from optimizer.clock import DAY_MINUTES
from optimizer.reading import Reading
from optimizer.reading.stretches import shared_minutes
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at, between


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
    for row in reading.rows:
        names = {presence.name_of_half(person, *row.stretch) for person in row.person_ids}
        if len(names) > 1 and not row.meeting:
            sentence = (
                f"{row.item_id} est le matin des uns et l'après-midi des autres, {at(row.source.start)}"
            )
            yield Violation(
                "presence", sentence, 1, "lignes", None, row.item_id, row.person_ids, row.source.start
            )


RULE = Rule("presence", "Présence", "semantics.md, 1", RuleLevel.NEVER, check, is_local=True)
