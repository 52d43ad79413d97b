"""A bound of level 2 follows the limit of level 1 that it was found under."""

import numpy as np

from optimizer.engines.matrix import Matrix
from optimizer.engines.outcome import BlockOutcome, PreferencesBound
from optimizer.engines.solvers import solve_with_highs
from optimizer.linear import Statement
from optimizer.model import COMMITMENTS, PREFERENCES


class OnlyAStatement:
    """What an outcome needs of a model."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement


def a_choice() -> Statement:
    """Four things cost 30 tenths each at level 2 unless dropped, at 10 tenths each at level 1."""
    statement = Statement()
    for n in range(4):
        done, dropped = statement.variable(f"done[{n}]"), statement.variable(f"dropped[{n}]")
        statement.equal(f"either[{n}]", {done: 1, dropped: 1}, 1)
        statement.price(PREFERENCES, done, 30)
        statement.price(COMMITMENTS, dropped, 10)
    return statement


def level_2_at(most: int) -> int:
    """The least price of level 2 over the values that pay at most `most` at level 1."""
    return 30 * (4 - most // 10)


def bound_at(statement: Statement, most: int) -> PreferencesBound:
    """What the relaxation says of level 2 under a limit of level 1."""
    paid = statement.levels[COMMITMENTS]
    whole = Matrix(statement).whole({PREFERENCES: 1})
    limited = whole.with_row(np.array(list(paid)), np.array(list(paid.values())), most)
    answer = solve_with_highs(limited, 10.0, is_relaxed=True)
    assert answer.relaxed is not None
    return PreferencesBound(answer.relaxed, most, -answer.last_dual)


def test_the_dual_price_carries_a_bound_to_any_other_limit() -> None:
    statement = a_choice()
    outcome = BlockOutcome(OnlyAStatement(statement), np.zeros(8, np.int64))  # type: ignore[arg-type]
    outcome.preferences_bounds.append(bound_at(statement, 10))
    assert [outcome.preferences_over(most) for most in (10, 20, 30)] == [90, 60, 30]
    assert all(outcome.preferences_over(most) <= level_2_at(most) for most in range(0, 50, 5))


def test_a_bound_without_a_slope_says_nothing_of_wider_limits() -> None:
    outcome = BlockOutcome(OnlyAStatement(a_choice()), np.zeros(8, np.int64))  # type: ignore[arg-type]
    outcome.preferences_bounds.append(PreferencesBound(90.0, 10))
    assert outcome.preferences_over(10) == 90
    assert outcome.preferences_over(11) == 0


def test_values_are_taken_when_they_are_better_in_the_order_of_levels() -> None:
    outcome = BlockOutcome(OnlyAStatement(a_choice()), np.array([1, 0] * 3 + [0, 1], np.int64))  # type: ignore[arg-type]
    outcome.take(np.array([0, 1] * 4, np.int64))  # 40 at level 1, 0 at level 2: worse
    assert outcome.value(COMMITMENTS) == 10
    outcome.take(np.array([1, 0] * 4, np.int64))  # 0 at level 1, 120 at level 2: better
    assert (outcome.value(COMMITMENTS), outcome.value(PREFERENCES)) == (0, 120)
