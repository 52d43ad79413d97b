"""The interval model's missions, evaluations and collective actions: starts, people, rooms, delays."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from ortools.sat.python import cp_model

from benchmarks.interval_base import DAY, Number, Task, Timetable, steps
from optimizer.board import Board, Location, fixed_start
from optimizer.catalogue import MissionType
from optimizer.intervals import Interval
from optimizer.organisation import tenths
from optimizer.plan import ReservationKind
from optimizer.week import WEEKDAYS, CollectiveAction, Meeting, Mission, Professional
from optimizer.words import PairNeed, PlaceKind, RoomKind, ServiceKind, Urgency

PART_MINUTES = 120


def add_missions(table: Timetable) -> None:
    """Each mission: one start (a part), whether it is held, an optional interval for each eligible person."""
    for mission in table.week.missions:
        kind = table.week.types[mission.type]
        where = table.board.location(mission)
        held = table.literal(f"held_{mission.id}")
        parts = _parts(table, mission, kind, where)
        table.tasks[mission.id] = task = Task(mission, where, parts, held)
        if parts:
            _staff_mission(table, task, kind)
        if not task.people:
            table.cp.add(held == 0)
        _price_delay(table, task, kind)


def _parts(
    table: Timetable, mission: Mission, kind: MissionType, where: Location | None
) -> list[tuple[Number, int]]:
    """A start for each part, in order; none when the mission can be held at no time."""
    count = (
        max(1, mission.duration_minutes // PART_MINUTES) if kind.splittable and not mission.fixed_start else 1
    )
    length = mission.duration_minutes // count // 5 * 5
    lengths = [length] * (count - 1) + [mission.duration_minutes - length * (count - 1)]
    starts = [
        table.start(f"{mission.id}_{n}", _windows(table, mission, kind, where, minutes))
        for n, minutes in enumerate(lengths)
    ]
    parts = [
        (start, steps(minutes)) for start, minutes in zip(starts, lengths, strict=True) if start is not None
    ]
    halves = [_half_of(table, mission.id, start) for start, _ in parts] if count > 1 else []
    for before, after in pairwise(halves):
        table.cp.add(before < after)
    return parts if len(parts) == count else []


def _half_of(table: Timetable, name: str, start: Number) -> cp_model.IntVar:
    """The half of a day in which a part starts, counted from the first one; the day is cut at midday."""
    half = table.cp.new_int_var(0, 14 * table.week.horizon.weeks, f"half_{name}")
    table.cp.add_division_equality(half, start + DAY // 2 - steps(table.board.midday), DAY // 2)
    return half


def _windows(
    table: Timetable,
    item: Mission | CollectiveAction,
    kind: MissionType,
    where: Location | None,
    minutes: int,
) -> list[Interval]:
    """When something may start: from its release, at its fixed start, in opening hours if it takes a room."""
    board = table.board
    if where and where.site_id and not _is_right_place(table, kind, where.site_id):
        return []
    takes_room = where and where.site_id and kind.room is not RoomKind.NONE
    hours: Iterable[Interval] = {half.span for halves in table.half_days.values() for half in halves}
    if takes_room:
        hours = [
            window
            for (site, slot), windows in board.opening.items()
            if where
            and site == where.site_id
            and not (kind.contractual and _sector_receives(table, site, slot))
            for window in windows
        ]
    first = board.base(max(item.release, board.calendar.first_day))
    found = [(max(start, first), end - minutes) for start, end in sorted(hours)]
    if (fixed := fixed_start(item, board)) is None:
        return found
    return [(fixed, fixed)] if any(low <= fixed <= high for low, high in found) else []


def _is_right_place(table: Timetable, kind: MissionType, site_id: str) -> bool:
    """A contract at a site of CONTRAT (H1.2), an evaluation at one of EVALUATION and not SECTEUR (H2.2)."""
    served = {table.week.kind_of_service[service] for service in table.week.site[site_id].service_ids}
    if kind.ip and ServiceKind.SECTEUR in served:
        return False
    return not (kind.ip or kind.contractual) or kind.owner in served


def _sector_receives(table: Timetable, site_id: str, slot: int) -> bool:
    """Whether the sector team receives there then: no contract at that time (H1.3)."""
    weekday = WEEKDAYS[table.board.day_of(slot).weekday()]
    return any(
        need.urgency_hours or (need.afternoon if slot % 2 else need.morning)
        for need in table.week.reception
        if need.site_id == site_id and need.day is weekday
    )


def _staff_mission(table: Timetable, task: Task, kind: MissionType) -> None:
    mission = table.week.mission[task.item.id]
    case = table.week.case.get(mission.case_id or "")
    strangers = {*case.followers, case.referent_id} if case and kind.ip else set()
    for person in table.able(kind.code, table.board.teams.of_mission(mission)):
        if person.id not in strangers:
            assign(table, task, person, may_be_on_duty=kind.request)
    wanted = Counter(mission.professions)
    table.cp.add(sum(task.people.values()) == table.board.people(mission) * task.held)
    for profession, number in wanted.items():
        table.cp.add(sum(_of_profession(table, task, profession)) >= number * task.held)
    if kind.ip:
        for profession in {table.week.professional[person].profession for person in task.people}:
            table.cp.add_at_most_one(_of_profession(table, task, profession))
    if task.location and task.location.site_id and kind.room is not RoomKind.NONE:
        for start, length in task.parts:
            room = table.cp.new_optional_fixed_size_interval_var(
                start, length, task.held, f"room_{mission.id}"
            )
            table.rooms[task.location.site_id, kind.room].append(room)


def assign(table: Timetable, task: Task, person: Professional, *, may_be_on_duty: bool = False) -> None:
    """A literal for someone who may do it, and an optional interval a part."""
    literal = table.literal(f"{task.item.id}_by_{person.id}")
    task.people[person.id] = literal
    for start, length in task.parts:
        table.occupy(person, literal, start, length, task.location, may_be_on_duty=may_be_on_duty)
        if table.week.types[task.item.type].collective:
            table.count_collective(person.id, literal, start, length)


def _of_profession(table: Timetable, task: Task, profession: str) -> list[cp_model.IntVar]:
    return [
        x for person, x in task.people.items() if table.week.professional[person].profession == profession
    ]


def _price_delay(table: Timetable, task: Task, kind: MissionType) -> None:
    """The price of the day on which it is done; unplaced, that of the first working day after the horizon."""
    board = table.board
    item = task.item
    days = [board.calendar.first_day + timedelta(days=n) for n in range(7 * table.week.horizon.weeks)]
    by_day = [late_price(board, item, kind, day) for day in days]
    unplaced = price_of_waiting(board, item, kind)
    if not task.parts or not any(by_day):
        table.prices.append(unplaced * (1 - task.held))
        return
    day = table.cp.new_int_var(0, len(days) - 1, f"day_{item.id}")
    table.cp.add_division_equality(day, task.parts[-1][0], DAY)
    of_day = table.cp.new_int_var(0, max(by_day), f"price_of_day_{item.id}")
    table.cp.add_element(day, by_day, of_day)
    price = table.cp.new_int_var(0, max(unplaced, *by_day), f"price_{item.id}")
    table.cp.add(price >= of_day).only_enforce_if(task.held)
    table.cp.add(price >= unplaced).only_enforce_if(~task.held)
    table.prices.append(price)


def price_of_waiting(board: Board, item: Mission | CollectiveAction | Meeting, kind: MissionType) -> int:
    """What an item left to the first working day after the horizon pays at level 1, in tenths."""
    after = board.calendar.first_day_after
    waited = board.calendar.working_days_between(item.release, after)
    waiting = tenths(board.week.organisation.commitments.waiting_day) * waited
    return late_price(board, item, kind, after) or waiting


def late_price(
    board: Board, item: Mission | CollectiveAction | Meeting, kind: MissionType, done: date
) -> int:
    """What an item done on a day pays at level 1, in tenths; 0 when that is not late."""
    weights = board.week.organisation.commitments
    late = board.calendar.working_days_between(item.due, done)
    if kind.request and isinstance(item, Mission):
        is_urgent = kind.code == "URGENCE" or item.urgency is Urgency.URGENT
        is_priority = item.urgency is Urgency.PRIORITY
        day = weights.priority_request_late_day if is_priority else weights.ordinary_request_late_day
        day = weights.urgency_late_day if is_urgent else day
        growth = 0 if is_urgent else weights.request_growth_percent
        return sum(tenths(day) * (100 + growth * n) // 100 for n in range(late))
    if kind.legal_deadline:
        return tenths(weights.legal_late_day) * late
    return tenths(weights.late) + tenths(weights.late_day) * (late - 1) if late else 0


def add_evaluations(table: Timetable) -> None:
    """One pair for all acts of a household; meetings, then concertation, then report; one home meeting."""
    acts: dict[str, list[Task]] = {}
    for mission in table.week.missions:
        if mission.case_id and table.week.types[mission.type].ip:
            acts.setdefault(mission.case_id, []).append(table.tasks[mission.id])
    for household, tasks in acts.items():
        _keep_one_pair(table, household, tasks)
        for before in tasks:
            for after in tasks:
                if _stage(table, before) < _stage(table, after):
                    _come_before(table, before, after)
        _price_home_meeting(table, household, tasks)


def _keep_one_pair(table: Timetable, household: str, tasks: list[Task]) -> None:
    people = {person: table.literal(f"pair_{household}_{person}") for task in tasks for person in task.people}
    for task in tasks:
        for person, literal in task.people.items():
            table.cp.add_implication(literal, people[person])
    table.cp.add(sum(people.values()) <= 2)
    for profession in {table.week.professional[person].profession for person in people}:
        same = [x for person, x in people.items() if table.week.professional[person].profession is profession]
        table.cp.add_at_most_one(same)


def _stage(table: Timetable, task: Task) -> int:
    kind = table.week.types[task.item.type]
    if kind.room is not RoomKind.NONE or kind.place is PlaceKind.HOME:
        return 0
    return 2 if kind.splittable else 1 if kind.needs_pair is PairNeed.REQUIRED else 3


def _come_before(table: Timetable, before: Task, after: Task) -> None:
    if _stage(table, after) > 2:
        return
    table.cp.add_implication(after.held, before.held)
    if before.parts and after.parts:
        start, length = before.parts[-1]
        table.cp.add(start + length <= after.parts[0][0]).only_enforce_if(after.held)


def _price_home_meeting(table: Timetable, household: str, tasks: list[Task]) -> None:
    after = table.board.calendar.first_day_after
    homes = [task for task in tasks if table.week.types[task.item.type].place is PlaceKind.HOME]
    if any(task.item.due < after for task in homes):
        missing = table.literal(f"no_home_meeting_{household}")
        table.cp.add(missing + sum(task.held for task in homes) >= 1)
        table.pay(table.week.organisation.commitments.home_meeting_missing, missing)


def add_actions(table: Timetable) -> None:
    """Each collective action: its leaders, its room, each leader's preparation before it."""
    for action in table.week.actions:
        kind = table.week.types[action.type]
        room_site = next((s.id for s in table.week.sites for r in s.rooms if r.id == action.room_id), None)
        site = action.site_id or room_site
        where = table.board.site_location(site) if site else None
        start = table.start(action.id, _windows(table, action, kind, where, action.duration_minutes))
        held = table.literal(f"held_{action.id}")
        parts: list[tuple[Number, int]] = (
            [(start, steps(action.duration_minutes))] if start is not None else []
        )
        table.tasks[action.id] = task = Task(action, where, parts, held)
        if parts:
            _lead(table, task, action)
        if not task.people:
            table.cp.add(held == 0)
        _price_delay(table, task, kind)


