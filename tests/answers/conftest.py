"""Plans that stand: one of a busy team found at once, and one of a quiet team."""

import pytest

from instances.figures import Load
from instances.generator import generate
from optimizer.board import Board
from optimizer.engines.at_once import at_once
from optimizer.engines.options import Options
from optimizer.plan import Plan
from optimizer.standing import Standing
from optimizer.week import Week


def planned(people: int, load: Load) -> tuple[Week, Plan]:
    """A generated week of one team, and a plan found at once."""
    week = generate(people, 1, load, 3, 0)
    plan, verdict = at_once(Board(week), Options(1.0, 1))
    assert verdict.passed
    return week, plan


@pytest.fixture(scope="session")
def busy() -> Standing:
    """A team of eight with more asked of it than it can do."""
    return Standing(*planned(8, Load.OVERLOADED))


@pytest.fixture(scope="session")
def quiet() -> Standing:
    """A team of twelve with time to spare."""
    return Standing(*planned(12, Load.LOW))
