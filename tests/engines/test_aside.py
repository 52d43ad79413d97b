"""A problem solved in a process apart: the same answer, an end when asked, and no harm when it dies."""

import time

import pytest

from optimizer.engines.aside import NOTHING, Aside
from optimizer.engines.matrix import Matrix, Restricted
from optimizer.engines.relaxing import solve_for_proof
from optimizer.engines.solvers import Answer, Method, solve_with_highs
from optimizer.linear import Statement

PATIENCE = 60.0
"""Seconds after which a process that says nothing is taken for stuck."""


def a_problem() -> Restricted:
    """Two integers that weigh 3 together at least."""
    statement = Statement()
    one, two = statement.variable("one", 0, 5), statement.variable("two", 0, 5)
    statement.at_least("enough", {one: 2, two: 2}, 3)
    statement.price("level", one, 3)
    statement.price("level", two, 5)
    return Matrix(statement).whole({"level": 1})


def answer_of(aside: Aside) -> Answer | None:
    """What it finds, however long it takes."""
    return aside.answer(PATIENCE)


def test_it_answers_what_the_solver_would() -> None:
    for method in Method:
        aside = Aside(a_problem(), 10.0, method)
        assert answer_of(aside) == solve_for_proof(a_problem(), 10.0, method)


def test_a_mip_may_begin_from_values_that_hold() -> None:
    started = answer_of(Aside(a_problem(), 10.0, Method.MIP, [0, 2]))
    assert started is not None
    assert started.is_optimal
    assert started.values == [2, 0]
    assert started.bound == solve_with_highs(a_problem(), 10.0).bound


def test_nothing_is_said_before_the_answer_and_the_answer_is_said_once() -> None:
    aside = Aside(a_problem(), 10.0, Method.MIP)
    assert answer_of(aside) is not None
    assert aside.answer() is None


def test_a_process_that_is_stopped_or_dies_says_that_nothing_is_known() -> None:
    aside = Aside(a_problem(), 10.0, Method.MIP)
    aside.stop()
    while (answer := aside.answer()) is None:
        time.sleep(0.01)
    assert answer in (NOTHING, solve_with_highs(a_problem(), 10.0))


def test_a_process_that_cannot_start_says_that_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    aside = Aside(a_problem(), 10.0, Method.SIMPLEX)
    assert aside.answer() == NOTHING
    aside.stop()
