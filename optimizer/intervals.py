"""Intervals of minutes, as pairs of a start and an end, and what is left of them."""

from collections.abc import Iterable

Interval = tuple[int, int]


def minus(intervals: tuple[Interval, ...], taken: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """What is left of intervals once others are taken away."""
    for start, end in taken:
        intervals = tuple(
            piece
            for a, b in intervals
            for piece in ((a, min(b, start)), (max(a, end), b))
            if piece[0] < piece[1]
        )
    return intervals


def overlap(one: tuple[Interval, ...], other: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """What two lists of intervals share."""
    shared = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple((start, end) for start, end in shared if start < end)


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same minutes as intervals apart from one another, in order."""
    found: list[Interval] = []
    for begin, end in sorted(intervals):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return tuple(found)
