"""A seat of a session is not left empty, nor held by someone at target, while a free member is under target.

At target: as many training days done as planned for the year. Source: H3.1 (proposition 3).
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Meeting, Professional


def check(reading: Reading) -> Iterator[Violation]:
    """Each session with such seats."""
    organisation = reading.week.organisation
    price = tenths(organisation.commitments.training_seat)
    for meeting in reading.week.meetings:
        if not meeting.seats:
            continue
        rows = reading.parts.get(meeting.id, ())
        attending = {person.id: person for row in rows for person in row.people}
        under = [one for one in attending.values() if one.isic_days_done < organisation.isic_days_per_year]
        open_seats = max(0, meeting.seats - len(under))
        passed_over = sum(
            person.id not in attending and _could_attend(reading, person, meeting)
            for person in reading.may_attend[meeting.id]
        )
        if wasted := min(open_seats, passed_over):
            sentence = f"{wasted} place(s) de {meeting.id} perdue(s) pour qui n'a pas sa formation"
            yield Violation("training seat", sentence, wasted, "places", wasted * price, meeting.id)


def _could_attend(reading: Reading, person: Professional, meeting: Meeting) -> bool:
    if person.isic_days_done >= reading.week.organisation.isic_days_per_year:
        return False
    return reading.is_free_for(person, meeting) and not _leads(reading, person, meeting)


def _leads(reading: Reading, person: Professional, meeting: Meeting) -> bool:
    """Whether someone leads a dated action that is held during the session."""
    parts = reading.meeting_parts(meeting)
    return any(
        activity.row
        and activity.row.action
        and activity.row.action.fixed_start
        and part.meets(*activity.stretch)
        for activity in reading.activities[person.id]
        for part in parts
    )


RULE = Rule("training seat", "Places de formation", "proposition 3", RuleLevel.COMMITMENT, check)
