"""The hours given to the clock keep lunch, the change of post over it, and the limits of a day."""

from collections import defaultdict

import pytest

from instances.families import instance
from optimizer.board import Board
from optimizer.check import judge
from optimizer.decision import Decision
from optimizer.engines.decomposition import solve
from optimizer.engines.hours import hours_after_lunch, hours_of
from optimizer.engines.options import Options
from optimizer.tasks import Stay, Task
from optimizer.week import Window
from tests.builders import SITES, a_meeting, a_professional, a_site, a_span, a_week, at, hours, team_with

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


def test_a_meeting_of_the_afternoon_takes_nothing_from_it() -> None:
    board = Board(a_week(meetings=[a_meeting("R1", "tuesday 14:00", 60)]))
    decision = Decision(
        stays={MORNING: Stay(MORNING, "MDS-A"), AFTERNOON: Stay(AFTERNOON, "MDS-B")},
        attendance=defaultdict(list, {("R1", board.calendar.minute(at("tuesday 14:00"))): ["AS01"]}),
    )
    # nothing is decided in the morning: the 5 minutes that the change of post lacks come off it
    hours = hours_after_lunch(board, decision)
    assert (hours[MORNING].minutes, hours[AFTERNOON].minutes) == (235, 240)


def test_a_change_of_post_comes_off_the_afternoon_where_the_last_gap_of_the_morning_is_full() -> None:
    board = Board(a_week(meetings=[a_meeting("R1", "tuesday 09:00", 120)]))
    tasks = [Task(name, ("AS01",), 45, board.site_location("MDS-A"), 10) for name in ("M1", "M2")]
    decision = Decision(
        stays={MORNING: Stay(MORNING, "MDS-A"), AFTERNOON: Stay(AFTERNOON, "MDS-B", writing=60)},
        tasks=defaultdict(list, {2: tasks}),
        attendance=defaultdict(list, {("R1", board.calendar.minute(at("tuesday 09:00"))): ["AS01"]}),
    )
    # 30 minutes are idle before the meeting, none of the 90 after it
    hours = hours_after_lunch(board, decision)
    assert (hours[MORNING].minutes, hours[AFTERNOON].minutes) == (240, 235)


def test_lunch_at_one_post_fits_the_hour() -> None:
    assert midday(240, 240, "MDS-A") == (0, 0)


Free = list[tuple[int, int]]


def cut_hours(
    *windows: Window,
    busy: tuple[str, str] | None = None,
    opening: str = "08:30-12:30",
    duty: bool = False,
    writing: int = 0,
) -> Free:
    """AS01's free hours once cut, in minutes of the day: each morning at MDS-A, each afternoon, with some
    writing, at MDS-B."""
    site = a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1 A2", "AG", hours(opening))
    board = Board(
        a_week(
            professionals=team_with(a_professional("AS01", windows=windows)),
            busy=[a_span("AS01", *(f"tuesday {hour}" for hour in busy))] if busy else [],
            sites=[site, *SITES[1:]],
        )
    )
    keys = [key for key in board.half_days if key[0] == "AS01"]
    stays = {
        key: Stay(key, "MDS-B", writing=writing)
        if key[1] % 2
        else Stay(key, "MDS-A", reception="MDS-A" if duty else None)
        for key in keys
    }
    cut = hours_of(board, Decision(stays=stays))
    return [(a % 1440, b % 1440) for key in sorted(keys) for a, b in cut[key].free]


def tuesday(*stretches: str) -> tuple[Window, ...]:
    """Hours of a Tuesday."""
    return hours(*stretches, days=["tuesday"])


def test_a_day_of_more_than_twelve_hours_ends_after_twelve() -> None:
    # 60 minutes at midday for 45 of lunch and 20 of way: 5 come off the morning
    assert cut_hours(*tuesday("07:00-12:30", "13:30-19:00")) == [(420, 745), (810, 1140)]
    assert cut_hours(*tuesday("07:00-12:30", "13:30-19:30")) == [(420, 745), (810, 1140)]


def test_a_half_day_of_more_than_six_hours_has_twenty_minutes_of_break() -> None:
    assert cut_hours(*tuesday("08:00-11:30", "13:00-19:00")) == [(480, 690), (780, 1140)]
    assert cut_hours(*tuesday("08:00-11:30", "13:00-19:30")) == [(480, 690), (780, 1140), (1160, 1170)]


def test_a_busy_lunch_joins_morning_and_afternoon_with_the_change_of_post_between() -> None:
    whole = tuesday("08:30-12:30", "13:30-17:30")
    # busy until 12:50: 40 minutes are left for 20 of way and 20 of break
    assert cut_hours(*whole, busy=("11:00", "12:50")) == [(510, 660), (810, 1050)]
    # until 12:55: six hours after 8:30, 40 minutes are kept
    assert cut_hours(*whole, busy=("11:00", "12:55")) == [(510, 660), (810, 870), (910, 1050)]


def test_eleven_hours_lie_between_two_days() -> None:
    late, early = hours("15:00-21:00", days=["monday"]), tuesday("07:00-13:00")
    assert cut_hours(*late, *early) == [(900, 1260), (480, 780)]
    assert cut_hours(*hours("15:00-20:00", days=["monday"]), *early) == [(900, 1200), (420, 780)]


def test_a_duty_is_not_cut_by_the_change_of_post_after_it() -> None:
    whole = tuesday("08:30-12:30", "13:30-17:30")
    assert cut_hours(*whole, duty=True, writing=240) == [(510, 750), (815, 1050)]
    assert cut_hours(*whole, duty=True, writing=240, opening="08:30-12:25") == [(510, 745), (810, 1050)]


@pytest.mark.parametrize("name", ["06-low", "06-typical", "06-overloaded"])
def test_a_solve_stopped_at_once_gives_a_plan_all_the_same(name: str) -> None:
    week = instance(name).week()
    plan = solve(week, Options(is_stopped=lambda: True))
    assert judge(week, plan).passed
    answered = {row.mission_id for row in (*plan.assignments, *plan.queue, *plan.unserved)}
    assert {mission.id for mission in week.missions} <= answered
