"""A dive decides what gathers people, at a price that its bound shows, and no further than its time."""

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.board import Board
from optimizer.engines.diving import decided, dive
from optimizer.engines.division import Division
from optimizer.engines.guiding import GATHERING, NEVER_TIGHT, lightened
from optimizer.engines.levels import build
from optimizer.engines.matrix import Matrix, Restricted
from optimizer.engines.options import Clock, Options
from optimizer.engines.part_weeks import PartWeeks
from optimizer.engines.relaxing import Basis, Relaxation, relax
from optimizer.model import COMMITMENTS, BucketModel

SECONDS = 600.0


@pytest.fixture(scope="module")
def territory() -> tuple[BucketModel, Restricted, Relaxation]:
    """A territory's model, its problem at level 1, and the relaxation of it."""
    division = Division(departement(1, 1, Load.TYPICAL, 1))
    week = PartWeeks(division).restricted("T001-SECTEUR", division.first_sharing())
    model = build(Board(week), frozenset(week.professional))
    problem = Matrix(model.statement).whole({COMMITMENTS: 1})
    relaxed = relax(problem, SECONDS)
    assert relaxed is not None
    return model, problem, relaxed


def test_a_dive_decides_who_gathers_when(territory: tuple[BucketModel, Restricted, Relaxation]) -> None:
    model, problem, relaxed = territory
    assert isinstance(relaxed.basis, Basis)
    found = dive(model, problem, relaxed.basis, Clock(Options(SECONDS)), 0.0)
    assert found is not None
    assert found.bound >= relaxed.bound
    gathered = {"meeting_held", "action_held", "action_unplaced", "lead", "attend"}
    to_decide = {name for name in model.statement.named if name[0] in gathered}
    assert decided(model, found.values) == to_decide
    assert decided(model, relaxed.values) < to_decide


def test_a_dive_without_time_decides_nothing_more(
    territory: tuple[BucketModel, Restricted, Relaxation],
) -> None:
    model, problem, relaxed = territory
    assert isinstance(relaxed.basis, Basis)
    found = dive(model, problem, relaxed.basis, Clock(Options(SECONDS)), until=1e9)
    assert found is not None
    assert found.bound == relaxed.bound


@pytest.fixture(scope="module")
def large_team() -> BucketModel:
    """A team with a meeting that is free to start when it suits."""
    division = Division(departement(12, 1, Load.TYPICAL, 1))
    week = PartWeeks(division).restricted("T012-SECTEUR", division.first_sharing())
    return build(Board(week), frozenset(week.professional))


def test_whoever_attends_a_meeting_does_so_when_it_is_held(large_team: BucketModel) -> None:
    model, spared = large_team, NEVER_TIGHT - GATHERING
    problem = Matrix(lightened(model.statement, spared)).whole({COMMITMENTS: 1})
    relaxed = relax(problem, SECONDS)
    assert relaxed is not None
    assert relaxed.basis is not None
    found = dive(model, problem, relaxed.basis, Clock(Options(SECONDS)), 0.0)
    assert found is not None
    assert model.meeting_held
    for meeting, held in model.meeting_held.items():
        attended = {
            start
            for starts in model.attend[meeting].values()
            for start, v in starts.items()
            if found.values[v] > 0.5
        }
        assert attended <= {start for start, v in held.items() if found.values[v] > 0.5}
