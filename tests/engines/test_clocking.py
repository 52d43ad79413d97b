"""A half-day is tried again where the clock finds nothing at first, or loses much."""

from collections.abc import Sequence

import pytest

from optimizer.board import Board
from optimizer.engines import clocking
from optimizer.engines.clocking import MUCH, time_decision
from optimizer.engines.fitting import first_fit
from optimizer.engines.options import Options
from optimizer.timed import TimedHalfDay
from optimizer.timing import HalfDayTiming
from tests.builders import a_mission, a_professional, a_week, hours

HURRIED = Options(time_limit=1.0, workers=1, deterministic=True)
NOTHING, LITTLE, MUCH_LOST = None, TimedHalfDay(lost=MUCH - 10), TimedHalfDay(lost=MUCH)
PROVEN = TimedHalfDay(lost=MUCH, is_proven=True)


@pytest.mark.parametrize(
    ("answers", "kept", "asked"),
    [
        ([LITTLE], LITTLE, 1),
        ([PROVEN], PROVEN, 1),
        ([NOTHING, LITTLE], LITTLE, 2),
        ([NOTHING, MUCH_LOST], MUCH_LOST, 2),
        ([MUCH_LOST, LITTLE], LITTLE, 2),
        ([MUCH_LOST, NOTHING], MUCH_LOST, 2),
    ],
)
def test_the_best_that_the_clock_finds_is_kept(
    monkeypatch: pytest.MonkeyPatch,
    answers: Sequence[TimedHalfDay | None],
    kept: TimedHalfDay,
    asked: int,
) -> None:
    """Even where it loses more than the missions themselves are worth: what is reserved counts too."""
    one = a_professional("AS01", windows=hours("09:00-12:30", days=["monday"]))
    board = Board(a_week([a_mission("M1", "SUIVI", "FAM1")], professionals=[one]))
    given: list[float] = []

    def solve(_self: HalfDayTiming, seconds: float, _seed: int) -> TimedHalfDay | None:
        given.append(seconds)
        return answers[len(given) - 1]

    monkeypatch.setattr(clocking.HalfDayTiming, "solve", solve)
    timed = time_decision(board, first_fit(board), HURRIED)
    assert timed.half_days == {0: kept}
    assert len(given) == asked
    assert given == sorted(given)


def test_nothing_is_held_where_the_clock_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one = a_professional("AS01", windows=hours("09:00-12:30", days=["monday"]))
    board = Board(a_week([a_mission("M1", "SUIVI", "FAM1")], professionals=[one]))
    monkeypatch.setattr(clocking.HalfDayTiming, "solve", lambda *_: None)
    timed = time_decision(board, first_fit(board), HURRIED)
    assert [task.item_id for _, task in timed.dropped] == ["M1"]
