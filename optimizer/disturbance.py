"""How far a plan is from the one that people were told, by weighted moves: the level between commitments and
preferences in a re-plan.

The weights are data of the product, in tenths of a point: a person told again weighs most, then a change of
professional, of day, of time, of room. Source: design of `replan`; shown with every re-plan.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from optimizer.clock import GRID_MINUTES
from optimizer.plan import Assignment, Plan, Reservation, ReservationKind
from optimizer.week import Mission, Week
from optimizer.words import PlaceKind, RoomKind

DISTURBANCE = "disturbance"


class MoveKind(StrEnum):
    """What moved."""

    TOLD = "told"
    PROFESSIONAL = "professional"
    DAY = "day"
    TIME = "time"
    ROOM = "room"
    RESERVED = "reserved"


WEIGHTS: dict[MoveKind, int] = {
    MoveKind.TOLD: 1000,
    MoveKind.PROFESSIONAL: 300,
    MoveKind.DAY: 200,
    MoveKind.TIME: 100,
    MoveKind.ROOM: 20,
    MoveKind.RESERVED: 1,
}
"""Tenths of a point: a person told again; a professional more or less, a day, a time, a room that changes; a
step of five minutes of someone's reserved time that leaves its half-day."""


@dataclass(frozen=True)
class Shift:
    """How one item or one duty moved: its rows before and after, by kind how many times, and whom to tell."""

    item_id: str
    before: tuple[Assignment | Reservation, ...]
    after: tuple[Assignment | Reservation, ...]
    kinds: tuple[tuple[MoveKind, int], ...]
    is_household_told: bool
    professional_ids: tuple[str, ...]

    @property
    def tenths(self) -> int:
        """Its weight."""
        return sum(WEIGHTS[kind] * times for kind, times in self.kinds)


def shifts(week: Week, before: Plan, after: Plan, left_out: Collection[str] = ()) -> list[Shift]:
    """Everything that moved from one plan to another, the heaviest first; `left_out` are the items that come
    or go by the events themselves."""
    found = [
        *_items(week, before, after, left_out),
        *_duties(week, before, after),
        *_queue(before, after, left_out),
    ]
    found += _referents(before, after)
    found += _reserved(week, before, after)
    return sorted(found, key=lambda shift: (-shift.tenths, shift.item_id))


def counted(found: Iterable[Shift]) -> dict[MoveKind, int]:
    """How many moves of each kind."""
    times = dict.fromkeys(MoveKind, 0)
    for shift in found:
        for kind, more in shift.kinds:
            times[kind] += more
    return times


def is_of_a_household(week: Week, item_id: str) -> bool:
    """Whether someone outside the team knows when it is held: a household or a request received, at a site or
    at home; an action."""
    item = week.mission.get(item_id) or week.action.get(item_id)
    if item is None:
        return False
    if not isinstance(item, Mission):
        return True
    kind = week.types[item.type]
    return kind.room is not RoomKind.NONE or kind.place is PlaceKind.HOME or item.home_zone is not None


def _items(week: Week, before: Plan, after: Plan, left_out: Collection[str]) -> Iterator[Shift]:
    first, then = _by_item(before.assignments), _by_item(after.assignments)
    for item in first:
        if item in left_out or item in week.meeting:
            continue
        old, new = first[item], then.get(item, [])
        kinds = _moves(old, new)
        if not kinds:
            continue
        is_told = is_of_a_household(week, item) and any(kind is not MoveKind.ROOM for kind, _ in kinds)
        if is_told:
            kinds = [(MoveKind.TOLD, 1), *kinds]
        people = {person for row in (*old, *new) for person in row.professional_ids}
        yield Shift(item, tuple(old), tuple(new), tuple(kinds), is_told, tuple(sorted(people)))


