"""What a week asks of a team that is not decided yet: a relaxation whose people are counted, not named.

People of one profession, of the same services and sites, make a *pool*: its time is the sum of theirs, and
what it does is counted together. Adding up the rows of its people gives the rows below, so that whatever a
team can do in the week, its pools can do here: the least price is a lower bound of level 1, and a team that
fails here fails in the week. Columns that count people may be those of several weeks.

Left out, which only lowers the bound: the order of an evaluation's acts and its one pair, referents, rooms by
the minute, lunch and travel between sites, pieces of writing and of collective time.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import groupby

from optimizer.board import Board
from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES, grid_steps
from optimizer.intervals import Interval
from optimizer.linear import Part, Statement, Variable, each, total
from optimizer.model.block import Block
from optimizer.model.missions import candidate_keys
from optimizer.model.needs_reserved import post_quotas, post_reception
from optimizer.model.needs_together import post_action, post_meeting
from optimizer.model.pools import Pool, PoolSlot, label
from optimizer.rules import late, late_legal, late_requests, waiting
from optimizer.week import Professional
from optimizer.words import RoomKind

WRITING_TYPE = "ECRITS"
LENGTHS = (9, 12, 18)
"""Lengths by which rows are rounded, in grid steps: 45, 60 and 90 minutes."""
FINE = 100
"""Hundredths of a grid step, in rows of a week's time."""


