"""A linear statement in arrays, and what is left of it when some variables keep their values."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimizer.linear import Statement

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
FAR = 1 << 60
"""Stands for an absent side of a row, beyond any value of the statement."""


@dataclass(frozen=True)
class Restricted:
    """A statement whose variables outside `free` keep their value in `around`; rows in compressed form."""

    free: Integers
    around: Integers
    lowers: Integers
    uppers: Integers
    row_starts: Integers
    columns: Integers
    coefficients: Integers
    row_lowers: Integers
    row_uppers: Integers
    prices: Integers
    offset: int

    def with_row(self, columns: Integers, coefficients: Integers, upper: int) -> "Restricted":
        """The same with a last row, of at most `upper`."""
        return replace(
            self,
            row_starts=np.append(self.row_starts, self.row_starts[-1] + len(columns)),
            columns=np.concatenate((self.columns, columns)),
            coefficients=np.concatenate((self.coefficients, coefficients)),
            row_lowers=np.append(self.row_lowers, -FAR),
            row_uppers=np.append(self.row_uppers, upper),
        )

    def keeping(self, free: Integers, values: Integers, rows: Integers) -> "Restricted":
        """Only `free`, places among these variables, may change; the others take their values.

        Rows without a free variable go. `rows` is the row of each coefficient.
        """
        is_free = np.zeros(len(self.free), bool)
        is_free[free] = True
        inside = is_free[self.columns]
        count = len(self.row_lowers)
        weights = self.coefficients[~inside] * values[self.columns[~inside]]
        moved = np.bincount(rows[~inside], weights=weights, minlength=count).astype(np.int64)
        kept = np.unique(rows[inside])
        place = np.full(len(self.free), -1, np.int64)
        place[free] = np.arange(len(free))
        sizes = np.bincount(rows[inside], minlength=count)[kept]
        lowers, uppers = self.row_lowers[kept], self.row_uppers[kept]
        return Restricted(
            self.free[free],
            values,
            self.lowers[free],
            self.uppers[free],
            np.concatenate(([0], np.cumsum(sizes))),
            place[self.columns[inside]],
            self.coefficients[inside],
            np.where(lowers == -FAR, -FAR, lowers - moved[kept]),
            np.where(uppers == FAR, FAR, uppers - moved[kept]),
            self.prices[free],
            self.offset + int((self.prices * values)[~is_free].sum()),
        )


class Matrix:
    """A statement in arrays, so that restricting it costs milliseconds."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        sizes = [len(row.terms) for row in statement.rows]
        self.rows = np.repeat(np.arange(len(sizes)), sizes)
        self.columns = np.fromiter((v for row in statement.rows for v in row.terms), np.int64, sum(sizes))
        self.coefficients = np.fromiter(
            (c for row in statement.rows for c in row.terms.values()), np.int64, sum(sizes)
        )
        self.row_lowers = np.array(
            [-FAR if row.lower is None else row.lower for row in statement.rows], np.int64
        )
        self.row_uppers = np.array(
            [FAR if row.upper is None else row.upper for row in statement.rows], np.int64
        )
        self.lowers = np.array(statement.lowers, np.int64)
        self.uppers = np.array(statement.uppers, np.int64)
        self._prices: dict[tuple[tuple[str, int], ...], Integers] = {}

    def holds(self, values: Integers) -> bool:
        """Whether values lie within the bounds of the variables and of the rows."""
        if (values < self.lowers).any() or (values > self.uppers).any():
            return False
        return not self._broken(values).any()

    def broken_whatever(self, is_free: Flags, values: Integers) -> Flags:
        """Rows without a free variable that the values of the others break; a flag a row.

        Restricting leaves such rows out.
        """
        broken = self._broken(values)
        broken[self.rows[is_free[self.columns]]] = False
        return broken

    def _broken(self, values: Integers) -> Flags:
        weights = self.coefficients * values[self.columns]
        totals = np.bincount(self.rows, weights=weights, minlength=len(self.row_lowers))
        broken: Flags = (totals < self.row_lowers) | (totals > self.row_uppers)
        return broken

    def prices(self, weights: dict[str, int]) -> Integers:
        """The price of each variable, levels added with weights."""
        known = tuple(weights.items())
        if known not in self._prices:
            prices = np.zeros(len(self.lowers), np.int64)
            for level, weight in weights.items():
                for variable, price in self.statement.levels.get(level, {}).items():
                    prices[variable] += weight * price
            self._prices[known] = prices
        return self._prices[known]

    def whole(self, weights: dict[str, int]) -> Restricted:
        """Every variable free."""
        return self.restrict(np.arange(len(self.lowers)), self.lowers, weights)

    def restrict(self, free: Integers, values: Integers, weights: dict[str, int]) -> Restricted:
        """Only `free` may change; the others keep their values, rows without a free variable go."""
        constant = sum(w * self.statement.constants.get(level, 0) for level, w in weights.items())
        everything = Restricted(
            np.arange(len(self.lowers)),
            values,
            self.lowers,
            self.uppers,
            np.zeros(0, np.int64),
            self.columns,
            self.coefficients,
            self.row_lowers,
            self.row_uppers,
            self.prices(weights),
            constant,
        )
        return everything.keeping(free, values, self.rows)
