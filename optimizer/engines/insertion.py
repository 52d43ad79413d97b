"""The last look before a plan leaves: what waits is placed wherever a slot is left, nothing else moved.

The slots are the judge's: a request that it would find a place for is given that place.
"""

from datetime import datetime, timedelta

from optimizer.board import Board
from optimizer.plan import Assignment, Place, Plan
from optimizer.reading import Reading
from optimizer.week import Mission
from optimizer.words import RoomKind, ServiceKind

MOST_ROUNDS = 30


def insert_what_waits(board: Board, plan: Plan) -> Plan:
    """The plan with every unplaced request, then mission of the sector team, that finds a slot."""
    waiting = _waiting(board, plan)
    for _ in range(MOST_ROUNDS):
        rows = _one_round(board, plan, waiting)
        if not rows:
            return plan
        placed = {row.mission_id for row in rows}
        waiting = [mission for mission in waiting if mission.id not in placed]
        plan = plan.model_copy(update={"assignments": (*plan.assignments, *rows)})
    return plan


def _waiting(board: Board, plan: Plan) -> list[Mission]:
    placed = {row.mission_id for row in plan.assignments}
    types = board.week.types
    alone = [
        mission
        for mission in board.week.missions
        if mission.id not in placed
        and types[mission.type].owner is ServiceKind.SECTEUR
        and not types[mission.type].splittable
        and board.people(mission) == 1
    ]
    return sorted(alone, key=lambda m: (not types[m.type].request, m.due, m.id))


def _one_round(board: Board, plan: Plan, waiting: list[Mission]) -> list[Assignment]:
    """Slots for as many as possible, at most one a person and day, so that they do not meet."""
    reading = Reading(board.week, plan)
    rows: list[Assignment] = []
    touched: set[tuple[str, object]] = set()
    for mission in waiting:
        kind = board.week.types[mission.type]
        slot = reading.slots.left_for(mission, kind)
        if slot is None:
            continue
        start = board.calendar.instant(slot.start)
        people = tuple(person.id for person in slot.people)
        location = board.location(mission)
        site = location.site_id if location else None
        marks = {(person, start.date()) for person in people} | {(site or "", start.date())}
        if marks & touched:
            continue
        end = start + timedelta(minutes=mission.duration_minutes)
        room = (
            _free_room(board, plan, mission, start, end) if site and kind.room is not RoomKind.NONE else None
        )
        touched |= marks
        rows.append(
            Assignment(
                mission_id=mission.id,
                professional_ids=people,
                site_id=site,
                room_id=room,
                place=Place.SITE if site else f"{Place.HOME}:{location.zone}" if location else Place.OUTSIDE,
                start=start,
                end=end,
            )
        )
    return rows


def _free_room(board: Board, plan: Plan, mission: Mission, start: datetime, end: datetime) -> str | None:
    location = board.location(mission)
    site = location.site_id if location else None
    taken = {
        row.room_id for row in plan.assignments if row.site_id == site and row.start < end and start < row.end
    }
    rooms = board.rooms(site or "", board.week.types[mission.type].room)
    return next((room for room in rooms if room not in taken), None)
