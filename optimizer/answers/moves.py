"""Changes made by hand: someone else, another time, two appointments that change places."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from optimizer.clock import GRID_MINUTES
from optimizer.errors import Problem, UnusableInput
from optimizer.plan import Assignment, Place, Plan
from optimizer.reading import Reading
from optimizer.reading.places import Location
from optimizer.standing import Standing, rows_without
from optimizer.week import CollectiveAction, Mission, Week
from optimizer.words import RoomKind

Item = Mission | CollectiveAction


@dataclass(frozen=True)
class Move:
    """One item given to other people, to another time, or both; `None` leaves what is.

    `label` is where the user wrote it, for errors.
    """

    item_id: str
    professional_ids: tuple[str, ...] | None = None
    start: datetime | None = None
    label: str = "déplacement"


@dataclass(frozen=True)
class Swap:
    """Two items that change places: each is done by the people and at the time of the other."""

    item_id: str
    other_id: str
    label: str = "échange"


def moved(standing: Standing, changes: Iterable[Move | Swap]) -> Plan:
    """The plan with changes made one after the other, whatever rules that breaks.

    Raises
    ------
    UnusableInput
        An id that the week does not know, a meeting, an instant off the grid or outside the horizon, an item
        in several parts that cannot be given one start, or one that is not placed and is given no time.
    """
    plan = standing.plan
    for change in changes:
        plan = _after(standing, plan, change)
    return plan


def _after(standing: Standing, plan: Plan, change: Move | Swap) -> Plan:
    if isinstance(change, Move):
        return with_row(standing, plan, change)
    one, other = (_row_of(plan, id_, change.label) for id_ in (change.item_id, change.other_id))
    if change.item_id == change.other_id:
        raise _refused(change.label, f"« {change.item_id} » deux fois", "deux éléments différents")
    moves = (
        Move(change.item_id, other.professional_ids, other.start, change.label),
        Move(change.other_id, one.professional_ids, one.start, change.label),
    )
    for move in moves:
        plan = with_row(standing, plan, move)
    return plan


def with_row(standing: Standing, plan: Plan, move: Move) -> Plan:
    """The plan with one item moved, or placed when it was not."""
    week = standing.week
    item = item_named(week, move.item_id, move.label)
    _refuse_unknown_people(week, move)
    rows = [row for row in plan.assignments if row.mission_id == item.id]
    if move.start is None and rows:
        given = {"professional_ids": move.professional_ids} if move.professional_ids else {}
        after = {id(row): row.model_copy(update=given) for row in rows}
        found = tuple(after.get(id(row), row) for row in plan.assignments)
        return plan.model_copy(update={"assignments": found})
    if len(rows) > 1:
        raise _refused(move.label, f"« {item.id} », en {len(rows)} parties", "un élément d'un seul tenant")
    people_now = rows[0].professional_ids if rows else None
    people = move.professional_ids or people_now
    if people is None or move.start is None:
        raise _refused(move.label, f"« {item.id} », qui n'est pas placé", "qui le fait et quand")
    _refuse_off_the_grid(week, move.start, move.label)
    rest = rows_without(plan, {item.id})
    row = a_row(standing.reading, rest, item, people, move.start, rows[0] if rows else None)
    return rest.model_copy(update={"assignments": (*rest.assignments, row)})


def a_row(
    reading: Reading,
    plan: Plan,
    item: Item,
    people: tuple[str, ...],
    start: datetime,
    before: Assignment | None = None,
) -> Assignment:
    """The row of an item at a start, in the room that it had if that is free, else in another; in the first
    when none is, which the judge will say."""
    kind, end = reading.week.types[item.type], start + timedelta(minutes=item.duration_minutes)
    place = (
        reading.places.of_mission(item, kind) if isinstance(item, Mission) else reading.places.of_action(item)
    )
    room = None
    if place and place.site_id and kind.room is not RoomKind.NONE:
        rooms = reading.week.site[place.site_id].rooms
        fitting = [room.id for room in rooms if room.kind is kind.room and room.is_open(start, end)]
        if isinstance(item, CollectiveAction) and item.room_id:
            fitting = [item.room_id]
        if before and before.room_id in fitting:
            fitting = [before.room_id, *(one for one in fitting if one != before.room_id)]
        taken = rooms_taken(plan, place.site_id, start, end)
        room = next((one for one in fitting if one not in taken), next(iter(fitting), None))
    site, where = _where(place)
    return Assignment(
        mission_id=item.id,
        professional_ids=people,
        site_id=site,
        room_id=room,
        place=where,
        start=start,
        end=end,
    )


def rooms_taken(plan: Plan, site_id: str, start: datetime, end: datetime) -> set[str]:
    """The rooms of a site in use at some time of a stretch."""
    return {
        row.room_id
        for row in plan.assignments
        if row.room_id and row.site_id == site_id and row.start < end and start < row.end
    }


def _where(place: Location | None) -> tuple[str | None, str]:
    if place is None:
        return None, Place.OUTSIDE
    return (place.site_id, Place.SITE) if place.site_id else (None, f"{Place.HOME}:{place.zone}")


def item_named(week: Week, item_id: str, label: str) -> Item:
    """The mission or the action of an id.

    Raises
    ------
    UnusableInput
        No item has it, or a meeting does.
    """
    if item_id in week.meeting:
        found = f"« {item_id} », qui est une réunion"
        raise _refused(
            label, found, "une mission ou une action ; une réunion se déplace par replan --meeting"
        )
    item = week.mission.get(item_id) or week.action.get(item_id)
    if item is None:
        raise _refused(label, f"« {item_id} », que la semaine ne connaît pas", "un élément de la semaine")
    return item


def _row_of(plan: Plan, item_id: str, label: str) -> Assignment:
    rows = [row for row in plan.assignments if row.mission_id == item_id]
    if len(rows) != 1:
        found = f"« {item_id} », " + (f"en {len(rows)} parties" if rows else "qui n'est pas placé")
        raise _refused(label, found, "un élément placé, d'un seul tenant")
    return rows[0]


def _refuse_unknown_people(week: Week, move: Move) -> None:
    for person in move.professional_ids or ():
        if person not in week.professional:
            raise _refused(move.label, f"« {person} », que la semaine ne connaît pas", "un professionnel")
    if twice := [who for who, times in Counter(move.professional_ids or ()).items() if times > 1]:
        raise _refused(move.label, f"« {twice[0]} » deux fois", "des personnes différentes")


def _refuse_off_the_grid(week: Week, start: datetime, label: str) -> None:
    if start.minute % GRID_MINUTES or start.second:
        raise _refused(label, f"{start:%H:%M:%S}", f"une heure ronde à {GRID_MINUTES} minutes près")
    if start.date() not in week.calendar.days:
        first, last = week.calendar.days[0], week.calendar.days[-1]
        expected = f"un jour travaillé du {first:%d/%m/%Y} au {last:%d/%m/%Y}"
        raise _refused(label, f"{start:%d/%m/%Y}", expected)


def _refused(label: str, found: str, expected: str) -> UnusableInput:
    return UnusableInput([Problem(label, found, expected)])


def told(before: Sequence[Assignment], after: Sequence[Assignment]) -> dict[str, list[str]]:
    """Who must be told, by item: everybody whose appointment comes, goes or changes."""
    first, then = _by_item(before), _by_item(after)
    return {
        item: sorted({person for row in (*first.get(item, ()), *then.get(item, ())) for person in row[0]})
        for item in dict.fromkeys((*first, *then))
        if first.get(item) != then.get(item)
    }


def _by_item(rows: Sequence[Assignment]) -> dict[str, list[tuple[tuple[str, ...], datetime, datetime]]]:
    found: dict[str, list[tuple[tuple[str, ...], datetime, datetime]]] = {}
    for row in rows:
        found.setdefault(row.mission_id, []).append((row.professional_ids, row.start, row.end))
    return {item: sorted(parts, key=lambda part: part[1:]) for item, parts in found.items()}
