"""The rooms of a site in a half-day: when someone can be in them, and what a meeting of everybody leaves."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.intervals import Interval, minus, overlap, union
from optimizer.linear import Variable
from optimizer.words import RoomKind

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel


@dataclass
class RoomsInUse:
    """The rooms of one kind, at a site in a half-day; `hours` are those in which someone who uses them is
    free.

    `taken` gives the minutes of what they may hold, `gatherings` the parts of each meeting that all who use
    them may attend, with their variables: when all do, the rooms are empty.
    """

    number: int
    people: set[str] = field(default_factory=set)
    taken: list[tuple[Variable, int]] = field(default_factory=list)
    hours: tuple[Interval, ...] = ()
    gatherings: list[tuple[tuple[Interval, ...], list[Variable]]] = field(default_factory=list)

    def steps(self) -> int:
        """Grid steps of all the rooms."""
        return self.number * grid_steps(sum(end - begin for begin, end in self.hours))

    def steps_lost(self, parts: tuple[Interval, ...]) -> int:
        """Grid steps of all the rooms in which everybody is at a meeting."""
        return self.number * grid_steps(sum(end - begin for begin, end in overlap(self.hours, parts)))

    def times(self, size: int, parts: tuple[Interval, ...] = ()) -> int:
        """How many times `size` minutes the rooms hold beside some parts."""
        return self.number * sum((end - begin) // size for begin, end in minus(self.hours, parts))


Place = tuple[str, RoomKind, int]
"""A site, a kind of room and a half-day."""


def rooms_in_use(model: "BucketModel") -> dict[Place, RoomsInUse]:
    """The rooms that something may take."""
    found: dict[Place, RoomsInUse] = {}
    for place, people, variable, minutes in _each_use(model):
        site, kind, _ = place
        rooms = found.setdefault(place, RoomsInUse(len(model.board.rooms(site, kind))))
        rooms.people |= people
        rooms.taken.append((variable, minutes))
    for (site, _, slot), rooms in found.items():
        opening = model.board.opening.get((site, slot), ())
        free = (piece for who in rooms.people for piece in model.half_days[who, slot].free)
        rooms.hours = overlap(opening, union(free))
        rooms.gatherings = list(_gatherings(model, rooms))
    return found


def _each_use(model: "BucketModel") -> Iterator[tuple[Place, set[str], Variable, int]]:
    for bundle in model.bundles:
        site = bundle.location.site_id if bundle.location else None
        if site and bundle.kind.room is not RoomKind.NONE:
            people: defaultdict[int, set[str]] = defaultdict(set)
            for person, slot in model.take[bundle.index]:
                people[slot].add(person)
            for slot, variable in model.placed(bundle):
                yield (site, bundle.kind.room, slot), people[slot], variable, bundle.first.duration_minutes
    for action in model.actions():
        if action.site_id and model.week.types[action.type].room is RoomKind.GROUP:
            for slot, variable in model.action_held[action.id].items():
                leaders = {person for person, s, _ in model.lead[action.id] if s == slot}
                yield (action.site_id, RoomKind.GROUP, slot), leaders, variable, action.duration_minutes


def _gatherings(
    model: "BucketModel", rooms: RoomsInUse
) -> Iterator[tuple[tuple[Interval, ...], list[Variable]]]:
    for meeting_id, attendance in model.attend.items():
        if not rooms.people <= set(attendance):
            continue
        length = model.week.meeting[meeting_id].duration_minutes
        for start in sorted(set.intersection(*(set(attendance[who]) for who in rooms.people))):
            parts = tuple(model.board.parts(start, length))
            if rooms.steps_lost(parts):
                yield parts, [attendance[who][start] for who in sorted(rooms.people)]
