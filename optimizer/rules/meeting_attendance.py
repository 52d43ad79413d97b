"""The whole team is at its meetings: those who are there for the whole of it and not on reception duty.

A meeting without seats only; a free meeting that is not held misses everyone who is there on its days.
Source: design, commitments: absent from a meeting while working.
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import people
from optimizer.week import Meeting, Professional


def check(reading: Reading) -> Iterator[Violation]:
    """Each meeting from which expected people are absent."""
    price = tenths(reading.week.organisation.commitments.meeting_absent)
    for meeting in reading.week.meetings:
        if meeting.seats:
            continue
        attending = {person for row in reading.parts.get(meeting.id, ()) for person in row.person_ids}
        absent = tuple(
            person.id
            for person in reading.may_attend[meeting.id]
            if person.id not in attending and _is_expected(reading, person, meeting)
        )
        if absent:
            sentence = f"{people(absent)} manque(nt) à {meeting.id}"
            yield Violation(
                "meeting", sentence, len(absent), "personnes", len(absent) * price, meeting.id, absent
            )


def _is_expected(reading: Reading, person: Professional, meeting: Meeting) -> bool:
    parts = reading.meeting_parts(meeting)
    is_on_duty = any(
        activity.is_reception and part.meets(*activity.stretch)
        for activity in reading.activities[person.id]
        for part in parts
    )
    return not is_on_duty and reading.is_free_for(person, meeting)


RULE = Rule("meeting", "Présence aux réunions", "engagements", RuleLevel.COMMITMENT, check)
