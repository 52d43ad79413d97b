"""A linear statement over bounded integers, the one text that every solver of the bucket stage reads.

Variables and rows carry names made of what they mean and whom they concern, so that a dump can be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Variable = int
Name = str | tuple[object, ...]
"""What a variable or row means, then whom it concerns: put into words only when it is read."""
Terms = Mapping[Variable, int]
Part = Iterable[tuple[Variable, int]]
"""Some of the terms of a row: variables with their coefficients."""


@dataclass(frozen=True)
class Row:
    """lower <= sum of coefficient x variable <= upper; an absent side is None."""

    named: Name
    terms: Terms
    lower: int | None
    upper: int | None

    @property
    def name(self) -> str:
        """What it says and whom it concerns."""
        return in_words(self.named)


@dataclass
class Statement:
    """Integer variables with bounds, rows, and objective levels to minimise one after the other."""

    named: list[Name] = field(default_factory=list)
    lowers: list[int] = field(default_factory=list)
    uppers: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    levels: dict[str, dict[Variable, int]] = field(default_factory=dict)
    constants: dict[str, int] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """What each variable means and whom it concerns."""
        return [in_words(name) for name in self.named]

    def variable(self, name: Name, lower: int = 0, upper: int = 1) -> Variable:
        """A new integer variable, binary by default."""
        self.named.append(name)
        self.lowers.append(lower)
        self.uppers.append(upper)
        return len(self.named) - 1

    def row(self, name: Name, terms: Terms, lower: int | None = None, upper: int | None = None) -> None:
        """A new row; one without terms is dropped when it holds, and kept, to be found infeasible, if not."""
        kept = terms
        if not all(terms.values()):
            kept = {variable: coefficient for variable, coefficient in terms.items() if coefficient}
        if not kept and (lower is None or lower <= 0) and (upper is None or upper >= 0):
            return
        self.rows.append(Row(name, kept, lower, upper))

    def at_most(self, name: Name, terms: Terms, upper: int) -> None:
        """The sum is at most `upper`."""
        self.row(name, terms, upper=upper)

    def at_least(self, name: Name, terms: Terms, lower: int) -> None:
        """The sum is at least `lower`."""
        self.row(name, terms, lower=lower)

    def equal(self, name: Name, terms: Terms, value: int) -> None:
        """The sum is `value`."""
        self.row(name, terms, value, value)

    def price(self, level: str, variable: Variable, tenths: int) -> None:
        """Each unit of the variable costs `tenths` at a level."""
        terms = self.levels.setdefault(level, {})
        terms[variable] = terms.get(variable, 0) + tenths

    def constant(self, level: str, tenths: int) -> None:
        """A price that every plan pays."""
        self.constants[level] = self.constants.get(level, 0) + tenths

    def value(self, level: str, values: Mapping[Variable, int] | list[int]) -> int:
        """The price of given values at a level, in tenths of a point."""
        terms = self.levels.get(level, {})
        return self.constants.get(level, 0) + sum(
            price * values[variable] for variable, price in terms.items()
        )

    def violated(self, values: list[int]) -> list[str]:
        """Names of the rows and bounds that given values break; empty when the statement accepts them."""
        broken = [
            in_words(self.named[v])
            for v, value in enumerate(values)
            if not self.lowers[v] <= value <= self.uppers[v]
        ]
        for row in self.rows:
            total = sum(coefficient * values[v] for v, coefficient in row.terms.items())
            if (row.lower is not None and total < row.lower) or (row.upper is not None and total > row.upper):
                broken.append(row.name)
        return broken


def in_words(name: Name) -> str:
    """A name as text: `take[M1,AS01,3]`."""
    if isinstance(name, str):
        return name
    what, *whom = name
    return f"{what}[{','.join(map(str, whom))}]"


def each(variables: Iterable[Variable], coefficient: int = 1) -> list[tuple[Variable, int]]:
    """Variables, all with one coefficient."""
    return [(variable, coefficient) for variable in variables]


def total(*parts: Part) -> dict[Variable, int]:
    """Terms added up, coefficients of one variable together."""
    terms: dict[Variable, int] = {}
    for part in parts:
        for variable, coefficient in part:
            if variable in terms:
                terms[variable] += coefficient
            else:
                terms[variable] = coefficient
    return terms
