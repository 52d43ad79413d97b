"""One independent block of professionals, and what the week allows it, before anything is decided."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from functools import cached_property

from optimizer.board import LUNCH_FLOOR, Board, HalfDay, fixed_start
from optimizer.bundles import Bundle, bundles_of
from optimizer.catalogue import MissionType
from optimizer.clock import grid_steps
from optimizer.intervals import Interval, minus, overlap
from optimizer.tasks import Key
from optimizer.teams import Team
from optimizer.week import CollectiveAction, Meeting, Mission, Professional
from optimizer.words import WEEKDAY_NAMES, PairNeed, PlaceKind, RoomKind, ServiceKind

QUEUE_WEEKS = 3
FREE_MEETING_STARTS = tuple(range(8 * 60, 18 * 60, 30))
"""Minutes of the day at which a free meeting may start: the half hours from 8:00 on."""


class Block:
    """Some people of a week, with their half-days and the missions of their services."""

    lunch_floor = LUNCH_FLOOR

    def __init__(self, board: Board, people: frozenset[str] | None = None) -> None:
        """`people` restricts the block, None is everybody."""
        self.board = board
        self.week = board.week
        everyone = [p for p in self.week.professionals if people is None or p.id in people]
        self.people: dict[str, Professional] = {p.id: p for p in everyone}
        self.half_days: dict[Key, HalfDay] = {
            key: half_day for key, half_day in board.half_days.items() if key[0] in self.people
        }
        self.fitting: dict[Hashable, frozenset[Key]] = {}  # half-days that fit, by what a mission asks for
        self.bundles: list[Bundle] = [b for b in bundles_of(board) if self.belongs(b.team)]

    # ------------------------------------------------------------------- who

    def belongs(self, team: Team | None) -> bool:
        """Whether the items of a team are decided here; those that nobody serves, in the first block."""
        if team is None or not self.services.isdisjoint(team):
            return True
        staffed = {service for person in self.week.professionals for service in person.service_ids}
        first = next((person.id for person in self.week.professionals), None)
        return staffed.isdisjoint(team) and (first is None or first in self.people)

    @cached_property
    def services(self) -> frozenset[str]:
        """The services of the people of the block."""
        return frozenset(service for person in self.people.values() for service in person.service_ids)

    @cached_property
    def received_sites(self) -> frozenset[str]:
        """The sites whose reception and urgency hours are decided here; those where nobody of SECTEUR may be
        posted, where the first person of SECTEUR is."""
        everyone = self.week.professionals
        sector = [person for person in everyone if ServiceKind.SECTEUR in self.week.kinds_served_by(person)]
        posts = {person.id: self.board.posts(person) for person in sector}
        own = {site for person in sector if person.id in self.people for site in posts[person.id]}
        if not sector or sector[0].id not in self.people:
            return frozenset(own)
        served = {site for sites in posts.values() for site in sites}
        return frozenset(own | ({site.id for site in self.week.sites} - served))

    def doers(self, type_code: str, team: Team | None = None) -> list[Professional]:
        """The people of the block who may do a type of mission, for a team or for any."""
        return [p for p in self.people.values() if self.board.may_take(p, type_code, team)]

    def circles(self, people: Iterable[Professional], kind: ServiceKind) -> dict[str, list[Professional]]:
        """Some people by the circle in which a kind of service counts them."""
        found: dict[str, list[Professional]] = defaultdict(list)
        for person in people:
            if circle := self.board.teams.circle_of(person, kind):
                found[circle].append(person)
        return found

    @cached_property
    def sector_people(self) -> list[Professional]:
        """Who has quotas in this block."""
        return [p for p in self.board.sector_people() if p.id in self.people]

    @cached_property
    def accompanying(self) -> list[Professional]:
        """The people of SECTEUR who may do SUIVI."""
        return self.doers("SUIVI")

    def prepares(self, professional: Professional) -> bool:
        """Whether someone may lead an action that asks for preparation."""
        return any(
            action.preparation_minutes and professional.profession in action.leaders
            for action in self.week.actions
        )

    def may_meet(self, professional: Professional, bundle: Bundle) -> bool:
        """An evaluator never followed the household nor is its referent (H2.5)."""
        case = self.week.case.get(bundle.first.case_id or "")
        if not bundle.kind.ip or case is None:
            return True
        return professional.id not in case.followers and professional.id != case.referent_id

    def expected(self, meeting: Meeting) -> list[Professional]:
        """The people of the block who may attend a meeting: its members whose profession is not excluded."""
        kind = self.week.types[meeting.type]
        members = (person for person in self.board.members(meeting) if person.id in self.people)
        return [person for person in members if kind.may_be_done_by(person.profession)]

    # ------------------------------------------------------------------ when

    @cached_property
    def _keys_by_person(self) -> dict[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for key in self.half_days:
            found[key[0]].append(key)
        return found

    def keys_of(self, person: str) -> list[Key]:
        """The half-days of someone, in order."""
        return self._keys_by_person.get(person, [])

    @cached_property
    def _keys_by_slot(self) -> dict[int, list[Key]]:
        found: defaultdict[int, list[Key]] = defaultdict(list)
        for key in self.half_days:
            found[key[1]].append(key)
        return found

    def keys_at(self, slot: int) -> list[Key]:
        """Everybody's half-day of one name and day."""
        return self._keys_by_slot.get(slot, [])

    def keys_of_week(self, person: str, week: int) -> list[Key]:
        """The half-days of someone in a week of the horizon."""
        days = set(self.board.calendar.days_of_week(week))
        return [key for key in self.keys_of(person) if self.half_days[key].day in days]

    def days(self) -> dict[tuple[str, int], list[Key]]:
        """Half-days by person and day of the horizon, the morning first."""
        found: dict[tuple[str, int], list[Key]] = defaultdict(list)
        for person, slot in sorted(self.half_days):
            found[person, slot // 2].append((person, slot))
        return found

    def full_days(self) -> dict[tuple[str, int], tuple[Key, Key]]:
        """The morning and the afternoon of each day that has both, by person and day of the horizon."""
        return {who: (keys[0], keys[1]) for who, keys in self.days().items() if len(keys) == 2}

    def size(self, *keys: Key) -> int:
        """Free grid steps of half-days."""
        return grid_steps(sum(self.half_days[key].minutes for key in keys))

    def midday_gap(self, morning: Key, afternoon: Key) -> int:
        """Minutes between the last free one of a morning and the first of its afternoon."""
        return self.half_days[afternoon].free[0][0] - self.half_days[morning].free[-1][1]

    def beside_midday(self, *keys: Key) -> int:
        """Minutes of the shortest free piece of half-days that is next to midday."""
        pieces = (self.half_days[key].free[0 if key[1] % 2 else -1] for key in keys)
        return min(end - start for start, end in pieces)

    def start_of(self, item: Mission | CollectiveAction | Meeting) -> int | None:
        """The minute at which something is fixed, None when it is free."""
        return fixed_start(item, self.board)

    def is_held_during(self, action: CollectiveAction, part: Interval) -> bool:
        """Whether a dated action meets a stretch of time."""
        start = self.start_of(action)
        return start is not None and start < part[1] and part[0] < start + action.duration_minutes

    def is_there_between(self, person: str, first: date, last: date) -> bool:
        """Whether someone has any available time from a day to another."""
        return any(first <= self.half_days[key].day <= last for key in self.keys_of(person))

    def left_by(self, key: Key, parts: tuple[Interval, ...] = ()) -> tuple[Interval, ...]:
        """Free time of a half-day once some parts are taken."""
        return minus(self.half_days[key].free, parts)

    def keys_holding(
        self, person: str, parts: tuple[Interval, ...]
    ) -> dict[Key, tuple[Interval, ...]] | None:
        """The half-days of someone that hold given parts, None when one does not fit."""
        found: dict[Key, tuple[Interval, ...]] = {}
        for part in parts:
            day = self.board.calendar.instant(part[0]).date()
            if day not in self.board.day_index:
                return None
            keys = [(person, 2 * self.board.day_index[day] + half) for half in (0, 1)]
            holding = [k for k in keys if k in self.half_days and self.half_days[k].holds((part,))]
            if not holding:
                return None
            found[holding[0]] = (*found.get(holding[0], ()), part)
        return found

    def meeting_starts(self, meeting: Meeting) -> list[int]:
        """The starts a meeting may have: its own, or the half hours of each of its days when it is free."""
        start = fixed_start(meeting, self.board)
        if start is not None:
            return [start]
        days = (day for day in self.board.calendar.days if meeting.release <= day <= meeting.due)
        return [self.board.base(day) + minute for day in days for minute in FREE_MEETING_STARTS]

    @cached_property
    def queue_weeks(self) -> tuple[tuple[date, ...], ...]:
        """The days of the later weeks whose capacity is stated, week by week."""
        weeks = range(self.week.horizon.weeks, self.week.horizon.weeks + QUEUE_WEEKS)
        return tuple(self.board.calendar.days_of_week(week) for week in weeks)

    def queue_days(self, mission: Mission) -> list[date]:
        """The dates that the queue may give a request: the one it has, else those of its weeks, then a last
        one."""
        if given := self.board.date_given(mission):
            return [given]
        days = [day for week in self.queue_weeks for day in week if day >= mission.release]
        later = max(mission.release, self.board.calendar.end + timedelta(weeks=QUEUE_WEEKS))
        return [*days, next(self.board.calendar.working_days_from(later))]

    # ----------------------------------------------------------------- where

    def room_hours(self, bundle: Bundle, slot: int) -> tuple[Interval, ...] | None:
        """When a mission that takes a room may be held in a half-day; None when it takes none."""
        site = bundle.location.site_id if bundle.location else None
        if site is None or bundle.kind.room is RoomKind.NONE:
            return None
        if not self.board.rooms(site, bundle.kind.room):
            return ()
        return self.board.opening.get((site, slot), ())

    def action_hours(self, action: CollectiveAction, half_day: HalfDay) -> tuple[Interval, ...]:
        """When someone could lead an action in a half-day of theirs, its room open if it takes one."""
        if self.week.types[action.type].room is not RoomKind.GROUP or not action.site_id:
            return half_day.free
        return overlap(half_day.free, self.board.opening.get((action.site_id, half_day.slot), ()))

    def is_closed_to(self, bundle: Bundle, slot: int) -> bool:
        """A contract is never held where the sector team receives, in the same half-day (H1.3)."""
        site = bundle.location.site_id if bundle.location else None
        return bundle.kind.contractual and site is not None and site in self.cover.get(slot, {})

    @cached_property
    def cover(self) -> dict[int, dict[str, tuple[int, int]]]:
        """By half-day and open site: people wanted at reception, urgency hours to keep."""
        found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
        for need in self.week.reception:
            for day in self.board.calendar.days:
                if WEEKDAY_NAMES[day.weekday()] != need.day:
                    continue
                for half, people in enumerate((need.morning, need.afternoon)):
                    slot = 2 * self.board.day_index[day] + half
                    if (need.site_id, slot) in self.board.opening and (people or need.urgency_hours):
                        found[slot][need.site_id] = people, need.urgency_hours
        return found

    # ------------------------------------------------------------ evaluations

    @cached_property
    def evaluations(self) -> dict[str, list[Bundle]]:
        """The acts of each evaluated household."""
        found: dict[str, list[Bundle]] = defaultdict(list)
        for bundle in self.bundles:
            if bundle.kind.ip and bundle.first.case_id:
                found[bundle.first.case_id].append(bundle)
        return found

    def must_follow(self, bundle: Bundle) -> tuple[str, ...]:
        """The acts of the same evaluation that come before one of its acts (H2.6)."""
        rank = self.evaluation_rank(bundle.kind)
        if not bundle.kind.ip or not bundle.first.case_id or not rank:
            return ()
        acts = self.evaluations[bundle.first.case_id]
        return tuple(act.first.id for act in acts if self.evaluation_rank(act.kind) == rank - 1)

    def evaluation_rank(self, kind: MissionType) -> int | None:
        """0 for a meeting with the household, 1 for the concertation, 2 for a report; None is in no order."""
        if kind.room is not RoomKind.NONE or kind.place is PlaceKind.HOME:
            return 0
        if kind.splittable:
            return 2
        return 1 if kind.needs_pair is PairNeed.REQUIRED else None
