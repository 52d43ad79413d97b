"""How far a plan is from the one that people were told, by weighted moves: the level between commitments and
preferences in a re-plan.

The weights are data of the product, in tenths of a point: a person told again weighs most, then a change of
professional, of day, of time, of room. Source: design of `replan`; shown with every re-plan.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
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
    """How one item or one duty moved: its rows before and after, by kind how many times, and whom to tell;
    the dates are those of a request in the queue."""

    item_id: str
    before: tuple[Assignment | Reservation, ...]
    after: tuple[Assignment | Reservation, ...]
    kinds: tuple[tuple[MoveKind, int], ...]
    is_household_told: bool
    professional_ids: tuple[str, ...]
    date_before: date | None = None
    date_after: date | None = None

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
    dates = {row.mission_id: row.date for row in after.queue}
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
        day = None if new else dates.get(item)
        whom = tuple(sorted(people))
        yield Shift(item, tuple(old), tuple(new), tuple(kinds), is_told, whom, date_after=day)


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


def event_shifts(week: Week, changed: Week, before: Plan, after: Plan, items: Collection[str]) -> list[Shift]:
    """What events themselves put, move or take away, and the households that get a referent by them: not
    counted as disturbance, and to be told all the same."""
    first, then = _by_item(before.assignments), _by_item(after.assignments)
    queued = [{row.mission_id: row.date for row in plan.queue} for plan in (before, after)]
    found = []
    for item in sorted(items):
        old, new = first.get(item, []), then.get(item, [])
        dates = queued[0].get(item), queued[1].get(item)
        if _told_of(old) == _told_of(new) and dates[0] == dates[1]:
            continue
        people = {person for row in (*old, *new) for person in row.professional_ids}
        is_told = is_of_a_household(changed if item in changed.mission else week, item)
        whom = tuple(sorted(people))
        found.append(Shift(item, tuple(old), tuple(new), (), is_told, whom, *dates))
    known = {row.case_id for row in before.referents}
    found += [
        Shift(row.case_id, (), (), (), True, (row.professional_id,))
        for row in after.referents
        if row.case_id not in known
    ]
    return found


def _told_of(rows: Iterable[Assignment]) -> list[tuple[object, ...]]:
    return [(row.professional_ids, row.start, row.end, row.room_id) for row in rows]


DUTIES = (ReservationKind.RECEPTION, ReservationKind.URGENCY)


def _duties(week: Week, before: Plan, after: Plan) -> Iterator[Shift]:
    """Each duty at reception, or hour for urgencies, that someone no longer has in a half-day, with those who
    take it over."""
    had = {_duty(week, row) for row in before.reservations}
    kept = {_duty(week, row) for row in after.reservations}
    new: dict[tuple[object, ...], list[Reservation]] = defaultdict(list)
    for row in after.reservations:
        if row.kind in DUTIES and _duty(week, row) not in had:
            new[_place_of_duty(week, row)].append(row)
    for row in before.reservations:
        if row.kind in DUTIES and _duty(week, row) not in kept:
            taken = new[_place_of_duty(week, row)][:1]
            del new[_place_of_duty(week, row)][:1]
            whom = {*row.professional_ids, *(who for one in taken for who in one.professional_ids)}
            kinds = ((MoveKind.PROFESSIONAL, 1),)
            yield Shift(row.kind.value, (row,), tuple(taken), kinds, False, tuple(sorted(whom)))


def _place_of_duty(week: Week, row: Reservation) -> tuple[object, ...]:
    kind, site, _, day, is_morning = _duty(week, row)
    return kind, site, day, is_morning


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
        kinds = ((MoveKind.TOLD, 1),)
        again = dates.get(row.mission_id)
        yield Shift(row.mission_id, (), rows, kinds, True, people, row.date, again)


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