class Needs(Block):
    """The rows of one week in a statement, over columns that count people."""

    def __init__(
        self,
        statement: Statement,
        name: str,
        board: Board,
        counts: Mapping[str, Variable],
        two_professions: bool = True,
        forgiven: Collection[str] = (),
        spare: float = 0.0,
    ) -> None:
        """`spare`: percent of everybody's time that is left unused, for what is left out of the rows.

        `forgiven`: actions, and sessions whose seats, other teams may have: nothing is asked of them here.

        `counts`: by person, who stands for a post or for themselves, how many there are; people of the week
        who are not counted, and what is asked of their services alone, are left out.

        `two_professions`: whether a pair is of two professions; not under one interchangeable grade.
        """
        super().__init__(board, frozenset(counts))
        self.statement, self.name, self.counts = statement, name, counts
        self.two_professions, self.forgiven, self.spare = two_professions, frozenset(forgiven), spare
        self.price: dict[Variable, int] = {}
        self.time: defaultdict[PoolSlot, list[tuple[Variable, int]]] = defaultdict(list)
        self.whole: defaultdict[PoolSlot, list[tuple[Variable, int]]] = defaultdict(list)
        self.whole_beside_duty: defaultdict[PoolSlot, list[tuple[Variable, int]]] = defaultdict(list)
        self.outside_duty: defaultdict[PoolSlot, list[tuple[Variable, int]]] = defaultdict(list)
        self.collective: defaultdict[tuple[Pool, int], list[tuple[Variable, int]]] = defaultdict(list)
        self.written: defaultdict[tuple[Pool, int], list[tuple[Variable, int]]] = defaultdict(list)
        self.attending: defaultdict[tuple[str, Pool], list[Variable]] = defaultdict(list)
        self.covering: defaultdict[tuple[str, int], list[Variable]] = defaultdict(list)
        self.duty: defaultdict[PoolSlot, list[Variable]] = defaultdict(list)
        self.rooms_taken: defaultdict[tuple[str, RoomKind, int], list[tuple[Variable, int]]] = defaultdict(
            list
        )
        self._state()

    def _state(self) -> None:
        for bundle in self._alike():
            self._post_missions(bundle)
        for action in self.week.actions:
            if action.id not in self.forgiven and self.belongs(self.board.teams.of_action(action)):
                post_action(self, action)
        for meeting in self.week.meetings:
            post_meeting(self, meeting)
        post_reception(self)
        post_quotas(self)
        self._post_time()
        self._post_pieces()
        self._post_rooms()

    # ------------------------------------------------------------------ words

    def variable(self, what: str, whom: tuple[object, ...], upper: int) -> Variable:
        """A new column from 0 up."""
        return self.statement.variable((what, self.name, *whom), upper=upper)

    def row(
        self,
        what: str,
        whom: tuple[object, ...],
        *parts: Part,
        lower: int | None = None,
        upper: int | None = None,
    ) -> None:
        """A new row; the parts add up."""
        self.statement.row((what, self.name, *whom), total(*parts), lower, upper)

    def shortfall(self, what: str, whom: tuple[object, ...], upper: int, price: int) -> Variable:
        """A new column, priced by unit at level 1."""
        variable = self.variable(what, whom, upper)
        self.price[variable] = price
        return variable

    def paid(self) -> Part:
        """The terms of level 1, in tenths."""
        return list(self.price.items())

    # ------------------------------------------------------------------ pools

    def may_meet(self, professional: Professional, bundle: Bundle) -> bool:
        """Whom an evaluator knows is not read: missions of several households are counted together."""
        return professional.id in self.people and bundle.count > 0

    def pool(self, person: Professional) -> Pool:
        """The pool of someone."""
        return person.profession, person.service_ids, tuple(sorted(self.board.posts(person)))

    @cached_property
    def pools(self) -> dict[Pool, list[Professional]]:
        """The people of each pool."""
        found: dict[Pool, list[Professional]] = defaultdict(list)
        for person in self.people.values():
            found[self.pool(person)].append(person)
        return found

    def there(self, people: Iterable[Professional], times: int = 1) -> Part:
        """How many of some people there are."""
        return [(self.counts[person.id], times) for person in people]

    def most(self, people: Iterable[Professional]) -> int:
        """How many of some people there may be at most."""
        return sum(self.statement.uppers[self.counts[person.id]] for person in people)

    def week_of(self, slot: int) -> int:
        """The week of the horizon of a half-day."""
        return (self.board.day_of(slot) - self.board.calendar.first_day).days // 7

    # --------------------------------------------------------------- missions

    def _alike(self) -> list[Bundle]:
        """Missions that a pool does not tell apart, whatever their household."""
        found: dict[Hashable, list[Bundle]] = defaultdict(list)
        for bundle in self.bundles:
            first = bundle.first
            key = (
                *(first.type, bundle.location, first.duration_minutes, first.release, first.due),
                *(first.urgency, first.professions, bundle.people, bundle.team, self.start_of(first)),
                first.id if self.start_of(first) is not None else None,
            )
            found[key].append(bundle)
        return [
            Bundle(
                index,
                tuple(mission for bundle in same for mission in bundle.missions),
                same[0].kind,
                same[0].location,
                same[0].people,
                same[0].team,
            )
            for index, same in enumerate(found.values())
        ]

    def _post_missions(self, bundle: Bundle) -> None:
        able: dict[PoolSlot, list[Professional]] = defaultdict(list)
        for person, slot in candidate_keys(self, bundle):
            able[self.pool(self.people[person]), slot].append(self.people[person])
        count, kind = bundle.count, bundle.kind
        price = {slot: self._price_on(bundle, self.board.day_of(slot)) for _, slot in able}
        length = grid_steps(bundle.first.duration_minutes)
        steps = length + self._travel(bundle)
        taken: dict[PoolSlot, Variable] = {}
        for (pool, slot), people in able.items():
            whom = (bundle.name, *label(pool), slot)
            variable = taken[pool, slot] = self.variable("take", whom, count * bundle.people)
            self.use(pool, slot, variable, steps, 0 if kind.splittable else length, kind.request)
            if self.start_of(bundle.first) is not None:
                self.row("dated", whom, [(variable, 1)], self.there(people, -1), upper=0)
            if kind.collective:
                self.collective[pool, self.week_of(slot)].append((variable, length))
            if kind.code == WRITING_TYPE:
                self.written[pool, self.week_of(slot)].append((variable, length))
            site = bundle.location.site_id if bundle.location else None
            if site and kind.room is not RoomKind.NONE and bundle.people == 1:
                self.rooms_taken[site, kind.room, slot].append((variable, length))
            self.price[variable] = 0 if bundle.people > 1 else price[slot]
        left = self.shortfall("left", (bundle.name,), count, self._price_of_leaving(bundle))
        if bundle.people == 1:
            self.row("all", (bundle.name,), each((*taken.values(), left)), lower=count, upper=count)
            return
        held = {slot: self.shortfall("held", (bundle.name, slot), count, price[slot]) for slot in price}
        self.row("all", (bundle.name,), each((*held.values(), left)), lower=count, upper=count)
        for slot, variable in held.items():
            self._post_pair(bundle, slot, variable, {pool: v for (pool, s), v in taken.items() if s == slot})

    def _post_pair(self, bundle: Bundle, slot: int, held: Variable, taken: dict[Pool, Variable]) -> None:
        """As many people as held missions take; one of each profession wanted, or of two where a pair is."""
        whom = (bundle.name, slot)
        self.row("people", whom, each(taken.values()), [(held, -bundle.people)], lower=0, upper=0)
        wanted = dict(self.board.places_to_fill(bundle.first))
        by_profession = groupby(sorted(taken.items(), key=lambda one: one[0][0]), key=lambda one: one[0][0])
        for profession, rows in by_profession:
            variables = [variable for _, variable in rows]
            if None not in wanted:
                number = wanted.get(profession, 0)
                self.row("wanted", (*whom, profession), each(variables), [(held, -number)], upper=0)
            elif bundle.kind.ip and self.two_professions:
                self.row("two", (*whom, profession), each(variables), [(held, -1)], upper=0)

    def _price_on(self, bundle: Bundle, day: date) -> int:
        first = bundle.first
        if bundle.kind.request:
            return late_requests.price_on(self.board, first, day)
        if bundle.kind.legal_deadline:
            return late_legal.price_on(self.board, first, day)
        return late.price_on(self.board, first, day)

    def _price_of_leaving(self, bundle: Bundle) -> int:
        """At best: on the first day that the queue may give, or after the horizon."""
        days = self.queue_days(bundle.first) if bundle.kind.request else [self.board.calendar.first_day_after]
        return min(
            self._price_on(bundle, day) + waiting.price_until(self.board, bundle.first, day) for day in days
        )

    def _travel(self, bundle: Bundle) -> int:
        """Grid steps of travel that a visit to a home takes at least, its share of the way out and back."""
        if bundle.location is None or not bundle.location.is_home or bundle.kind.telework:
            return 0
        out, hop, most = self._ways
        return grid_steps(int(hop + max(0, 2 * out - hop) / most) // GRID_MINUTES * GRID_MINUTES)

    @cached_property
    def _ways(self) -> tuple[int, int, int]:
        """The shortest way from a site to a home, the shortest from a home to another, the most visits of a
        half-day."""
        board = self.board
        homes = [bundle for bundle in self.bundles if bundle.location and bundle.location.is_home]
        sites = [board.site_location(site.id) for site in self.week.sites]
        out = min((board.travel(site, b.location) for site in sites for b in homes if b.location), default=0)
        hop = min(board.hop_minutes, 2 * out)
        shortest = min((b.first.duration_minutes for b in homes), default=60)
        longest = max((half_day.minutes for half_day in self.half_days.values()), default=0)
        return out, hop, max(1, int((longest - 2 * out + hop) / (shortest + hop)))

    def use(
        self, pool: Pool, slot: int, variable: Variable, steps: int, piece: int = 0, in_duty: bool = False
    ) -> None:
        """Each unit takes so many grid steps, so many of them in one piece; reception duty may hold some."""
        self.time[pool, slot].append((variable, steps))
        self.whole[pool, slot].append((variable, piece))
        if not in_duty:
            self.outside_duty[pool, slot].append((variable, steps))
            self.whole_beside_duty[pool, slot].append((variable, piece))

    # ---------------------------------------------------------- time and rooms

    def _post_time(self) -> None:
        """A pool has the time of its people, in each half-day; duty counts whole without what it may hold.

        Each week, besides, leaves some of it unused.
        """
        for what, rows in (("time", self.time), ("time_on_duty", self.outside_duty)):
            for (pool, slot), used in rows.items():
                free = [
                    (self.counts[person.id], -self.size((person.id, slot)))
                    for person in self.pools[pool]
                    if (person.id, slot) in self.half_days
                ]
                self.row(what, (*label(pool), slot), used, free, upper=0)
        for pool, people in self.pools.items() if self.spare else ():
            for week in range(self.week.horizon.weeks):
                slots = [key for key in self.time if key[0] == pool and self.week_of(key[1]) == week]
                used = [(variable, FINE * steps) for key in slots for variable, steps in self.time[key]]
                free = [(self.counts[one.id], -self._unspared(one, week)) for one in people]
                self.row("spare", (*label(pool), week), used, free, upper=0)

    def _unspared(self, person: Professional, week: int) -> int:
        """Hundredths of grid steps that someone may be busy in a week."""
        steps = self.size(*self.keys_of_week(person.id, week))
        return round((FINE - self.spare) * steps)

    def _post_pieces(self) -> None:
        """Of what lasts some time in one piece, a free interval holds no more than fit side by side.

        Rows rounded down by a length, for some lengths; method: superadditive rounding (Gomory).
        """
        for what, rows in (("pieces", self.whole), ("pieces_on_duty", self.whole_beside_duty)):
            for (pool, slot), used in rows.items():
                mine = [one for one in self.pools[pool] if (one.id, slot) in self.half_days]
                for length in LENGTHS:
                    held = [(v, piece // length) for v, piece in used if piece >= length]
                    free = [
                        (self.counts[one.id], -_fitting(self.half_days[one.id, slot].free, length))
                        for one in mine
                    ]
                    self.row(what, (*label(pool), slot, length), held, free, upper=0)

    def _post_rooms(self) -> None:
        """Rooms hold what is held in them, by the minute and side by side."""
        for (site, kind, slot), used in self.rooms_taken.items():
            opened = self.board.opening.get((site, slot), ())
            rooms = len(self.board.rooms(site, kind))
            steps = grid_steps(sum(end - begin for begin, end in opened)) * rooms
            self.row("rooms", (site, kind, slot), used, upper=steps)
            for length in LENGTHS:
                held = [(v, piece // length) for v, piece in used if piece >= length]
                self.row("rooms", (site, kind, slot, length), held, upper=rooms * _fitting(opened, length))


def _fitting(free: Iterable[Interval], length: int) -> int:
    """How many times so many grid steps fit into free intervals."""
    return sum(grid_steps(end - begin) // length for begin, end in free)