def _moves(old: list[Assignment], new: list[Assignment]) -> list[tuple[MoveKind, int]]:
    """What changed of one item; what is no longer held has lost its professionals and its day."""
    gone = {person for row in old for person in row.professional_ids}
    gone -= {person for row in new for person in row.professional_ids}
    found = [(MoveKind.PROFESSIONAL, len(gone))] if gone else []
    if not new or {row.start.date() for row in old} != {row.start.date() for row in new}:
        return [*found, (MoveKind.DAY, 1)]
    if [(row.start, row.end) for row in old] != [(row.start, row.end) for row in new]:
        return [*found, (MoveKind.TIME, 1)]
    if [row.room_id for row in old] != [row.room_id for row in new]:
        return [*found, (MoveKind.ROOM, 1)]
    return found


def _by_item(rows: Iterable[Assignment]) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.start, row.end)):
        found[row.mission_id].append(row)
    return found


DUTIES = (ReservationKind.RECEPTION, ReservationKind.URGENCY)


def _duties(week: Week, before: Plan, after: Plan) -> Iterator[Shift]:
    """Each duty at reception, or hour for urgencies, that someone no longer has in a half-day."""
    kept = {_duty(week, row) for row in after.reservations}
    for row in before.reservations:
        if row.kind in DUTIES and _duty(week, row) not in kept:
            yield Shift(row.kind, (row,), (), ((MoveKind.PROFESSIONAL, 1),), False, row.professional_ids)


def _duty(week: Week, row: Reservation) -> tuple[object, ...]:
    is_morning = row.start.time() < week.organisation.midday
    return row.kind, row.site_id, row.professional_ids, row.start.date(), is_morning


def _queue(before: Plan, after: Plan, left_out: Collection[str]) -> Iterator[Shift]:
    """Each request of the queue that gets another date."""
    dates = {row.mission_id: row.date for row in after.queue}
    for row in before.queue:
        if row.mission_id in left_out or dates.get(row.mission_id) == row.date:
            continue
        rows = tuple(one for one in after.assignments if one.mission_id == row.mission_id)
        people = tuple(sorted({person for one in rows for person in one.professional_ids}))
        yield Shift(row.mission_id, (), rows, ((MoveKind.TOLD, 1),), True, people)


def _referents(before: Plan, after: Plan) -> Iterator[Shift]:
    """Each household whose new referent is not the one that it was told."""
    given = {row.case_id: row.professional_id for row in after.referents}
    for row in before.referents:
        other = given.get(row.case_id)
        if other != row.professional_id:
            whom = tuple(sorted({row.professional_id, *([other] if other else [])}))
            kinds = ((MoveKind.TOLD, 1), (MoveKind.PROFESSIONAL, 1))
            yield Shift(row.case_id, (), (), kinds, True, whom)


RESERVED = (ReservationKind.WRITING, ReservationKind.COLLECTIVE, ReservationKind.PREPARATION)


def _reserved(week: Week, before: Plan, after: Plan) -> Iterator[Shift]:
    """Reserved time that someone loses in a half-day, by steps of five minutes."""
    old, new = _steps(week, before), _steps(week, after)
    lost: dict[str, int] = defaultdict(int)
    for (person, *_), steps in ((key, steps - new.get(key, 0)) for key, steps in old.items()):
        lost[person] += max(0, steps)
    for person, steps in sorted(lost.items()):
        if steps:
            yield Shift(RESERVED_TIME, (), (), ((MoveKind.RESERVED, steps),), False, (person,))


RESERVED_TIME = "reserved"


def _steps(week: Week, plan: Plan) -> dict[tuple[str, ReservationKind, object, bool], int]:
    midday = week.organisation.midday
    found: dict[tuple[str, ReservationKind, object, bool], int] = defaultdict(int)
    for row in plan.reservations:
        if row.kind in RESERVED:
            steps = int((row.end - row.start).total_seconds()) // 60 // GRID_MINUTES
            for person in row.professional_ids:
                found[person, row.kind, row.start.date(), row.start.time() < midday] += steps
    return found
