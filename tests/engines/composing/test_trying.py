"""Whether weeks are reached: what is planned again, for how long, and when it is given up."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from optimizer.engines.composing.known import Composed
from optimizer.engines.composing.lanes import Batch
from optimizer.engines.composing.parts import teams_to_compose
from optimizer.engines.composing.reaching import Reach
from optimizer.engines.composing.setting import Setting
from optimizer.engines.composing.trying import FURTHER, NEARLY, Trying
from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import PartPlan
from optimizer.engines.workers import Done, Job
from optimizer.plan import Plan, Status
from optimizer.scenarios import Scenario
from optimizer.team import TeamRequest
from tests.builders import a_mission, a_week

REQUEST = TeamRequest.model_validate({"rules": {"as_at_opening": False}})
MISSIONS = [a_mission(f"M{n}", "DROITS", "FAM1") for n in range(10)]
WEEKS = [Scenario(name, a_week(MISSIONS)) for name in ("S1", "S2", "S3")]
TARGET = 100
PLAN = PartPlan(Plan(status=Status.FEASIBLE), 0, 0, values={3: 1}, sizes=(20.0,))


@pytest.fixture
def team() -> Composed:
    """The sector team of three weeks of ten missions, each to pay 100 tenths at most."""
    found = next(Composed(one) for one in teams_to_compose(REQUEST, WEEKS) if one.part == "SECTEUR-1")
    found.floors, found.targets = (0, 0, 0), (TARGET,) * 3
    return found


def tried(team: Composed, *answers: Mapping[int, int | None]) -> tuple[bool, list[Batch]]:
    """Whether the present people reach the weeks, and the batches asked for, given what plans pay; a batch
    is ended as soon as an answer says so."""
    setting = Setting(REQUEST, WEEKS, Clock(Options(100.0, 2)), [team])
    recipe, asked, paid = Trying(setting).reach(team, team.there), [], iter(answers)
    batch = next(recipe)
    try:
        while True:
            asked.append(batch)
            found, pays = {}, next(paid)
            for job in batch.jobs:
                value = pays[int(str(job.name))]
                found[job.name] = Done(job.name, None if value is None else replace(PLAN, commitments=value))
                if batch.is_ended_by(found[job.name]):
                    break
            batch = recipe.send(found)
    except StopIteration as end:
        return bool(end.value), asked


def further(job: Job) -> tuple[float, int, object, object]:
    """Seconds and seed of a job, and where it goes on from."""
    assert isinstance(job.argument, Reach)
    plan = job.argument.plan
    return plan.options.time_limit, plan.options.seed, plan.start, plan.sizes


def test_reached_at_once_they_are_planned_once(team: Composed) -> None:
    is_reached, asked = tried(team, {0: 0, 1: 100, 2: 50})
    assert (is_reached, len(asked)) == (True, 1)
    assert (team.team, team.missed) == (team.there, {})
    assert {n: plan.commitments for n, plan in team.plans.items()} == {0: 0, 1: 100, 2: 50}


def test_those_nearly_reached_go_on_for_longer_with_other_draws(team: Composed) -> None:
    is_reached, asked = tried(team, {0: 0, 1: 105, 2: 50}, {1: 102}, {1: 100})
    assert is_reached
    assert [[job.name for job in batch.jobs] for batch in asked[1:]] == [[1], [1]]
    first = next(job for job in asked[0].jobs if job.name == 1)
    seconds, seed, start, _ = further(first)
    assert start is None
    ways = [further(batch.jobs[0]) for batch in asked[1:]]
    assert [one[0] for one in ways] == [times * seconds for times, _ in FURTHER]
    assert [one[2:] for one in ways] == [({3: 1}, (20.0,))] * 2
    assert len({seed, *(one[1] for one in ways)}) == 3


def test_what_goes_on_never_gets_worse(team: Composed) -> None:
    is_reached, _ = tried(team, {0: 0, 1: 105, 2: 50}, {1: 109}, {1: 104})
    assert not is_reached
    assert team.missed == {1: 4}


def test_a_week_missed_by_far_ends_the_try(team: Composed) -> None:
    far = TARGET + round(NEARLY * team.missions) + 1
    is_reached, asked = tried(team, {0: far, 1: far, 2: far})
    assert (is_reached, len(asked), len(team.missed)) == (False, 1, 1)


def test_weeks_all_missed_by_some_are_not_worth_going_on(team: Composed) -> None:
    by = TARGET + round(NEARLY * team.missions) - 1
    is_reached, asked = tried(team, {0: by, 1: by, 2: by})
    assert (is_reached, len(asked), team.missed) == (False, 1, dict.fromkeys(range(3), by - TARGET))


def test_a_week_without_a_plan_is_missed(team: Composed) -> None:
    is_reached, asked = tried(team, {0: None, 1: None, 2: None})
    assert (is_reached, len(asked), team.plans) == (False, 1, {})
