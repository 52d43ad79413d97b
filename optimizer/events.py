"""What happened since a plan was published, and the week that it makes.

Nothing personal is said of an event: an absence has no motive, a missed appointment is a mission's id (Q1.5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from optimizer.errors import Problem, UnusableInput
from optimizer.invariants import problems_of
from optimizer.plan import Assignment, Plan, Reservation
from optimizer.scenarios import changed_week
from optimizer.week import WEEKDAYS, Closing, Mission, Span, Week


@dataclass(frozen=True)
class Absent:
    """Someone is absent from an instant to another."""

    professional_id: str
    start: datetime
    end: datetime
    label: str = "--absent"


@dataclass(frozen=True)
class Leaves:
    """Someone's last day; households that they follow are attributed to others."""

    professional_id: str
    last_day: date
    label: str = "--leaves"


@dataclass(frozen=True)
class HandsOver:
    """Someone away for long: households that they follow are attributed to others, whoever comes back."""

    professional_id: str
    label: str = "--hands-over"


@dataclass(frozen=True)
class Added:
    """A mission more."""

    mission: Mission
    label: str = "--add"


@dataclass(frozen=True)
class Dropped:
    """A mission or an action that is no longer to be done."""

    item_id: str
    label: str = "--drop"


@dataclass(frozen=True)
class Lasts:
    """A mission, an action or a meeting that lasts another time, in minutes."""

    item_id: str
    minutes: int
    label: str = "--lasts"


@dataclass(frozen=True)
class Missed:
    """An appointment that did not take place: the mission is to be placed again, from now on."""

    item_id: str
    label: str = "--missed"


@dataclass(frozen=True)
class MeetingMoved:
    """A meeting at another time."""

    meeting_id: str
    start: datetime
    label: str = "--meeting"


@dataclass(frozen=True)
class RoomClosed:
    """A room that nobody may use from an instant, or from now, to another, or until the end."""

    room_id: str
    start: datetime | None = None
    end: datetime | None = None
    label: str = "--close-room"


Event = Absent | Leaves | HandsOver | Added | Dropped | Lasts | Missed | MeetingMoved | RoomClosed


@dataclass(frozen=True)
class Changed:
    """The week that events make of another, and the items that come, go or move by them."""

    week: Week
    items: frozenset[str] = field(default_factory=frozenset)


def changed_by(week: Week, plan: Plan, events: Iterable[Event], now: datetime) -> Changed:
    """The week after some events.

    Parameters
    ----------
    now
        What begins before it is past: nothing there changes, and no event speaks of it.

    Raises
    ------
    UnusableInput
        Every event that names something unknown, that is past, or that the week cannot hold.
    """
    problems: list[Problem] = []
    items: set[str] = set()
    if not week.horizon.first_day <= now.date() < week.calendar.end:
        first, last = week.horizon.first_day, week.calendar.days[-1]
        expected = f"un instant du {first:%d/%m/%Y} au {last:%d/%m/%Y}"
        raise UnusableInput([Problem("--now", f"{now:%d/%m/%Y %H:%M}, hors de la période", expected)])
    after = changed_week(week, {"horizon": week.horizon.model_copy(update={"now": now})})
    for event in events:
        if problem := _problem(after, plan, event, now):
            problems.append(problem)
            continue
        after, touched = _after(after, plan, event, now)
        items |= touched
    if not problems:
        known = set(problems_of(week))
        problems = [one for one in problems_of(after) if one not in known]
    if problems:
        raise UnusableInput(problems)
    return Changed(after, frozenset(items))


