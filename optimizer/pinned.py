"""Pins as the rows of a plan: who is told, when it is known, where the item's own place says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from optimizer.plan import Assignment, Place, Plan, Status
from optimizer.reading import Reading
from optimizer.reading.places import Location
from optimizer.reading.reading import LONG_MEETING
from optimizer.week import CollectiveAction, Meeting, Mission, Pin, Week
from optimizer.words import RoomKind

SHORTEST_PART = 60
Item = Mission | CollectiveAction | Meeting


@dataclass(frozen=True)
class Pinned:
    """A pin and the rows it asks for; without a time they stand at the release day's first minute."""

    item_id: str
    professional_ids: tuple[str, ...]
    release: date
    rows: tuple[Assignment, ...]
    has_a_time: bool
    is_split: bool
    shortest_minutes: int


def pinned_rows(week: Week) -> Iterator[Pinned]:
    """Every pin of a week, in order of time; rooms are given to whoever comes first."""
    reading = Reading(week, Plan(status=Status.UNKNOWN))
    rooms = Rooms(week)
    for pin in sorted(week.pins, key=lambda pin: (_start(week, pin) or datetime.max, pin.item_id)):
        yield _pinned(reading, rooms, pin)


def item_of(week: Week, pin: Pin) -> Item:
    """What is pinned."""
    found = week.mission.get(pin.item_id) or week.action.get(pin.item_id)
    return found or week.meeting[pin.item_id]


def _start(week: Week, pin: Pin) -> datetime | None:
    return pin.start or item_of(week, pin).fixed_start


def _pinned(reading: Reading, rooms: "Rooms", pin: Pin) -> Pinned:
    week, item, start = reading.week, item_of(reading.week, pin), _start(reading.week, pin)
    is_split = week.types[item.type].splittable and not isinstance(item, Meeting)
    shortest = min(item.duration_minutes, SHORTEST_PART) if is_split else _unbroken_minutes(item)
    begin = start or datetime.combine(item.release, time())
    location = _location(reading, item)
    stretches = [(begin, begin + timedelta(minutes=shortest if is_split else item.duration_minutes))]
    if isinstance(item, Meeting) and start:
        minutes = reading.parts_from(week.calendar.minute(start), item.duration_minutes)
        stretches = [(reading.instant(part.start), reading.instant(part.end)) for part in minutes]
    rows = tuple(
        Assignment(
            mission_id=item.id,
            professional_ids=pin.professional_ids,
            site_id=location.site_id if location else None,
            room_id=rooms.take(item, location, first, last) if start else None,
            place=_place(location),
            start=first,
            end=last,
        )
        for first, last in stretches
    )
    return Pinned(item.id, pin.professional_ids, item.release, rows, start is not None, is_split, shortest)


def _unbroken_minutes(item: Item) -> int:
    """The unbroken minutes that an item takes at least; a long meeting may be cut in two by lunch."""
    if isinstance(item, Meeting) and item.duration_minutes > LONG_MEETING:
        return SHORTEST_PART
    return item.duration_minutes


def _location(reading: Reading, item: Item) -> Location | None:
    if isinstance(item, Mission):
        return reading.places.of_mission(item, reading.week.types[item.type])
    if isinstance(item, CollectiveAction):
        return reading.places.of_action(item)
    return reading.places.of_meeting(item)


def _place(location: Location | None) -> str:
    if location is None:
        return Place.OUTSIDE
    return Place.SITE if location.site_id else f"{Place.HOME}:{location.zone}"


class Rooms:
    """The rooms of a week and until when each is taken."""

    def __init__(self, week: Week) -> None:
        self._week = week
        self._taken: dict[str, datetime] = {}

    def take(self, item: Item, location: Location | None, start: datetime, end: datetime) -> str | None:
        """A room free at that time, else the first of its kind: the judge will say that it is taken twice."""
        kind = self._week.types[item.type].room
        if isinstance(item, CollectiveAction) and item.room_id:
            fitting = [item.room_id]
        elif kind is RoomKind.NONE or location is None or location.site_id is None:
            return None
        else:
            fitting = [room.id for room in self._week.site[location.site_id].rooms if room.kind is kind]
        free = [room for room in fitting if self._taken.get(room, datetime.min) <= start]
        chosen = next(iter(free or fitting), None)
        if chosen:
            self._taken[chosen] = max(end, self._taken.get(chosen, end))
        return chosen
