"""Clock times of a decision that differs from a plan in a few half-days: the others keep the plan's rows.

In a half-day that changes, what stays keeps its time if the clock can hold it so.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from optimizer.board import Board
from optimizer.decision import Decision
from optimizer.disturbance import RESERVED
from optimizer.engines.assembling import LeftOut
from optimizer.engines.clocking import CLOCK_SECONDS, TimedDecision, Timer, meetings_of
from optimizer.engines.hours import hours_of
from optimizer.engines.mending import answered, without
from optimizer.engines.writing_down import assignments, joined, reservations
from optimizer.model import BucketModel, Key
from optimizer.plan import Assignment, Plan, Queued, Referent, Reservation, ReservationKind
from optimizer.rules.reserved_blocks import LEAST_WRITING
from optimizer.tasks import Task
from optimizer.timed import TimedHalfDay

Thing = tuple[object, ...]
"""Something that a half-day holds, its time left aside."""


def identified(model: BucketModel, decision: Decision, plan: Plan) -> Decision:
    """The same decision, where missions alike are those that a plan already places there."""
    places = {row.mission_id: (row.professional_ids, slot_of(model.board, row)) for row in plan.assignments}
    slots = [(slot, task) for slot, tasks in decision.tasks.items() for task in tasks]
    renamed: dict[int, str] = {}
    for bundle in model.bundles:
        ids = {mission.id for mission in bundle.missions}
        if len(ids) == 1:
            continue
        placed = [(slot, task) for slot, task in slots if task.item_id in ids]
        left = set(ids)
        waiting: list[Task] = []
        for slot, task in placed:
            same = next((one for one in sorted(left) if places.get(one) == (task.people, slot)), None)
            if same is None:
                waiting.append(task)
            else:
                renamed[id(task)] = same
                left.discard(same)
        order = sorted(left, key=lambda one: (one not in places, one))
        for task, one in zip(waiting, order, strict=False):
            renamed[id(task)] = one
    tasks: dict[int, list[Task]] = defaultdict(list)
    for slot, task in slots:
        tasks[slot].append(replace(task, item_id=renamed.get(id(task), task.item_id)))
    return replace(decision, tasks=tasks)


def slot_of(board: Board, row: Assignment | Reservation) -> int:
    """The half-day of a row, as its first person knows it."""
    day = 2 * board.day_index[row.start.date()]
    start = board.calendar.minute(row.start)
    for person in row.professional_ids:
        for slot in (day, day + 1):
            half_day = board.half_days.get((person, slot))
            if half_day and half_day.span[0] <= start < half_day.span[1]:
                return slot
    return day + (start - board.base(row.start.date()) >= board.midday)


def posts_before(model: BucketModel, plan: Plan) -> list[list[int]]:
    """By half-day of someone: the tours from the post where a plan has reserved time."""
    found: dict[Key, list[int]] = {}
    for row in plan.reservations:
        if row.kind not in RESERVED or row.site_id is None:
            continue
        for person in row.professional_ids:
            key = person, slot_of(model.board, row)
            if key in model.tours:
                found[key] = model.posted(key, row.site_id)
    return [there for there in found.values() if there]


@dataclass(frozen=True)
class Retiming:
    """A plan whose half-days are decided again for some people, those of `decision`; starts and rooms are
    those of the published plan where they may be."""

    board: Board
    published: Plan
    plan: Plan
    decision: Decision
    people: frozenset[str]
    seed: int

    def changed(self) -> set[int]:
        """The half-days that hold something else than in the plan."""
        slots = {slot for _, slot in self.decision.stays}
        now = {slot: set(self._decided(slot)) for slot in slots}
        before: dict[int, set[Thing]] = defaultdict(set)
        for slot, thing in self._planned():
            before[slot].add(thing)
        return {slot for slot in slots if now[slot] != before[slot]}

    def _decided(self, slot: int) -> Iterator[Thing]:
        for task in self.decision.tasks.get(slot, ()):
            yield "item", task.item_id, frozenset(task.people), task.minutes
        for meeting in meetings_of(self.board, self.decision, slot):
            for person in meeting.people:
                yield "meeting", meeting.meeting_id, person
        for (person, other), stay in self.decision.stays.items():
            if other != slot:
                continue
            for kind in ("writing", "collective", "preparation"):
                if minutes := getattr(stay, kind):
                    yield kind, person, minutes
            for kind in ("urgency", "reception"):
                if site := getattr(stay, kind):
                    yield kind, person, site

    def _planned(self) -> Iterator[tuple[int, Thing]]:
        minutes: dict[tuple[int, str, str], int] = defaultdict(int)
        for row in self.plan.assignments:
            if not self.people.isdisjoint(row.professional_ids):
                yield from self._of_row(row)
        for kept in self.plan.reservations:
            for person in self.people.intersection(kept.professional_ids):
                if kept.kind in (ReservationKind.URGENCY, ReservationKind.RECEPTION):
                    yield slot_of(self.board, kept), (kept.kind.value, person, kept.site_id)
                elif kept.kind is not ReservationKind.TRAVEL:
                    minutes[slot_of(self.board, kept), kept.kind.value, person] += _minutes(kept)
        for (slot, kind, person), found in minutes.items():
            yield slot, (kind, person, found)

    def _of_row(self, row: Assignment) -> Iterator[tuple[int, Thing]]:
        if row.mission_id not in self.board.week.meeting:
            yield (
                slot_of(self.board, row),
                ("item", row.mission_id, frozenset(row.professional_ids), _minutes(row)),
            )
            return
        for person in self.people.intersection(row.professional_ids):
            alone = row.model_copy(update={"professional_ids": (person,)})
            yield slot_of(self.board, alone), ("meeting", row.mission_id, person)

    def timed(self, slots: set[int]) -> tuple[Plan, TimedDecision]:
        """The plan with some half-days timed again, and an answer for everything; what the clock made of
        them."""
        board, base = self.board, self.plan
        week_of = {slot: board.calendar.week_of(board.day_of(slot)) for _, slot in self.decision.stays}
        found = TimedDecision(self.decision)
        for slot in sorted(slots):
            found.half_days[slot] = self._half_day(slot, week_of)
        gone = {task.item_id for half_day in found.half_days.values() for task in half_day.dropped}
        new = [row for row in assignments(board, found) if row.mission_id not in gone]
        meetings = {row.mission_id for row in new if row.mission_id in board.week.meeting}
        rows = [
            row
            for row in base.assignments
            if row.mission_id not in gone | meetings and not self._is_redone(row, slots)
        ]
        rows += new
        kept = [row for row in base.reservations if not self._is_redone(row, slots)]
        kept += [one for half_day in found.half_days.values() for one in reservations(board, half_day.kept)]
        placed = {row.mission_id for row in rows}
        cases = {case for case, _ in self.decision.referents}
        plan = base.model_copy(
            update={
                "assignments": tuple(sorted(rows, key=lambda row: (row.start, row.mission_id, row.end))),
                "reservations": tuple(joined(kept)),
                "referents": (
                    *(row for row in base.referents if row.case_id not in cases),
                    *(Referent(case_id=case, professional_id=who) for case, who in self.decision.referents),
                ),
                "queue": tuple(row for row in self._queue() if row.mission_id not in placed),
                "unserved": tuple(row for row in base.unserved if row.mission_id not in placed),
            }
        )
        return answered(board, without(board, plan, LeftOut()), is_told=True), found

    def _queue(self) -> Iterator[Queued]:
        """Requests in the queue, at the dates that people were told."""
        told = {row.mission_id: row for row in self.published.queue}
        return (told.get(row.mission_id, row) for row in self.plan.queue)

    def _is_redone(self, row: Assignment | Reservation, slots: set[int]) -> bool:
        if self.people.isdisjoint(row.professional_ids) or row.start.date() not in self.board.day_index:
            return False
        return (
            getattr(row, "mission_id", None) not in self.board.week.meeting
            and slot_of(self.board, row) in slots
        )

    def _half_day(self, slot: int, week_of: dict[int, int]) -> TimedHalfDay:
        """A half-day where what stays keeps its start and its room if it can; where it cannot, more
        writing may help, as what is decided may be less than two pieces."""
        before = {
            row.mission_id: row for row in self.published.assignments if slot_of(self.board, row) == slot
        }
        minute = self.board.calendar.minute
        tasks = []
        for task in self.decision.tasks.get(slot, []):
            row = before.get(task.item_id)
            tasks.append(replace(task, wished=(minute(row.start), row.room_id)) if row else task)
        decision = replace(self.decision, tasks={**self.decision.tasks, slot: tasks})
        hours = hours_of(self.board, decision)
        timer = Timer(self.board, decision, hours, week_of, self.seed, CLOCK_SECONDS, True)
        first = timer.time(slot, {})[1]
        if not first.lost and not _moved(first):
            return first
        welcome = {(person, week_of[slot]): LEAST_WRITING for person in timer.people_of(slot)}
        again = timer.time(slot, welcome)[1]
        return min(first, again, key=lambda found: (found.lost, _moved(found)))


def _moved(half_day: TimedHalfDay) -> int:
    """How many tasks are at another time than they had."""
    return sum(
        timed.task.wished is not None and timed.start != timed.task.wished[0] for timed in half_day.timed
    )


def _minutes(row: Assignment | Reservation) -> int:
    return int((row.end - row.start).total_seconds()) // 60
