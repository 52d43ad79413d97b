"""What comes into a half-day of a re-plan has its place between what stands there, or something moves."""

import pytest

from optimizer.board import Board
from optimizer.clock import grid_steps
from optimizer.disturbance import DISTURBANCE, WEIGHTS, MoveKind
from optimizer.engines.disturbing import post_disturbance
from optimizer.engines.levels import build
from optimizer.engines.matrix import Matrix
from optimizer.engines.solvers import solve_with_cp_sat
from optimizer.model import BucketModel
from optimizer.organisation import Organisation
from tests.builders import a_mission, a_plan, a_row, a_week

THURSDAY_MORNING = 6
TOLD_ANOTHER_TIME = WEIGHTS[MoveKind.TOLD] + WEIGHTS[MoveKind.TIME]


def a_morning() -> BucketModel:
    """Two follow-ups of AS01, on Thursday from 10:15 to 11:45: 105 minutes before, 45 after."""
    week = a_week(
        missions=[
            a_mission("M1", "SUIVI", case_id="FAM1", minutes=45),
            a_mission("M2", "DROITS", case_id="FAM1", minutes=45),
            a_mission("M3", "DROITS", case_id="FAM1", minutes=60),
        ],
        organisation=Organisation(collective_share_percent=20, writing_share_percent=20),
    )
    published = a_plan(
        a_row("M1", "AS01", "thursday 10:15", 45, site="MDS-A", room="A1"),
        a_row("M2", "AS01", "thursday 11:00", 45, site="MDS-A", room="A1"),
    )
    model = build(Board(week), frozenset({"AS01"}), with_preferences=False)
    post_disturbance(model, published, ())
    for name in ("M1", "M2"):
        hold(model, taken(model, name), 1)
    return model


def taken(model: BucketModel, name: str) -> int:
    """The variable of a mission on that morning."""
    index = next(bundle.index for bundle in model.bundles if bundle.first.id == name)
    return model.take[index]["AS01", THURSDAY_MORNING]


def hold(model: BucketModel, variable: int | None, value: int) -> None:
    """Let a variable have one value."""
    assert variable is not None
    model.statement.lowers[variable] = model.statement.uppers[variable] = value


def moved_at_least(model: BucketModel) -> int:
    """What moves at least, in tenths."""
    answer = solve_with_cp_sat(Matrix(model.statement).whole({DISTURBANCE: 1}), None, 10.0, 1, 0, True, True)
    assert answer.is_optimal
    assert answer.bound is not None
    return answer.bound


@pytest.mark.parametrize(
    ("collective", "writing", "tenths"),
    [
        (105, 45, 0),  # each fills a gap
        (95, 45, 0),
        (0, 150, 0),  # in pieces
        (95, 55, TOLD_ANOTHER_TIME),  # ten minutes are too short a piece
        (110, 40, TOLD_ANOTHER_TIME),  # longer than the longest gap
    ],
)
def test_reserved_time_goes_into_gaps_that_are_long_enough(
    collective: int, writing: int, tenths: int
) -> None:
    model = a_morning()
    reserved = model.reserved["AS01", THURSDAY_MORNING]
    hold(model, reserved.collective, grid_steps(collective))
    hold(model, reserved.writing, grid_steps(writing))
    assert moved_at_least(model) == tenths


@pytest.mark.parametrize(
    ("collective", "writing", "tenths"),
    [
        (0, 90, 0),  # in what is left of both
        (0, 45, 0),
        (90, 0, TOLD_ANOTHER_TIME),  # an hour has no place beside an hour and a half
    ],
)
def test_what_comes_in_takes_its_time_from_the_gaps(collective: int, writing: int, tenths: int) -> None:
    model = a_morning()
    reserved = model.reserved["AS01", THURSDAY_MORNING]
    hold(model, taken(model, "M3"), 1)
    hold(model, reserved.collective, grid_steps(collective))
    hold(model, reserved.writing, grid_steps(writing))
    assert moved_at_least(model) == tenths


def test_what_leaves_makes_room_at_its_own_price() -> None:
    model = a_morning()
    hold(model, taken(model, "M1"), 0)
    hold(model, model.reserved["AS01", THURSDAY_MORNING].collective, grid_steps(150))
    assert moved_at_least(model) == TOLD_ANOTHER_TIME  # the afternoon of the same day
