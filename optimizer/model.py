"""The bucket stage: who does what in which half-day, as one linear statement.

Clock times are left to `optimizer.timing`; what is stated here holds for every timed plan, so a bound of
this statement is a bound of the whole problem. Rules speak to it through the verbs of `BucketModel`.

Units: minutes for time (multiples of 5 throughout), tenths of a point for prices.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from optimizer.board import Board, Interval, Location, fixed_start
from optimizer.bundles import Bundle, bundles_of
from optimizer.catalogue import MissionType
from optimizer.linear import Statement, Variable
from optimizer.tasks import Key, Task
from optimizer.tours import Tour, TourBook
from optimizer.week import CollectiveAction, Meeting, Professional
from optimizer.words import WEEKDAY_NAMES, PlaceKind, Profession, RoomKind, ServiceKind

COMMITMENTS = "commitments"
PREFERENCES = "preferences"

FREE_MEETING_STARTS = tuple(range(8 * 60, 18 * 60, 30))
"""Minutes of the day at which a free meeting may start: the half hours from 8:00 on."""


@dataclass(frozen=True)
class Load:
    """Something that takes minutes of a half-day when a variable is set.

    `location` is where, None when it does not matter; `teleworkable` whether it can be done from home;
    `in_reception` whether it may sit inside reception duty; `parts` its clock times when they are known.
    """

    variable: Variable
    minutes: int
    location: Location | None = None
    teleworkable: bool = False
    in_reception: bool = False
    parts: tuple[Interval, ...] = ()
    shortest: int = 0
    visits: int = 1


@dataclass
class Reserved:
    """The variables of what no mission names, in one half-day of one person (minutes / grid step)."""

    writing: Variable | None = None
    collective: Variable | None = None
    collective_held: Variable | None = None
    preparation: Variable | None = None
    urgency: dict[str, Variable] = field(default_factory=dict)
    reception: dict[str, Variable] = field(default_factory=dict)


class BucketModel:
    """Variables of the bucket stage and the verbs that rules use."""

    def __init__(self, board: Board, people: frozenset[str] | None = None) -> None:
        """`people` restricts the statement to one independent block of professionals."""
        self.board = board
        self.week = board.week
        self.statement = Statement()
        everyone = [p for p in self.week.professionals if people is None or p.id in people]
        self.people: dict[str, Professional] = {p.id: p for p in everyone}
        self.half_days = {key: h for key, h in board.half_days.items() if key[0] in self.people}
        self.tour_book = TourBook(board)
        self.loads: dict[Key, list[Load]] = defaultdict(list)
        self.take: dict[int, dict[Key, Variable]] = {}
        self.part_minutes: dict[int, dict[Key, Variable]] = {}
        self.does: dict[tuple[int, str], Variable] = {}
        self.held: dict[int, dict[int, Variable]] = {}
        self.unplaced: dict[int, Variable] = {}
        self.queued: dict[int, dict[int, Variable]] = {}
        self.lead: dict[str, dict[tuple[str, int, Profession], Variable]] = {}
        self.action_held: dict[str, dict[int, Variable]] = {}
        self.attend: dict[str, dict[str, dict[int, Variable]]] = {}
        self.meeting_held: dict[str, dict[int, Variable]] = {}
        self.reserved: dict[Key, Reserved] = {key: Reserved() for key in self.half_days}
        self.tours: dict[Key, list[tuple[Tour | None, Variable]]] = {}
        self.referent: dict[tuple[str, str], Variable] = {}
        self.short_lunch: dict[tuple[str, int], Variable] = {}
        self.on_site: dict[Key, Variable] = {}
        self.action_unplaced: dict[str, Variable] = {}
        self.bundles = [b for b in bundles_of(board) if self.belongs(b)]

    def post_commitments(self) -> None:
        """Variables, rules that never bend, and the prices of level 1."""
        from optimizer.posts import FIRST
        from optimizer.variables import create_variables

        create_variables(self)
        for post in FIRST:
            post(self)

    def post_preferences(self) -> None:
        """The prices of level 2."""
        from optimizer.posts import SECOND

        for post in SECOND:
            post(self)

    # ------------------------------------------------------------ membership

    def belongs(self, bundle: Bundle) -> bool:
        """Whether the block holds the service of a bundle."""
        owner = bundle.kind.owner
        return self.serves(owner)

    def serves(self, owner: ServiceKind | None) -> bool:
        """Whether someone of the block works for a kind of service."""
        return owner is None or any(owner in self.week.kinds_served_by(p) for p in self.people.values())

    def doers(self, type_code: str) -> list[Professional]:
        """The people of the block who may do a type of mission."""
        return [p for p in self.people.values() if self.board.may_do(p, type_code)]

    def keys_of(self, person: str) -> list[Key]:
        """The half-days of someone, in order."""
        return [key for key in self.half_days if key[0] == person]

    # ------------------------------------------------------------- variables

    def occupy(self, key: Key, load: Load) -> None:
        """Let something take time of a half-day."""
        self.loads[key].append(load)

    def name(self, what: str, *whom: object) -> str:
        """The name of a variable or row: what it means and whom it concerns."""
        return f"{what}[{','.join(str(part) for part in whom)}]"

    def here(self, key: Key, location: Location) -> list[tuple[Variable, int]]:
        """Terms that are 1 when the half-day goes through a location, 0 otherwise."""
        return [
            (variable, 1)
            for tour, variable in self.tours[key]
            if tour is not None and (tour.post == location.site_id or location in tour.stops)
        ]

    def posted(self, key: Key, site_id: str | None) -> list[tuple[Variable, int]]:
        """Terms that are 1 when the half-day is posted at a site, or teleworked for None."""
        return [
            (variable, 1)
            for tour, variable in self.tours[key]
            if (tour is None) == (site_id is None) and (tour is None or tour.post == site_id)
        ]

    def fixed_loads(self, key: Key) -> Iterator[Load]:
        """What has known clock times in a half-day."""
        return (load for load in self.loads[key] if load.parts)

    @cached_property
    def sector_people(self) -> list[Professional]:
        """Who has quotas in this block."""
        return [p for p in self.board.sector_people() if p.id in self.people]

    def prepares(self, professional: Professional) -> bool:
        """Whether someone may lead an action that asks for preparation."""
        return any(
            action.preparation_minutes and professional.profession in action.leaders for action in self.week.actions
        )

    def may_meet(self, professional: Professional, bundle: Bundle) -> bool:
        """An evaluator never followed the household nor is its referent (H2.5)."""
        case = self.week.case.get(bundle.first.case_id or "")
        if not bundle.kind.ip or case is None:
            return True
        return professional.id not in case.followers and professional.id != case.referent_id

    def room_hours(self, bundle: Bundle, slot: int) -> tuple[Interval, ...] | None:
        """When a mission that takes a room may be held in a half-day; None when it takes none."""
        site = bundle.location.site_id if bundle.location else None
        if site is None or bundle.kind.room is RoomKind.NONE:
            return None
        if not self.board.rooms(site, bundle.kind.room):
            return ()
        return self.board.opening.get((site, slot), ())

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
                        before = found[slot].get(need.site_id, (0, 0))
                        found[slot][need.site_id] = (before[0] + people, before[1] + need.urgency_hours)
        return found

    def meeting_starts(self, meeting: Meeting) -> list[int]:
        """The starts a meeting may have: its own, or those of the quarter hours of each day when it is free."""
        start = fixed_start(meeting, self.board)
        if start is not None:
            return [start]
        days = (day for day in self.board.calendar.days if meeting.release <= day <= meeting.due)
        return [self.board.base(day) + minute for day in days for minute in FREE_MEETING_STARTS]

    def keys_holding(self, person: str, parts: tuple[Interval, ...]) -> dict[Key, tuple[Interval, ...]] | None:
        """The half-days of someone that hold given parts, None when one does not fit."""
        found: dict[Key, tuple[Interval, ...]] = {}
        for part in parts:
            day = self.board.calendar.instant(part[0]).date()
            slots = () if day not in self.board.day_index else (2 * self.board.day_index[day] + half for half in (0, 1))
            key = next(
                ((person, s) for s in slots if (person, s) in self.half_days and self.half_days[person, s].holds((part,))),
                None,
            )
            if key is None:
                return None
            found[key] = (*found.get(key, ()), part)
        return found

    def drop_price(self, bundle: Bundle) -> int:
        """What leaving one mission of a bundle out would cost at level 1, at least."""
        variable = self.unplaced.get(bundle.index)
        prices = self.statement.levels.get(COMMITMENTS, {})
        if variable is not None:
            return max(prices.get(variable, 0), 1)
        return min((prices.get(v, 1) for v in self.queued.get(bundle.index, {}).values()), default=1)

    def must_follow(self, bundle: Bundle) -> tuple[str, ...]:
        """The acts of the same evaluation that come before one of its acts (H2.6)."""
        rank = evaluation_rank(bundle.kind)
        if not bundle.kind.ip or not bundle.first.case_id or rank == 0:
            return ()
        return tuple(
            other.first.id
            for other in self.bundles
            if other.kind.ip and other.first.case_id == bundle.first.case_id and evaluation_rank(other.kind) < rank
        )

    def action_task(self, action: CollectiveAction, leaders: tuple[str, ...], slot: int) -> Task:
        """The task that a collective action makes in a half-day."""
        kind = self.week.types[action.type]
        hours: tuple[Interval, ...] | None = None
        room = None
        if kind.room is RoomKind.GROUP and action.site_id:
            hours, room = self.board.opening.get((action.site_id, slot), ()), (action.site_id, kind.room.value)
        start = fixed_start(action, self.board)
        if start is not None:
            hours = ((start, start + action.duration_minutes),)
        variable = self.action_unplaced[action.id]
        return Task(
            action.id,
            leaders,
            action.duration_minutes,
            self.board.site_location(action.site_id) if action.site_id else None,
            max(1, self.statement.levels[COMMITMENTS].get(variable, 0)),
            hours=hours,
            room=room,
            named_room=action.room_id,
        )


def evaluation_rank(kind: MissionType) -> int:
    """0 for a meeting with the household, 1 for the concertation, 2 for a report (H2.6)."""
    if kind.splittable:
        return 2
    return 0 if kind.room is not RoomKind.NONE or kind.place is PlaceKind.HOME else 1

