"""Random draws that are the same on every machine and in every version of Python.

Only `Random.random()` is promised never to change for a seed; every draw below is built on it alone.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Draws:
    """A stream of random draws from one generator."""

    def __init__(self, source: Random) -> None:
        self._source = source

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._source.random() < probability

    def below(self, count: int) -> int:
        """An integer from 0 to `count` - 1."""
        return int(self._source.random() * count)

    def between(self, low: int, high: int, step: int = 1) -> int:
        """An integer from `low` to `high`, both included, in steps."""
        return low + step * self.below((high - low) // step + 1)

    def scaled(self, low: float, high: float) -> float:
        """A number between two others."""
        return low + (high - low) * self._source.random()

    def pick(self, items: Sequence[Item]) -> Item:
        """One item, each as likely."""
        return items[self.below(len(items))]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """One item, in proportion to its weight."""
        left = self._source.random() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return list(weights)[-1]

    def some(self, items: Sequence[Item], count: int) -> tuple[Item, ...]:
        """Distinct items, in the order drawn."""
        left = list(items)
        return tuple(left.pop(self.below(len(left))) for _ in range(min(count, len(left))))

    def rounded(self, expected: float) -> int:
        """An integer whose mean is the number expected: the fraction is a chance of one more."""
        whole = int(expected)
        return whole + self.chance(expected - whole)
