"""A seat of a session is not left empty, nor held by someone at target, while a free member is under target.

At target: as many training days done as planned for the year. Source: H3.1 (proposition 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import Part, each
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Meeting, Professional

if TYPE_CHECKING:
    from optimizer.model import BucketModel


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


def post(model: BucketModel) -> None:
    """A shortfall for each seat not held by someone under target, up to those who could have held it."""
    organisation = model.week.organisation
    price = tenths(organisation.commitments.training_seat)
    for meeting in model.week.meetings:
        if meeting.seats is None or meeting.id not in model.attend:
            continue
        target = organisation.isic_days_per_year
        free = [person for person in model.expected(meeting) if _is_free(model, person, meeting)]
        under = [person.id for person in free if person.isic_days_done < target]
        attendance = model.attend[meeting.id]
        attending = each(v for person in under for v in attendance.get(person, {}).values())
        wasted = model.shortfall("wasted_seats", (meeting.id,), meeting.seats, price)
        lacking = [(wasted, 1), *attending]
        excused, most_excused = _excused(model, meeting, under)
        if len(under) - most_excused >= meeting.seats:
            model.at_least(meeting.seats, "waste_seats", (meeting.id,), lacking)
        elif len(under) <= meeting.seats:
            model.at_least(len(under), "waste_people", (meeting.id,), lacking, excused)
        else:
            # the smaller of two: whichever the switch lets go is not counted
            switch, large = model.variable("few_seats", (meeting.id,)), len(under) + meeting.seats
            model.at_least(meeting.seats, "waste_seats", (meeting.id,), lacking, [(switch, large)])
            passed = len(under) - large
            model.at_least(passed, "waste_people", (meeting.id,), lacking, excused, [(switch, -large)])


def _is_free(model: BucketModel, person: Professional, meeting: Meeting) -> bool:
    if meeting.id in model.meeting_held:
        return model.is_there_between(person.id, meeting.release, meeting.due)
    return bool(model.attend[meeting.id].get(person.id))


def _excused(model: BucketModel, meeting: Meeting, people: list[str]) -> tuple[Part, int]:
    """Not passed over: who is away when a free session is held, who leads a dated action during it; and how
    many they are at most."""
    attendance, excused, away = model.attend[meeting.id], [], [0]
    for start, held in model.meeting_held.get(meeting.id, {}).items():
        away.append(sum(start not in attendance.get(person, {}) for person in people))
        excused.append((held, away[-1]))
    parts = [
        part
        for start in model.meeting_starts(meeting)
        for part in model.board.parts(start, meeting.duration_minutes)
    ]
    leaders = 0
    for action in model.actions():
        if action.fixed_start is not None and any(model.is_held_during(action, part) for part in parts):
            leaders += len(action.leaders)
            excused += each(v for person in people for v in model.leads(action, person))
    return excused, max(away) + leaders


RULE = Rule("training seat", "Places de formation", "proposition 3", RuleLevel.COMMITMENT, check, post)
