"""What the clock refuses is cut, and the cut leaves out nothing that the clock accepts."""

from collections import defaultdict

import pytest

from optimizer.board import Board
from optimizer.check import judge
from optimizer.decision import Decision, task_of
from optimizer.engines.cuts import smallest_group
from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.model import BucketModel
from optimizer.tasks import Stay
from optimizer.week import Week
from tests.builders import a_case, a_meeting, a_mission, a_professional, a_week, day, hours, team_with

EVALUATORS = {"EV01": "AS", "EV02": "ES", "EV03": "PUER"}
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


def two_evaluations(*reports: str) -> tuple[BucketModel, Decision]:
    """One morning of four hours: two concertations of two hours that share EV03, and a report after each."""
    evaluators = [a_professional(who, job, "EVAL-1", "POLE-E") for who, job in EVALUATORS.items()]
    missions = [
        a_mission(f"{kind}{n}", code, f"FAM{n}", 120)
        for n in (1, 2)
        for kind, code in (("C", "IP_CONC"), ("R", "IP_ECR"))
    ]
    week = a_week(missions, professionals=evaluators, cases=[a_case("FAM1", None), a_case("FAM2", None)])
    model = BucketModel(Board(week))
    model.post_commitments()
    people = {"C1": ("EV01", "EV03"), "R1": ("EV01",), "C2": ("EV02", "EV03"), "R2": ("EV02",)}
    bundles = {bundle.first.id: bundle for bundle in model.bundles}
    tasks = [task_of(model, bundles[name], name, people[name], 0) for name in ("C1", "C2", *reports)]
    stays = {(who, 0): Stay((who, 0), "POLE-E") for who in EVALUATORS}
    return model, Decision(tasks=defaultdict(list, {0: tasks}), stays=stays)


@pytest.mark.parametrize("reports", [(), ("R1",), ("R2",)])
def test_one_report_after_two_concertations_is_not_cut(reports: tuple[str, ...]) -> None:
    model, decision = two_evaluations(*reports)
    assert smallest_group(model, decision, 0, frozenset(EVALUATORS), 0) is None


def test_what_makes_two_reports_impossible_is_cut_with_what_they_follow() -> None:
    model, decision = two_evaluations("R1", "R2")
    group = smallest_group(model, decision, 0, frozenset(EVALUATORS), 0)
    assert group is not None
    assert {task.item_id for task in group.tasks} == {"C1", "C2", "R1", "R2"}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_plan_comes_twice_under_a_deterministic_limit(workers: int) -> None:
    options = Options(time_limit=1, workers=workers, seed=3, deterministic=True)
    first, second = (solve(one_morning(50), options) for _ in range(2))
    assert first == second
    assert judge(one_morning(50), first).passed
