"""What a week asks of a team that is not decided yet: a relaxation whose people are counted, not named.

People of one profession, of the same services and sites, make a *pool*: its time is the sum of theirs, and
what it does is counted together. Adding up the rows of its people gives the rows below, so that whatever a
team can do in the week, its pools can do here: the least price is a lower bound of level 1, and a team that
fails here fails in the week. Columns that count people may be those of several weeks.

Left out, which only lowers the bound: the order of an evaluation's acts and its one pair, referents, rooms by
the minute, lunch and travel between sites, pieces of writing and of collective time.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
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
from optimizer.model.time_of_half_days import URGENCY_MINUTES
from optimizer.organisation import tenths
from optimizer.rules import late, late_legal, late_requests, waiting
from optimizer.week import CollectiveAction, Meeting, Professional
from optimizer.words import Profession, RoomKind

Pool = tuple[Profession, tuple[str, ...], tuple[str, ...]]
"""A profession, the services and the possible sites of the people counted together."""
PoolSlot = tuple[Pool, int]
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
                self._post_action(action)
        for meeting in self.week.meetings:
            self._post_meeting(meeting)
        self._post_reception()
        self._post_quotas()
        self._post_time()
        self._post_pieces()
        self._post_rooms()

    # ------------------------------------------------------------------ words

    def _variable(self, what: str, whom: tuple[object, ...], upper: int) -> Variable:
        return self.statement.variable((what, self.name, *whom), upper=upper)

    def _row(
        self,
        what: str,
        whom: tuple[object, ...],
        *parts: Part,
        lower: int | None = None,
        upper: int | None = None,
    ) -> None:
        self.statement.row((what, self.name, *whom), total(*parts), lower, upper)

    def _shortfall(self, what: str, whom: tuple[object, ...], upper: int, price: int) -> Variable:
        variable = self._variable(what, whom, upper)
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

    def _there(self, people: Iterable[Professional], times: int = 1) -> Part:
        """How many of some people there are."""
        return [(self.counts[person.id], times) for person in people]

    def _most(self, people: Iterable[Professional]) -> int:
        return sum(self.statement.uppers[self.counts[person.id]] for person in people)

    def _week_of(self, slot: int) -> int:
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
            whom = (bundle.name, *_label(pool), slot)
            variable = taken[pool, slot] = self._variable("take", whom, count * bundle.people)
            self._use(pool, slot, variable, steps, 0 if kind.splittable else length, kind.request)
            if self.start_of(bundle.first) is not None:
                self._row("dated", whom, [(variable, 1)], self._there(people, -1), upper=0)
            if kind.collective:
                self.collective[pool, self._week_of(slot)].append(
                    (variable, grid_steps(bundle.first.duration_minutes))
                )
            if kind.code == WRITING_TYPE:
                self.written[pool, self._week_of(slot)].append(
                    (variable, grid_steps(bundle.first.duration_minutes))
                )
            site = bundle.location.site_id if bundle.location else None
            if site and kind.room is not RoomKind.NONE and bundle.people == 1:
                self.rooms_taken[site, kind.room, slot].append(
                    (variable, grid_steps(bundle.first.duration_minutes))
                )
            self.price[variable] = 0 if bundle.people > 1 else price[slot]
        left = self._shortfall("left", (bundle.name,), count, self._price_of_leaving(bundle))
        if bundle.people == 1:
            self._row("all", (bundle.name,), each((*taken.values(), left)), lower=count, upper=count)
            return
        held = {slot: self._shortfall("held", (bundle.name, slot), count, price[slot]) for slot in price}
        self._row("all", (bundle.name,), each((*held.values(), left)), lower=count, upper=count)
        for slot, variable in held.items():
            self._post_pair(bundle, slot, variable, {pool: v for (pool, s), v in taken.items() if s == slot})

    def _post_pair(self, bundle: Bundle, slot: int, held: Variable, taken: dict[Pool, Variable]) -> None:
        """As many people as held missions take; one of each profession wanted, or of two where a pair is."""
        whom = (bundle.name, slot)
        self._row("people", whom, each(taken.values()), [(held, -bundle.people)], lower=0, upper=0)
        wanted = dict(self.board.places_to_fill(bundle.first))
        by_profession = groupby(sorted(taken.items(), key=lambda one: one[0][0]), key=lambda one: one[0][0])
        for profession, rows in by_profession:
            variables = [variable for _, variable in rows]
            if None not in wanted:
                number = wanted.get(profession, 0)
                self._row("wanted", (*whom, profession), each(variables), [(held, -number)], upper=0)
            elif bundle.kind.ip and self.two_professions:
                self._row("two", (*whom, profession), each(variables), [(held, -1)], upper=0)

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

    def _use(
        self, pool: Pool, slot: int, variable: Variable, steps: int, piece: int = 0, in_duty: bool = False
    ) -> None:
        """Each unit takes so many grid steps, so many of them in one piece; reception duty may hold some."""
        self.time[pool, slot].append((variable, steps))
        self.whole[pool, slot].append((variable, piece))
        if not in_duty:
            self.outside_duty[pool, slot].append((variable, steps))
            self.whole_beside_duty[pool, slot].append((variable, piece))

    # ------------------------------------------------------- actions, meetings

    def _post_action(self, action: CollectiveAction) -> None:
        steps = grid_steps(action.duration_minutes)
        team, board = self.board.teams.of_action(action), self.board
        led: dict[int, dict[Pool, Variable]] = defaultdict(dict)
        for person in self.people.values():
            if person.profession not in action.leaders or not board.may_take(person, action.type, team):
                continue
            pool = self.pool(person)
            for slot in self._slots_of_action(action, person):
                if pool not in led[slot]:
                    variable = self._variable("lead", (action.id, *_label(pool), slot), len(action.leaders))
                    led[slot][pool] = variable
                    self._use(pool, slot, variable, steps, steps)
                    self.collective[pool, self._week_of(slot)].append((variable, steps))
        held = {}
        for slot, leaders in led.items():
            price = late.price_on(board, action, board.day_of(slot))
            held[slot] = self._shortfall("action", (action.id, slot), 1, price)
            for profession in dict.fromkeys(action.leaders):
                number = action.leaders.count(profession)
                mine = [v for pool, v in leaders.items() if pool[0] is profession]
                self._row(
                    "leaders",
                    (action.id, slot, profession),
                    each(mine),
                    [(held[slot], -number)],
                    lower=0,
                    upper=0,
                )
        after = board.calendar.first_day_after
        price = late.price_on(board, action, after) + waiting.price_until(board, action, after)
        left = self._shortfall("action_left", (action.id,), 1, price)
        self._row("held_once", (action.id,), each((*held.values(), left)), lower=1, upper=1)
        if action.preparation_minutes:
            self._prepare(action, led)

    def _slots_of_action(self, action: CollectiveAction, person: Professional) -> Iterator[int]:
        start, first = self.start_of(action), self.board.first_slot(action.release)
        for key in self.keys_of(person.id):
            half_day = self.half_days[key]
            if start is not None:
                if half_day.holds(((start, start + action.duration_minutes),)):
                    yield key[1]
            elif key[1] >= first:
                hours = self.action_hours(action, half_day)
                if any(end - begin >= action.duration_minutes for begin, end in hours):
                    yield key[1]

    def _prepare(self, action: CollectiveAction, led: Mapping[int, Mapping[Pool, Variable]]) -> None:
        """Each pool prepares what it leads, in any of its half-days up to then."""
        steps = grid_steps(action.preparation_minutes)
        for pool in dict.fromkeys(pool for leaders in led.values() for pool in leaders):
            mine = [leaders[pool] for leaders in led.values() if pool in leaders]
            last = max(slot for slot, leaders in led.items() if pool in leaders)
            slots = sorted({key[1] for person in self.pools[pool] for key in self.keys_of(person.id)})
            prepared = []
            for slot in (slot for slot in slots if slot <= last):
                variable = self._variable(
                    "prepare", (action.id, *_label(pool), slot), steps * len(action.leaders)
                )
                prepared.append(variable)
                self._use(pool, slot, variable, 1)
                self.collective[pool, self._week_of(slot)].append((variable, 1))
            self._row(
                "prepared",
                (action.id, *_label(pool)),
                each(prepared),
                each(mine, -steps),
                lower=0,
                upper=0,
            )

    def _post_meeting(self, meeting: Meeting) -> None:
        start = self.start_of(meeting)
        members = [person for person in self.expected(meeting) if not is_floating(person)]
        for pool, people in groupby(sorted(members, key=lambda p: str(self.pool(p))), key=self.pool):
            mine = list(people)
            if start is None:
                self._attend_some_time(meeting, pool, mine)
            else:
                self._attend(meeting, pool, mine, self.board.parts(start, meeting.duration_minutes))
        if meeting.seats is not None and start is not None and meeting.id not in self.forgiven:
            self._post_seats(meeting, members, self.board.parts(start, meeting.duration_minutes))

    def _whom(self, meeting: Meeting, pool: Pool) -> tuple[object, ...]:
        return (meeting.id, *_label(pool))

    def _attend(
        self, meeting: Meeting, pool: Pool, people: list[Professional], parts: tuple[Interval, ...]
    ) -> None:
        """Whoever is there for all of it and not on duty attends, or is absent; a seat is held by some."""
        there: dict[tuple[tuple[int, int], ...], list[Professional]] = defaultdict(list)
        for person in people:
            held = self.keys_holding(person.id, parts) or {}
            steps = tuple((key[1], grid_steps(sum(b - a for a, b in pieces))) for key, pieces in held.items())
            if steps:
                there[steps].append(person)
        price = tenths(self.week.organisation.commitments.meeting_absent)
        for steps, able in there.items():
            whom = (*self._whom(meeting, pool), *(slot for slot, _ in steps))
            attending = self._variable("attend", whom, self._most(able))
            self.attending[meeting.id, pool].append(attending)
            self._row("may_attend", whom, [(attending, 1)], self._there(able, -1), upper=0)
            for slot, taken in steps:
                self._use(pool, slot, attending, taken, taken)
            if meeting.seats is None:
                absent = self._shortfall("absent", whom, self._most(able), price)
                on_duty = [variable for slot, _ in steps for variable in self._duties(pool, slot)]
                reasons = each((attending, absent, *on_duty))
                self._row("attendance", whom, reasons, self._there(able, -1), lower=0)

    def _attend_some_time(self, meeting: Meeting, pool: Pool, people: list[Professional]) -> None:
        """A meeting whose time is free: those who could attend whenever it is held do, or are absent, or on
        duty then; each slot counts for no more than the duty there is."""
        if meeting.seats is not None:
            return
        starts = self.meeting_starts(meeting)
        possible = {start: self.board.parts(start, meeting.duration_minutes) for start in starts}
        always = [
            person
            for person in people
            if all(
                self.keys_holding(person.id, parts) or not self._is_ever(parts) for parts in possible.values()
            )
        ]
        if not always:
            return
        steps = grid_steps(meeting.duration_minutes)
        slots = sorted(
            {key[1] for person in always for key in self.keys_of(person.id) if self._is_in(meeting, key[1])}
        )
        attending = {}
        for slot in slots:
            attending[slot] = self._variable("attend", (*self._whom(meeting, pool), slot), self._most(always))
            self._use(pool, slot, attending[slot], steps, steps)
        price = tenths(self.week.organisation.commitments.meeting_absent)
        absent = self._shortfall("absent", self._whom(meeting, pool), self._most(always), price)
        most = max(
            (people for sites in self.cover.values() for people, _ in [max(sites.values())]), default=0
        )
        excused = self._variable("excused", self._whom(meeting, pool), most)
        reasons = each((*attending.values(), absent, excused))
        self._row("attendance", self._whom(meeting, pool), reasons, self._there(always, -1), lower=0)

    def _is_in(self, meeting: Meeting, slot: int) -> bool:
        return meeting.release <= self.board.day_of(slot) <= meeting.due

    def _is_ever(self, parts: tuple[Interval, ...]) -> bool:
        """Whether anybody could attend a meeting held then."""
        return any(self.keys_holding(person, parts) for person in self.people)

    def _post_seats(self, meeting: Meeting, members: list[Professional], parts: tuple[Interval, ...]) -> None:
        """Seats held by people under target, or wasted: the smaller of the empty seats and of those passed
        over, whichever a switch lets count."""
        organisation, seats = self.week.organisation, meeting.seats or 0
        under = [
            person
            for person in members
            if person.isic_days_done < organisation.isic_days_per_year and self.keys_holding(person.id, parts)
        ]
        if not under:
            return
        leaders = sum(
            len(action.leaders)
            for action in self.week.actions
            if action.fixed_start is not None and any(self.is_held_during(action, part) for part in parts)
        )
        pools = dict.fromkeys(self.pool(person) for person in under)
        attending = [self._variable("trained", self._whom(meeting, pool), seats) for pool in pools]
        for pool, variable in zip(pools, attending, strict=True):
            mine = [person for person in under if self.pool(person) == pool]
            self._row(
                "may_be_trained", self._whom(meeting, pool), [(variable, 1)], self._there(mine, -1), upper=0
            )
            attending_it = self.attending[meeting.id, pool]
            self._row(
                "trained_attend", self._whom(meeting, pool), [(variable, 1)], each(attending_it, -1), upper=0
            )
        wasted = self._shortfall(
            "wasted", (meeting.id,), seats, tenths(organisation.commitments.training_seat)
        )
        few, most = self._variable("few", (meeting.id,), 1), self._most(under)
        enough = seats + leaders
        lacking = [(wasted, 1), *each(attending)]
        self._row("seats", (meeting.id,), lacking, [(few, seats)], lower=seats)
        self._row(
            "passed_over",
            (meeting.id,),
            lacking,
            self._there(under, -1),
            [(few, -most)],
            lower=-leaders - most,
        )
        self._row(
            "few", (meeting.id,), self._there(under), [(few, max(0, most - enough))], upper=max(most, enough)
        )

    # ----------------------------------------------------- reception, quotas

    def _duties(self, pool: Pool, slot: int) -> list[Variable]:
        """Duty of a pool in a half-day, a variable a site."""
        if (pool, slot) in self.duty:
            return self.duty[pool, slot]
        found = []
        for site, (people, _) in self.cover.get(slot, {}).items():
            hours = self.board.duty_hours[site, slot]
            able = [
                person
                for person in self.pools[pool]
                if site in self.board.posts(person)
                and self.board.may_do(person, "ACCUEIL")
                and (person.id, slot) in self.half_days
                and self.half_days[person.id, slot].holds((hours,))
            ]
            if not able or not people:
                continue
            variable = self._variable("duty", (*_label(pool), site, slot), people)
            found.append(variable)
            length = grid_steps(hours[1] - hours[0])
            self.time[pool, slot].append((variable, length - length // 2))
            self.outside_duty[pool, slot].append((variable, length))
            self.whole_beside_duty[pool, slot].append((variable, length))
            self._row(
                "on_duty",
                (*_label(pool), site, slot),
                [(variable, 1)],
                self._there(able, -1),
                upper=0,
            )
            self._covering[site, slot].append(variable)
        self.duty[pool, slot] = found
        return found

    @cached_property
    def _covering(self) -> defaultdict[tuple[str, int], list[Variable]]:
        return defaultdict(list)

    def _post_reception(self) -> None:
        weights = self.week.organisation.commitments
        for slot, sites in self.cover.items():
            for pool in self.pools:
                self._duties(pool, slot)
            for site, (people, hours) in sites.items():
                if site not in self.received_sites:
                    continue
                if people:
                    missing = self._shortfall(
                        "uncovered", (site, slot), people, tenths(weights.reception_missing)
                    )
                    self._row(
                        "cover", (site, slot), each((*self._covering[site, slot], missing)), lower=people
                    )
                if hours:
                    self._post_urgency(site, slot, hours, tenths(weights.urgency_hour_missing))

    def _post_urgency(self, site: str, slot: int, hours: int, price: int) -> None:
        kept = []
        for pool, people in self.pools.items():
            able = [
                person
                for person in people
                if site in self.board.posts(person)
                and self.board.may_do(person, "URGENCE")
                and (person.id, slot) in self.half_days
            ]
            if able:
                variable = self._variable("urgency", (*_label(pool), site, slot), hours)
                kept.append(variable)
                self._use(pool, slot, variable, grid_steps(URGENCY_MINUTES), grid_steps(URGENCY_MINUTES))
                self._row(
                    "urgency",
                    (*_label(pool), site, slot),
                    [(variable, 1)],
                    self._there(able, -1),
                    upper=0,
                )
        missing = self._shortfall("no_urgency", (site, slot), hours, price)
        self._row("urgency_cover", (site, slot), each((*kept, missing)), lower=hours)

    def _post_quotas(self) -> None:
        """Writing and collective time, added up over each pool of the sector team."""
        organisation, sector = self.week.organisation, {person.id for person in self.board.sector_people()}
        weights = organisation.commitments
        shares = (
            (
                "collective",
                organisation.collective_share_percent,
                weights.collective_minute_missing,
                self.collective,
            ),
            ("writing", organisation.writing_share_percent, weights.writing_minute_missing, self.written),
        )
        for pool, people in self.pools.items():
            mine = [person for person in people if person.id in sector and not is_floating(person)]
            for week in range(self.week.horizon.weeks) if mine else ():
                for what, share, minute, rows in shares:
                    self._post_quota(
                        what, pool, mine, week, share, GRID_MINUTES * tenths(minute), rows[pool, week]
                    )

    def _post_quota(
        self, what: str, pool: Pool, people: list[Professional], week: int, share: int, price: int, rows: Part
    ) -> None:
        quotas = {p.id: grid_steps(self.board.paid_minutes(p, week) * share // 100) for p in people}
        most = sum(self.statement.uppers[self.counts[person]] * quota for person, quota in quotas.items())
        if not most:
            return
        whom = (*_label(pool), week)
        missing = self._shortfall(f"{what}_missing", whom, most, price)
        days = set(self.board.calendar.days_of_week(week))
        slots = {key[1] for p in people for key in self.keys_of(p.id) if self.half_days[key].day in days}
        kept = []
        for slot in sorted(slots):
            variable = self._variable(what, (*whom, slot), most)
            kept.append(variable)
            self._use(pool, slot, variable, 1, in_duty=what == "writing")
        asked = [(self.counts[person], -quota) for person, quota in quotas.items()]
        self._row(f"{what}_quota", whom, each((*kept, missing)), rows, asked, lower=0)

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
                self._row(what, (*_label(pool), slot), used, free, upper=0)
        for pool, people in self.pools.items() if self.spare else ():
            for week in range(self.week.horizon.weeks):
                slots = [key for key in self.time if key[0] == pool and self._week_of(key[1]) == week]
                used = [(variable, FINE * steps) for key in slots for variable, steps in self.time[key]]
                free = [(self.counts[one.id], -self._unspared(one, week)) for one in people]
                self._row("spare", (*_label(pool), week), used, free, upper=0)

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
                    self._row(what, (*_label(pool), slot, length), held, free, upper=0)

    def _post_rooms(self) -> None:
        """Rooms hold what is held in them, by the minute and side by side."""
        for (site, kind, slot), used in self.rooms_taken.items():
            opened = self.board.opening.get((site, slot), ())
            rooms = len(self.board.rooms(site, kind))
            steps = grid_steps(sum(end - begin for begin, end in opened)) * rooms
            self._row("rooms", (site, kind, slot), used, upper=steps)
            for length in LENGTHS:
                held = [(v, piece // length) for v, piece in used if piece >= length]
                self._row("rooms", (site, kind, slot, length), held, upper=rooms * _fitting(opened, length))


def _fitting(free: Iterable[Interval], length: int) -> int:
    """How many times so many grid steps fit into free intervals."""
    return sum(grid_steps(end - begin) // length for begin, end in free)


def is_floating(person: Professional) -> bool:
    """Whether someone serves several teams: what is asked of them in one may be excused by another."""
    return len(person.service_ids) > 1


def _label(pool: Pool) -> tuple[object, ...]:
    """What names a pool in variables and rows."""
    profession, services, sites = pool
    return profession, *services, *sites


__all__ = ["Needs", "is_floating"]
