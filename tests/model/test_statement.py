"""The statement of the bucket stage says the same whatever the order in which rules post."""

from collections.abc import Iterable
from random import Random

import pytest

from optimizer.board import Board
from optimizer.model import COMMITMENTS, BucketModel
from optimizer.model.variables import create_variables
from optimizer.rules import RULES, Rule
from optimizer.week import Week
from tests.model.small_weeks import random_week, weeks_with_everything
from tests.model_of_plan import cheapest


def statement_of(week: Week, rules: Iterable[Rule]) -> tuple[object, ...]:
    """Bounds by name, rows as a set, and prices by level, with the names of variables."""
    model = BucketModel(Board(week))
    create_variables(model)
    model.post(rules)
    statement, names = model.statement, model.statement.names
    assert len(set(names)) == len(names)
    bounds = dict(zip(names, zip(statement.lowers, statement.uppers, strict=True), strict=True))
    rows = {
        (frozenset((names[v], coefficient) for v, coefficient in row.terms.items()), row.lower, row.upper)
        for row in statement.rows
    }
    prices = {
        level: {names[v]: price for v, price in terms.items()} for level, terms in statement.levels.items()
    }
    return bounds, rows, prices, statement.constants


@pytest.mark.parametrize("seed", range(3))
def test_rules_post_in_any_order(seed: int) -> None:
    shuffled = list(RULES)
    Random(seed).shuffle(shuffled)
    for week in weeks_with_everything():
        assert statement_of(week, shuffled) == statement_of(week, RULES)


def test_preferences_change_no_price_of_level_1() -> None:
    for week in weeks_with_everything():
        model = BucketModel(Board(week))
        model.post_commitments()
        before = dict(model.statement.levels["commitments"])
        model.post_preferences()
        assert model.statement.levels["commitments"] == before


@pytest.mark.parametrize("seed", range(4))
def test_preferences_leave_the_best_of_level_1_as_it_is(seed: int) -> None:
    week = random_week(seed)
    model = BucketModel(Board(week))
    model.post_commitments()
    before = cheapest(model.statement, {}, COMMITMENTS, None)
    assert before is not None
    best = model.statement.value(COMMITMENTS, before)
    model.post_preferences()
    after = cheapest(model.statement, {}, COMMITMENTS, None)
    assert after is not None
    assert model.statement.value(COMMITMENTS, after) == best


def test_a_rule_without_post_says_why() -> None:
    for rule in RULES:
        module = __import__(rule.check.__module__, fromlist=["rule"])
        assert (rule.post is None) == ("Not posted:" in (module.__doc__ or "")), rule.code
