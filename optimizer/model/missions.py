"""Variables of missions: taken by someone in a half-day, in parts or whole; unplaced, or queued."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from optimizer.board import HalfDay
from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES, grid_steps
from optimizer.intervals import Interval, overlap
from optimizer.linear import Variable
from optimizer.model.load import Load
from optimizer.tasks import Key
from optimizer.words import RoomKind

if TYPE_CHECKING:
    from optimizer.model.block import Block
    from optimizer.model.bucket import BucketModel

PART_FLOOR = 60


def create_bundle(model: "BucketModel", bundle: Bundle) -> None:
    """Variables of missions alike: taken by someone in a half-day, unplaced, or (a request) queued."""
    keys = candidate_keys(model, bundle)
    if bundle.kind.splittable:
        _create_parts(model, bundle, keys)
        _create_late_days(model, bundle)
    else:
        _create_whole(model, bundle, keys)
    if bundle.kind.request:
        days = model.queue_days(bundle.first)
        model.queued[bundle.index] = {
            day: model.variable("queued", (bundle.name, day), bundle.count) for day in days
        }
    else:
        model.unplaced[bundle.index] = model.variable("unplaced", (bundle.name,), bundle.count)


def candidate_keys(model: "Block", bundle: Bundle) -> list[Key]:
    """The half-days, by professional, that could hold a mission of the bundle on its own."""
    people = [
        person for person in model.doers(bundle.first.type, bundle.team) if model.may_meet(person, bundle)
    ]
    if bundle.first.professions:
        people = [person for person in people if person.profession in bundle.first.professions]
    fitting, first = _fitting(model, bundle), model.board.first_slot(bundle.first.release)
    keys = (key for person in people for key in model.keys_of(person.id) if key in fitting)
    return [key for key in keys if key[1] >= first and not model.is_closed_to(bundle, key[1])]


def _fitting(model: "Block", bundle: Bundle) -> frozenset[Key]:
    """The half-days, of anybody and on any day, with the time and the opening that a mission asks for."""
    shape = (
        _floor(bundle) if bundle.kind.splittable else bundle.first.duration_minutes,
        model.start_of(bundle.first),
        bundle.kind.splittable,
        bundle.location if bundle.kind.room is not RoomKind.NONE else None,
        bundle.kind.room,
    )
    if shape not in model.fitting:
        half_days = model.half_days.items()
        model.fitting[shape] = frozenset(key for key, half in half_days if _fits(model, bundle, half))
    return model.fitting[shape]


def _fits(model: "Block", bundle: Bundle, half_day: HalfDay) -> bool:
    mission = bundle.first
    room = model.room_hours(bundle, half_day.slot)
    hours = half_day.free if room is None else overlap(half_day.free, room)
    needed = _floor(bundle) if bundle.kind.splittable else mission.duration_minutes
    start = model.start_of(mission)
    if start is None or (bundle.kind.splittable and half_day.free[0][0] > start):
        return any(end - begin >= needed for begin, end in hours)
    return any(begin <= start and start + needed <= end for begin, end in hours)


def _floor(bundle: Bundle) -> int:
    """Minutes that a part lasts at least."""
    return min(PART_FLOOR, bundle.first.duration_minutes)


def _create_whole(model: "BucketModel", bundle: Bundle, keys: list[Key]) -> None:
    minutes, taken = bundle.first.duration_minutes, {}
    start = model.start_of(bundle.first)
    parts = () if start is None else ((start, start + minutes),)
    load = _loads(model, bundle, minutes, parts, shortest=minutes)
    for key in keys:
        most = min(bundle.count, model.half_days[key].minutes // minutes)
        taken[key] = model.variable("take", (bundle.name, *key), most)
        model.occupy(key, load(taken[key]))
    model.take[bundle.index] = taken
    if bundle.people > 1:
        slots = sorted({slot for _, slot in keys})
        model.held[bundle.index] = {slot: model.variable("held", (bundle.name, slot)) for slot in slots}


def _create_parts(model: "BucketModel", bundle: Bundle, keys: list[Key]) -> None:
    """A report: who writes it, in which half-days, and how many grid steps in each."""
    taken, minutes = {}, {}
    load = _loads(model, bundle, GRID_MINUTES, (), shortest=0)
    for key in keys:
        longest = max(end - start for start, end in model.half_days[key].free)
        most = grid_steps(min(bundle.first.duration_minutes, longest))
        taken[key] = model.variable("part", (bundle.name, *key))
        minutes[key] = model.variable("steps", (bundle.name, *key), most)
        model.occupy(key, load(minutes[key]))
    for person in sorted({person for person, _ in keys}):
        model.does[bundle.index, person] = model.variable("does", (bundle.name, person))
    model.take[bundle.index] = taken
    model.part_minutes[bundle.index] = minutes


def _create_late_days(model: "BucketModel", bundle: Bundle) -> None:
    """For each day after the due date: whether a part is done then or later."""
    taken = model.take[bundle.index]
    days = sorted({model.board.day_of(slot) for _, slot in taken})
    late = {day: model.variable("late_on", (bundle.name, day)) for day in days if day > bundle.first.due}
    for day, variable in late.items():
        for key, part in taken.items():
            if model.board.day_of(key[1]) >= day:
                model.at_most(0, "late_part", (bundle.name, day, *key), [(part, 1), (variable, -1)])
    model.late_on[bundle.index] = late


def _loads(
    model: "BucketModel", bundle: Bundle, minutes: int, parts: tuple[Interval, ...], shortest: int
) -> Callable[[Variable], Load]:
    """What makes of each variable of a bundle the load of its half-day."""
    is_teleworkable = bundle.kind.telework and bundle.kind.room is RoomKind.NONE
    is_home = bundle.location is not None and bundle.location.is_home
    return partial(
        Load,
        minutes=minutes,
        kind=bundle.kind,
        location=bundle.location,
        teleworkable=is_teleworkable,
        in_reception=bundle.kind.request,
        parts=parts,
        shortest=shortest,
        piece=_floor(bundle) if bundle.kind.splittable else shortest,
        hop=grid_steps(model.board.hop_minutes) if is_home and not is_teleworkable else 0,
        is_mission=True,
    )
