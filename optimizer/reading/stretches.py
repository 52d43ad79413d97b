"""Stretches of minutes, half-open, counted from Monday 00:00 of the first week."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Stretch(NamedTuple):
    """From `start` up to `end`, `end` excluded."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Length."""
        return self.end - self.start

    def holds(self, start: int, end: int) -> bool:
        """Whether [start, end) lies inside."""
        return self.start <= start and end <= self.end

    def meets(self, start: int, end: int) -> bool:
        """Whether [start, end) shares a minute with it."""
        return self.start < end and start < self.end


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same minutes as the fewest stretches, in order; empty ones are dropped."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if end <= start:
            continue
        if joined and start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Stretch(start, end))
    return tuple(joined)


def without(stretches: Iterable[Stretch], holes: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What is left of some stretches once others are cut out of them."""
    left = merged(stretches)
    for hole in merged(holes):
        left = tuple(
            piece
            for whole in left
            for piece in (
                Stretch(whole.start, min(whole.end, hole.start)),
                Stretch(max(whole.start, hole.end), whole.end),
            )
            if piece.minutes > 0
        )
    return left


def shared_minutes(stretches: Sequence[Stretch], start: int, end: int) -> int:
    """Minutes of [start, end) that lie in stretches which do not overlap."""
    return sum(max(0, min(end, stretch.end) - max(start, stretch.start)) for stretch in stretches)


def total_minutes(stretches: Iterable[Stretch]) -> int:
    """Minutes covered at least once."""
    return sum(stretch.minutes for stretch in merged(stretches))