def _problem(week: Week, plan: Plan, event: Event, now: datetime) -> Problem | None:
    """What is wrong with an event."""
    match event:
        case Absent():
            return _of_absence(week, event, now)
        case Leaves():
            if event.professional_id not in week.professional:
                return _unknown(event.label, event.professional_id, "un professionnel de la semaine")
            if event.last_day < now.date():
                return Problem(event.label, f"{event.last_day:%d/%m/%Y}, qui est passé", _from(now))
        case HandsOver():
            if event.professional_id not in week.professional:
                return _unknown(event.label, event.professional_id, "un professionnel de la semaine")
        case Added():
            if event.mission.id in {*week.mission, *week.action, *week.meeting}:
                return Problem(
                    event.label, f"« {event.mission.id} », déjà dans la semaine", "un identifiant neuf"
                )
        case MeetingMoved():
            if event.meeting_id not in week.meeting:
                return _unknown(event.label, event.meeting_id, "une réunion de la semaine")
            if event.start < now:
                return Problem(event.label, f"{event.start:%d/%m/%Y %H:%M}, qui est passé", _from(now))
            return _if_past(plan, event.meeting_id, event.label, now) or _without_anybody(week, event)
        case RoomClosed():
            rooms = {room.id for site in week.sites for room in site.rooms}
            if event.room_id not in rooms:
                return _unknown(event.label, event.room_id, "une salle de la semaine")
            return _of_a_span(week, event.label, event.start or now, event.end, now)
        case Dropped() | Lasts():
            known = {*week.mission, *week.action, *(week.meeting if isinstance(event, Lasts) else ())}
            if event.item_id not in known:
                return _unknown(event.label, event.item_id, "une mission ou une action de la semaine")
            return _if_past(plan, event.item_id, event.label, now)
        case Missed():
            if event.item_id not in week.mission:
                return _unknown(event.label, event.item_id, "une mission de la semaine")
            starts = [row.start for row in plan.assignments if row.mission_id == event.item_id]
            if starts and min(starts) >= now:
                found = f"« {event.item_id} », qui commence le {min(starts):%d/%m à %H:%M}"
                return Problem(event.label, found, "un rendez-vous passé ; --now dit l'instant présent")
            if not starts:
                return Problem(
                    event.label, f"« {event.item_id} », que le plan ne place pas", "un rendez-vous placé"
                )
    return None


def _of_absence(week: Week, event: Absent, now: datetime) -> Problem | None:
    if event.professional_id not in week.professional:
        return _unknown(event.label, event.professional_id, "un professionnel de la semaine")
    return _of_a_span(week, event.label, event.start, event.end, now)


def _of_a_span(
    week: Week, label: str, start: datetime, until: datetime | None, now: datetime
) -> Problem | None:
    """What is wrong with the time of an event."""
    if until is not None and until <= start:
        return Problem(label, "une fin avant le début", "une fin après le début")
    if start < now:
        return Problem(label, f"{start:%d/%m/%Y %H:%M}, qui est passé", _from(now))
    first, end = week.horizon.first_day, week.calendar.end
    if start.date() >= end or (until is not None and until.date() < first):
        found = f"le {start:%d/%m/%Y}, hors de la période"
        return Problem(label, found, f"des jours du {first:%d/%m/%Y} au {end - timedelta(days=1):%d/%m/%Y}")
    return None


def _without_anybody(week: Week, event: MeetingMoved) -> Problem | None:
    """A meeting moved to a time when none of those invited works."""
    meeting = week.meeting[event.meeting_id]
    end = event.start + timedelta(minutes=meeting.duration_minutes)
    for person in week.professionals:
        is_invited = meeting.service_id in person.service_ids or person.id in meeting.professional_ids
        for window in person.windows if is_invited else ():
            is_that_day = WEEKDAYS.index(window.day) == event.start.weekday()
            if is_that_day and window.start < end.time() and event.start.time() < window.end:
                return None
    expected = "une heure où quelqu'un d'invité travaille"
    return Problem(
        event.label, f"{event.start:%d/%m/%Y à %H:%M}, où personne d'invité ne travaille", expected
    )


def _unknown(label: str, name: str, expected: str) -> Problem:
    return Problem(label, f"« {name} », que la semaine ne connaît pas", expected)


def _from(now: datetime) -> str:
    return f"le {now:%d/%m/%Y à %H:%M} ou après (--now)"


def _if_past(plan: Plan, item_id: str, label: str, now: datetime) -> Problem | None:
    rows = [row for row in plan.assignments if row.mission_id == item_id]
    if rows and min(row.start for row in rows) < now:
        return Problem(label, f"« {item_id} », qui a commencé le {rows[0].start:%d/%m à %H:%M}", _from(now))
    return None


