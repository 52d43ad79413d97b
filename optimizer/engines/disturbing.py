"""The disturbance level on the model: what a plan moves of the one that people were told, by half-day.

The clock may move more (a time, a room, within a half-day), never less: a bound of this level is one of the
disturbance that `optimizer.disturbance` reads on the timed plan.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.disturbance import DISTURBANCE, DUTIES, RESERVED, WEIGHTS, MoveKind, is_of_a_household
from optimizer.engines.gaps import Stands, post_gaps
from optimizer.engines.neighbourhoods import Homes
from optimizer.linear import Variable, each
from optimizer.model import BucketModel, Key
from optimizer.plan import Assignment, Plan, Reservation, ReservationKind

Groups = Mapping[Hashable, list[Variable]]


@dataclass(frozen=True)
class Told:
    """What people were told, on the model: where bundles are placed, by index, and by mission or action, the
    variable that is 1 when it stays in its half-day at another time, where there is one."""

    homes: Homes
    shifted: Mapping[str, Variable]


def post_disturbance(model: BucketModel, published: Plan, left_out: Collection[str]) -> Told:
    """Price what leaves its half-day, its day or its people; `left_out` are items that events themselves
    move."""
    disturbing = _Disturbing(model, published, left_out)
    disturbing.post()
    return Told(disturbing.homes, disturbing.shifted)


class _Disturbing:
    def __init__(self, model: BucketModel, published: Plan, left_out: Collection[str]) -> None:
        self.model, self.published, self.left_out = model, published, left_out
        self.rows: dict[str, list[Assignment]] = defaultdict(list)
        for row in published.assignments:
            self.rows[row.mission_id].append(row)
        self.told: dict[str, Variable] = {}
        self.displaced: list[tuple[Bundle, Assignment]] = []
        self.shifted: dict[str, Variable] = {}
        self.homes: dict[int, frozenset[Key]] = {}

    def post(self) -> None:
        """Every term of the level."""
        for bundle in self.model.bundles:
            if bundle.kind.splittable:
                self._report(bundle)
            else:
                self._whole(bundle)
            self._queue(bundle)
        self._actions()
        for bundle, placed in self.displaced:
            self._at_another_time(bundle, placed)
        self._gaps()
        self._referents()
        for row in self.published.reservations:
            if row.kind in DUTIES:
                self._duty(row)
        self._reserved()

    # ------------------------------------------------------------ prices

    def _lost(
        self, what: str, whom: Hashable, before: int, now: Iterable[Variable], tenths: int
    ) -> Variable | None:
        """How many of what was there are there no more, at a price each; all of them where nothing may be."""
        variables = list(now)
        if not variables:
            self.model.statement.constant(DISTURBANCE, before * tenths)
            return None
        lost = self.model.variable(what, (whom,), before)
        self.model.at_least(before, what, (whom,), each(variables), [(lost, 1)])
        if tenths:
            self.model.statement.price(DISTURBANCE, lost, tenths)
        return lost

    def _told(self, whom: str, changes: Iterable[Variable | None]) -> None:
        """Somebody is told again as soon as one of some changes is made; a change that is sure is None."""
        tenths, variables = WEIGHTS[MoveKind.TOLD], list(changes)
        if None in variables:
            self.model.statement.constant(DISTURBANCE, tenths)
            return
        told = self.model.variable("told", (whom,))
        for change in variables:
            if change is not None:
                upper = self.model.statement.uppers[change]
                self.model.at_least(0, "told", (whom, change), [(told, upper), (change, -1)])
        self.model.statement.price(DISTURBANCE, told, tenths)
        self.told[whom] = told

    # ------------------------------------------------------------ missions

    def _whole(self, bundle: Bundle) -> None:
        """Missions done at once: people, then half-days and days, then whether anybody is told again."""
        placed = [
            row
            for mission in bundle.missions
            if mission.id not in self.left_out
            for row in self.rows.get(mission.id, ())[:1]
        ]
        if not placed:
            return
        take, name = self.model.take[bundle.index], bundle.name
        by_person, by_slot, by_day = self._groups(bundle)
        changes = [
            self._lost(
                "lost_person",
                (name, person),
                times,
                by_person.get(person, ()),
                WEIGHTS[MoveKind.PROFESSIONAL],
            )
            for person, times in Counter(who for row in placed for who in row.professional_ids).items()
        ]
        self.homes[bundle.index] = frozenset(
            (who, self._slot(row)) for row in placed for who in row.professional_ids
        )
        slots = Counter(self._slot(row) for row in placed)
        days = Counter(slot // 2 for slot in slots.elements())
        for slot, times in slots.items():
            there = [v for other in self._same_time(bundle, placed, slot) for v in by_slot.get(other, ())]
            changes.append(self._lost("lost_slot", (name, slot), times, there, WEIGHTS[MoveKind.TIME]))
        more = WEIGHTS[MoveKind.DAY] - WEIGHTS[MoveKind.TIME]
        for day, times in days.items():
            self._lost("lost_day", (name, day), times, by_day.get(day, ()), more)
        if bundle.count == 1 and bundle.people == 1 and (placed[0].professional_ids[0], *slots) not in take:
            self.displaced.append((bundle, placed[0]))
        if not is_of_a_household(self.model.week, bundle.first.id):
            return
        if bundle.count == 1:
            self._told(name, changes)
            return
        where = Counter((who, self._slot(row)) for row in placed for who in row.professional_ids)
        for key, times in where.items():
            mine = [take[key]] if key in take else []
            self._lost("lost_place", (name, *key), times, mine, WEIGHTS[MoveKind.TOLD])

    def _at_another_time(self, bundle: Bundle, row: Assignment) -> None:
        """A mission whose person is gone keeps its time with someone else only where nothing of theirs
        stands then, or where that moves."""
        slot, name = self._slot(row), bundle.name
        start, end = (self.model.board.calendar.minute(one) for one in (row.start, row.end))
        here = {who: v for (who, other), v in self.model.take[bundle.index].items() if other == slot}
        if not here:
            return
        same = self.model.variable("same_time", (name,))
        later = self.model.variable("other_time", (name,))
        self.model.at_most(0, "other_time", (name,), each(here.values()), [(same, -1), (later, -1)])
        self.model.statement.price(DISTURBANCE, later, WEIGHTS[MoveKind.TIME])
        for who, taken in here.items():
            for stands, shift in self._standing(who, slot, start, end, bundle.kind.request):
                terms = [(same, 1), (taken, 1), (stands, 1)]
                more = [] if shift is None else [(shift, -1)]
                self.model.at_most(2, "beside", (name, who, stands), terms, more)

    def _standing(
        self, person: str, slot: int, start: int, end: int, is_request: bool
    ) -> Iterator[tuple[Variable, Variable | None]]:
        """What someone has in a half-day at a time, with what it costs to shift it within the half-day, if it
        may."""
        for site, duty in self.model.reserved[person, slot].reception.items() if not is_request else ():
            begin, until = self.model.board.duty_hours[site, slot]
            if begin < end and start < until:
                yield duty, None
        for stands in self.standing.get((person, slot), ()):
            if any(a < end and start < b for a, b in stands.parts):
                yield from ((held, stands.shifted) for held in stands.held)

    @cached_property
    def standing(self) -> dict[Key, list[Stands]]:
        """What has its time in a half-day of someone: meetings, and what the published plan holds there."""
        found = defaultdict[Key, list[Stands]](list)
        for key, stands in (*self._meetings(), *self._missions(), *self._led()):
            found[key].append(stands)
        return dict(found)

    def _meetings(self) -> Iterator[tuple[Key, Stands]]:
        for meeting_id, attendance in self.model.attend.items():
            minutes = self.model.week.meeting[meeting_id].duration_minutes
            attended = {
                (who, self.model.board.calendar.minute(row.start))
                for row in self.rows.get(meeting_id, ())
                for who in row.professional_ids
            }
            for person, starts in attendance.items():
                for begin, attends in starts.items():
                    parts = self.model.board.parts(begin, minutes)
                    day = 2 * self.model.board.day_index[self.model.board.calendar.instant(begin).date()]
                    for key in ((person, day), (person, day + 1)):
                        half_day = self.model.half_days.get(key)
                        inside = tuple(one for one in parts if half_day and half_day.holds((one,)))
                        if inside:
                            yield key, Stands(inside, (attends,), None, (person, begin) in attended)

    def _missions(self) -> Iterator[tuple[Key, Stands]]:
        for bundle in self.model.bundles:
            row = next(iter(self.rows.get(bundle.first.id, ())), None)
            if row is None or bundle.first.id in self.left_out or bundle.count > 1 or bundle.kind.splittable:
                continue
            begin, until = (self.model.board.calendar.minute(one) for one in (row.start, row.end))
            for person in row.professional_ids:
                key = person, self._slot(row)
                if key in self.model.take[bundle.index]:
                    taken = self.model.take[bundle.index][key]
                    yield key, Stands(((begin, until),), (taken,), self._shift(bundle.name))

    def _led(self) -> Iterator[tuple[Key, Stands]]:
        for action in self.model.actions():
            row = next(iter(self.rows.get(action.id, ())), None)
            if row is None or action.id in self.left_out:
                continue
            begin, until = (self.model.board.calendar.minute(one) for one in (row.start, row.end))
            for person in row.professional_ids:
                key = person, self._slot(row)
                if led := self.model.leads(action, *key):
                    yield key, Stands(((begin, until),), tuple(led), self._shift(action.id))

    def _gaps(self) -> None:
        """What comes into a half-day has its place between what stands there, or that moves."""
        for key in sorted(self.model.half_days.keys() & self.model.reserved.keys()):
            if key[0] in self.model.people:
                post_gaps(self.model, key, self.standing.get(key, []))

    def _shift(self, name: str) -> Variable:
        """A mission or an action that stays in its half-day at another time."""
        if name not in self.shifted:
            shift = self.model.variable("shifted", (name,))
            self.model.statement.price(DISTURBANCE, shift, WEIGHTS[MoveKind.TIME])
            if told := self.told.get(name):
                self.model.at_least(0, "told", (name, shift), [(told, 1), (shift, -1)])
            self.shifted[name] = shift
        return self.shifted[name]

    def _same_time(self, bundle: Bundle, placed: list[Assignment], slot: int) -> list[int]:
        """The half-days in which someone would hold what is placed in one at the same time: whose lunch is at
        another hour may have it in the other half."""
        minute = self.model.board.calendar.minute
        hours = [(minute(row.start), minute(row.end)) for row in placed if self._slot(row) == slot]
        day = [slot - slot % 2, slot - slot % 2 + 1]
        return [
            other
            for other in day
            if other == slot
            or any(
                self.model.half_days[who, at].holds((one,))
                for who, at in self.model.take[bundle.index]
                if at == other
                for one in hours
            )
        ]

    def _groups(self, bundle: Bundle) -> tuple[Groups, Groups, Groups]:
        """What places a mission: by person, by half-day, by day."""
        by_person: dict[Hashable, list[Variable]] = defaultdict(list)
        by_slot: dict[Hashable, list[Variable]] = defaultdict(list)
        by_day: dict[Hashable, list[Variable]] = defaultdict(list)
        for (person, _), variable in self.model.take[bundle.index].items():
            by_person[person].append(variable)
        for slot, variable in self.model.placed(bundle):
            by_slot[slot].append(variable)
            by_day[slot // 2].append(variable)
        return by_person, by_slot, by_day

    def _report(self, bundle: Bundle) -> None:
        """A report in parts: who writes it, and each day that no longer has a part."""
        mission = bundle.first.id
        rows = [] if mission in self.left_out else self.rows.get(mission, [])
        for person in {who for row in rows for who in row.professional_ids}:
            does = self.model.does.get((bundle.index, person))
            self._lost(
                "lost_person",
                (mission, person),
                1,
                [] if does is None else [does],
                WEIGHTS[MoveKind.PROFESSIONAL],
            )
        if rows:
            day = self._slot(rows[-1]) // 2
            parts = [part for (_, slot), part in self.model.take[bundle.index].items() if slot // 2 == day]
            self._lost("lost_day", (mission, day), 1, parts, WEIGHTS[MoveKind.DAY])

    def _queue(self, bundle: Bundle) -> None:
        """Requests whose date in the queue is another."""
        ids = {mission.id for mission in bundle.missions} - set(self.left_out)
        days = Counter(row.date for row in self.published.queue if row.mission_id in ids)
        queued = self.model.queued.get(bundle.index, {})
        for day, times in days.items():
            if queued:
                kept = queued.get(min(day, max(queued)))
                if kept is not None:  # the model knows fewer dates than a queue may have
                    self._lost("lost_date", (bundle.name, day), times, [kept], WEIGHTS[MoveKind.TOLD])

    def _slot(self, row: Assignment | Reservation) -> int:
        """The half-day of a row, as its first person knows it."""
        day = 2 * self.model.board.day_index[row.start.date()]
        start = self.model.board.calendar.minute(row.start)
        for person in row.professional_ids:
            for slot in (day, day + 1):
                half_day = self.model.half_days.get((person, slot))
                if half_day and half_day.span[0] <= start < half_day.span[1]:
                    return slot
        return day + (start - self.model.board.base(row.start.date()) >= self.model.board.midday)

    # ------------------------------------------------------------ the rest

    def _actions(self) -> None:
        for action in self.model.actions():
            rows = [] if action.id in self.left_out else self.rows.get(action.id, [])
            for row in rows[:1]:
                slot, held = self._slot(row), self.model.action_held[action.id]
                changes = [
                    self._lost(
                        "lost_leader",
                        (action.id, person),
                        1,
                        [v for (who, *_), v in self.model.lead[action.id].items() if who == person],
                        WEIGHTS[MoveKind.PROFESSIONAL],
                    )
                    for person in row.professional_ids
                ]
                same = [v for other, v in held.items() if other == slot]
                changes.append(self._lost("lost_slot", (action.id, slot), 1, same, WEIGHTS[MoveKind.TIME]))
                day = [v for other, v in held.items() if other // 2 == slot // 2]
                more = WEIGHTS[MoveKind.DAY] - WEIGHTS[MoveKind.TIME]
                self._lost("lost_day", (action.id, slot // 2), 1, day, more)
                self._told(action.id, changes)

    def _referents(self) -> None:
        tenths = WEIGHTS[MoveKind.TOLD] + WEIGHTS[MoveKind.PROFESSIONAL]
        for row in self.published.referents:
            mine = {case for case, _ in self.model.referent}
            if row.case_id in mine:
                kept = self.model.referent.get((row.case_id, row.professional_id))
                self._lost("lost_referent", row.case_id, 1, [] if kept is None else [kept], tenths)

    def _duty(self, row: Reservation) -> None:
        slot, site = self._slot(row), row.site_id or ""
        for person in row.professional_ids:
            if person not in self.model.people:
                continue
            reserved = self.model.reserved.get((person, slot))
            duties = {} if reserved is None else reserved.reception
            if reserved is not None and row.kind is ReservationKind.URGENCY:
                duties = reserved.urgency
            mine = [duties[site]] if site in duties else []
            self._lost("lost_duty", (row.kind, site, person, slot), 1, mine, WEIGHTS[MoveKind.PROFESSIONAL])

    def _reserved(self) -> None:
        """Reserved time that leaves its half-day, by steps."""
        steps: dict[tuple[Key, ReservationKind], int] = defaultdict(int)
        for row in self.published.reservations:
            if row.kind in RESERVED:
                for person in row.professional_ids:
                    minutes = int((row.end - row.start).total_seconds()) // 60
                    steps[(person, self._slot(row)), row.kind] += minutes // GRID_MINUTES
        for (key, kind), before in steps.items():
            if key[0] in self.model.people:
                reserved = self.model.reserved.get(key)
                variable = None if reserved is None else getattr(reserved, kind.value)
                now = [] if variable is None else [variable]
                self._lost("lost_time", (kind, *key), before, now, WEIGHTS[MoveKind.RESERVED])
