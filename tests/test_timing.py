"""The clock of a half-day: collective time in the blocks that its gaps hold."""

import pytest

from optimizer.board import Board
from optimizer.decision import task_of
from optimizer.engines.clocking import prices_of
from optimizer.engines.levels import build
from optimizer.tasks import Stay
from optimizer.timing import HalfDayTiming
from tests.builders import a_mission, a_pin, a_span, a_week, day

TUESDAY_MORNING = 2


@pytest.mark.parametrize(
    ("asked", "held", "lost"),
    [(90, [90], 0), (120, [90], 300), (180, [90, 90], 0), (200, [90, 90], 200)],
)
def test_collective_time_beside_a_busy_hour(asked: int, held: list[int], lost: int) -> None:
    # two gaps of 90 minutes; what no block holds is lost, at one point a minute
    board = Board(a_week(busy=[a_span("AS01", "tuesday 10:00", "tuesday 11:00")]))
    key = "AS01", TUESDAY_MORNING
    timing = HalfDayTiming(board, TUESDAY_MORNING, {"AS01": board.half_days[key]}, prices_of(board))
    timing.add_stay(Stay(key, "MDS-A", collective=asked))
    found = timing.solve(1.0, 0)
    assert found is not None
    assert found.is_proven
    assert found.lost == lost
    assert sorted(one.end - one.start for one in found.kept) == held


def test_what_is_pinned_is_dropped_last() -> None:
    # a late URGENCE is the dearest mission there is; M1 may wait, and is pinned
    missions = [
        a_mission("M1", "SUIVI", "FAM1", 120),
        a_mission("D1", "URGENCE", minutes=150, release=day("tuesday"), due=day("tuesday"), site="MDS-A"),
    ]
    week = a_week(missions, pins=[a_pin("M1", "AS01", "tuesday 09:00")])
    model = build(Board(week), frozenset(week.professional))
    timing = HalfDayTiming(
        model.board,
        TUESDAY_MORNING,
        {"AS01": model.board.half_days["AS01", TUESDAY_MORNING]},
        prices_of(model.board),
    )
    timing.add_stay(Stay(("AS01", TUESDAY_MORNING), "MDS-A"))
    for bundle in model.bundles:
        timing.add_task(task_of(model, bundle, bundle.first.id, ("AS01",), TUESDAY_MORNING))
    found = timing.solve(1.0, 0)
    assert found is not None
    assert [task.item_id for task in found.dropped] == ["D1"]


def test_what_two_gaps_hold_is_not_refused() -> None:
    board = Board(a_week(busy=[a_span("AS01", "tuesday 10:00", "tuesday 11:00")]))
    key = "AS01", TUESDAY_MORNING
    for asked, is_refused in ((180, False), (95, True)):
        timing = HalfDayTiming(board, TUESDAY_MORNING, {"AS01": board.half_days[key]}, prices_of(board))
        timing.add_stay(Stay(key, "MDS-A", collective=asked))
        assert (timing.refusal(0, 1.0) is not None) is is_refused
