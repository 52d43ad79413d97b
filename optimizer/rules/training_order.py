"""Training goes first to those who had the fewest days.

Source: H3.1 (proposition 3). A session is a meeting with seats.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.model import BucketModel


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


def post(model: BucketModel) -> None:
    """Each attendee of a session costs by the days already done."""
    price = tenths(model.week.organisation.preferences.training_day_done)
    for meeting_id, attendance in model.attend.items():
        if model.week.meeting[meeting_id].seats is None:
            continue
        for person, starts in attendance.items():
            for attends in starts.values():
                model.preference(attends, price * model.people[person].isic_days_done)


RULE = Rule("training order", "Ordre des formations", "proposition 3", RuleLevel.PREFERENCE, check, post)
