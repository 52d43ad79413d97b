"""What a contender of the département table answers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from optimizer.plan import Plan
from optimizer.week import Week

WORKERS = 2
"""Cores that any contender may use."""


@dataclass(frozen=True)
class Answer:
    """A plan, or why there is none; bounds in points, None where none is known.

    `told` holds earlier plans: seconds from the start, and points of level 1 by the judge. `spent` says where
    time went: seconds of one core by step. `note` is for the reader of the table.
    """

    plan: Plan | None = None
    commitments_bound: float | None = None
    preferences_bound: float | None = None
    told: list[tuple[float, float]] = field(default_factory=list)
    spent: dict[str, float] = field(default_factory=dict)
    note: str = ""


Contender = Callable[[Week, int], Answer]
"""Plans a week within some seconds."""
