"""A plan that people work by, read and judged once, against which changes are weighed.

In a warm process a change is judged in milliseconds: what it leaves alone is not read again.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from optimizer.board import Board
from optimizer.check import Verdict
from optimizer.claims import PRICED
from optimizer.errors import Problem, UnusableInput
from optimizer.hashes import hash_of_week
from optimizer.plan import Plan
from optimizer.reading import Reading
from optimizer.reading.changed import differing, part_of, reading_after
from optimizer.rules import (
    COMMITMENTS,
    NEVER,
    PREFERENCES,
    RULES,
    Rule,
    Violation,
    aptitude,
    evaluator_distance,
    one_pair,
    ownership,
    pairs,
    separate_services,
    separate_space,
    separate_time,
)
from optimizer.week import Week

Found = dict[str, tuple[tuple[Violation, ...], tuple[Violation, ...]]]
"""By rule: what it finds before and after."""


@dataclass(frozen=True)
class Price:
    """What a level costs before and after a change, in points."""

    name: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """What the change costs; negative when it gains."""
        return self.after - self.before


@dataclass(frozen=True)
class Effect:
    """What a change of plan does: rules broken that were not, prices by level, what is paid more and less;
    `week` is the one that it is made in."""

    week: Week
    plan: Plan
    broken: tuple[Violation, ...]
    prices: tuple[Price, ...]
    worse: tuple[Violation, ...]
    better: tuple[Violation, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether it breaks no rule that was kept before."""
        return not self.broken

    @property
    def order(self) -> tuple[float, ...]:
        """What orders effects: the difference of each level, the first level first."""
        return tuple(price.difference for price in self.prices)


class Standing:
    """A plan in its week. Reading it takes a second; what follows, milliseconds."""

    def __init__(self, week: Week, plan: Plan) -> None:
        self.week, self.plan = week, plan
        self.reading = Reading(week, plan)
        self.found = {rule.code: tuple(rule.check(self.reading)) for rule in RULES}
        self.verdict = Verdict(*(self._of(rules) for rules in (NEVER, COMMITMENTS, PREFERENCES)))

    @cached_property
    def board(self) -> Board:
        """The week as engines read it."""
        return Board(self.week)

    def board_of(self, week: Week) -> Board:
        """The same for a week that differs from this one."""
        return self.board if week is self.week else Board(week)

    def effect_of(self, plan: Plan, week: Week | None = None) -> Effect:
        """What another plan of this week, a copy of this one but for some rows, does beside this one.

        Rules that find each thing on one person's days or one item read these alone, before and after.

        Parameters
        ----------
        week
            The same week with a mission more, which is part of the difference.
        """
        reading = reading_after(self.reading, plan, week)
        people, items = differing(self.reading, reading)
        before, after = (part_of(one, people, items) for one in (self.reading, reading))
        found = {
            rule.code: (tuple(rule.check(before)), tuple(rule.check(after)))
            if rule.is_local
            else (self.found[rule.code], tuple(rule.check(reading)))
            for rule in RULES
        }
        return self._effect(reading.week, plan, found)

    def effect_in(self, week: Week, plan: Plan) -> Effect:
        """The same for a plan of another week, one that differs in an item, a date or a room."""
        reading = Reading(week, plan)
        return self._effect(
            week, plan, {rule.code: (self.found[rule.code], tuple(rule.check(reading))) for rule in RULES}
        )

    def _of(self, rules: Iterable[Rule]) -> tuple[Violation, ...]:
        return tuple(violation for rule in rules for violation in self.found[rule.code])

    def _effect(self, week: Week, plan: Plan, found: Found) -> Effect:
        differing = {code: pair for code, pair in found.items() if pair[0] != pair[1]}
        worse = {code: _more(after, before) for code, (before, after) in differing.items()}
        better = {code: _more(before, after) for code, (before, after) in differing.items()}
        priced = [rule.code for rule in COMMITMENTS + PREFERENCES]
        prices = []
        for level in PRICED:
            codes = [rule.code for rule in RULES if rule.level == level and rule.code in differing]
            more = sum(_tenths(worse[code]) - _tenths(better[code]) for code in codes)
            before = self.verdict.value(level)
            prices.append(Price(level, before / 10, (before + more) / 10))
        return Effect(
            week,
            plan,
            tuple(one for rule in NEVER for one in worse.get(rule.code, ())),
            tuple(prices),
            tuple(one for code in priced for one in worse.get(code, ())),
            tuple(one for code in priced for one in better.get(code, ())),
        )


def _tenths(violations: Iterable[Violation]) -> int:
    return sum(violation.tenths or 0 for violation in violations)


def _more(found: Iterable[Violation], known: Iterable[Violation]) -> tuple[Violation, ...]:
    """What is in one and not in the other, each as many times as it is more."""
    left = Counter(known)
    more: list[Violation] = []
    for violation in found:
        left[violation] -= 1
        if left[violation] < 0:
            more.append(violation)
    return tuple(more)


def refuse_another_week(week: Week, plan: Plan, label: str) -> None:
    """Refuse a plan that was calculated for another week; one without provenance claims none.

    Raises
    ------
    UnusableInput
    """
    if plan.provenance is not None and plan.provenance.week_hash != hash_of_week(week):
        found = f"un plan calculé pour une autre version de cette semaine ({plan.provenance.week_hash[:12]}…)"
        expected = f"un plan de la semaine donnée ({hash_of_week(week)[:12]}…)"
        raise UnusableInput([Problem(label, found, expected)])


SEPARATION = (
    ownership.RULE,
    aptitude.RULE,
    separate_services.RULE,
    separate_space.RULE,
    separate_time.RULE,
    evaluator_distance.RULE,
    pairs.RULE,
    one_pair.RULE,
)
"""What may never happen: no answer builds on a plan that does it."""


def refuse_unseparated(standing: Standing, label: str) -> None:
    """Refuse a plan that gives somebody what is never theirs: an evaluation or a contract to the sector team,
    a profession for another.

    Raises
    ------
    UnusableInput
        With every such fact of the plan.
    """
    broken = [one.sentence for rule in SEPARATION for one in standing.found[rule.code]]
    if broken:
        expected = "un plan que « check » accepte"
        raise UnusableInput([Problem(label, sentence, expected) for sentence in broken])


def rows_without(plan: Plan, items: Collection[str]) -> Plan:
    """The plan without the rows of some items, nor their place in the queue or among what is not placed."""
    return plan.model_copy(
        update={
            "assignments": tuple(row for row in plan.assignments if row.mission_id not in items),
            "queue": tuple(row for row in plan.queue if row.mission_id not in items),
            "unserved": tuple(row for row in plan.unserved if row.mission_id not in items),
        }
    )
