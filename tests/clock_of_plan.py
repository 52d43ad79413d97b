"""What the clock stage thinks of a plan when every start, room and reservation is that of the plan."""

from collections import defaultdict
from dataclasses import replace

from optimizer.board import Board
from optimizer.decision import Decision, task_of
from optimizer.engines.clocking import meetings_of, prices_of
from optimizer.engines.decisions_of_plan import hours_of
from optimizer.intervals import Interval
from optimizer.model import BucketModel, Key
from optimizer.plan import Assignment, Place, Plan, Reservation, ReservationKind
from optimizer.reading import Reading
from optimizer.tasks import Stay, Task
from optimizer.timing import HalfDayTiming
from optimizer.week import Week
from optimizer.words import HalfDayName
from tests.model_of_plan import model_of

CLOCK_SECONDS = 5.0


def clock_refuses(week: Week, plan: Plan, posts: dict[Key, str | None]) -> list[str]:
    """What the clock stage cannot hold when every start, room and reservation is that of the plan."""
    model, _ = model_of(week)
    tasks, stays, decision = _fixed_tasks(model, plan), _fixed_stays(model, plan, posts), Decision()
    for row in plan.assignments:
        if row.mission_id in week.meeting:
            start = model.board.calendar.minute(row.start)
            parts = model.board.parts(start, week.meeting[row.mission_id].duration_minutes)
            if parts[0][0] == start:
                decision.attendance[row.mission_id, start] += list(row.professional_ids)
    decision.stays = dict(stays)
    refused = []
    for slot in sorted({slot for _, slot in stays}):
        people = {person: model.half_days[person, s] for person, s in stays if s == slot}
        timing = HalfDayTiming(model.board, slot, people, prices_of(model.board))
        for person in people:
            timing.add_stay(stays[person, slot])
        for task in tasks.get(slot, []):
            timing.add_task(task)
        for meeting in meetings_of(model.board, decision, slot):
            timing.add_meeting(meeting)
        timed = timing.solve(CLOCK_SECONDS, 0)
        if timed is None:
            refused.append(f"demi-journée {slot}")
            continue
        refused += [f"{task.item_id} en {slot}" for task in timed.dropped]
        refused += [f"{person} à {meeting}" for meeting, _, person in timed.attendance_dropped]
    return refused


def _fixed_tasks(model: BucketModel, plan: Plan) -> dict[int, list[Task]]:
    tasks: dict[int, list[Task]] = defaultdict(list)
    duties = _duties(model, plan)
    for row in plan.assignments:
        if row.mission_id not in model.week.meeting:
            slot = _slot(model, row.professional_ids[0], hours_of(model, row))
            tasks[slot].append(_task_of_row(model, plan, row, slot, duties))
    for index, kept in enumerate(plan.reservations):
        if kept.kind not in (ReservationKind.RECEPTION, ReservationKind.TRAVEL):
            for person in kept.professional_ids:
                slot = _slot(model, person, hours_of(model, kept))
                name = f"{kept.kind} {index}"
                tasks[slot].append(_task_of_reservation(model, name, person, kept, slot, duties))
    return tasks


def _task_of_row(
    model: BucketModel, plan: Plan, row: Assignment, slot: int, duties: dict[Key, str | None]
) -> Task:
    hours = hours_of(model, row)
    bundle = next((b for b in model.bundles if any(m.id == row.mission_id for m in b.missions)), None)
    if bundle is not None:
        task = task_of(model, bundle, row.mission_id, row.professional_ids, slot)
    else:
        task = model.action_task(model.week.action[row.mission_id], row.professional_ids, slot)
    start = model.start_of(model.week.mission.get(row.mission_id) or model.week.action[row.mission_id])
    first = min(part.start for part in plan.assignments if part.mission_id == row.mission_id)
    is_allowed = task.hours is None or any(a <= hours[0] and hours[1] <= b for a, b in task.hours)
    if start is not None and row.start == first and hours[0] != start:
        is_allowed = False
    on_duty = [_holds(model, duties, (person, slot), row.site_id, hours) for person in row.professional_ids]
    return replace(
        task,
        minutes=hours[1] - hours[0],
        hours=(hours,) if is_allowed else (),
        named_room=(row.room_id or task.named_room) if task.room else None,
        location=None if row.place == Place.TELEWORK else task.location,
        in_reception=task.in_reception and any(on_duty),
    )


def _task_of_reservation(
    model: BucketModel,
    name: str,
    person: str,
    kept: Reservation,
    slot: int,
    duties: dict[Key, str | None],
) -> Task:
    hours, site = hours_of(model, kept), kept.site_id
    opening = model.board.opening.get((site or "", slot), ())
    is_open = any(a <= hours[0] and hours[1] <= b for a, b in opening)
    is_writing = kept.kind is ReservationKind.WRITING
    return Task(
        name,
        (person,),
        hours[1] - hours[0],
        model.board.site_location(site) if site else None,
        1000,
        (hours,) if is_open or kept.kind is not ReservationKind.URGENCY else (),
        in_reception=is_writing and _holds(model, duties, (person, slot), site, hours),
    )


def _holds(
    model: BucketModel, duties: dict[Key, str | None], key: Key, site: str | None, hours: Interval
) -> bool:
    """Whether reception duty of a half-day, at a site, holds something wholly."""
    if site is None or duties.get(key) != site:
        return False
    start, end = model.board.duty_hours[site, key[1]]
    return start <= hours[0] and hours[1] <= end


def _fixed_stays(model: BucketModel, plan: Plan, posts: dict[Key, str | None]) -> dict[Key, Stay]:
    duties = _duties(model, plan)
    return {key: Stay(key, posts.get(key), reception=duties.get(key)) for key in model.half_days}


def _duties(model: BucketModel, plan: Plan) -> dict[Key, str | None]:
    return {
        (person, _slot(model, person, hours_of(model, kept))): kept.site_id
        for kept in plan.reservations
        if kept.kind is ReservationKind.RECEPTION
        for person in kept.professional_ids
    }


def _slot(model: BucketModel, person: str, hours: Interval) -> int:
    return next(iter(model.keys_holding(person, (hours,)) or {(person, -1): ()}))[1]


def posts_of(week: Week, plan: Plan) -> dict[Key, str | None]:
    """The posts that the judge gives to the half-days of a plan."""
    reading, board = Reading(week, plan), Board(week)
    posts: dict[Key, str | None] = {}
    for person, days in reading.tours.items():
        for day, tour in days.items():
            for half, posting in zip(tour.halves, tour.postings, strict=True):
                date = reading.day(day)
                if date in board.day_index:
                    slot = 2 * board.day_index[date] + (half.half_day.name is HalfDayName.AFTERNOON)
                    posts[person, slot] = posting.post.site_id if posting.post else None
    return posts
