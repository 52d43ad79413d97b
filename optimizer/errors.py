"""Every error that polyvalence raises on purpose.

PolyvalenceError
├── UnusableInput        exit 2: a list of Problem, each with where, the value found and what was expected
├── ContradictoryWeek    exit 1: what is fixed cannot hold together, with the facts in conflict
├── NoTeam               exit 1: everybody together cannot do what is asked
├── NoPlanYet            exit 3: the limit came before any plan
└── SolverLost           exit 4: the solver died, or the judge and the model disagree
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where it stands, what was found, what was expected."""

    where: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.where} : {self.found} ; attendu : {self.expected}"


class WrongValue(ValueError):
    """A value refused by a validator: what was found and what was expected, in the words of the user."""

    def __init__(self, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected
        super().__init__(f"{found} ; attendu : {expected}")


class WeekProblems(ValueError):
    """Carries the problems of `invariants` through pydantic; each `where` is a JSON pointer."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


class PolyvalenceError(Exception):
    """Root of the tree; its message is written for a user."""


class UnusableInput(PolyvalenceError):
    """The input cannot be read as a week or a plan; lists all problems found at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class ContradictoryWeek(PolyvalenceError):
    """What the week fixes cannot hold together; `facts` says which items, one sentence each."""

    def __init__(self, facts: list[str]) -> None:
        self.facts = facts
        super().__init__("\n".join(facts))


class NoTeam(PolyvalenceError):
    """No team can do what is asked; `facts` says what, one sentence each."""

    def __init__(self, facts: list[str]) -> None:
        self.facts = facts
        super().__init__("\n".join(facts))


class NoPlanYet(PolyvalenceError):
    """The limit came before any plan was found."""


class SolverLost(PolyvalenceError):
    """The solver died, or the judge does not confirm what the model claims."""
