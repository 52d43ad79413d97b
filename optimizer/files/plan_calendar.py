"""A plan as iCalendar: a person's agenda, or everybody's in one file; no household and no case content."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from icalendar import Calendar, Event, Timezone, vText

from optimizer.clock import PARIS
from optimizer.files.audience import Reach
from optimizer.files.plan_rows import place_text
from optimizer.files.views import Entry, EntryKind, View, view
from optimizer.plan import Assignment, Plan, Reservation

Row = TypeVar("Row", Assignment, Reservation)
PRODID = "-//polyvalence//plan//FR"
TIME_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def plan_ics(shown: View) -> bytes:
    """One calendar: the person's own events, or one event a person for a team and for the planner."""
    personal = shown.audience.reach in (Reach.PERSON, Reach.MANAGER)
    people = [shown.audience.name or ""] if personal else sorted(shown.audience.member_ids)
    calendar = _empty(f"Planning {shown.audience.name}" if shown.audience.name else "Planning du territoire")
    events = _events(shown, people, named=not personal)
    for _, _, event in sorted(events, key=lambda row: row[:2]):
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def plan_zip(shown: View) -> bytes:
    """An archive of calendars, `ID.ics` for each person shown; the same bytes for the same plan."""
    content = io.BytesIO()
    assignments, reservations = _by_person(shown.plan.assignments), _by_person(shown.plan.reservations)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for person in sorted(shown.audience.member_ids):
            own = Plan(
                status=shown.plan.status,
                assignments=tuple(assignments[person]),
                reservations=tuple(reservations[person]),
            )
            entry = zipfile.ZipInfo(f"{person.replace(':', '_')}.ics", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, plan_ics(view(shown.week, own, person)))
    return content.getvalue()


def _by_person(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for person in row.professional_ids:
            found[person].append(row)
    return found


def _empty(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", vText("Europe/Paris"))
    calendar.add_component(Timezone.from_ical(TIME_ZONE))
    return calendar


def _events(shown: View, people: list[str], named: bool) -> Iterator[tuple[datetime, str, Event]]:
    for person in people:
        numbers: dict[tuple[str, date], int] = {}
        for entry in shown.of(person):
            key = entry.code, entry.start.date()
            numbers[key] = numbers.get(key, -1) + 1
            uid = _uid(entry, person, numbers[key])
            yield entry.start, uid, _event(shown, entry, uid, f"{person} : " if named else "")


def _uid(entry: Entry, person: str, rank: int) -> str:
    """The same for the same part and person in every plan; reserved time goes by its rank in the day."""
    stem = entry.uid or f"{entry.code}-{entry.start:%Y%m%d}-{rank}"
    return f"{stem}-{person}@polyvalence"


def _event(shown: View, entry: Entry, uid: str, prefix: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(shown.week.horizon.first_day, time(), UTC) - timedelta(days=7))
    event.add("dtstart", entry.start.replace(tzinfo=PARIS))
    event.add("dtend", entry.end.replace(tzinfo=PARIS))
    event.add("summary", prefix + entry.label)
    where = ", ".join(part for part in (place_text(shown, entry), _room(entry)) if part)
    if where:
        event.add("location", where)
    if entry.kind in (EntryKind.APPOINTMENT, EntryKind.ELSEWHERE):
        event.add("class", "PRIVATE")
    if entry.reference and entry.kind is EntryKind.APPOINTMENT:
        event.add("description", f"Référence {entry.reference}")
    return event


def _room(entry: Entry) -> str:
    return f"salle {entry.room_id}" if entry.room_id else ""
