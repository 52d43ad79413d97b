"""The rooms of a site in a half-day: when someone can be in them, and what a meeting of everybody leaves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.intervals import Interval, minus, overlap, union
from optimizer.linear import Part, Variable
from optimizer.tasks import Key
from optimizer.words import RoomKind

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel


@dataclass(frozen=True)
class Gathering:
    """The parts of a meeting, and the variables of those who may attend it and hold things in some rooms."""

    parts: tuple[Interval, ...]
    attending: dict[str, Variable]


@dataclass
class RoomsInUse:
    """The rooms of one kind, at a site in a half-day; `hours` are those in which someone who uses them can be
    there, `own` those of each.

    `taken` gives the minutes of what they may hold, `alone` the same of what one person holds, for each.
    """

    number: int
    taken: list[tuple[Variable, int]] = field(default_factory=list)
    alone: defaultdict[str, list[tuple[Variable, int]]] = field(default_factory=lambda: defaultdict(list))
    own: dict[str, tuple[Interval, ...]] = field(default_factory=dict)
    hours: tuple[Interval, ...] = ()
    gatherings: list[Gathering] = field(default_factory=list)

    def worth(self, worths: Mapping[int, int]) -> int:
        """The most that the rooms hold, by what so many minutes in one piece are worth."""
        return self.number * _most_worth(self.hours, worths)

    def beside(self, meeting: Gathering, worths: Mapping[int, int]) -> int:
        """The most that the rooms hold beside a meeting."""
        return self.number * _most_worth(minus(self.hours, meeting.parts), worths)

    def held_by(self, person: str, worths: Mapping[int, int]) -> tuple[Part, int]:
        """What someone holds there alone, and the most that it is worth."""
        held = [(variable, worths.get(minutes, 0)) for variable, minutes in self.alone[person]]
        return held, _most_worth(self.own[person], worths)

    def worths(self) -> list[dict[int, int]]:
        """What pieces are worth, by their minutes: their grid steps; as many times as one is 45 or 60
        minutes.

        Then, where two of some size fill a gap, their minutes, and the whole gap for what leaves none of them
        room (dual feasible functions, Fekete and Schepers 2001).
        """
        sizes = sorted({minutes for _, minutes in self.taken})
        found = [{size: grid_steps(size) for size in sizes}]
        found += [{size: size // least for size in sizes} for least in (45, 60)]
        beside = [self.hours, *(minus(self.hours, one.parts) for one in self.gatherings)]
        for gap in sorted({end - begin for gaps in beside for begin, end in gaps}):
            for least in (size for size in sizes if 2 * size <= gap and sizes[-1] > gap - size):
                found.append(
                    {size: gap if size > gap - least else size for size in sizes if least <= size <= gap}
                )
        return found


def _most_worth(hours: Iterable[Interval], worths: Mapping[int, int]) -> int:
    """The most that pieces in some hours are worth together (unbounded knapsack)."""
    gaps = [grid_steps(end - begin) for begin, end in hours]
    steps = {grid_steps(minutes): worth for minutes, worth in worths.items()}
    most = [0]
    for length in range(1, max(gaps, default=0) + 1):
        fitting = (most[length - size] + worth for size, worth in steps.items() if size <= length)
        most.append(max(most[-1], max(fitting, default=0)))
    return sum(most[gap] for gap in gaps)


Place = tuple[str, RoomKind, int]
"""A site, a kind of room and a half-day."""


def rooms_in_use(model: "BucketModel") -> dict[Place, RoomsInUse]:
    """The rooms that something may take."""
    found: dict[Place, RoomsInUse] = {}
    for (site, kind, slot), people, is_alone, variable, minutes in _each_use(model):
        place = site, kind, slot
        rooms = found.setdefault(place, RoomsInUse(_number_open(model, site, kind, slot)))
        rooms.taken.append((variable, minutes))
        for person in people - set(rooms.own):
            rooms.own[person] = _hours_at(model, (person, slot), site)
        for person in people if is_alone else ():
            rooms.alone[person].append((variable, minutes))
    for rooms in found.values():
        rooms.hours = union(piece for own in rooms.own.values() for piece in own)
        rooms.gatherings = list(_gatherings(model, rooms))
    return found


def _number_open(model: "BucketModel", site: str, kind: RoomKind, slot: int) -> int:
    """How many rooms are open at some time of the hours of a site in a half-day."""
    board, opening = model.board, model.board.opening.get((site, slot), ())
    if not opening:
        return len(board.rooms(site, kind))
    span = opening[0][0], opening[-1][1]
    return sum(bool(minus(opening, board.closed(site, room, span))) for room in board.rooms(site, kind))


def _hours_at(model: "BucketModel", key: Key, site: str) -> tuple[Interval, ...]:
    """When someone can be at a site while it is open: the way from their post and back is not free."""
    board, free, there = model.board, model.half_days[key].free, model.board.site_location(site)
    opening = overlap(board.opening.get((site, key[1]), ()), free)
    posts = [board.site_location(post) for post in board.posts(model.week.professional[key[0]])]
    if any(post.zone == there.zone for post in posts):
        return opening
    out = min(board.travel(post, there) for post in posts)
    back = min(board.travel(there, post) for post in posts)
    return overlap(opening, ((free[0][0] + out, free[-1][1] - back),))


def _each_use(model: "BucketModel") -> Iterator[tuple[Place, set[str], bool, Variable, int]]:
    """Where something may be held, by whom, whether by one of them alone, its variable and its minutes."""
    for bundle in model.bundles:
        site = bundle.location.site_id if bundle.location else None
        if not site or bundle.kind.room is RoomKind.NONE:
            continue
        kind, minutes, people = (
            bundle.kind.room,
            bundle.first.duration_minutes,
            defaultdict[int, set[str]](set),
        )
        for (person, slot), variable in model.take[bundle.index].items():
            people[slot].add(person)
            if bundle.people == 1:
                yield (site, kind, slot), {person}, True, variable, minutes
        if bundle.people > 1:
            for slot, variable in model.placed(bundle):
                yield (site, kind, slot), people[slot], False, variable, minutes
    for action in model.actions():
        if action.site_id and model.week.types[action.type].room is RoomKind.GROUP:
            for slot, variable in model.action_held[action.id].items():
                leaders = {person for person, s, _ in model.lead[action.id] if s == slot}
                place = action.site_id, RoomKind.GROUP, slot
                yield place, leaders, False, variable, action.duration_minutes


def _gatherings(model: "BucketModel", rooms: RoomsInUse) -> Iterator[Gathering]:
    """The dated meetings that more of those who use some rooms may attend than there are rooms."""
    for meeting_id, attendance in model.attend.items():
        meeting = model.week.meeting[meeting_id]
        start = model.start_of(meeting)
        if start is None:
            continue
        attending = {who: attendance[who][start] for who in rooms.alone if start in attendance.get(who, {})}
        parts = tuple(model.board.parts(start, meeting.duration_minutes))
        if len(attending) > rooms.number and overlap(rooms.hours, parts):
            yield Gathering(parts, attending)
