"""Slots that a plan leaves for a request, with nothing else moved (docs/semantics.md, section 5)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from optimizer.catalogue import MissionType
from optimizer.clock import DAY_MINUTES, GRID_MINUTES
from optimizer.plan import Assignment, Place
from optimizer.reading.activities import Activity, Row, people_wanted
from optimizer.reading.limits import LONGEST_SPAN, MOST_MINUTES_A_WEEK, SHORTEST_REST
from optimizer.reading.places import Location
from optimizer.reading.stretches import Stretch, merged, total_minutes, without
from optimizer.week import Mission, Professional, Room
from optimizer.words import Profession, RoomKind

if TYPE_CHECKING:
    from optimizer.reading.reading import Reading


@dataclass(frozen=True)
class Slot:
    """A start, and the people who could take the request then."""

    start: int
    people: tuple[Professional, ...]


@dataclass(frozen=True)
class Wanted:
    """What decides whether a request has a slot; requests that want the same share the answer."""

    kind: str
    location: Location | None
    minutes: int
    release: date
    fixed_start: datetime | None
    people: int
    professions: tuple[Profession, ...]


@dataclass(frozen=True)
class Elsewhere:
    """What was found for a plan that differs by some people's days, and by rooms that came free on some
    days."""

    slots: "Slots"
    people: frozenset[str]
    days: frozenset[int]

    def is_as_before(self, person: str, day: int) -> bool:
        """Whether someone has on a day no slot that they had not before."""
        return person not in self.people and day not in self.days


class Slots:
    """The search for a slot; each distinct wish is searched once."""

    def __init__(self, reading: "Reading", before: Elsewhere | None = None) -> None:
        self.reading, self.before = reading, before
        self._found: dict[Wanted, Slot | None] = {}
        self._held: dict[tuple[str, Stretch, Location | None, bool], bool] = {}

    def left_for(self, mission: Mission, kind: MissionType) -> Slot | None:
        """The first slot left for a request, `None` when there is none."""
        wanted = self._wanted(mission, kind)
        if wanted not in self._found:
            self._found[wanted] = self._search(wanted, mission, kind)
        return self._found[wanted]

    def first_of_each(self, mission: Mission, kind: MissionType) -> Iterator[Slot]:
        """The first start at which each person could take a request; for a pair the first of all."""
        wanted = self._wanted(mission, kind)
        if wanted.people > 1:
            first = self.left_for(mission, kind)
            if first:
                yield first
            return
        row, ranges = self._row(wanted, mission, kind), self._ranges(wanted, kind)
        for person in self._able(wanted, kind, mission):
            start = next(iter(self._starts(person, row, ranges, wanted.minutes)), None)
            if start is not None:
                yield Slot(start, (person,))

    def all_for(self, mission: Mission, kind: MissionType) -> Iterator[Slot]:
        """Every start at which someone could take a mission, or two people together, person after person."""
        wanted = self._wanted(mission, kind)
        takers: dict[tuple[int, str], list[Professional]] = {}
        for person, start in self.starts_of_each(mission, kind):
            half = self.reading.presence.name_of_half(person.id, start, start + wanted.minutes)
            others = takers.setdefault((start, half), [])
            for team in combinations(others, wanted.people - 1):
                if _team([*team, person], wanted):
                    yield Slot(start, (*team, person))
            others.append(person)

    def starts_of_each(self, mission: Mission, kind: MissionType) -> Iterator[tuple[Professional, int]]:
        """Every start at which each person alone could take part in a mission."""
        wanted = self._wanted(mission, kind)
        row, ranges = self.row_of(mission, kind), self._ranges(wanted, kind)
        for person in self._able(wanted, kind, mission):
            for start in self._starts(person, row, ranges, wanted.minutes):
                yield person, start

    def row_of(self, mission: Mission, kind: MissionType) -> Row:
        """A row of a mission, at no time yet."""
        return self._row(self._wanted(mission, kind), mission, kind)

    def _wanted(self, mission: Mission, kind: MissionType) -> Wanted:
        return Wanted(
            kind.code,
            self.reading.places.of_mission(mission, kind),
            mission.duration_minutes,
            max(mission.release, self.reading.week.horizon.first_day),
            mission.fixed_start,
            people_wanted(mission, kind),
            mission.professions,
        )

    def _search(self, wanted: Wanted, mission: Mission, kind: MissionType) -> Slot | None:
        row = self._row(wanted, mission, kind)
        ranges = self._ranges(wanted, kind)
        before = self.before if self.before and self._had_none(wanted) else None
        takers: dict[tuple[int, str], list[Professional]] = {}
        for person in self._able(wanted, kind, mission):
            mine = ranges
            if before:
                mine = {day: free for day, free in ranges.items() if not before.is_as_before(person.id, day)}
            for start in self._starts(person, row, mine, wanted.minutes):
                half = self.reading.presence.name_of_half(person.id, start, start + wanted.minutes)
                takers.setdefault((start, half), []).append(person)
                if team := _team(takers[start, half], wanted):
                    return Slot(start, team)
        return None

    def _had_none(self, wanted: Wanted) -> bool:
        """Whether one person was wanted and had no slot before."""
        before = self.before.slots._found if self.before else {}
        return wanted.people == 1 and wanted in before and before[wanted] is None

    def _able(self, wanted: Wanted, kind: MissionType, mission: Mission) -> list[Professional]:
        team = self.reading.teams.of(mission)
        return [
            person
            for person in self.reading.week.professionals
            if (kind.owner is None or self.reading.serves(person, kind.owner))
            and (not team or not team.isdisjoint(person.service_ids))
            and kind.may_be_done_by(person.profession)
            and (wanted.people > 1 or not wanted.professions or person.profession in wanted.professions)
        ]

    def _ranges(self, wanted: Wanted, kind: MissionType) -> dict[int, tuple[Stretch, ...]]:
        """By day: the starts that its site and its rooms allow, as stretches."""
        calendar, place = self.reading.week.calendar, wanted.location
        first = (wanted.release - self.reading.week.horizon.first_day).days
        days = [day for day in self.reading.presence.days if day >= first]
        if wanted.fixed_start:
            start = calendar.minute(wanted.fixed_start)
            days = [day for day in days if day == start // DAY_MINUTES]
        whole = {day: [Stretch(day * DAY_MINUTES, (day + 1) * DAY_MINUTES)] for day in days}
        if kind.room is not RoomKind.NONE and place and place.site_id:
            whole = {day: self.room_stretches(place.site_id, kind.room, day) for day in days}
        now = self.reading.week.horizon.now
        earliest = calendar.minute(now) if now else 0
        starts = {
            day: merged(Stretch(max(one.start, earliest), one.end - wanted.minutes + 1) for one in free)
            for day, free in whole.items()
        }
        if not wanted.fixed_start:
            return starts
        only = Stretch(start, start + 1)
        return {day: (only,) for day, free in starts.items() if any(one.holds(*only) for one in free)}

    def room_stretches(self, site_id: str, kind: RoomKind, day: int) -> list[Stretch]:
        """When each room of a kind is free on a day, within the opening hours."""
        site = self.reading.week.site[site_id]
        opening = self.reading.presence.opening[site_id].get(day, ())
        return [
            stretch
            for room in site.rooms
            if room.kind is kind
            for stretch in without(opening, self._closed(site_id, room, day))
        ]

    def _closed(self, site_id: str, room: Room, day: int) -> list[Stretch]:
        """When a room is not to be had on a day: used, or closed."""
        found = list(self._room_uses.get((site_id, room.id, day), ()))
        minute, midnight = self.reading.week.calendar.minute, (day + 1) * DAY_MINUTES
        for one in room.closed:
            found.append(Stretch(minute(one.start), midnight if one.end is None else minute(one.end)))
        return found

    @cached_property
    def _room_uses(self) -> dict[tuple[str, str, int], list[Stretch]]:
        uses: dict[tuple[str, str, int], list[Stretch]] = {}
        for row in self.reading.rows:
            if row.source.room_id and row.source.site_id:
                day = row.stretch.start // DAY_MINUTES
                uses.setdefault((row.source.site_id, row.source.room_id, day), []).append(row.stretch)
        return uses

    def _row(self, wanted: Wanted, mission: Mission, kind: MissionType) -> Row:
        instant = self.reading.instant(0)
        source = Assignment(
            mission_id=mission.id, professional_ids=(), place=Place.SITE, start=instant, end=instant
        )
        return Row(source, Stretch(0, 0), (), wanted.location, mission=mission, kind=kind)

    def _starts(
        self, person: Professional, row: Row, ranges: dict[int, tuple[Stretch, ...]], minutes: int
    ) -> Iterator[int]:
        for day, free in ranges.items():
            for start in self._candidates(person, row, day, free, minutes) if free else ():
                stretch = Stretch(start, start + minutes)
                site, presence = row.site_id, self.reading.presence
                if row.takes_a_room and site and not presence.is_open_in_the_half(site, person.id, stretch):
                    continue
                activity = Activity(person.id, stretch, row.location, False, replace(row, stretch=stretch))
                key = person.id, stretch, row.location, activity.may_be_held_in_reception
                if key not in self._held:
                    self._held[key] = self._holds(person, day, activity)
                if self._held[key]:
                    yield start

    def _candidates(
        self, person: Professional, row: Row, day: int, starts: tuple[Stretch, ...], minutes: int
    ) -> list[int]:
        """Starts of a day among those allowed that lie in the person's free time, half-day by half-day."""
        halves = self.reading.halves[person.id].get(day) or self.reading.halves_of(person.id, day, ())
        found: set[int] = set()
        for half in halves:
            if half.is_teleworked:
                continue
            own = [_within(stretch, half.half_day.stretch) for stretch in half.free]
            for reception in half.receptions:
                own += room_in_reception(reception, half.activities, row, minutes)
            for mine in own:
                for allowed in starts if mine.minutes >= minutes else ():
                    both = _within(Stretch(mine.start, mine.end - minutes + 1), allowed)
                    first = -(-both.start // GRID_MINUTES) * GRID_MINUTES
                    found.update(range(first, both.end, GRID_MINUTES))
        return sorted(found)

    def _holds(self, person: Professional, day: int, activity: Activity) -> bool:
        """Whether the person's day still holds with one more activity."""
        done = self.reading.activities_by_day[person.id].get(day, ())
        order = sorted((*done, activity), key=lambda one: (one.stretch.start, -one.stretch.end))
        activities = tuple(order)
        tour = self.reading.tour(person.id, self.reading.halves_of(person.id, day, activities))
        if tour.missing or self._minutes_of_other_days(person, day) + tour.minutes > MOST_MINUTES_A_WEEK:
            return False
        start, end = activities[0].stretch.start, max(one.stretch.end for one in activities)
        if end - start > LONGEST_SPAN or not self._rests(person, day, start, end):
            return False
        return self.reading.has_breaks(person.id, activities)

    def _minutes_of_other_days(self, person: Professional, day: int) -> int:
        minutes = self._minutes[person.id].items()
        return sum(found for other, found in minutes if other // 7 == day // 7 and other != day)

    @cached_property
    def _minutes(self) -> dict[str, dict[int, int]]:
        """By person and day: minutes of activity and travel."""
        return {
            person: {
                day: total_minutes(one.stretch for one in done)
                + self.reading.tours[person][day].travel_minutes
                for day, done in days.items()
            }
            for person, days in self.reading.activities_by_day.items()
        }

    def _rests(self, person: Professional, day: int, start: int, end: int) -> bool:
        days = self.reading.activities_by_day[person.id]
        before, after = days.get(day - 1, ()), days.get(day + 1, ())
        is_rested = all(start - one.stretch.end >= SHORTEST_REST for one in before)
        return is_rested and all(one.stretch.start - end >= SHORTEST_REST for one in after)


def _within(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(max(one.start, other.start), min(one.end, other.end))


def room_in_reception(
    reception: Activity, activities: tuple[Activity, ...], row: Row, minutes: int
) -> list[Stretch]:
    """Where a reception duty may still hold a request: at its site, within half its length."""
    start = reception.stretch.start
    probe = Activity(reception.person_id, Stretch(start, start), row.location, False, row)
    others = [one for one in activities if one is not reception]
    held = total_minutes(one.stretch for one in others if one.is_held_by(reception))
    if not probe.is_held_by(reception) or 2 * (held + minutes) > reception.stretch.minutes:
        return []
    return list(without([reception.stretch], (one.stretch for one in others)))


def _team(people: list[Professional], wanted: Wanted) -> tuple[Professional, ...] | None:
    """People among some who make what is wanted: enough of them, one of each profession."""
    for team in combinations(people, wanted.people):
        left = [person.profession for person in team]
        for profession in wanted.professions:
            if profession not in left:
                break
            left.remove(profession)
        else:
            return team
    return None
