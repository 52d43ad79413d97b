"""Busy events of one professional: `agendas/ID.ics`, expanded over the horizon, titles dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar
from icalendar import Event as Component

from optimizer.clock import GRID_MINUTES
from optimizer.errors import Problem, UnusableInput, WrongValue
from optimizer.files.draft import Draft
from optimizer.files.events import Event, Span, event_of
from optimizer.files.raw import MEGABYTE, bytes_of, refused, text_of
from optimizer.files.recurrence import MAX_OCCURRENCES
from optimizer.files.sheets import nearest, quoted
from optimizer.files.table_rows import ReadRow
from optimizer.files.timing import FirstMonday

MAX_AGENDA_BYTES = 10 * MEGABYTE
MAX_DAYS_TO_UNROLL = 3_000_000
DAY = timedelta(days=1)


@dataclass
class Agenda:
    """The busy events of one file, and what is wrong with the others."""

    events: list[Event] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def add_agenda(draft: Draft, path: Path, horizon: FirstMonday) -> None:
    """Adds the busy spans of a calendar to the draft, or what is wrong with it."""
    label = f"{path.parent.name}/{path.name}"
    people = [str(raw.get("id")) for raw in draft.tables.get("professionals", [])]
    if path.stem not in people and ("professionals",) not in draft.failed:
        expected = f"le nom d'un professionnel, comme AS01.ics{nearest(path.stem, people)}"
        draft.problems.append(Problem(label, f"agenda d'un inconnu, {quoted(path.stem)}", expected))
    try:
        agenda = agenda_of(text_of(bytes_of(path, MAX_AGENDA_BYTES), label), label)
        spans = spans_of(agenda, label, horizon) if horizon else []
    except UnusableInput as error:
        draft.problems += error.problems
        return
    draft.problems += agenda.problems
    for start, end in spans:
        row = ReadRow(f"{label}, événement du {start:%d/%m/%Y %H:%M}")
        draft.add("busy", row, {"professional_id": path.stem, "start": start, "end": end})


def agenda_of(text: str, label: str) -> Agenda:
    """The busy events of a calendar's text."""
    try:
        components = [
            event for calendar in Calendar.from_ical(text, multiple=True) for event in calendar.walk("VEVENT")
        ]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError):
        raise refused(label, "un agenda illisible", "un fichier iCalendar (.ics)") from None
    if not {"BEGIN:VCALENDAR", "END:VCALENDAR"} <= set(text.upper().split()):
        raise refused(label, "un fichier sans VCALENDAR", "un fichier iCalendar (.ics)")
    agenda = Agenda()
    for component in components:
        try:
            event = event_of(component)
        except WrongValue as error:
            agenda.problems.append(Problem(f"{label}, {_name(component)}", error.found, error.expected))
            continue
        if event:
            agenda.events.append(event)
    return agenda


def _name(component: Component) -> str:
    """An event told by its start, never by its title."""
    try:
        start = getattr(component.get("DTSTART"), "dt", None)
    except ValueError:
        start = None
    return f"événement du {start:%d/%m/%Y}" if isinstance(start, date) else "événement sans date"


def spans_of(agenda: Agenda, label: str, horizon: FirstMonday) -> list[Span]:
    """The busy spans that touch the horizon, on the grid; events that repeat too much become problems."""
    if horizon is None:
        return []
    first = datetime.combine(horizon[0], time())
    last = first + timedelta(weeks=horizon[1])
    days = sum((last - event.start).days for event in agenda.events if event.rule and event.rule.count)
    if days > MAX_DAYS_TO_UNROLL:
        raise refused(
            label, "trop d'événements récurrents anciens", "un export limité aux semaines à planifier"
        )
    replaced = {(event.uid, event.replaces) for event in agenda.events if event.replaces}
    spans: set[Span] = set()
    for event in agenda.events:
        try:
            spans |= _within(event, replaced, first, last)
        except WrongValue as error:
            where = f"{label}, événement du {event.start:%d/%m/%Y}"
            agenda.problems.append(Problem(where, error.found, error.expected))
    return sorted(spans)


def _within(event: Event, replaced: set[tuple[str, datetime]], first: datetime, last: datetime) -> set[Span]:
    spans: set[Span] = set()
    for start in _starts(event, replaced, first, last):
        end = on_grid(start + event.length, up=True)
        if start < last and end > first and event.length:
            spans.add((on_grid(start), end))
        if len(spans) > MAX_OCCURRENCES:
            raise WrongValue(
                f"plus de {MAX_OCCURRENCES} occurrences", f"au plus {MAX_OCCURRENCES} dans l'horizon"
            )
    return spans


def _starts(
    event: Event, replaced: set[tuple[str, datetime]], first: datetime, last: datetime
) -> Iterator[datetime]:
    for start in event.occurrences(first - event.length - DAY, last):
        if event.replaces or (event.uid, start) not in replaced:
            yield start


def on_grid(moment: datetime, up: bool = False) -> datetime:
    """A moment moved to the grid, backwards, or forwards for an end."""
    floor = moment.replace(minute=moment.minute - moment.minute % GRID_MINUTES, second=0, microsecond=0)
    return floor + timedelta(minutes=GRID_MINUTES) if up and floor < moment else floor
