"""A meeting is held whole, at its time, in one part or two either side of lunch, by its members.

A session has no more people than seats; a free meeting starts at a half hour from 8:00 to 17:30.
Source: docs/semantics.md, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.reading.activities import Row
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at, people
from optimizer.week import Meeting

if TYPE_CHECKING:
    from optimizer.model import BucketModel


FREE_STARTS = {time(hour, minute) for hour in range(8, 18) for minute in (0, 30)}


def check(reading: Reading) -> Iterator[Violation]:
    """Each meeting at another time, with other people, or with more than its seats."""
    for meeting in reading.week.meetings:
        if rows := reading.parts.get(meeting.id):
            yield from _time(reading, meeting, rows)
            for row in rows:
                yield from _people(meeting, row)


def _time(reading: Reading, meeting: Meeting, rows: tuple[Row, ...]) -> Iterator[Violation]:
    start = rows[0].source.start
    if [row.stretch for row in rows] != list(reading.meeting_parts(meeting)):
        sentence = f"{meeting.id} n'est pas tenue à son heure ou dans ses parties, {at(start)}"
        yield Violation("meetings", sentence, 1, "réunions", None, meeting.id, when=start)
    pinned = any(pin.item_id == meeting.id and pin.start for pin in reading.week.pins)
    if meeting.fixed_start is None and not pinned and start.time() not in FREE_STARTS:
        sentence = f"{meeting.id} ne commence pas à une demi-heure de la journée, {at(start)}"
        yield Violation("meetings", sentence, 1, "réunions", None, meeting.id, when=start)
    if meeting.fixed_start is None and not meeting.release <= start.date() <= meeting.due:
        sentence = f"{meeting.id} est tenue hors de ses dates, {at(start)}"
        yield Violation("meetings", sentence, 1, "réunions", None, meeting.id, when=start)


def _people(meeting: Meeting, row: Row) -> Iterator[Violation]:
    guests = tuple(
        person.id
        for person in row.people
        if meeting.service_id not in person.service_ids and person.id not in meeting.professional_ids
    )
    if guests:
        sentence = f"{people(guests)} assiste à {meeting.id} sans y être attendu"
        yield Violation("meetings", sentence, len(guests), "personnes", None, meeting.id, guests)
    extra = len(row.people) - (meeting.seats or len(row.people))
    if extra > 0:
        sentence = f"{meeting.id} a {meeting.seats} places pour {len(row.people)} personnes"
        yield Violation("meetings", sentence, extra, "places", None, meeting.id, row.person_ids)


def post(model: BucketModel) -> None:
    """A free meeting has one start, people attend once and when it is held, within its seats."""
    for meeting_id, attendance in model.attend.items():
        held, seats = model.meeting_held.get(meeting_id, {}), model.week.meeting[meeting_id].seats
        model.at_most(1, "meeting_once", (meeting_id,), each(held.values()))
        for person, starts in attendance.items():
            model.at_most(1, "attend_once", (meeting_id, person), each(starts.values()))
            for start, attends in starts.items() if held else ():
                whom = meeting_id, person, start
                model.at_most(0, "attend_held", whom, [(attends, 1), (held[start], -1)])
        for start, variable in held.items():
            there = each((starts[start] for starts in attendance.values() if start in starts), -1)
            model.at_most(0, "held_by_someone", (meeting_id, start), [(variable, 1)], there)
        if seats is not None:
            everyone = each(v for starts in attendance.values() for v in starts.values())
            model.at_most(seats, "seats", (meeting_id,), everyone)


RULE = Rule("meetings", "Réunions et formations", "semantics.md, 4", RuleLevel.NEVER, check, post)
