"""Training goes first to those who had the fewest days.

Source: H3.1 (proposition 3). A session is a meeting with seats.
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each attendee of a session who already had training days."""
    price = tenths(reading.week.organisation.preferences.training_day_done)
    for meeting in reading.week.meetings:
        rows = reading.parts.get(meeting.id, ()) if meeting.seats else ()
        attending = {person.id: person for row in rows for person in row.people}
        for person in attending.values():
            if days := person.isic_days_done:
                sentence = f"{person.id} a déjà eu {days} jour(s) de formation avant {meeting.id}"
                yield Violation(
                    "training order", sentence, days, "jours", days * price, meeting.id, (person.id,)
                )


RULE = Rule("training order", "Ordre des formations", "proposition 3", RuleLevel.PREFERENCE, check)
