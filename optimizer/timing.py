"""The clock of one half-day: starts, rooms, pairs and travel, as a small CP-SAT problem of its own.

What cannot be timed is dropped at its price, so that a half-day always has an answer; the engine then
tells the bucket stage not to try the same again. Times are minutes from the start of the horizon.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from ortools.sat.python import cp_model

from optimizer.board import Board, HalfDay, Location
from optimizer.clock import DAY_MINUTES, GRID_MINUTES
from optimizer.intervals import Interval, minus
from optimizer.rules.reserved_blocks import LEAST_COLLECTIVE, LEAST_WRITING
from optimizer.tasks import Stay, Task
from optimizer.timed import Kept, Meeting, Timed, TimedHalfDay
from optimizer.words import RoomKind

LONGEST_WRITING, WRITING_BLOCKS = 120, 4
STEP = GRID_MINUTES
LEXICOGRAPHIC = 1_000
"""A tenth of a commitment outweighs the travel of a half-day that could be saved."""
MOVED = 100
"""Tenths of travel that keeping the start of a task outweighs."""
OTHER_ROOM = 10
"""The same for its room, where each task is given one."""
HARD = 10_000
"""Tenths for what should never be dropped: it weighs more than any mission."""


@dataclass
class _Item:
    """One interval of one person, for sequencing; `taken` is what it takes of a duty that holds it, in
    steps."""

    start: cp_model.LinearExprT
    size: cp_model.LinearExprT
    end: cp_model.LinearExprT
    present: cp_model.LiteralT
    location: Location
    in_reception: bool = False
    taken: cp_model.LinearExprT = 0


class HalfDayTiming:
    """Builds and solves the clock of one half-day for the people who share its rooms and pairs."""

    def __init__(self, board: Board, slot: int, hours: dict[str, HalfDay], prices: dict[str, int]) -> None:
        """`hours` gives each person's half-day, already cut for lunch; `prices` in tenths a minute by
        kind."""
        self.board, self.slot, self.hours, self.prices = board, slot, hours, prices
        self.model = cp_model.CpModel()
        self.items: dict[str, list[_Item]] = defaultdict(list)
        self.cost: list[cp_model.LinearExprT] = []
        self.travel_cost: list[cp_model.LinearExprT] = []
        self.task_vars: list[tuple[Task, cp_model.IntVar, cp_model.IntVar]] = []
        self.kept_vars: list[
            tuple[str, str, str | None, cp_model.IntVar, cp_model.IntVar, cp_model.IntVar]
        ] = []
        self.meeting_vars: list[tuple[Meeting, str, cp_model.IntVar]] = []
        self.room_vars: list[tuple[int, str, cp_model.IntVar]] = []
        self.stays: dict[str, Stay] = {}
        self.written: dict[str, list[cp_model.IntVar]] = {}
        self.gathered: dict[str, list[cp_model.IntVar]] = {}
        self.prepared: dict[str, cp_model.IntVar] = {}
        self.base = board.base(board.day_of(slot))
        self.impossible: list[cp_model.IntVar] = []
        self.moved: dict[str, cp_model.IntVar] = {}

    # --------------------------------------------------------------- content

    def add_stay(self, stay: Stay) -> None:
        """Let a person's half-day in."""
        person = stay.key[0]
        self.stays[person] = stay
        half_day = self.hours[person]
        whole = (half_day.free[0][0], half_day.free[-1][1])
        for start, end in minus((whole,), half_day.free):
            self._add(person, self._step(start), (end - start) // STEP, self._post(person), present=True)

    def _reserve(self, person: str, stay: Stay) -> None:
        """Let in what is reserved in a half-day, once its tasks are known."""
        if stay.urgency:
            self._add_urgency(person, stay.urgency)
        if stay.collective:
            self._add_collective(person, stay)
        if stay.preparation:
            self._prepare(person, stay)
        if stay.writing or stay.more_writing:
            self._add_writing(person, stay)

    def add_task(self, task: Task) -> None:
        """Let a mission, a part of a report or an action in: one start for everybody who does it."""
        size = task.minutes // STEP
        start = self._start_variable(task.people, task.hours, size, task.item_id)
        present = self.model.new_bool_var(f"held[{task.item_id}]")
        for person in task.people:
            location = task.location or self._post(person)
            can_be_inside = task.in_reception and task.location == self._post(person)
            self._add(person, start, size, location, present, can_be_inside, taken=size * present)
        self.cost.append(task.price * (1 - present))
        if task.wished is not None:
            moved = self.model.new_bool_var(f"moved[{task.item_id}]")
            self.model.add(start == self._step(task.wished[0])).only_enforce_if(~moved)
            self.travel_cost.append(MOVED * moved)
            self.model.add_hint(start, self._step(task.wished[0]))
            self.model.add_hint(moved, False)
            self.moved[task.item_id] = moved
        self.task_vars.append((task, start, present))

    def add_meeting(self, meeting: Meeting) -> None:
        """Let a meeting in, for each of those who attend."""
        for person in meeting.people:
            present = self.model.new_bool_var(f"attends[{meeting.meeting_id},{person}]")
            for start, end in meeting.parts:
                self._add(
                    person,
                    self._step(start),
                    (end - start) // STEP,
                    meeting.location or self._post(person),
                    present,
                )
            self.cost.append(meeting.price * (1 - present))
            self.meeting_vars.append((meeting, person, present))

    def _add_writing(self, person: str, stay: Stay) -> None:
        sizes: list[cp_model.IntVar] = []
        blocks: list[tuple[cp_model.IntVar, cp_model.IntVar, cp_model.IntVar]] = []
        for _ in range(WRITING_BLOCKS):
            size = self.model.new_int_var(LEAST_WRITING // STEP, LONGEST_WRITING // STEP, "writing")
            present = self.model.new_bool_var("writes")
            start = self._start_variable((person,), None, LEAST_WRITING // STEP, "writing")
            end = self.model.new_int_var(0, 24 * 60 // STEP, "writing_end")
            self.model.add(end == start + size)
            self._within_free(person, start, size, present)
            counted = self.model.new_int_var(0, LONGEST_WRITING // STEP, "written")
            self._add(person, start, size, self._post(person), present, True, end, counted)
            self.model.add(counted <= LONGEST_WRITING // STEP * present)
            self.model.add(counted <= size)
            sizes.append(counted)
            self.kept_vars.append(("writing", person, stay.post, start, end, present))
            self.model.add(counted == size).only_enforce_if(present)
            blocks.append((start, end, present))
        for (_, earlier_end, earlier), (later_start, _, later) in pairwise(blocks):
            # blocks are alike: the first ones are used first, in the order of the clock
            self.model.add_implication(later, earlier)
            self.model.add(earlier_end <= later_start).only_enforce_if(later)
        self.model.add(sum(sizes) <= (stay.writing + stay.more_writing) // STEP)
        self.written[person] = sizes
        decided = self.model.new_int_var(0, stay.writing // STEP, "decided_writing")
        self.model.add(decided <= sum(sizes))
        self.cost.append(self.prices["writing"] * (stay.writing - STEP * decided))
        self.travel_cost.append(stay.more_writing // STEP + stay.writing // STEP - sum(sizes))

    def _add_urgency(self, person: str, site: str) -> None:
        size, hours = 60 // STEP, self.board.opening[site, self.slot]
        start = self._start_variable((person,), hours, size, "urgency")
        present = self.model.new_bool_var(f"urgency[{person}]")
        self._add(person, start, size, self.board.site_location(site), present)
        self.cost.append(self.prices["urgency"] * (1 - present))
        end = self.model.new_int_var(0, 24 * 60 // STEP, "end")
        self.model.add(end == start + size)
        self.kept_vars.append(("urgency", person, site, start, end, present))

    def _add_collective(self, person: str, stay: Stay) -> None:
        """Collective time in one block, or in two where it is long enough; what no block holds is lost."""
        whole, least = stay.collective // STEP, min(LEAST_COLLECTIVE, stay.collective) // STEP
        sizes: list[cp_model.IntVar] = []
        blocks: list[tuple[cp_model.IntVar, cp_model.IntVar]] = []
        for _ in range(1 if stay.collective < 2 * LEAST_COLLECTIVE else 2):
            present = self.model.new_bool_var(f"collective[{person}]")
            size = self.model.new_int_var(least, whole, "collective")
            counted = self.model.new_int_var(0, whole, "collective_held")
            start = self._start_variable((person,), None, least, "collective")
            end = self.model.new_int_var(0, 24 * 60 // STEP, "collective_end")
            self.model.add(end == start + size)
            self.model.add(counted == size).only_enforce_if(present)
            self.model.add(counted == 0).only_enforce_if(~present)
            self._within_free(person, start, size, present)
            self._add(person, start, size, self._post(person), present, end=end)
            self.kept_vars.append(("collective", person, stay.post, start, end, present))
            sizes.append(counted)
            blocks.append((present, end))
            if len(blocks) == 2:
                self.model.add_implication(present, blocks[0][0])
                self.model.add(start >= blocks[0][1]).only_enforce_if(present)
        self.model.add(sum(sizes) <= whole)
        self.gathered[person] = sizes
        self.cost.append(self.prices["collective"] * STEP * (whole - sum(sizes)))

    def _prepare(self, person: str, stay: Stay) -> None:
        """Preparation, in one piece or in two where a meeting or an absence stands between."""
        whole, prepared = stay.preparation // STEP, self.model.new_bool_var(f"prepared[{person}]")
        second = self.model.new_bool_var(f"prepared_in_two[{person}]")
        self.model.add_implication(second, prepared)
        sizes: list[cp_model.IntVar] = []
        for present in (prepared, second):
            size = self.model.new_int_var(0, whole, "preparation")
            start = self._start_variable((person,), None, 1, "preparation")
            end = self.model.new_int_var(0, 24 * 60 // STEP, "preparation_end")
            self.model.add(end == start + size)
            self.model.add(size >= 1).only_enforce_if(present)
            self.model.add(size == 0).only_enforce_if(~present)
            self._within_free(person, start, size, present)
            self._add(person, start, size, self._post(person), present, end=end)
            self.kept_vars.append(("preparation", person, stay.post, start, end, present))
            sizes.append(size)
        self.model.add(sum(sizes) == whole * prepared)
        self.prepared[person] = prepared
        self.cost.append(HARD * (1 - prepared))
        self.travel_cost.append(second)

    def _within_free(
        self, person: str, start: cp_model.IntVar, size: cp_model.IntVar, present: cp_model.IntVar
    ) -> None:
        """A block of free length stays inside the half-day; busy stretches are items of their own."""
        last = self._step(self.hours[person].free[-1][1])
        self.model.add(start + size <= last).only_enforce_if(present)

    # --------------------------------------------------------------- helpers

    def _post(self, person: str) -> Location:
        return self.board.site_location(
            self.stays[person].post or self.board.week.professional[person].site_id
        )

    def _step(self, minute: int) -> int:
        return (minute - self.base) // STEP

    def _start_variable(
        self, people: Iterable[str], hours: tuple[Interval, ...] | None, size: int, name: str
    ) -> cp_model.IntVar:
        windows = None if hours is None else [(self._step(a), self._step(b)) for a, b in hours]
        for person in people:
            own = [(self._step(a), self._step(b)) for a, b in self.hours[person].free]
            windows = (
                own
                if windows is None
                else [(max(a, c), min(b, d)) for a, b in windows for c, d in own if max(a, c) < min(b, d)]
            )
        starts = [[a, b - size] for a, b in windows or [] if b - a >= size]
        domain = cp_model.Domain.from_intervals(starts or [[0, 0]])
        start = self.model.new_int_var_from_domain(domain, f"start[{name}]")
        if not starts:
            self.impossible.append(start)
        return start

    def _add(
        self,
        person: str,
        start: cp_model.LinearExprT,
        size: cp_model.LinearExprT,
        location: Location,
        present: cp_model.LiteralT,
        in_reception: bool = False,
        end: cp_model.LinearExprT | None = None,
        taken: cp_model.LinearExprT = 0,
    ) -> None:
        if any(start is wrong for wrong in self.impossible):
            self.model.add(present == 0)
        finish = start + size if end is None else end
        self.items[person].append(_Item(start, size, finish, present, location, in_reception, taken))

    # ----------------------------------------------------------- constraints

    def _sequence(self, person: str) -> None:
        stay, items = self.stays[person], self.items[person]
        self._no_overlap(items)
        if stay.reception:
            for start, end in self.board.opening[stay.reception, self.slot]:
                self._beside_duty(person, self._step(start), self._step(end))
        post = self._post(person)
        if any(item.location != post or item.location.is_home for item in items):
            self._travel(person, items, post)

    def _beside_duty(self, person: str, duty: int, end: int) -> None:
        """What reception may hold is wholly inside it, at most half of it, or outside like all the rest.

        Outside leaves the time of the way between its place and the duty's.
        """
        items = self.items[person]
        free = self.hours[person].free
        if duty <= self._step(free[0][0]) and self._step(free[-1][1]) <= end:
            whole = _Item(duty, end - duty, end, True, self._post(person))
            self._no_overlap([*(item for item in items if not item.in_reception), whole])
            self.model.add(sum(item.taken for item in items if item.in_reception) <= (end - duty) // 2)
            return
        post, held = self._post(person), []
        for item in items:
            outside = item.present
            if item.in_reception:
                inside, outside = self.model.new_bool_var("inside"), self.model.new_bool_var("outside")
                self.model.add(inside + outside == item.present)
                self.model.add(item.start >= duty).only_enforce_if(inside)
                self.model.add(item.end <= end).only_enforce_if(inside)
                minutes = self.model.new_int_var(0, end - duty, "held")
                self.model.add(minutes >= item.taken).only_enforce_if(inside)
                held.append(minutes)
            before = self.model.new_bool_var("before")
            to, back = (
                self.board.travel(*way) // STEP for way in ((item.location, post), (post, item.location))
            )
            self.model.add(item.end + to <= duty).only_enforce_if(outside, before)
            self.model.add(item.start >= end + back).only_enforce_if(outside, ~before)
        self.model.add(sum(held) <= (end - duty) // 2)

    def _no_overlap(self, items: list[_Item]) -> None:
        self.model.add_no_overlap(
            [
                self.model.new_optional_interval_var(item.start, item.size, item.end, item.present, "")
                for item in items
            ]
        )

    def _travel(self, person: str, items: list[_Item], post: Location) -> None:
        """A circuit through the person's items: each arc leaves the time of its travel."""
        first, last = self.hours[person].free[0][0], self.hours[person].free[-1][1]
        arcs, price = [], self.prices["travel"] * STEP
        nothing = self.model.new_bool_var("stays_put")
        arcs.append((0, 0, nothing))
        for i, here in enumerate(items, 1):
            arcs.append((i, i, ~here.present if here.present is not True else False))
            out, back = (
                self.board.travel(post, here.location) // STEP,
                self.board.travel(here.location, post) // STEP,
            )
            leaves, returns = self.model.new_bool_var(""), self.model.new_bool_var("")
            arcs += [(0, i, leaves), (i, 0, returns)]
            self.model.add(here.start >= self._step(first) + out).only_enforce_if(leaves)
            self.model.add(here.end + back <= self._step(last)).only_enforce_if(returns)
            self.travel_cost += [price * out * leaves, price * back * returns]
            for j, there in enumerate(items, 1):
                if i == j:
                    continue
                way = self.board.travel(here.location, there.location) // STEP
                follows = self.model.new_bool_var("")
                arcs.append((i, j, follows))
                self.model.add(there.start >= here.end + way).only_enforce_if(follows)
                self.travel_cost.append(price * way * follows)
        self.model.add_circuit(arcs)

    def _rooms(self) -> None:
        users: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, (task, _, _) in enumerate(self.task_vars):
            if task.room:
                users[task.room].append(index)
        for (site, kind), indices in users.items():
            rooms = self.board.rooms(site, RoomKind(kind))
            intervals = [self._room_interval(index, self.task_vars[index][2]) for index in indices]
            named = {name for index in indices if (name := self.task_vars[index][0].named_room)}
            closed = {
                room: found for room in (*rooms, *named - {*rooms}) if (found := self._closed(site, room))
            }
            if not named and not closed:
                self.model.add_cumulative(intervals, [1] * len(indices), len(rooms))
                continue
            self._named_rooms(indices, rooms, closed)

    def _closed(self, site: str, room: str) -> list[Interval]:
        """When a room is closed in this half-day, in steps."""
        span = self.base, self.base + DAY_MINUTES
        return [(self._step(start), self._step(end)) for start, end in self.board.closed(site, room, span)]

    def _named_rooms(self, indices: list[int], rooms: list[str], closed: dict[str, list[Interval]]) -> None:
        """Each task has its room, none of them while it is closed."""
        by_room: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
        for room, spans in closed.items():
            for start, end in spans:
                by_room[room].append(self.model.new_fixed_size_interval_var(start, end - start, ""))
        for index in indices:
            task, _, present = self.task_vars[index]
            choices = [task.named_room] if task.named_room else rooms
            literals = [self.model.new_bool_var(f"room[{task.item_id},{room}]") for room in choices]
            self.model.add(sum(literals) == present)
            had = task.wished[1] if task.wished else None
            self.travel_cost += [
                OTHER_ROOM * literal
                for room, literal in zip(choices, literals, strict=True)
                if had in choices and room != had
            ]
            for room, literal in zip(choices, literals, strict=True):
                by_room[room].append(self._room_interval(index, literal))
                self.room_vars.append((index, room, literal))
        for intervals in by_room.values():
            self.model.add_no_overlap(intervals)

    def _room_interval(self, index: int, present: cp_model.IntVar) -> cp_model.IntervalVar:
        task, start, _ = self.task_vars[index]
        size = task.minutes // STEP
        return self.model.new_optional_interval_var(start, size, start + size, present, "")

    def _order(self) -> None:
        by_id: dict[str, list[tuple[Task, cp_model.IntVar, cp_model.IntVar]]] = defaultdict(list)
        for entry in self.task_vars:
            by_id[entry[0].item_id].append(entry)
        for task, start, present in self.task_vars:
            for earlier_id in task.after:
                for earlier, begin, held in by_id[earlier_id]:
                    self.model.add(begin + earlier.minutes // STEP <= start).only_enforce_if(present)
                    self.model.add_implication(present, held)
            if not task.room or task.room[1] == RoomKind.GROUP.value:
                self._prepared_before(task, start, present)

    def _prepared_before(self, task: Task, start: cp_model.IntVar, present: cp_model.IntVar) -> None:
        if task.item_id not in self.board.week.action:
            return
        for kind, person, _, _, end, kept in self.kept_vars:
            if kind == "preparation" and person in task.people:
                self.model.add(end <= start).only_enforce_if([present, kept])
                self.model.add_implication(present, self.prepared[person])

    # ----------------------------------------------------------------- solve

    def solve(self, seconds: float, seed: int) -> TimedHalfDay | None:
        """The timed half-day; None when the limit came before any answer."""
        for person, stay in self.stays.items():
            self._reserve(person, stay)
            self._sequence(person)
        self._rooms()
        self._order()
        self.model.minimize(LEXICOGRAPHIC * sum(self.cost) + sum(self.travel_cost))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_deterministic_time = seconds
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        result = self._read(solver)
        result.is_proven = status == cp_model.OPTIMAL
        result.lost = solver.value(sum(self.cost))
        return result

    def most_writing_unmoved(self, limit: float, seed: int) -> int | None:
        """The most minutes of writing that leave every task at its start, all else that is decided held; -1
        when there is no such order, None when nobody knows."""
        for person, stay in self.stays.items():
            # more than is decided is welcome: what is decided may be less than two blocks
            more = stay.writing + LEAST_WRITING if stay.writing else 0
            self._reserve(person, replace(stay, writing=0, more_writing=more))
            self._sequence(person)
        self._rooms()
        self._order()
        self.model.add(sum(self.cost) == 0)
        self.model.add(sum(self.moved.values()) == 0)
        written = sum(size for sizes in self.written.values() for size in sizes)
        self.model.maximize(written)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_deterministic_time = limit
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return -1
        if status != cp_model.OPTIMAL:
            return None
        return STEP * int(solver.value(written))

    def refusal(self, seed: int, limit: float) -> list[tuple[str, str]] | None:
        """What cannot hold together, as (kind, task or person); None when all can, or when nobody knows.

        Everything is assumed to hold and the solver names assumptions that suffice for a contradiction.
        """
        for person, stay in self.stays.items():
            # as much writing as is asked or more: what is asked may be less than a block
            self._reserve(person, replace(stay, more_writing=LONGEST_WRITING) if stay.writing else stay)
            self._sequence(person)
        self._rooms()
        self._order()
        assumed = self._assumptions()
        self.model.add_assumptions([literal for literal, _ in assumed])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_deterministic_time = limit
        if solver.solve(self.model) != cp_model.INFEASIBLE:
            return None
        core = set(solver.sufficient_assumptions_for_infeasibility())
        return [what for literal, what in assumed if literal.index in core]

    def _assumptions(self) -> list[tuple[cp_model.IntVar, tuple[str, str]]]:
        assumed = [(present, ("task", task.item_id)) for task, _, present in self.task_vars]
        assumed += [
            (present, (kind, person))
            for kind, person, _, _, _, present in self.kept_vars
            if kind not in {"writing", "collective", "preparation"}
        ]
        assumed += [(prepared, ("preparation", person)) for person, prepared in self.prepared.items()]
        assumed += [(present, ("meeting", person)) for _, person, present in self.meeting_vars]
        for kind, held in (("writing", self.written), ("collective", self.gathered)):
            for person, sizes in held.items():
                literal = self.model.new_bool_var(f"all[{kind},{person}]")
                wanted = getattr(self.stays[person], kind) // STEP
                self.model.add(sum(sizes) >= wanted).only_enforce_if(literal)
                assumed.append((literal, (kind, person)))
        return assumed

    def _read(self, solver: cp_model.CpSolver) -> TimedHalfDay:
        result = TimedHalfDay()
        rooms = self._rooms_given(solver)
        for index, (task, start, present) in enumerate(self.task_vars):
            if not solver.value(present):
                result.dropped.append(task)
                continue
            begin = self.base + STEP * solver.value(start)
            result.timed.append(Timed(task, begin, begin + task.minutes, rooms.get(index)))
        for kind, person, site, start, end, present in self.kept_vars:
            if solver.value(present):
                begin, finish = (self.base + STEP * solver.value(v) for v in (start, end))
                result.kept.append(Kept(kind, person, site, begin, finish))
        for person, stay in self.stays.items():
            if stay.reception:
                for begin, finish in self.board.opening[stay.reception, self.slot]:
                    result.kept.append(Kept("reception", person, stay.reception, begin, finish))
        for meeting, person, present in self.meeting_vars:
            if not solver.value(present):
                result.attendance_dropped.append((meeting.meeting_id, meeting.start, person))
        return result

    def _rooms_given(self, solver: cp_model.CpSolver) -> dict[int, str]:
        """Rooms of one kind are alike: each task in order of start takes the first that is free."""
        given = {index: room for index, room, literal in self.room_vars if solver.value(literal)}
        waiting = sorted(
            (solver.value(start), index)
            for index, (task, start, present) in enumerate(self.task_vars)
            if task.room and solver.value(present) and index not in given
        )
        keeping = [(begin, index) for begin, index in waiting if self._keeps_its_start(index, begin)]
        others = [one for one in waiting if one not in keeping]
        for order in ([*keeping, *others], waiting):
            found = self._in_turn(order)
            if found is not None:
                return given | found
        raise AssertionError("rooms of one kind, each free by then: one is left for each task in turn")

    def _keeps_its_start(self, index: int, begin: int) -> bool:
        wished = self.task_vars[index][0].wished
        return wished is not None and wished[1] is not None and self._step(wished[0]) == begin

    def _in_turn(self, order: list[tuple[int, int]]) -> dict[int, str] | None:
        """Rooms for tasks in turn, that which one had first; None when one finds none."""
        given: dict[int, str] = {}
        taken: dict[str, list[Interval]] = defaultdict(list)
        for begin, index in order:
            task = self.task_vars[index][0]
            site, kind = task.room or ("", "")
            end = begin + task.minutes // STEP
            had = task.wished[1] if task.wished else None
            rooms = sorted(self.board.rooms(site, RoomKind(kind)), key=lambda room: room != had)
            free = (one for one in rooms if all(b <= begin or end <= a for a, b in taken[f"{site}/{one}"]))
            room = next(free, None)
            if room is None:
                return None
            given[index] = room
            taken[f"{site}/{room}"].append((begin, end))
        return given
