"""The engine for one team: a first plan told at once, none worse at the end, and a start without a guide."""

import pytest

from instances.families import instance
from optimizer.check import judge
from optimizer.engines import guiding
from optimizer.engines.decomposition import solve
from optimizer.engines.guiding import Guiding
from optimizer.engines.options import Options
from optimizer.engines.outcome import BlockOutcome
from optimizer.model import COMMITMENTS
from optimizer.plan import Plan
from optimizer.week import Week
from tests.builders import a_mission, a_pin, a_week
from tests.engines.test_search import a_search

MISSIONS = [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "VAD", "FAM1")]


@pytest.fixture(scope="module")
def team() -> Week:
    """The smallest frozen week of a whole house."""
    return instance("06-low").week()


def prices(plan: Plan) -> list[float]:
    """What each level of a plan pays."""
    return [level.value for level in plan.levels]


def test_a_first_judged_plan_is_told_before_the_search(team: Week) -> None:
    told: list[Plan] = []
    last = solve(team, Options(time_limit=5.0), told.append)
    assert len(told) == 2
    assert told[-1] is last
    assert judge(team, told[0]).passed
    assert told[0].assignments
    assert prices(last) <= prices(told[0])


def test_what_was_found_at_once_is_kept_where_the_search_has_no_time(team: Week) -> None:
    told: list[Plan] = []
    last = solve(team, Options(time_limit=60.0, is_stopped=lambda: bool(told)), told.append)
    assert prices(last) == prices(told[0])
    assert last.assignments == told[0].assignments
    assert judge(team, last).passed


def test_with_pins_nothing_is_told_before_the_model_has_kept_them() -> None:
    week = a_week(MISSIONS, pins=[a_pin("M1", "ES01", "tuesday 09:00")])
    told: list[Plan] = []
    last = solve(week, Options(time_limit=5.0), told.append)
    assert told == [last]
    assert judge(week, last).passed


def test_where_a_relaxation_does_not_end_the_search_starts_without_it(
    team: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guiding, "relax", lambda *_: None)
    search = a_search(team)
    outcome = BlockOutcome(search.model, search.nothing())
    before = outcome.value(COMMITMENTS)
    assert Guiding(search, outcome, seconds=5.0).start(until=0.0) is None
    assert search.matrix.holds(outcome.values)
    assert search.kernel is None
    assert outcome.value(COMMITMENTS) < before
