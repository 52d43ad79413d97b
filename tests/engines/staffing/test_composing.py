"""Which teams are tried, and in what order: those that a relaxation proposes, towards the cheapest."""

from collections.abc import Sequence
from math import ceil, log2

import pytest

from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import PartPlan
from optimizer.engines.staffing import composing
from optimizer.engines.staffing.composing import BRACKET, BRACKET_OF_MANY, Composing
from optimizer.engines.staffing.known import Composed, Team
from optimizer.engines.staffing.lanes import Recipe, Step
from optimizer.engines.staffing.master import Proposal
from optimizer.engines.staffing.parts import teams_to_compose
from optimizer.plan import Plan, Status
from optimizer.scenarios import Scenario
from optimizer.team import TeamRequest
from tests.builders import a_mission, a_week

REQUEST = TeamRequest.model_validate({"rules": {"as_at_opening": False}})
WEEKS = [Scenario("S1", a_week([a_mission("M1", "DROITS", "FAM1")]))]
FULL_TIME = 67_000
PLAN = PartPlan(Plan(status=Status.FEASIBLE), 0, 0)


class Told(Composing):
    """A composition whose relaxation proposes one AS more for each percent to spare, and whose weeks are
    reached by teams that cost so much at least."""

    enough: int = 0
    asked: tuple[float, ...] = ()
    tried: tuple[int, ...] = ()

    def _propose(self, _team: Composed, spares: Sequence[float]) -> Step[dict[float, Proposal]]:
        self.asked = (*self.asked, *spares)
        found = {spare: Proposal({"P": ceil(spare)}, ceil(spare) * FULL_TIME, 0) for spare in spares}
        yield from ()
        return found

    def _reach(self, team: Composed, people: Team) -> Step[bool]:
        self.tried = (*self.tried, team.cost_of(people))
        yield from ()
        if team.cost_of(people) < self.enough:
            return False
        team.team, team.plans = people, {0: PLAN}
        return True


def told(enough: int) -> tuple[Told, Composed]:
    """That composition and its sector team, reached by so many full-time posts."""
    found = Told(REQUEST, WEEKS, Clock(Options(10.0, 2)))
    found.enough = enough * FULL_TIME
    found.teams = [Composed(team) for team in teams_to_compose(REQUEST, WEEKS)]
    team = next(one for one in found.teams if one.of.part == "SECTEUR-1")
    return found, team


def run(recipe: Recipe) -> None:
    """Go through a recipe that asks for nothing."""
    assert list(recipe) == []


@pytest.fixture(autouse=True)
def _one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every person of a team costs a full-time post."""
    monkeypatch.setattr(Composed, "cost_of", lambda _, team: FULL_TIME * sum(team.values()))


@pytest.mark.parametrize("enough", [3, 6, 11, 17])
def test_a_large_team_is_bisected_on_its_time_to_spare(enough: int) -> None:
    found, team = told(enough)
    run(found._search(team))
    low, high = BRACKET
    assert found.asked[0] == (low + high) / 2
    # no more than what the last bracket leaves above the fewest
    assert enough <= sum(team.team.values()) <= enough + (high - low) / 2 ** len(found.asked) + 1


@pytest.mark.parametrize("enough", [5, 13, 23])
def test_one_of_many_large_teams_is_bisected_more_coarsely(
    monkeypatch: pytest.MonkeyPatch, enough: int
) -> None:
    monkeypatch.setattr(composing.Composing, "are_many", True)
    found, team = told(enough)
    run(found._search(team))
    assert found.asked[0] == sum(BRACKET_OF_MANY) / 2
    # 21.5 % at most by bisection, then the last percents until one is reached
    assert found.asked[composing.BISECTIONS_OF_MANY :] == ((28.0,) if enough > 22 else ())
    assert sum(team.team.values()) >= enough


@pytest.mark.parametrize("enough", [1, 5, 14, 28])
def test_a_small_team_beside_many_is_bisected_on_cost(enough: int) -> None:
    found, team = told(enough)
    generous = {"P": 30}
    run(found._bisect(team, generous))
    costs = {FULL_TIME * ceil(spare) for spare in composing.SPARES} | {FULL_TIME * len(team.of.present)}
    reached = [cost for cost in costs if cost >= found.enough]
    assert team.cost_of(team.team) == min(reached)
    assert len(found.tried) <= ceil(log2(len(costs) + 2))
