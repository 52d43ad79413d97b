"""The model's own reading of a week: half-days, places, travel, and who may do what.

The judge has a reading of its own (`optimizer.reading`); the two share nothing but the week.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from optimizer.catalogue import MissionType
from optimizer.clock import DAY_MINUTES, minute_of_day
from optimizer.intervals import Interval, minus, overlap, union
from optimizer.teams import Team, Teams
from optimizer.ways import Ways
from optimizer.week import WEEKDAYS, Case, CollectiveAction, Meeting, Mission, Professional, Week, Window
from optimizer.words import (
    APART_FROM_SECTOR,
    HalfDayName,
    PairNeed,
    PlaceKind,
    Profession,
    RoomKind,
    ServiceKind,
)

LUNCH_FLOOR = 45
ONE_STRETCH = 360
UNKNOWN_TRAVEL = 30
WITHIN_ZONE = 10
LONG_SESSION = 240


class Location(NamedTuple):
    """Where something is held: a site, or a home by its zone."""

    zone: str
    site_id: str | None = None

    @property
    def is_home(self) -> bool:
        """A household's home rather than a site."""
        return self.site_id is None


@dataclass(frozen=True)
class HalfDay:
    """A half-day of one professional: `slot` counts half-days of the horizon, `free` is in minutes."""

    professional_id: str
    slot: int
    day: date
    name: HalfDayName
    free: tuple[Interval, ...]
    span: Interval

    @cached_property
    def minutes(self) -> int:
        """Free minutes."""
        return sum(end - start for start, end in self.free)

    def holds(self, parts: tuple[Interval, ...]) -> bool:
        """Whether every part lies inside one free interval."""
        return all(any(a <= start and end <= b for a, b in self.free) for start, end in parts)


