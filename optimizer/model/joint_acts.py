"""Acts of two people, drawn from few: pairs that share someone follow each other."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from optimizer.bundles import Bundle
from optimizer.clock import grid_steps
from optimizer.intervals import Interval, overlap, union
from optimizer.linear import Part, each

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel

MOST_PEOPLE = 6
"""Beyond, pairs seldom meet, and there would be too many threes."""

Group = tuple[int, tuple[str, ...]]
"""A half-day, and the two or three people that pairs are drawn from."""


class JointActs:
    """What pairs drawn from two or three people take of the time in which two of them at least are free."""

    def __init__(self, model: "BucketModel") -> None:
        self.model = model

    def each(self) -> Iterator[tuple[Group, int, Part]]:
        """For each group, twice the grid steps in which two are free, and twice what takes some of them."""
        acts = [
            bundle for bundle in self.model.bundles if bundle.people == 2 and bundle.index in self.model.held
        ]
        takes = {key for act in acts for key in self.model.take[act.index]}
        for slot in sorted({slot for _, slot in takes}):
            people = sorted(person for person, s in takes if s == slot)
            if len(people) > MOST_PEOPLE:
                continue
            for few in (*combinations(people, 2), *combinations(people, 3)):
                taken = [term for act in acts for term in self._taken(act, slot, few)]
                if taken:
                    away, spared = self._away(slot, few)
                    yield (slot, few), 2 * _steps(self._shared(slot, few)) + spared, [*taken, *away]

    def _taken(self, act: Bundle, slot: int, few: tuple[str, ...]) -> list[tuple[int, int]]:
        """An act's time when its pair is among the few: one more of them takes it than it is held.

        An act held by others counts nothing, or less than nothing, which holds all the same.
        """
        by = self.model.take[act.index]
        pair = [by[person, slot] for person in few if (person, slot) in by]
        if len(pair) < 2:
            return []
        is_home = act.location is not None and act.location.is_home
        hop = grid_steps(self.model.board.hop_minutes) if is_home else 0
        steps = 2 * (grid_steps(act.first.duration_minutes) + hop)
        return [*each(pair, steps), (self.model.held[act.index][slot], -steps)]

    def _away(self, slot: int, few: tuple[str, ...]) -> tuple[list[tuple[int, int]], int]:
        """What meetings take: all of their time when all attend, half when all but one of three do; and what
        is added to the other side, so that one alone takes nothing."""
        terms, spared, shared = [], 0, self._shared(slot, few)
        for meeting_id, attendance in self.model.attend.items():
            length = self.model.week.meeting[meeting_id].duration_minutes
            for start in sorted({start for person in few for start in attendance.get(person, ())}):
                lost = _steps(overlap(shared, tuple(self.model.board.parts(start, length))))
                there = (attendance.get(person, {}).get(start) for person in few)
                terms += each((v for v in there if v is not None and lost), lost)
                spared += lost * (len(few) - 2)
        return terms, spared

    def _shared(self, slot: int, few: tuple[str, ...]) -> tuple[Interval, ...]:
        """When two of the few at least are free."""
        hours = [self.model.half_days[person, slot].free for person in few]
        return union(piece for one, two in combinations(hours, 2) for piece in overlap(one, two))


def _steps(stretches: tuple[Interval, ...]) -> int:
    return grid_steps(sum(end - begin for begin, end in stretches))
