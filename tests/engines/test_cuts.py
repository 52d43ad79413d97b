"""What the clock refuses is cut, and the cut leaves out nothing that the clock accepts."""

import pytest

from optimizer.check import judge
from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.week import Week
from tests.builders import a_meeting, a_mission, a_professional, a_week, day, hours, team_with

QUICK = Options(time_limit=6, workers=1, seed=1, deterministic=False)


def one_morning(minutes: int) -> Week:
    """AS01 alone for housing, one morning cut by a meeting from 9:00 to 11:00: 30 and 90 minutes are left."""
    person = a_professional("AS01", "AS", windows=hours("08:30-12:30", days=["tuesday"]))
    others = [one for one in team_with(person) if one.profession in ("AS", "ES", "CT")]
    missions = [
        a_mission(f"M{n}", "LOGEMENT", "FAM1", minutes=minutes, due=day("friday"), site="MDS-A")
        for n in (1, 2)
    ]
    meeting = a_meeting("R1", minutes=120, fixed="tuesday 09:00")
    return a_week(missions, professionals=others, meetings=[meeting])


def test_two_interviews_that_fit_beside_a_meeting_are_both_held() -> None:
    # 45 + 45 = 90 minutes after the meeting
    plan = solve(one_morning(45), QUICK)
    assert {row.mission_id for row in plan.assignments} >= {"M1", "M2", "R1"}
    assert plan.levels[0].value == 0


def test_one_minute_more_and_the_clock_refuses_them_together() -> None:
    # 50 + 50 > 90 and 50 > 30: one of the two, or no meeting (20 points, less than the 60 of a late mission)
    week = one_morning(50)
    plan = solve(week, QUICK)
    assert judge(week, plan).passed
    assert plan.levels[0].value == 20
    assert plan.levels[0].bound <= 20


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_plan_comes_twice_under_a_deterministic_limit(workers: int) -> None:
    options = Options(time_limit=1, workers=workers, seed=3, deterministic=True)
    first, second = (solve(one_morning(50), options) for _ in range(2))
    assert first == second
    assert judge(one_morning(50), first).passed
