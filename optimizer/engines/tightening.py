"""Bounds of variables tightened by the rows, before a solver is asked.

What is then fixed is left out, with the rows that nothing can break any more. In a neighbourhood most of what
could be placed is placed elsewhere: two variables in three go, and nine rows in ten. Method: activity-based
bound tightening (Savelsbergh 1994).
"""

from dataclasses import dataclass, replace

import numpy as np

from optimizer.engines.matrix import FAR, Integers, Restricted

ROUNDS = 4
"""Passes over the rows at most; what a further one would find is left to the solver's presolve."""


@dataclass(frozen=True)
class Tightened:
    """A smaller problem; `kept` are its variables among those of the one it comes from, whose others have
    the value in `fixed`."""

    problem: Restricted
    kept: Integers
    fixed: Integers

    def values(self, of_the_kept: list[int]) -> list[int]:
        """Values of every variable from those of the kept ones."""
        values = self.fixed.copy()
        values[self.kept] = of_the_kept
        return values.tolist()  # type: ignore[no-any-return]


def tightened(problem: Restricted) -> Tightened | None:
    """The same problem with fewer variables and rows; None when the rows contradict one another."""
    rows = np.repeat(np.arange(len(problem.row_lowers)), np.diff(problem.row_starts))
    entries = _Entries(rows, problem.columns, problem.coefficients, len(problem.row_lowers))
    lowers, uppers = problem.lowers.copy(), problem.uppers.copy()
    can_break = np.ones(len(problem.row_lowers), bool)
    for _ in range(ROUNDS):
        least, most = entries.activities(lowers, uppers)
        if (can_break & ((least > problem.row_uppers) | (most < problem.row_lowers))).any():
            return None
        can_break &= (most > problem.row_uppers) | (least < problem.row_lowers)
        entries = entries.of_rows(can_break)
        before = (uppers - lowers).sum()
        entries.tighten(lowers, uppers, least, most, problem)
        if (lowers > uppers).any():
            return None
        if (uppers - lowers).sum() == before:
            break
    return _without_the_fixed(problem, entries, lowers, uppers)


@dataclass(frozen=True)
class _Entries:
    """The coefficients of rows still of use, one an entry."""

    rows: Integers
    columns: Integers
    coefficients: Integers
    count: int

    def activities(self, lowers: Integers, uppers: Integers) -> tuple[Integers, Integers]:
        """The least and the most that each row can add up to."""
        low, high = self._ends(lowers, uppers)
        return self._summed(low), self._summed(high)

    def _ends(self, lowers: Integers, uppers: Integers) -> tuple[Integers, Integers]:
        at_lower, at_upper = (
            self.coefficients * lowers[self.columns],
            self.coefficients * uppers[self.columns],
        )
        return np.minimum(at_lower, at_upper), np.maximum(at_lower, at_upper)

    def _summed(self, values: Integers) -> Integers:
        return np.bincount(self.rows, weights=values, minlength=self.count).astype(np.int64)

    def of_rows(self, kept: np.typing.NDArray[np.bool_]) -> "_Entries":
        """The entries of some rows."""
        inside = kept[self.rows]
        return _Entries(self.rows[inside], self.columns[inside], self.coefficients[inside], self.count)

    def tighten(
        self, lowers: Integers, uppers: Integers, least: Integers, most: Integers, problem: Restricted
    ) -> None:
        """Tighten bounds in place by what each row leaves to each of its variables."""
        low, high = self._ends(lowers, uppers)
        over, under = problem.row_uppers[self.rows], problem.row_lowers[self.rows]
        room = np.where(over >= FAR, FAR, over - least[self.rows] + low)
        need = np.where(under <= -FAR, -FAR, under - most[self.rows] + high)
        positive = self.coefficients > 0
        size = np.abs(self.coefficients)
        largest = np.where(positive, room // size, (-need) // size)
        smallest = np.where(positive, -((-need) // size), -(room // size))
        has_largest = np.where(positive, over < FAR, under > -FAR)
        has_smallest = np.where(positive, under > -FAR, over < FAR)
        np.minimum.at(uppers, self.columns[has_largest], largest[has_largest])
        np.maximum.at(lowers, self.columns[has_smallest], smallest[has_smallest])


def _without_the_fixed(
    problem: Restricted, entries: _Entries, lowers: Integers, uppers: Integers
) -> Tightened:
    kept = np.flatnonzero(lowers < uppers)
    left = replace(
        problem, lowers=lowers, uppers=uppers, columns=entries.columns, coefficients=entries.coefficients
    )
    return Tightened(left.keeping(kept, lowers, entries.rows), kept, lowers)
