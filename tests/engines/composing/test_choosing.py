"""Which teams are tried, and in what order: those that a relaxation proposes, towards the cheapest."""

from collections.abc import Sequence
from math import ceil

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.engines.composing.choosing import (
    FIRST_SPARE,
    FIRST_SPARE_OF_MANY,
    STEPS,
    Choosing,
    Spares,
)
from optimizer.engines.composing.known import Composed, Team
from optimizer.engines.composing.lanes import Recipe, Step
from optimizer.engines.composing.master import Proposal
from optimizer.engines.composing.parts import teams_to_compose
from optimizer.engines.composing.setting import Setting
from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import PartPlan
from optimizer.plan import Plan, Status
from optimizer.scenarios import Scenario
from optimizer.team import TeamRequest
from tests.builders import a_mission, a_week

REQUEST = TeamRequest.model_validate({"rules": {"as_at_opening": False}})
WEEKS = [Scenario(name, a_week([a_mission("M1", "DROITS", "FAM1")])) for name in ("S1", "S2")]
FULL_TIME = 67_000
PLAN = PartPlan(Plan(status=Status.FEASIBLE), 0, 0)


class Told(Choosing):
    """A relaxation that proposes as many posts as the percents to spare of the weeks add up to, and weeks
    that are reached by so many posts at least, half a tenth missed for each that lacks; what was asked, and
    what was preferred."""

    enough: tuple[int, int]
    asked: list[tuple[float, ...]]
    preferred: list[Team]

    def propose(self, _team: Composed, spares: Sequence[Spares], preferred: Team) -> Step[list[Proposal]]:
        self.asked += [tuple(one) for one in spares]
        self.preferred.append(preferred)
        yield from ()
        return [Proposal({"P": ceil(sum(one))}, ceil(sum(one)) * FULL_TIME, 0) for one in spares]

    def reach(self, team: Composed, people: Team) -> Step[bool]:
        yield from ()
        lacking = {n: least - people["P"] for n, least in enumerate(self.enough)}
        team.missed = {n: 0.5 * posts for n, posts in lacking.items() if posts > 0}
        if team.missed:
            return False
        team.team, team.plans = people, {0: PLAN, 1: PLAN}
        return True


def told(*enough: int) -> tuple[Told, Composed]:
    """That order, and the sector team of two weeks, each reached by so many full-time posts."""
    setting = Setting(REQUEST, WEEKS, Clock(Options(10.0, 2)))
    setting.teams += [Composed(team) for team in teams_to_compose(REQUEST, WEEKS)]
    team = next(one for one in setting.teams if one.of.part == "SECTEUR-1")
    team.targets = (0, 0)
    found = Told(setting)
    first, second = enough
    object.__setattr__(found, "enough", (first, second))
    object.__setattr__(found, "asked", [])
    object.__setattr__(found, "preferred", [])
    return found, team


def run(recipe: Recipe) -> None:
    """Go through a recipe that asks for nothing."""
    assert list(recipe) == []


@pytest.fixture(autouse=True)
def _one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every person of a team costs a full-time post."""
    monkeypatch.setattr(Composed, "cost_of", lambda _, team: FULL_TIME * sum(team.values()))


def test_the_week_that_is_missed_has_as_much_more_to_spare_as_it_was_missed_by() -> None:
    # eight posts are proposed; ten lack two, a tenth, worth four percent of a mission; thirty lack more
    found, team = told(1, 10)
    run(found.search(team))
    first, (least, most) = FIRST_SPARE, STEPS
    assert found.asked[:2] == [(first, first), (first, first + 1.0 / 0.25)]
    found, team = told(30, 1)
    run(found.search(team))
    assert found.asked[:2] == [(first, first), (first + most, first)]
    assert least < 1.0 / 0.25 < most


def test_where_all_are_reached_each_has_less_but_not_what_missed_it() -> None:
    found, team = told(1, 10)
    run(found.search(team))
    assert found.asked[2] == (FIRST_SPARE - STEPS[0], FIRST_SPARE + 4.0 - STEPS[0])
    found, team = told(1, 10)
    team.targets = (10, 10)  # far above what plans pay
    run(found.search(team))
    # the second week, missed with 4 and reached with 8 percent, has 6 then
    assert found.asked[2] == (0.0, FIRST_SPARE + 2.0)


@pytest.mark.parametrize(("first", "second"), [(1, 3), (6, 6), (2, 11), (17, 17)])
def test_the_search_ends_near_the_fewest_posts(first: int, second: int) -> None:
    found, team = told(first, second)
    run(found.search(team))
    fewest = max(first, second)
    assert fewest <= sum(team.team.values()) <= 1.4 * fewest + 2


def test_nothing_is_asked_again_once_nothing_is_to_spare() -> None:
    found, team = told(0, 0)
    team.targets = (10, 10)  # far above what plans pay
    run(found.search(team))
    assert found.asked == [(FIRST_SPARE, FIRST_SPARE), (0, 0)]


def test_the_next_proposal_keeps_to_the_columns_of_the_last() -> None:
    found, team = told(1, 30)
    run(found.search(team))
    assert found.preferred[0] == team.there
    assert found.preferred[1] == {"P": ceil(2 * FIRST_SPARE)}


def test_one_of_many_large_teams_begins_with_more_to_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Setting, "are_many", True)
    found, team = told(1, 1)
    run(found.search(team))
    assert found.asked[0] == (FIRST_SPARE_OF_MANY, FIRST_SPARE_OF_MANY)


def test_a_team_that_costs_no_less_is_not_tried() -> None:
    found, team = told(5, 5)
    team.team, team.plans = {"P": 4}, {0: PLAN, 1: PLAN}
    run(found.search(team))
    assert team.team == {"P": 4}
    assert team.missed != {}  # by cheaper ones alone, which five posts would not have


def test_who_floats_stays_in_every_team_that_is_tried() -> None:
    scenarios = [Scenario("S1", departement(2, 1, Load.TYPICAL, 1))]
    floating = 0
    for of in teams_to_compose(TeamRequest(), scenarios):
        for free, tried in zip(of.problem.columns, of.tried.columns, strict=True):
            is_floating = free.person.id in of.floating
            floating += is_floating
            assert is_floating == (free.post is None and len(free.person.service_ids) > 1)
            assert (tried.least, tried.most) == ((1, 1) if is_floating else (free.least, free.most))
    assert floating > 1