class Board:
    """Half-days, locations, travel and aptitudes of a week, computed once."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.calendar = week.calendar
        self.midday = minute_of_day(week.organisation.midday)
        self.lunch = week.organisation.lunch_minutes
        self.day_index = {day: index for index, day in enumerate(self.calendar.days)}
        self.slots = 2 * len(self.calendar.days)
        self.ways = Ways(week.travel)
        self.teams = Teams(week, self._site_of)
        self.pinned_start = {
            pin.item_id: self.calendar.minute(pin.start) for pin in week.pins if pin.start is not None
        }

    # ------------------------------------------------------------------ time

    def day_of(self, slot: int) -> date:
        """The day of a half-day of the horizon."""
        return self.calendar.days[slot // 2]

    def first_slot(self, day: date) -> int:
        """The first half-day on or after a day."""
        return 2 * sum(worked < day for worked in self.calendar.days)

    def base(self, day: date) -> int:
        """Minutes from the start of the horizon to a day's midnight."""
        return (day - self.calendar.first_day).days * DAY_MINUTES

    @cached_property
    def half_days(self) -> dict[tuple[str, int], HalfDay]:
        """The half-days of everybody, by professional and slot; empty ones are left out."""
        found = {}
        for professional in self.week.professionals:
            for day in self.calendar.days:
                for half_day in self._half_days_of(professional, day):
                    found[professional.id, half_day.slot] = half_day
        return found

    @cached_property
    def _taken(self) -> dict[str, tuple[Interval, ...]]:
        taken: dict[str, list[Interval]] = {}
        for span in (*self.week.absences, *self.week.busy):
            interval = self.calendar.minute(span.start), self.calendar.minute(span.end)
            taken.setdefault(span.professional_id, []).append(interval)
        return {person: tuple(sorted(spans)) for person, spans in taken.items()}

    def paid_minutes(self, professional: Professional, week: int) -> int:
        """Windows less absences in a week, up to the departure."""
        return sum(end - start for start, end in self._paid(professional, week))

    def paid_days(self, professional: Professional, week: int) -> set[int]:
        """The days of a week with paid time, counted in days of 24 hours from the first Monday."""
        return {start // DAY_MINUTES for start, _ in self._paid(professional, week)}

    def _paid(self, professional: Professional, week: int) -> tuple[Interval, ...]:
        absences = tuple(
            (self.calendar.minute(span.start), self.calendar.minute(span.end))
            for span in self.week.absences
            if span.professional_id == professional.id
        )
        days = (day for day in self.calendar.days_of_week(week) if _still_here(professional, day))
        windows = tuple(piece for day in days for piece in self._windows(professional.windows, day))
        return minus(windows, absences)

    def _windows(self, windows: tuple[Window, ...], day: date) -> tuple[Interval, ...]:
        base = self.base(day)
        return tuple(
            (base + window.minutes[0], base + window.minutes[1])
            for window in windows
            if WEEKDAYS.index(window.day) == day.weekday()
        )

    def _half_days_of(self, professional: Professional, day: date) -> Iterator[HalfDay]:
        if not _still_here(professional, day):
            return
        for name, windows in self._halves(self._windows(professional.windows, day), self.base(day)):
            free = minus(windows, self._taken.get(professional.id, ()))
            if free:
                slot = 2 * self.day_index[day] + (name is HalfDayName.AFTERNOON)
                yield HalfDay(professional.id, slot, day, name, free, (windows[0][0], windows[-1][1]))

    def _halves(
        self, windows: tuple[Interval, ...], base: int
    ) -> list[tuple[HalfDayName, tuple[Interval, ...]]]:
        if not windows:
            return []
        merged = union(windows)
        midday = base + self.midday
        if len(merged) == 1 and merged[0][1] - merged[0][0] <= ONE_STRETCH:
            is_morning = sum(merged[0]) < 2 * midday
            return [(HalfDayName.MORNING if is_morning else HalfDayName.AFTERNOON, windows)]
        cut, resume = self._lunch_gap(merged, base)
        day = (base, base + DAY_MINUTES)
        morning = minus(windows, ((cut, day[1]),))
        afternoon = minus(windows, ((day[0], resume),))
        halves = [(HalfDayName.MORNING, morning), (HalfDayName.AFTERNOON, afternoon)]
        return [(name, pieces) for name, pieces in halves if pieces]

    def _lunch_gap(self, merged: tuple[Interval, ...], base: int) -> Interval:
        for (_, end), (start, _) in pairwise(merged):
            if start - end >= LUNCH_FLOOR and start > base + 690 and end < base + 870:
                return end, start
        return base + self.midday, base + self.midday + LUNCH_FLOOR

    @cached_property
    def opening(self) -> dict[tuple[str, int], tuple[Interval, ...]]:
        """The public's hours of a site in a half-day; closed half-days are left out."""
        found: dict[tuple[str, int], list[Interval]] = {}
        for site in self.week.sites:
            for day in self.calendar.days:
                for window in self._windows(site.opening, day):
                    for half, piece in self._site_halves(window, self.base(day)):
                        found.setdefault((site.id, 2 * self.day_index[day] + half), []).append(piece)
        return {key: tuple(sorted(pieces)) for key, pieces in found.items()}

    @cached_property
    def duty_hours(self) -> dict[tuple[str, int], Interval]:
        """What reception duty covers at a site in a half-day: from the first minute open to the last."""
        return {key: (pieces[0][0], pieces[-1][1]) for key, pieces in self.opening.items()}

    def _site_halves(self, window: Interval, base: int) -> list[tuple[int, Interval]]:
        start, end = window[0] - base, window[1] - base
        is_short = end - start <= ONE_STRETCH
        if end <= self.midday + 60 or (is_short and start + end < 2 * self.midday):
            return [(0, window)]
        if start >= self.midday:
            return [(1, window)]
        halves = [(0, (window[0], base + self.midday)), (1, (base + self.midday + 60, window[1]))]
        return [(half, piece) for half, piece in halves if piece[0] < piece[1]]

    # --------------------------------------------------------------- travel

    def travel(self, here: Location, there: Location) -> int:
        """Minutes from one location to another."""
        if here == there and not here.is_home:
            return 0
        if here.zone == there.zone:
            return WITHIN_ZONE
        minutes = self.ways.minutes(here.zone, there.zone)
        return UNKNOWN_TRAVEL if minutes is None else minutes

    @cached_property
    def hop_minutes(self) -> int:
        """The least minutes from one home to another: within a zone, or out of it when that is shorter."""
        shortest = self.ways.shortest()
        return WITHIN_ZONE if shortest is None else min(WITHIN_ZONE, shortest)

    def site_location(self, site_id: str) -> Location:
        """The location of a site."""
        return Location(self.week.site[site_id].zone, site_id)

    # ---------------------------------------------------------------- places

    def location(self, mission: Mission) -> Location | None:
        """Where a mission is held; None when its place does not matter."""
        if mission.home_zone:
            return Location(mission.home_zone)
        if mission.site_id:
            return self.site_location(mission.site_id)
        kind = self.week.types[mission.type]
        case = self.week.case.get(mission.case_id or "")
        if kind.place is PlaceKind.HOME:
            return Location(case.zone) if case else None
        if kind.place in (PlaceKind.OUTSIDE, PlaceKind.ANY, PlaceKind.OFFICE):
            return None
        served = self.sites_of_kind(kind.owner)
        if kind.ip:
            served = [site for site in served if site not in self.sites_of_kind(ServiceKind.SECTEUR)]
        if case and case.site_id in served:
            return self.site_location(case.site_id)
        return self.site_location(served[0]) if served else None

    def _site_of(self, mission: Mission) -> str | None:
        location = self.location(mission)
        return location.site_id if location else None

    def sites_of_kind(self, kind: ServiceKind | None) -> list[str]:
        """The sites that serve a kind of service, all of them for None, in file order."""
        return [
            site.id
            for site in self.week.sites
            if kind is None or any(self.week.kind_of_service[service] is kind for service in site.service_ids)
        ]

    def posts(self, professional: Professional) -> list[str]:
        """The sites where someone may be posted: their own first."""
        own = [professional.site_id]
        served = [
            site.id
            for site in self.week.sites
            if site.id != professional.site_id and set(site.service_ids) & set(professional.service_ids)
        ]
        return own + served

    def rooms(self, site_id: str, kind: RoomKind) -> list[str]:
        """The rooms of a kind at a site."""
        return [room.id for room in self.week.site[site_id].rooms if room.kind is kind]

    def closed(self, site_id: str, room_id: str, span: Interval) -> tuple[Interval, ...]:
        """When a room is closed within some minutes."""
        closings = next((room.closed for room in self.week.site[site_id].rooms if room.id == room_id), ())
        minute = self.calendar.minute
        return overlap(
            tuple((minute(one.start), span[1] if one.end is None else minute(one.end)) for one in closings),
            (span,),
        )

    # ------------------------------------------------------------------ who

    def may_do(self, professional: Professional, type_code: str) -> bool:
        """Service of the type's kind (H0) and a profession that is not 'never' (H5.1).

        Contracts and evaluations are never those of someone of SECTEUR, whatever else they are said to serve.
        """
        kind, served = self.week.types[type_code], self.week.kinds_served_by(professional)
        if ServiceKind.SECTEUR in served and (kind.ip or kind.contractual or kind.owner in APART_FROM_SECTOR):
            return False
        return (kind.owner is None or kind.owner in served) and kind.may_be_done_by(professional.profession)

    def may_take(self, professional: Professional, type_code: str, team: Team | None) -> bool:
        """Whether someone may do an item of a type that belongs to a team."""
        is_member = team is None or not set(team).isdisjoint(professional.service_ids)
        return is_member and self.may_do(professional, type_code)

    def may_be_referent(self, professional: Professional, case: Case) -> bool:
        """Someone of the household's team, first of all, who stays and may do all that is open for it."""
        own = self.teams.own(professional, ServiceKind.SECTEUR)
        return (
            own in self.teams.of_case(case)
            and self.stays(professional)
            and self.may_do(professional, "SUIVI")
            and all(kind.may_be_done_by(professional.profession) for kind in self.open_types(case))
        )

    def people(self, mission: Mission) -> int:
        """How many professionals a mission takes at once."""
        if mission.people:
            return mission.people
        if mission.professions:
            return len(mission.professions)
        return 2 if self.week.types[mission.type].needs_pair is PairNeed.REQUIRED else 1

    def places_to_fill(self, mission: Mission) -> list[tuple[Profession | None, int]]:
        """The professions wanted with their number; a lone None means any that may do it."""
        if mission.professions and len(mission.professions) == self.people(mission):
            counted = dict.fromkeys(mission.professions, 0)
            for profession in mission.professions:
                counted[profession] += 1
            return list(counted.items())
        return [(None, self.people(mission))]

    def sector_people(self) -> list[Professional]:
        """Who has quotas: everyone of SECTEUR, managers included and secretaries not."""
        return [
            professional
            for professional in self.week.professionals
            if ServiceKind.SECTEUR in self.week.kinds_served_by(professional)
            and professional.profession is not Profession.SECR
        ]

    def members(self, meeting: Meeting) -> list[Professional]:
        """Who belongs to a meeting: the service, or the people named."""
        if meeting.service_id:
            return self._of_service.get(meeting.service_id, [])
        named = set(meeting.professional_ids)
        return [person for person in self.week.professionals if person.id in named]

    @cached_property
    def _of_service(self) -> dict[str, list[Professional]]:
        found: dict[str, list[Professional]] = {}
        for person in self.week.professionals:
            for service in dict.fromkeys(person.service_ids):
                found.setdefault(service, []).append(person)
        return found

    def cases_to_attribute(self) -> list[Case]:
        """Cases of the sector team whose referent is missing, unknown or leaves within the horizon."""
        sector_sites = set(self.sites_of_kind(ServiceKind.SECTEUR))
        return [
            case
            for case in self.week.cases
            if case.site_id in sector_sites
            and not self.stays(self.week.professional.get(case.referent_id or ""))
        ]

    def open_types(self, case: Case) -> list[MissionType]:
        """The types of the missions of SECTEUR that the week lists for a case, one a mission."""
        types = (self.week.types[m.type] for m in self.week.missions if m.case_id == case.id)
        return [kind for kind in types if kind.owner is ServiceKind.SECTEUR]

    def date_given(self, mission: Mission) -> date | None:
        """The day of a decided time that lies after the horizon, if any."""
        start = mission.fixed_start
        return start.date() if start and start.date() >= self.calendar.end else None

    def late_days(self, due: date, done: date) -> int:
        """Working days after `due`, up to and including the done day."""
        return self.calendar.working_days_between(due, done)

    def stays(self, professional: Professional | None) -> bool:
        """Whether someone is still there after the horizon, and hands no household over."""
        if professional is None or professional.hands_over:
            return False
        return professional.departure is None or professional.departure >= self.calendar.end

    # --------------------------------------------------------------- sessions

    def parts(self, start: int, duration: int) -> tuple[Interval, ...]:
        """The parts of a meeting or session that starts at a minute: a long one spans lunch as two."""
        base = start - start % DAY_MINUTES
        midday = base + self.midday
        if duration <= LONG_SESSION or not start < midday < start + duration:
            return ((start, start + duration),)
        resume = midday + 60
        return ((start, midday), (resume, resume + duration - (midday - start)))


def fixed_start(item: Mission | CollectiveAction | Meeting, board: Board) -> int | None:
    """The minute at which something is fixed or pinned, None when it is free."""
    if item.fixed_start is None:
        return board.pinned_start.get(item.id)
    return board.calendar.minute(item.fixed_start)


def _still_here(professional: Professional, day: date) -> bool:
    return professional.departure is None or day <= professional.departure
