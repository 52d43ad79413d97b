"""Cuts on times say no more than what must move, and nothing that is paid already."""

from optimizer.board import Board
from optimizer.decision import Decision, task_of
from optimizer.disturbance import DISTURBANCE, WEIGHTS, MoveKind
from optimizer.engines.disturbing import Told, post_disturbance
from optimizer.engines.levels import build
from optimizer.engines.matrix import Matrix
from optimizer.engines.solvers import solve_with_cp_sat
from optimizer.engines.time_cuts import Moved, must_move, post_time_cut
from optimizer.model import BucketModel
from optimizer.organisation import Organisation
from optimizer.tasks import Stay
from tests.builders import a_mission, a_plan, a_row, a_week

THURSDAY_MORNING = 6
TOLD_ANOTHER_TIME = WEIGHTS[MoveKind.TOLD] + WEIGHTS[MoveKind.TIME]
PUBLISHED = a_plan(
    a_row("M1", "AS01", "thursday 09:00", 60, site="MDS-A", room="A1"),
    a_row("M2", "AS01", "thursday 10:20", 90, site="MDS-A", room="A1"),
)
"""Thirty minutes are left before, twenty between, forty after."""


def a_morning() -> tuple[BucketModel, Told]:
    """Two follow-ups of AS01 on Thursday, as they were published."""
    missions = [a_mission("M1", "SUIVI", "FAM1", 60), a_mission("M2", "DROITS", "FAM1", 90)]
    organisation = Organisation(collective_share_percent=0, writing_share_percent=20)
    model = build(
        Board(a_week(missions, organisation=organisation)), frozenset({"AS01"}), with_preferences=False
    )
    return model, post_disturbance(model, PUBLISHED, ())


def decided(model: BucketModel, writing: int) -> Decision:
    """Both, and some minutes of writing; the tour is any that is posted there."""
    key = "AS01", THURSDAY_MORNING
    tasks = [task_of(model, bundle, bundle.first.id, ("AS01",), THURSDAY_MORNING) for bundle in model.bundles]
    stay = Stay(key, "MDS-A", writing=writing, tour_variable=model.posted(key, "MDS-A")[0])
    return Decision(tasks={THURSDAY_MORNING: tasks}, stays={key: stay})


def found(model: BucketModel, writing: int, *shifted: str) -> list[Moved]:
    """What must move there."""
    return list(must_move(model, decided(model, writing), PUBLISHED, shifted, {THURSDAY_MORNING}, 0))


def test_writing_fills_gaps_in_whole_pieces() -> None:
    model, _ = a_morning()
    assert found(model, 30) == found(model, 55) == found(model, 70) == []  # 55 minutes are written as 60


def test_what_no_gap_holds_moves_something() -> None:
    model, _ = a_morning()
    (cut,) = found(model, 80)
    assert cut.items == {"M1", "M2"}
    assert cut.tenths == TOLD_ANOTHER_TIME
    assert cut.writing == 70


def test_what_is_shifted_already_is_not_paid_twice() -> None:
    model, told = a_morning()
    (cut,) = found(model, 80)
    decision = decided(model, 80)
    post_time_cut(model, decision, cut, told.shifted)
    statement = model.statement
    stay = decision.stays["AS01", THURSDAY_MORNING]
    held = [model.take[bundle.index]["AS01", THURSDAY_MORNING] for bundle in model.bundles]
    for variable in (*held, stay.tour_variable, told.shifted["M1"]):
        assert variable is not None
        statement.lowers[variable] = 1
    writing = model.reserved["AS01", THURSDAY_MORNING].writing
    assert writing is not None
    statement.lowers[writing] = 80 // 5
    answer = solve_with_cp_sat(Matrix(statement).whole({DISTURBANCE: 1}), None, 10.0, 1, 0, True, True)
    assert answer.is_optimal
    assert answer.bound == TOLD_ANOTHER_TIME


def test_what_has_moved_leaves_room_for_the_rest() -> None:
    model, _ = a_morning()
    assert found(model, 80, "M1") == []
