"""Lunch and the change of post over it keep their time, whatever is decided either side."""

import pytest

from instances.families import instance
from optimizer.board import Board
from optimizer.check import judge
from optimizer.decision import Decision
from optimizer.engines.clocking import hours_after_lunch
from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.tasks import Stay
from tests.builders import a_week

MORNING, AFTERNOON = ("AS01", 2), ("AS01", 3)
"""The half-days of Tuesday: 8:30 to 12:30 and 13:30 to 17:30."""


def midday(in_the_morning: int, in_the_afternoon: int, post: str) -> tuple[int, int]:
    """Minutes taken off the morning and off the afternoon, by minutes of writing and the afternoon's post."""
    board = Board(a_week())
    decision = Decision(
        stays={
            MORNING: Stay(MORNING, "MDS-A", writing=in_the_morning),
            AFTERNOON: Stay(AFTERNOON, post, writing=in_the_afternoon),
        }
    )
    hours = hours_after_lunch(board, decision)
    return 240 - hours[MORNING].minutes, 240 - hours[AFTERNOON].minutes


@pytest.mark.parametrize(
    ("morning", "afternoon", "cut"),
    [(60, 60, (5, 0)), (240, 60, (0, 5)), (60, 0, (0, 5)), (0, 60, (5, 0)), (0, 0, (5, 0))],
)
def test_a_change_of_post_takes_its_minutes_where_there_are_some_to_spare(
    morning: int, afternoon: int, cut: tuple[int, int]
) -> None:
    # 60 minutes at midday; 45 of lunch and 20 from MDS-A to MDS-B
    assert midday(morning, afternoon, "MDS-B") == cut


def test_lunch_at_one_post_fits_the_hour() -> None:
    assert midday(240, 240, "MDS-A") == (0, 0)


@pytest.mark.parametrize("name", ["06-low", "06-typical", "06-overloaded"])
def test_a_solve_stopped_at_once_gives_a_plan_all_the_same(name: str) -> None:
    week = instance(name).week()
    plan = solve(week, Options(is_stopped=lambda: True))
    assert judge(week, plan).passed
    answered = {row.mission_id for row in (*plan.assignments, *plan.queue, *plan.unserved)}
    assert {mission.id for mission in week.missions} <= answered
