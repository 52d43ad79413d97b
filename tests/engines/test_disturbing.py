"""The disturbance and the losses that the model counts are never more than those of the timed plan."""

from datetime import timedelta
from random import Random

import pytest

from instances.figures import Load
from instances.generator import generate
from optimizer.answers.evaluate import settled
from optimizer.answers.moves import Move, moved
from optimizer.board import Board
from optimizer.check import judge
from optimizer.disturbance import DISTURBANCE, shifts
from optimizer.engines.at_once import at_once
from optimizer.engines.dated_rows import post_dated
from optimizer.engines.decisions_of_plan import values_meant
from optimizer.engines.disturbing import post_disturbance
from optimizer.engines.levels import build
from optimizer.engines.losing import LOST, losses, post_losses
from optimizer.engines.options import Options
from optimizer.errors import UnusableInput
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.plan import Plan
from optimizer.solve import plan_week
from optimizer.standing import Standing
from optimizer.week import Week

WEIGHTS = {LOST: 10**7, DISTURBANCE: 10**3, COMMITMENTS: 1, PREFERENCES: 1}


@pytest.fixture(scope="module")
def standing() -> Standing:
    """A plan found at once of a team of eight."""
    week = generate(8, 1, Load.TYPICAL, 5, 0)
    plan, verdict = at_once(Board(week), Options(1.0, 1))
    assert verdict.passed
    return Standing(week, plan)


def counted(week: Week, before: Plan, after: Plan) -> tuple[int, int]:
    """Losses and disturbance of a plan, as the model counts them."""
    model = build(Board(week), frozenset(week.professional))
    post_dated(model, post_disturbance(model, before, ()).homes)
    post_losses(model, week, before)
    meant = values_meant(model, after, WEIGHTS)
    assert meant is not None
    values = meant.values.tolist()
    return model.statement.value(LOST, values), model.statement.value(DISTURBANCE, values)


def test_the_published_plan_moves_and_loses_nothing(standing: Standing) -> None:
    assert counted(standing.week, standing.plan, standing.plan) == (0, 0)


@pytest.mark.parametrize(("people", "load", "seed"), [(8, Load.OVERLOADED, 2), (7, Load.TYPICAL, 1)])
def test_the_model_counts_no_more_than_what_another_plan_moves(people: int, load: Load, seed: int) -> None:
    week = generate(people, 1, load, seed, 0)
    one, verdict = at_once(Board(week), Options(1.0, 1))
    other = plan_week(week, Options(5.0, 1, deterministic=True))
    again = judge(week, other)
    for before, after, first, then in ((one, other, verdict, again), (other, one, again, verdict)):
        lost, tenths = counted(week, before, after)
        moves = sum(shift.tenths for shift in shifts(week, before, after))
        assert 0 < tenths <= moves
        assert lost <= losses(first, then)


def test_the_model_counts_no_more_than_what_moves(standing: Standing) -> None:
    chance, week = Random(4), standing.week
    rows = [row for row in standing.plan.assignments if row.mission_id in week.mission]
    looked_at = 0
    for _ in range(60):
        row = chance.choice(rows)
        away = timedelta(days=chance.choice((-1, 0, 1)), minutes=5 * chance.randint(-24, 24))
        who = (chance.choice(week.professionals).id,) if chance.random() < 0.5 else None
        try:
            effect = standing.effect_of(moved(standing, [Move(row.mission_id, who, row.start + away)]))
        except UnusableInput:
            continue
        effect, _ = settled(standing, effect)
        if not effect.is_allowed or looked_at >= 6:
            continue
        looked_at += 1
        lost, tenths = counted(week, standing.plan, effect.plan)
        moves = sum(shift.tenths for shift in shifts(week, standing.plan, effect.plan))
        assert 0 <= tenths <= moves
        assert lost <= losses(standing.verdict, judge(week, effect.plan))
    assert looked_at
