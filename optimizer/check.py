"""The independent judge: reads a plan against its week, lists what it breaks and says what it costs.

Plain Python over the domain objects; it shares nothing with the model and never raises on a plan, however
wrong. Prices are computed even when the plan breaks a rule that never bends.
"""

from dataclasses import dataclass

from optimizer.plan import Plan
from optimizer.reading import Reading
from optimizer.rules import COMMITMENTS, NEVER, PREFERENCES, RULES, Rule, RuleLevel, Violation
from optimizer.week import Week

NAMES = {rule.code: rule.name for rule in RULES}
"""What a reader calls each rule."""


def in_words(violation: Violation) -> str:
    """A violation under the French name of its rule."""
    return f"{NAMES[violation.rule]} : {violation.sentence}"


@dataclass(frozen=True)
class Verdict:
    """What the judge found, by level."""

    hard: tuple[Violation, ...]
    commitments: tuple[Violation, ...]
    preferences: tuple[Violation, ...]

    @property
    def passed(self) -> bool:
        """Whether no rule that never bends is broken."""
        return not self.hard

    @property
    def priced(self) -> tuple[Violation, ...]:
        """What is paid for, commitments first."""
        return self.commitments + self.preferences

    def value(self, level: str) -> int:
        """The price of a level, "commitments" or "preferences", in tenths of a point."""
        found = {RuleLevel.COMMITMENT: self.commitments, RuleLevel.PREFERENCE: self.preferences}
        return sum(violation.tenths or 0 for violation in found[RuleLevel(level)])

    def tenths_of(self, code: str) -> int:
        """The price of one rule, in tenths of a point."""
        return sum(violation.tenths or 0 for violation in self.priced if violation.rule == code)


def judge(week: Week, plan: Plan) -> Verdict:
    """Every violation of a plan, and what it costs.

    Parameters
    ----------
    week
        What is given; its own consistency is not judged again.
    plan
        What is decided, of any origin: hand-edited, read from a file, or from an engine.

    Returns
    -------
    Verdict
        Violations of each level; prices in tenths of a point.
    """
    reading = Reading(week, plan)
    return Verdict(_found(reading, NEVER), _found(reading, COMMITMENTS), _found(reading, PREFERENCES))


def _found(reading: Reading, rules: tuple[Rule, ...]) -> tuple[Violation, ...]:
    return tuple(violation for rule in rules for violation in rule.check(reading))
