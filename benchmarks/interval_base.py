"""Variables and verbs of the interval model: starts, optional intervals a person, padding, prices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from ortools.sat.python import cp_model

from optimizer.board import Board, HalfDay, Location
from optimizer.clock import DAY_MINUTES, GRID_MINUTES
from optimizer.intervals import Interval
from optimizer.organisation import tenths
from optimizer.plan import ReservationKind
from optimizer.teams import Team
from optimizer.week import CollectiveAction, Meeting, Mission, Professional, Week
from optimizer.words import RoomKind, ServiceKind

Number: TypeAlias = "cp_model.LinearExpr | int"
DAY = DAY_MINUTES // GRID_MINUTES
WEEK = 7 * DAY


def steps(minutes: int) -> int:
    """Minutes in steps of the grid."""
    return minutes // GRID_MINUTES


@dataclass
class Task:
    """Something held: the start and length of each part, whether it is held, and by whom."""

    item: Mission | CollectiveAction | Meeting
    location: Location | None
    parts: list[tuple[Number, int]]
    held: cp_model.IntVar
    people: dict[str, cp_model.IntVar] = field(default_factory=dict)


@dataclass
class Block:
    """Time kept by one person, in steps."""

    kind: ReservationKind
    person: str
    site_id: str
    start: Number
    length: Number
    kept: cp_model.IntVar


class Timetable:
    """The CP-SAT model under construction."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.board = Board(week)
        self.cp = cp_model.CpModel()
        self.tasks: dict[str, Task] = {}
        self.blocks: list[Block] = []
        self.busy: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
        self.around_duty: dict[tuple[str, str], list[cp_model.IntervalVar]] = defaultdict(list)
        self.rooms: dict[tuple[str, RoomKind], list[cp_model.IntervalVar]] = defaultdict(list)
        self.named_rooms: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
        self.duties: dict[tuple[str, int], list[Block]] = defaultdict(list)
        self.collective: dict[tuple[str, int], list[Number]] = defaultdict(list)
        self.prices: list[Number] = []
        self.half_days: dict[str, list[HalfDay]] = defaultdict(list)
        for (person, _), half_day in self.board.half_days.items():
            self.half_days[person].append(half_day)
        self.padding = self._padding()

    def literal(self, name: str) -> cp_model.IntVar:
        """A yes-or-no variable."""
        return self.cp.new_bool_var(name)

    def start(self, name: str, windows: Iterable[Interval]) -> cp_model.IntVar | None:
        """A start inside windows of minutes, both ends included; None when there is no such minute."""
        pieces = [[steps(low), steps(high)] for low, high in windows if low <= high]
        if not pieces:
            return None
        return self.cp.new_int_var_from_domain(cp_model.Domain.from_intervals(pieces), f"start_{name}")

    def pay(self, points: float, amount: Number) -> None:
        """Add a price."""
        self.prices.append(tenths(points) * amount)

    def able(self, code: str, team: Team | None = None) -> list[Professional]:
        """Who may do a type, for a team or any.

        Someone of both CONTRAT and EVALUATION does evaluations alone here (H1.4).
        """
        both = {ServiceKind.CONTRAT, ServiceKind.EVALUATION}
        is_contract = self.week.types[code].owner is ServiceKind.CONTRAT
        return [
            person
            for person in self.week.professionals
            if self.board.may_take(person, code, team)
            and not (is_contract and both <= self.week.kinds_served_by(person))
        ]

    def pad(self, person: Professional, location: Location | None) -> int:
        """Steps of travel before and after a visit, from and to one's own site."""
        return self.padding[person.site_id, location] if location else 0

    def occupy(
        self,
        person: Professional,
        literal: cp_model.IntVar,
        start: Number,
        length: int,
        location: Location | None,
        *,
        may_be_on_duty: bool = False,
    ) -> None:
        """Take someone's time when the literal holds, travel included; duty at that site may hold it.

        Their own start lies inside their own hours, and is that of the task when they do it.
        """
        pad = self.pad(person, location)
        name = f"{literal.name}_{len(self.busy[person.id])}"
        hours = [
            (low + GRID_MINUTES * pad, high - GRID_MINUTES * pad)
            for low, high in self.own_hours(person, GRID_MINUTES * length)
        ]
        own = self.start(name, hours)
        if own is None:
            self.cp.add(literal == 0)
            return
        self.cp.add(own == start).only_enforce_if(literal)
        taken = self.cp.new_optional_fixed_size_interval_var(own - pad, length + 2 * pad, literal, name)
        site = location.site_id if location and may_be_on_duty else None
        self.take(person, taken, may_be_on_duty_at=site)

    def take(
        self, person: Professional, taken: cp_model.IntervalVar, may_be_on_duty_at: str | None = None
    ) -> None:
        """Someone does nothing else then, reception duty at that site aside."""
        self.busy[person.id].append(taken)
        for post in self.board.posts(person):
            if post != may_be_on_duty_at:
                self.around_duty[person.id, post].append(taken)

    def keep(
        self,
        kind: ReservationKind,
        person: Professional,
        start: Number,
        length: int,
        literal: cp_model.IntVar,
    ) -> None:
        """Time of a known length kept by someone at their own site."""
        self.blocks.append(Block(kind, person.id, person.site_id, start, length, literal))
        own = self.board.site_location(person.site_id)
        self.occupy(person, literal, start, length, own)

    def own_hours(self, person: Professional, minutes: int) -> list[Interval]:
        """When someone may start something of so many minutes, both ends included."""
        return [(low, high - minutes) for half in self.half_days[person.id] for low, high in half.free]

    def count_collective(self, person: str, literal: cp_model.IntVar, start: Number, length: int) -> None:
        """Count time towards the collective quota of the week in which it starts."""
        for week in range(self.week.horizon.weeks):
            counted = self.literal(f"{literal.name}_{person}_in_week_{week}")
            self.cp.add_implication(counted, literal)
            self.cp.add_linear_constraint(start, week * WEEK, (week + 1) * WEEK - 1).only_enforce_if(counted)
            self.collective[person, week].append(length * counted)

    def _padding(self) -> dict[tuple[str, Location], int]:
        """The way from a site to a place, or more where a detour by the site is shorter."""
        board = self.board
        places = {place for mission in self.week.missions if (place := board.location(mission))}
        places |= {board.site_location(site.id) for site in self.week.sites}
        found = {}
        for site in {person.site_id for person in self.week.professionals}:
            own = board.site_location(site)
            for place in places:
                detour = max(board.travel(place, other) - board.travel(own, other) for other in places)
                found[site, place] = 0 if place == own else steps(max(board.travel(own, place), detour))
        return found