def _lead(table: Timetable, task: Task, action: CollectiveAction) -> None:
    wanted = Counter(action.leaders)
    start, length = task.parts[0]
    for person in table.able(action.type, table.board.teams.of_action(action)):
        if person.profession in wanted:
            assign(table, task, person)
            if action.preparation_minutes:
                _prepare(table, task, person, action)
    for profession, number in wanted.items():
        table.cp.add(sum(_of_profession(table, task, profession)) == number * task.held)
    kind = table.week.types[action.type]
    if task.location and task.location.site_id and (action.room_id or kind.room is not RoomKind.NONE):
        room = table.cp.new_optional_fixed_size_interval_var(start, length, task.held, f"room_{action.id}")
        if action.room_id:
            table.named_rooms[action.room_id].append(room)
        else:
            table.rooms[task.location.site_id, kind.room].append(room)


def _prepare(table: Timetable, task: Task, person: Professional, action: CollectiveAction) -> None:
    length = steps(action.preparation_minutes)
    start = table.start(
        f"{action.id}_prepared_by_{person.id}", table.own_hours(person, action.preparation_minutes)
    )
    literal = task.people[person.id]
    if start is None:
        table.cp.add(literal == 0)
        return
    table.cp.add(start + length <= task.parts[0][0]).only_enforce_if(literal)
    table.keep(ReservationKind.PREPARATION, person, start, length, literal)
    table.count_collective(person.id, literal, start, length)
