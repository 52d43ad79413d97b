"""A large week planned part by part: the judge accepts the whole, and no bound is above any known plan."""

from dataclasses import replace

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.check import judge
from optimizer.engines import decomposition
from optimizer.engines import departement as engine
from optimizer.engines.departement import Departement, solve
from optimizer.engines.division import Division
from optimizer.engines.options import Clock, Options
from optimizer.news import Advance, Checkpoint, News, Setback, Spent
from optimizer.plan import Plan, Status
from optimizer.week import Week
from optimizer.words import ServiceKind
from tests.builders import SITES, TEAM, a_case, a_mission, a_professional, a_service, a_week
from tests.engines import jobs
from tests.model.small_weeks import two_teams

QUICK = Options(time_limit=6.0, workers=2)
SURE = Options(time_limit=2.5, workers=2, deterministic=True)


def values(plan: Plan) -> tuple[float, ...]:
    return tuple(level.value for level in plan.levels)


@pytest.mark.parametrize("seed", [201, 203, 209, 210, 212, 213])
def test_bounds_hold_for_the_plans_of_the_other_engine(seed: int) -> None:
    week = two_teams(seed)
    apart, undivided = solve(week, QUICK), decomposition.solve(week, QUICK)
    for plan in (apart, undivided):
        assert judge(week, plan).passed
    assert apart.levels[0].bound <= min(values(apart)[0], values(undivided)[0])
    assert undivided.levels[0].bound <= values(apart)[0]
    if values(undivided)[0] <= values(apart)[0]:
        assert apart.levels[1].bound <= values(undivided)[1]


def test_a_territory_is_planned_and_told_as_it_gets_better() -> None:
    week, news = departement(1, 1, Load.LOW, 3), []
    plan = solve(week, SURE, news.append)
    assert judge(week, plan).passed
    told = [one for one in news if isinstance(one, Plan)]
    assert len(told) >= 2
    assert values(told[-1]) < values(told[0])
    advances = [one for one in news if isinstance(one, Advance)]
    assert [one.done for one in advances] == sorted(one.done for one in advances)
    assert advances[-1].done == advances[-1].total == 3
    assert not [one for one in news if isinstance(one, Checkpoint | Setback)]
    assert all(level.bound <= level.value for level in plan.levels)
    (spent,) = (one.seconds for one in news if isinstance(one, Spent))
    steps = {"building", "bounding", "relaxing", "diving", "searching", "timing", "judging"}
    assert set(spent) >= steps | {"fitting", "judging the whole"}


def test_a_team_costs_the_same_alone_and_inside_a_departement() -> None:
    """Two teams that share nothing: each optimum is proven alone, their sum is that of the whole."""
    south = a_professional("AS02", service="SECTEUR-2", site="MDS-B")
    sites = (SITES[0], SITES[1].model_copy(update={"service_ids": ("SECTEUR-2",)}))
    teams = [a_service("SECTEUR-1"), a_service("SECTEUR-2")]
    cases = [a_case("FAM1"), a_case("FAM2", "AS02", "MDS-B", "SUD")]
    missions = [a_mission(f"M{n}", kind, f"FAM{1 + n % 2}") for n, kind in enumerate(["SUIVI", "VAD"] * 2)]
    rest = {"sites": sites, "services": teams}
    whole = a_week(missions, professionals=[TEAM[0], south], cases=cases, **rest)
    one = a_week(missions[::2], professionals=[TEAM[0]], cases=cases[:1], **rest)
    other = a_week(missions[1::2], professionals=[south], cases=cases[1:], **rest)
    alone = [decomposition.solve(week, QUICK) for week in (one, other)]
    inside = solve(whole, QUICK)
    assert all(plan.status is Status.OPTIMAL for plan in alone)
    assert values(inside) == tuple(map(sum, zip(*map(values, alone), strict=True)))


def test_a_deterministic_solve_gives_the_same_plan_again() -> None:
    week = two_teams(210)
    assert solve(week, SURE) == solve(week, SURE)


def test_how_long_judging_took_decides_nothing_of_a_deterministic_solve() -> None:
    for options, kept in ((SURE, 0.0), (QUICK, 2.0)):
        whole = Departement(Division(two_teams(210)), Clock(options))
        whole._judging_seconds = 2.0
        assert whole._kept() == kept


def test_a_lost_process_costs_its_part_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every search of an evaluation pole takes its process with it: its first plan is kept."""
    week = departement(1, 1, Load.LOW, 3)
    monkeypatch.setattr(engine, "plan_part", jobs.plan_part_unless_evaluators)
    news: list[News] = []
    plan = solve(week, SURE, news.append)
    assert judge(week, plan).passed
    lost = [one.sentence for one in news if isinstance(one, Setback)]
    assert lost
    assert all("EVALUATION" in sentence and "calcul perdu" in sentence for sentence in lost)
    placed = {row.mission_id for row in plan.assignments}
    assert placed & {mission.id for mission in week.missions if week.types[mission.type].ip}
    assert placed & {m.id for m in week.missions if week.types[m.type].owner is ServiceKind.CONTRAT}


def saved(week: Week, options: Options) -> tuple[Plan, Checkpoint]:
    """A plan and the last checkpoint on its way."""
    news: list[News] = []
    plan = solve(week, replace(options, is_saving=True), news.append)
    return plan, [one for one in news if isinstance(one, Checkpoint)][-1]


def test_a_run_goes_on_from_a_checkpoint() -> None:
    """A second run without time keeps what the first one found, bounds included."""
    week = departement(1, 1, Load.LOW, 3)
    before, checkpoint = saved(week, SURE)
    again = Checkpoint.model_validate_json(checkpoint.model_dump_json())
    plan = solve(week, Options(time_limit=60.0, workers=2, is_stopped=lambda: True, resume=again))
    assert judge(week, plan).passed
    assert values(plan) == values(before)
    assert [level.bound for level in plan.levels] == [level.bound for level in before.levels]


def test_a_part_of_a_checkpoint_that_breaks_a_rule_is_planned_anew() -> None:
    week = departement(1, 1, Load.LOW, 3)
    _, checkpoint = saved(week, SURE)
    part, kept = next(iter(checkpoint.parts.items()))
    emptied = kept.model_copy(update={"plan": kept.plan.model_copy(update={"assignments": (), "queue": ()})})
    wrong = checkpoint.model_copy(update={"parts": checkpoint.parts | {part: emptied}})
    plan = solve(week, replace(SURE, resume=wrong))
    assert judge(week, plan).passed


def test_an_end_asked_at_once_still_gives_a_plan() -> None:
    week = departement(2, 1, Load.TYPICAL, 4)
    plan = solve(week, Options(time_limit=60.0, workers=2, is_stopped=lambda: True))
    assert judge(week, plan).passed
