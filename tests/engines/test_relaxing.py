"""A relaxation of some variables leaves the others at their values, and names each by its own number."""

import numpy as np
import pytest

from optimizer.engines.matrix import Matrix
from optimizer.engines.relaxing import MOST_STEPS, Relaxing, relax
from optimizer.linear import Statement


@pytest.fixture
def statement() -> Statement:
    """Three tasks of 2, 3 and 4 hours, worth 5, 6 and 7 tenths, of which 5 hours are done at most."""
    found = Statement()
    hours, worth = (2, 3, 4), (5, 6, 7)
    tasks = [found.variable(("left", number)) for number in range(3)]
    for task, price in zip(tasks, worth, strict=True):
        found.price("level", task, price)
    left = dict(zip(tasks, hours, strict=True))
    found.at_least("hours", left, sum(hours) - 5)
    return found


def test_the_relaxation_of_everything(statement: Statement) -> None:
    # 4 hours are left at least, at least price an hour: all of the third (7 tenths for 4 hours)
    relaxed = relax(Matrix(statement).whole({"level": 1}), 10.0)
    assert relaxed is not None
    assert relaxed.values.tolist() == pytest.approx([0, 0, 1])
    assert relaxed.bound == 7


def test_what_is_not_free_keeps_its_value(statement: Statement) -> None:
    # with the third done, 4 hours are left of the two others: all of the second, then half of the first
    values = np.zeros(3, np.int64)
    problem = Matrix(statement).restrict(np.array([0, 1]), values, {"level": 1})
    relaxed = relax(problem, 10.0)
    assert relaxed is not None
    assert relaxed.values.tolist() == pytest.approx([0.5, 1, 0])
    assert relaxed.reduced_costs[2] == np.inf
    assert relaxed.bound == 9  # 8.5, prices being whole


@pytest.mark.parametrize("most_steps", [MOST_STEPS, 0])
def test_variables_are_fixed_and_freed_by_their_own_number(
    statement: Statement, monkeypatch: pytest.MonkeyPatch, most_steps: int
) -> None:
    """From where the last solve ended, or anew where that takes too many steps."""
    monkeypatch.setattr("optimizer.engines.relaxing.MOST_STEPS", most_steps)
    # with the first done, only the second and third are free
    problem = Matrix(statement).restrict(np.array([1, 2]), np.zeros(3, np.int64), {"level": 1})
    relaxed = relax(problem, 10.0)
    assert relaxed is not None
    assert relaxed.basis is not None
    again_and_again = Relaxing(problem, relaxed.basis)
    again_and_again.fix(2, 0)
    assert again_and_again.solve(10.0) is None  # three hours of the second are not four
    again_and_again.free(2)
    again_and_again.fix(1, 1)
    again = again_and_again.solve(10.0)
    assert again is not None
    assert again.values.tolist() == pytest.approx([0, 1, 0.25])
