"""The whole team is at its meetings: those who are there for the whole of it and not on reception duty.

A meeting without seats only; a free meeting that is not held misses everyone who is there on its days.
Source: design, commitments: absent from a meeting while working.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import people
from optimizer.week import Meeting, Professional

if TYPE_CHECKING:
    from optimizer.model import BucketModel


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


def post(model: BucketModel) -> None:
    """A shortfall for each person expected, not on duty then, who does not attend."""
    price = tenths(model.week.organisation.commitments.meeting_absent)
    for meeting in model.week.meetings:
        if meeting.seats is not None or meeting.id not in model.attend:
            continue
        for person in model.expected(meeting):
            starts = model.attend[meeting.id].get(person.id, {})
            if meeting.id in model.meeting_held:
                if model.is_there_between(person.id, meeting.release, meeting.due):
                    _absent_if_free(model, meeting, person.id, price)
            elif starts:
                parts = model.board.parts(min(starts), meeting.duration_minutes)
                absent = model.shortfall("absent", (meeting.id, person.id), 1, price)
                reasons = each((*starts.values(), *model.on_duty(person.id, parts), absent))
                model.at_least(1, "attendance", (meeting.id, person.id), reasons)


def _absent_if_free(model: BucketModel, meeting: Meeting, person: str, price: int) -> None:
    """A free meeting misses someone when it is not held, or held while they are there and not on duty."""
    held, starts = model.meeting_held[meeting.id], model.attend[meeting.id].get(person, {})
    absent = model.shortfall("absent", (meeting.id, person), 1, price)
    duties = {
        start: model.on_duty(person, model.board.parts(start, meeting.duration_minutes)) for start in starts
    }
    excused = [variable for start, variable in held.items() if start not in starts or duties[start]]
    reasons = each((*starts.values(), *excused, absent))
    model.at_least(1, "attendance", (meeting.id, person), reasons)
    for start, on_duty in duties.items():
        if on_duty:
            reasons = each((starts[start], *on_duty, absent))
            model.at_least(0, "attendance", (meeting.id, person, start), reasons, [(held[start], -1)])


RULE = Rule("meeting", "Présence aux réunions", "engagements", RuleLevel.COMMITMENT, check, post)
