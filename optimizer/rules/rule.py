"""What a rule is, and what it finds in a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optimizer.model import BucketModel
    from optimizer.reading import Reading


class RuleLevel(StrEnum):
    """How a rule binds: never broken, a commitment (level 1) or a preference (level 2)."""

    NEVER = "never"
    COMMITMENT = "commitments"
    PREFERENCE = "preferences"


@dataclass(frozen=True)
class Violation:
    """One thing that a plan does against a rule: how much, who, when, and a sentence for the manager.

    `tenths` is the price in tenths of a point, `None` for a rule that is never broken.
    """

    rule: str
    sentence: str
    amount: int
    unit: str
    tenths: int | None = None
    item_id: str | None = None
    professional_ids: tuple[str, ...] = ()
    when: datetime | None = None

    def __str__(self) -> str:
        return f"{self.rule} : {self.sentence}"


@dataclass(frozen=True)
class Rule:
    """A line of the table of contents: what is asked, who asks it, how the judge reads it on a plan.

    `is_local`: each thing that it finds is about one person's days or one item, and is found as well on a
    plan of these alone.
    """

    code: str
    name: str
    source: str
    level: RuleLevel
    check: Callable[[Reading], Iterator[Violation]]
    post: Callable[[BucketModel], None] | None = None
    is_local: bool = False