def _after(week: Week, plan: Plan, event: Event, now: datetime) -> tuple[Week, set[str]]:
    """The week after one event, and the items that come, go or move by it."""
    match event:
        case Absent():
            start = max(event.start, _end_of_what_is_under_way(plan, event, now))
            if start >= event.end:
                return week, set()
            span = Span(professional_id=event.professional_id, start=start, end=event.end)
            return changed_week(week, {"absences": (*week.absences, span)}), set()
        case Leaves():
            people = _replaced(week.professionals, event.professional_id, {"departure": event.last_day})
            return changed_week(week, {"professionals": people}), set()
        case HandsOver():
            people = _replaced(week.professionals, event.professional_id, {"hands_over": True})
            return changed_week(week, {"professionals": people}), set()
        case Added():
            return changed_week(week, {"missions": (*week.missions, event.mission)}), {event.mission.id}
        case Dropped():
            return _without(week, event.item_id), {event.item_id}
        case Lasts():
            return _lasting(week, event), {event.item_id}
        case Missed():
            mission = week.mission[event.item_id]
            again: dict[str, object] = {
                "release": max(mission.release, now.date()),
                "due": max(mission.due, now.date()),
                "fixed_start": None,
            }
            missions = _replaced(week.missions, event.item_id, again)
            return changed_week(week, {"missions": missions, "pins": _unpinned(week, event.item_id)}), {
                event.item_id
            }
        case MeetingMoved():
            day = event.start.date()
            meeting = week.meeting[event.meeting_id]
            moved: dict[str, object] = {
                "fixed_start": event.start,
                "release": min(meeting.release, day),
                "due": max(meeting.due, day),
            }
            meetings = _replaced(week.meetings, event.meeting_id, moved)
            return changed_week(week, {"meetings": meetings, "pins": _unpinned(week, event.meeting_id)}), {
                event.meeting_id
            }
        case RoomClosed():
            return _with_a_room_closed(week, event.room_id, event.start or now, event.end), set()
    raise AssertionError(event)


def _end_of_what_is_under_way(plan: Plan, event: Absent, now: datetime) -> datetime:
    """When someone ends what they had begun before now: it is past, and counts as done."""
    begun = {row.mission_id for row in plan.assignments if row.start < now}
    rows: list[Assignment | Reservation] = [
        row for row in plan.assignments if row.mission_id in begun and row.start.date() <= now.date()
    ]
    rows += [row for row in plan.reservations if row.start < now]
    mine = (row.end for row in rows if event.professional_id in row.professional_ids)
    return max(mine, default=event.start)


def _replaced(rows: Sequence[object], id_: str, update: dict[str, object]) -> tuple[object, ...]:
    return tuple(row.model_copy(update=update) if row.id == id_ else row for row in rows)  # type: ignore[attr-defined]


def _unpinned(week: Week, item_id: str) -> tuple[object, ...]:
    return tuple(pin for pin in week.pins if pin.item_id != item_id)


def _without(week: Week, item_id: str) -> Week:
    return changed_week(
        week,
        {
            "missions": tuple(one for one in week.missions if one.id != item_id),
            "actions": tuple(one for one in week.actions if one.id != item_id),
            "pins": _unpinned(week, item_id),
        },
    )


def _with_a_room_closed(week: Week, room_id: str, start: datetime, end: datetime | None) -> Week:
    closing = Closing(start=start, end=end)
    sites = tuple(
        site.model_copy(
            update={
                "rooms": tuple(
                    room.model_copy(update={"closed": (*room.closed, closing)})
                    if room.id == room_id
                    else room
                    for room in site.rooms
                )
            }
        )
        for site in week.sites
    )
    return changed_week(week, {"sites": sites})


def _lasting(week: Week, event: Lasts) -> Week:
    update: dict[str, object] = {"duration_minutes": event.minutes}
    return changed_week(
        week,
        {
            table: _replaced(getattr(week, table), event.item_id, update)
            for table in ("missions", "actions", "meetings")
        },
    )


def start_of_day(day: date) -> datetime:
    """Its first minute."""
    return datetime.combine(day, time())
