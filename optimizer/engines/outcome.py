"""What the bucket stage of one block has reached: values, and a lower bound for each level."""

from dataclasses import dataclass, field
from math import gcd

from optimizer.engines.matrix import Integers
from optimizer.engines.solvers import rounded_up
from optimizer.model import COMMITMENTS, PREFERENCES, BucketModel

LEXICOGRAPHIC = {COMMITMENTS: 1_000, PREFERENCES: 1}
"""Weights of the search: a grid step of writing (25 tenths) outweighs any sum of preferences met in a
move."""


@dataclass(frozen=True)
class PreferencesBound:
    """A lower bound of level 2, in tenths, over the plans that pay at most `most` tenths at level 1.

    `slope` is what it loses for each further tenth at level 1: the dual price of that limit, which stays a
    dual solution whatever the limit is. None says nothing beyond the limit.
    """

    tenths: float
    most: int
    slope: float | None = None

    def over(self, most: int) -> float:
        """The bound over the plans that pay at most `most` tenths at level 1."""
        if most <= self.most:
            return self.tenths
        return 0.0 if self.slope is None else self.tenths - self.slope * (most - self.most)


@dataclass
class BlockOutcome:
    """The bucket stage of one block: values of its variables, and what bounds each level."""

    model: BucketModel
    values: Integers
    commitments_bound: int = 0
    preferences_bounds: list[PreferencesBound] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.commitments_bound = self.model.statement.constants.get(COMMITMENTS, 0)

    def value(self, level: str) -> int:
        """The price of the values at a level, in tenths of a point."""
        return self.model.statement.value(level, self.values.tolist())

    def preferences_over(self, most: int) -> int:
        """The bound of level 2 over the plans that pay at most `most` tenths at level 1."""
        statement = self.model.statement
        constant = statement.constants.get(PREFERENCES, 0)
        step = gcd(*statement.levels.get(PREFERENCES, {}).values()) or 1
        bounds = (bound.over(most) for bound in self.preferences_bounds)
        steps = (rounded_up((tenths - constant) / step) for tenths in bounds)
        return constant + step * max((0, *steps))

    def take(self, values: Integers) -> None:
        """Take values that hold, when they are better."""
        new, known = values.tolist(), self.values.tolist()
        value = self.model.statement.value
        if [value(level, new) for level in LEXICOGRAPHIC] < [value(level, known) for level in LEXICOGRAPHIC]:
            self.values = values

    def are_commitments_proven(self) -> bool:
        """Whether level 1 meets its bound."""
        return self.value(COMMITMENTS) <= self.commitments_bound

    def is_proven(self) -> bool:
        """Whether both levels meet their bounds."""
        return self.are_commitments_proven() and self.value(PREFERENCES) <= self.preferences_over(
            self.value(COMMITMENTS)
        )
