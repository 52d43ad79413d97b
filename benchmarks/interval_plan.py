"""From a solution of the interval model to a plan: rooms, slots that are left, queue dates, referents."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ortools.sat.python import cp_model

from benchmarks.interval_base import Block, Task, Timetable
from optimizer.board import Board
from optimizer.clock import GRID_MINUTES
from optimizer.plan import (
    Assignment,
    Place,
    Plan,
    Queued,
    Reason,
    Referent,
    Reservation,
    Status,
    Unserved,
)
from optimizer.reading import Reading
from optimizer.rules.queue_capacity import weekly_capacity
from optimizer.week import Case, CollectiveAction, Meeting, Mission, Week
from optimizer.words import RoomKind

Span = tuple[int, int]


def plan_of(table: Timetable, solver: cp_model.CpSolver) -> Plan:
    """The plan of a solution; a request that still fits somewhere is put there, the others get a date."""
    rooms = Rooms(table)
    rows = [row for task in table.tasks.values() for row in _rows(table, solver, task)]
    rows = [rooms.give(row, table.tasks[row.mission_id]) for row in sorted(rows, key=lambda row: row.start)]
    kept = [_reservation(table, solver, block) for block in table.blocks if solver.value(block.kept)]
    plan = Plan(
        status=Status.FEASIBLE,
        assignments=tuple(rows),
        reservations=tuple(row for row in kept if row.start < row.end),
        referents=tuple(referents(table.board)),
    )
    plan = _with_slots_left(table, plan)
    return _with_answers(table, plan)


def _rows(table: Timetable, solver: cp_model.CpSolver, task: Task) -> Iterator[Assignment]:
    people = tuple(person for person, literal in task.people.items() if solver.value(literal))
    if not people or not solver.value(task.held):
        return
    for start, length in task.parts:
        first = GRID_MINUTES * solver.value(start)
        yield _row(table, task, people, (first, first + GRID_MINUTES * length))


def _row(table: Timetable, task: Task, people: tuple[str, ...], span: Span) -> Assignment:
    where, calendar = task.location, table.week.calendar
    place = str(Place.OUTSIDE)
    if where:
        place = str(Place.SITE) if where.site_id else f"{Place.HOME}:{where.zone}"
    return Assignment(
        mission_id=task.item.id,
        professional_ids=people,
        site_id=where.site_id if where else None,
        place=place,
        start=calendar.instant(span[0]),
        end=calendar.instant(span[1]),
    )


def _reservation(table: Timetable, solver: cp_model.CpSolver, block: Block) -> Reservation:
    start, length = (GRID_MINUTES * solver.value(number) for number in (block.start, block.length))
    return Reservation(
        kind=block.kind,
        professional_ids=(block.person,),
        site_id=block.site_id,
        start=table.week.calendar.instant(start),
        end=table.week.calendar.instant(start + length),
    )


class Rooms:
    """Rooms given in order of time: the model counted them, so that one is always free."""

    def __init__(self, table: Timetable) -> None:
        self.table = table
        self.taken: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
        self._named = {action.room_id for action in table.week.actions if action.room_id}

    def give(self, row: Assignment, task: Task) -> Assignment:
        """The row with its room, if it takes one."""
        kind = self.table.week.types[task.item.type]
        own = task.item.room_id if isinstance(task.item, CollectiveAction) else None
        is_held_in_a_room = (
            row.site_id and kind.room is not RoomKind.NONE and not isinstance(task.item, Meeting)
        )
        if not own and not is_held_in_a_room:
            return row
        site = row.site_id or ""
        room = own or next(room for room in self._rooms(site, kind.room) if self._is_free(site, room, row))
        given = row.model_copy(update={"room_id": room})
        self.taken[site, room].append(given)
        return given

    def _rooms(self, site_id: str, kind: RoomKind) -> list[str]:
        """Rooms that no action names first."""
        return sorted(self.table.board.rooms(site_id, kind), key=lambda room: room in self._named)

    def _is_free(self, site: str, room: str, row: Assignment) -> bool:
        return all(row.end <= other.start or other.end <= row.start for other in self.taken[site, room])


# ----------------------------------------------------------------------------- requests


def _requests(week: Week) -> list[Mission]:
    """Requests in the order in which they deserve a date."""
    order = {"urgent": 0, "priority": 1, "ordinary": 2, None: 2}
    requests = [mission for mission in week.missions if week.types[mission.type].request]
    return sorted(requests, key=lambda m: (m.type != "URGENCE", order[m.urgency], m.due, m.id))


def _with_slots_left(table: Timetable, plan: Plan) -> Plan:
    """Requests put, one by one, where the plan still has room with nothing moved."""
    week = table.week
    placed = {row.mission_id for row in plan.assignments}
    reading = Reading(week, plan)
    for mission in _requests(week):
        if mission.id in placed:
            continue
        slot = reading.slots.left_for(mission, week.types[mission.type])
        if slot is None:
            continue
        people = tuple(person.id for person in slot.people)
        span = (slot.start, slot.start + mission.duration_minutes)
        rooms = Rooms(table)
        for row in plan.assignments:
            rooms.taken[row.site_id or "", row.room_id or ""].append(row)
        row = rooms.give(_row(table, table.tasks[mission.id], people, span), table.tasks[mission.id])
        plan = plan.model_copy(update={"assignments": (*plan.assignments, row)})
        reading = Reading(week, plan)
    return plan


def _with_answers(table: Timetable, plan: Plan) -> Plan:
    week = table.week
    placed = {row.mission_id for row in plan.assignments}
    waiting = [mission for mission in _requests(week) if mission.id not in placed]
    reading = Reading(week, plan)
    by_circle: dict[frozenset[str], list[Mission]] = defaultdict(list)
    for mission in waiting:
        by_circle[reading.teams.circle(min(reading.teams.of(mission)))].append(mission)
    queue = [
        row
        for circle, asked in by_circle.items()
        for row in _dated(week, asked, weekly_capacity(reading, circle))
    ]
    after = week.calendar.first_day_after
    others = [m for m in week.missions if not week.types[m.type].request]
    sessions = [meeting for meeting in week.meetings if meeting.seats is not None]
    items: list[Mission | CollectiveAction | Meeting] = [*others, *week.actions, *sessions]
    unserved = [
        Unserved(
            mission_id=item.id,
            reason=Reason.WAITING if item.due >= after else Reason.NO_CAPACITY,
            earliest_date=max(after, item.release),
        )
        for item in items
        if item.id not in placed
    ]
    return Plan.model_validate(
        plan.model_dump()
        | {"queue": [row.model_dump() for row in queue], "unserved": [row.model_dump() for row in unserved]}
    )


def _dated(week: Week, waiting: list[Mission], capacity: int) -> list[Queued]:
    """The first day after the horizon on which each fits, the most pressing first."""
    queued: dict[int, list[tuple[date, int]]] = defaultdict(list)
    found = []
    for mission in waiting:
        day = _first_day(week, mission, queued, capacity)
        queued[week.calendar.week_of(day)].append((day, mission.duration_minutes))
        reason = Reason.WAITING if mission.due >= day else Reason.NO_CAPACITY
        found.append(Queued(mission_id=mission.id, date=day, reason=reason))
    return found


def _first_day(
    week: Week, mission: Mission, queued: dict[int, list[tuple[date, int]]], capacity: int
) -> date:
    first = max(week.calendar.first_day_after, mission.release)
    for day in week.calendar.working_days_from(first):
        others = queued[week.calendar.week_of(day)]
        if not others or _fits([*others, (day, mission.duration_minutes)], week, day, capacity):
            return day
    raise AssertionError("working days have no end")


def _fits(rows: list[tuple[date, int]], week: Week, day: date, capacity: int) -> bool:
    """Whether a later week holds these, day after day, without the slack that the judge allows."""
    days = week.calendar.days_of_week(week.calendar.week_of(day))
    return all(
        sum(minutes for on, minutes in rows if on <= last) * len(days) <= capacity * count
        for count, last in enumerate(days, 1)
    )


# ---------------------------------------------------------------------------- referents


def referents(board: Board) -> Iterator[Referent]:
    """Each case to someone who may do all that is open for it, the least loaded for their hours."""
    week = board.week
    load = {person.id: person.dossiers for person in week.professionals}
    quotite = {person.id: person.quotite for person in week.professionals}
    for case in board.cases_to_attribute():
        if able := _able(board, case):
            chosen = min(able, key=lambda person: (load[person] + case.weight) / quotite[person])
            load[chosen] += case.weight
            yield Referent(case_id=case.id, professional_id=chosen)


def _able(board: Board, case: Case) -> list[str]:
    return [p.id for p in board.week.professionals if board.may_be_referent(p, case)]
