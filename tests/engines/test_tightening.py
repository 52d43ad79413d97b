"""Tightening takes nothing away that could be best, on random small problems held against every point."""

from itertools import product
from random import Random

import numpy as np
import pytest

from optimizer.engines.matrix import Matrix, Restricted
from optimizer.engines.tightening import tightened
from optimizer.linear import Statement

LEVEL = {"commitments": 1}


def a_problem(seed: int) -> tuple[Restricted, Statement]:
    """Five small integers, four rows of one or two sides."""
    rng = Random(seed)
    statement = Statement()
    for number in range(5):
        statement.variable(f"x{number}", 0, rng.choice([1, 1, 2]))
        statement.price("commitments", number, rng.randint(-3, 3))
    for number in range(4):
        terms = {v: rng.randint(-3, 3) for v in rng.sample(range(5), rng.randint(1, 4))}
        lower = rng.choice([None, rng.randint(-4, 2)])
        statement.row(f"r{number}", terms, lower, rng.choice([None, rng.randint(0, 3) + (lower or 0)]))
    return Matrix(statement).whole(LEVEL), statement


def feasible(statement: Statement) -> set[tuple[int, ...]]:
    """Every point that the rows accept."""
    ranges = [range(upper + 1) for upper in statement.uppers]
    return {point for point in product(*ranges) if not statement.violated(list(point))}


@pytest.mark.parametrize("seed", range(60))
def test_the_same_points_are_left(seed: int) -> None:
    problem, statement = a_problem(seed)
    expected = feasible(statement)
    tight = tightened(problem)
    if tight is None:
        assert not expected
        return
    small = tight.problem
    found = set()
    for point in product(*(range(low, up + 1) for low, up in zip(small.lowers, small.uppers, strict=True))):
        rows = np.repeat(np.arange(len(small.row_lowers)), np.diff(small.row_starts))
        totals = np.bincount(
            rows,
            weights=small.coefficients * np.array(point, np.int64)[small.columns],
            minlength=len(small.row_lowers),
        )
        if (totals >= small.row_lowers).all() and (totals <= small.row_uppers).all():
            values = tight.values(list(point))
            found.add(tuple(values))
            assert small.offset + int(small.prices @ np.array(point, np.int64)) == statement.value(
                "commitments", values
            )
    assert found == expected


def test_some_of_these_problems_are_refused_and_some_are_made_smaller() -> None:
    kept = [tight and len(tight.kept) for tight in (tightened(a_problem(seed)[0]) for seed in range(60))]
    assert None in kept
    assert any(size is not None and 0 < size < 5 for size in kept)


def test_a_row_that_one_value_alone_satisfies_fixes_its_variables() -> None:
    statement = Statement()
    taken, elsewhere, missed = (statement.variable(name) for name in ("taken", "elsewhere", "missed"))
    statement.equal("placed", {taken: 1, elsewhere: 1, missed: 1}, 1)
    matrix = Matrix(statement)
    left = matrix.restrict(np.array([taken, missed]), np.array([0, 1, 0]), LEVEL)
    tight = tightened(left)
    assert tight is not None
    assert (len(tight.kept), tight.values([])) == (0, [0, 0])
