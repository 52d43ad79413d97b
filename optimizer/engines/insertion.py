"""The last look before a plan leaves: what waits is placed wherever a slot is left, nothing else moved.

The slots are the judge's: a request that it would find a place for is given that place.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from optimizer.board import Board
from optimizer.clock import DAY_MINUTES
from optimizer.engines.writing_down import place_of
from optimizer.plan import Assignment, Plan
from optimizer.reading import Reading
from optimizer.week import Mission
from optimizer.words import RoomKind, ServiceKind


def insert_what_waits(board: Board, plan: Plan, among: Collection[str] | None = None) -> Plan:
    """The plan with every unplaced request, then mission of the sector team, that finds a slot.

    `among` restricts this to some missions, None is all of them.
    """
    waiting = [mission for mission in _waiting(board, plan) if among is None or mission.id in among]
    while waiting:
        rows, waiting = _one_round(board, plan, waiting)
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
        and (board.people(mission) == 1 or types[mission.type].request)
    ]
    return sorted(alone, key=lambda m: (not types[m.type].request, m.due, m.id))


def _one_round(board: Board, plan: Plan, waiting: list[Mission]) -> tuple[list[Assignment], list[Mission]]:
    """Slots for as many as possible, each on the first day that has one, at most one a person and day, so
    that they do not meet; and who is to be looked at again. A slot only ever goes: who finds none is let go.
    """
    reading = Reading(board.week, plan)
    rows: list[Assignment] = []
    again: list[Mission] = []
    taken: set[tuple[str, int]] = set()
    for mission in waiting:
        slots = list(reading.slots.first_of_each(mission, board.week.types[mission.type]))
        if not slots:
            continue
        first = min(slot.start // DAY_MINUTES for slot in slots)
        for slot in sorted(slots, key=lambda slot: slot.start):
            days = {(person.id, slot.start // DAY_MINUTES) for person in slot.people}
            if slot.start // DAY_MINUTES > first or days & taken:
                continue
            people = tuple(person.id for person in slot.people)
            row = _row(board, (*plan.assignments, *rows), mission, people, board.calendar.instant(slot.start))
            if row is not None:
                taken |= days
                rows.append(row)
                break
        else:
            again.append(mission)
    return rows, again if rows else []


def _row(
    board: Board, others: Iterable[Assignment], mission: Mission, people: tuple[str, ...], start: datetime
) -> Assignment | None:
    """The row of a mission at a start; None when the rows of this round took the last room."""
    location, kind = board.location(mission), board.week.types[mission.type]
    site, place = place_of(location)
    end, room = start + timedelta(minutes=mission.duration_minutes), None
    if site and kind.room is not RoomKind.NONE:
        taken = {row.room_id for row in others if row.site_id == site and row.start < end and start < row.end}
        span = board.calendar.minute(start), board.calendar.minute(end)
        rooms = (one for one in board.rooms(site, kind.room) if not board.closed(site, one, span))
        room = next((one for one in rooms if one not in taken), None)
        if room is None:
            return None
    return Assignment(
        mission_id=mission.id,
        professional_ids=people,
        site_id=site,
        room_id=room,
        place=place,
        start=start,
        end=end,
    )
