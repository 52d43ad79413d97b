"""Whole weeks of composed teams: seats of shared sessions go to who wants them, targets hold what is lost
together, and weeks missed together are not said to be reached."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.engines.composing import answer
from optimizer.engines.composing.answer import _refuse_missed
from optimizer.engines.composing.evidence import _with_seats_left, targets_of
from optimizer.engines.composing.known import Composed
from optimizer.engines.composing.parts import teams_to_compose
from optimizer.engines.options import Options
from optimizer.engines.part_jobs import PartPlan
from optimizer.engines.sharing import Part
from optimizer.engines.workers import Job
from optimizer.errors import NoPlanYet
from optimizer.plan import Level, Plan, Status
from optimizer.scenarios import Scenario
from optimizer.team import TeamRequest


@pytest.fixture(scope="module")
def teams() -> list[Composed]:
    """Two territories that share a session, with everyone present."""
    scenarios = [Scenario("S1", departement(2, 1, Load.LOW, 1, 1))]
    found = [Composed(team) for team in teams_to_compose(TeamRequest(), scenarios)]
    for team in found:
        team.team = {person.id: 1 for person in team.of.present}
    return found


def seats(team: Composed) -> int:
    """Seats of sessions in the week of a team."""
    return sum(meeting.seats or 0 for meeting in team.of.week(0, team.team).meetings)


def test_seats_stay_where_they_are_wanted(teams: list[Composed]) -> None:
    assert [team.of.part for team in teams if seats(team)] == ["T001-SECTEUR", "T002-SECTEUR"]
    assert list(_with_seats_left(teams, 0)) == []


def test_seats_of_a_team_that_lost_its_trainees_go_to_another(teams: list[Composed]) -> None:
    first, second = (team for team in teams if seats(team))
    left, target = seats(first), second.of.weeks[0].organisation.isic_days_per_year
    gone = Composed(first.of, team=dict.fromkeys(first.of.posts, 1))
    ((team, week),) = _with_seats_left([gone, second], 0)
    assert team is second
    taken = sum(meeting.seats or 0 for meeting in week.meetings)
    lacking = sum(person.isic_days_done < target for person in week.professionals)
    assert taken == min(seats(second) + left, lacking) > seats(second)


def composed(targets: tuple[int, ...], pays: int) -> Composed:
    """A team that pays so much in each week with as many posts as it takes."""
    plan = PartPlan(Plan(status=Status.FEASIBLE), pays, 0)
    of: Any = SimpleNamespace(part="one")
    return Composed(of, targets=targets, plans_of_plenty=dict.fromkeys(range(len(targets)), plan))


def test_targets_hold_what_teams_lose_together() -> None:
    two = [composed((150, 260), 100), composed((300, 310), 200)]
    answers = {("plenty", 0): 340, ("plenty", 1): 290}
    assert targets_of(two, answers, 2) == (150 + 300 + 40, 260 + 310)
    assert targets_of(two, {}, 2) == (450, 570), "nothing is added where nothing is known"


def test_weeks_missed_together_are_told_with_their_points() -> None:
    scenarios: Any = [Scenario("S1", None), Scenario("S2", None)]  # type: ignore[arg-type]
    plans: Any = [SimpleNamespace(levels=[SimpleNamespace(value=value)]) for value in (50.0, 47.5)]
    _refuse_missed(TeamRequest(), scenarios, plans, (500, 475))
    with pytest.raises(NoPlanYet, match=r"réunies elles manquent S1 de 4,5 point\(s\) ; augmentez"):
        _refuse_missed(TeamRequest(), scenarios, plans, (455, 475))
    _refuse_missed(TeamRequest(share_percent=50), scenarios, plans, (455, 475))


def test_teams_that_miss_weeks_together_have_plenty_again_those_that_save_least_first(
    teams: list[Composed], monkeypatch: pytest.MonkeyPatch
) -> None:
    teams = [Composed(team.of) for team in teams]
    for posts_less, team in enumerate(teams, 1):
        team.plenty = {column.person.id: 1 for column in team.of.problem.columns}
        team.team = {**team.plenty, **dict.fromkeys([*team.plenty][-posts_less:], 0)}
        team.targets, team.floors = (100,), (0,)
        team.plans = team.plans_of_plenty = {0: PartPlan(Plan(status=Status.FEASIBLE), 0, 0)}
    dearest = max(teams, key=lambda team: team.saving)
    asked: list[list[Part]] = []

    def answers(jobs: Iterable[Job], *_: object) -> dict[object, object]:
        """Weeks that are reached once all but one of the teams have plenty."""
        names = [job.name for job in jobs]
        lean = [team.of.part for team in teams if team.may_have_plenty]
        asked.append(lean)
        value = 0.0 if len(lean) <= 1 else 1e6
        plan = Plan(status=Status.FEASIBLE, levels=(Level.of("commitments", value, 0.0),))
        return {name: plan if name == ("whole", 0) else 0 for name in names}

    monkeypatch.setattr(answer, "_answers", answers)
    scenarios = [Scenario("S1", departement(2, 1, Load.LOW, 1, 1))]
    found = answer._together(teams, TeamRequest(), scenarios, Options(10.0, 2))
    assert found.plans[0].levels[0].value == 0.0
    assert asked[1] == [team.of.part for team in teams]
    assert asked[-1] == [dearest.of.part]
    assert dearest.team != dearest.plenty
