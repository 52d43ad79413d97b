"""A composed team: what is claimed holds, and no false claim passes the check."""

from collections.abc import Callable

import pytest

from optimizer import team_check
from optimizer.check import judge
from optimizer.compose import Composition, compose_team
from optimizer.composed import ComposedTeam
from optimizer.engines.composing.parts import teams_to_compose
from optimizer.engines.composing.posts import openable
from optimizer.engines.options import Options
from optimizer.errors import ContradictoryWeek, NoTeam, UnusableInput
from optimizer.plan import Status
from optimizer.scenarios import Scenario
from optimizer.team import Start, TeamRequest
from optimizer.week import Week
from tests.builders import (
    TEAM,
    a_case,
    a_meeting,
    a_mission,
    a_need,
    a_pin,
    a_professional,
    a_request,
    a_span,
    a_week,
    day,
)

QUICK = Options(time_limit=12.0, workers=2)
NO_RULE = {"as_at_opening": False}


def demand(interviews: int, budgets: int = 0) -> Week:
    """Interviews of an hour due on Monday, and a morning of reception."""
    missions = [a_mission(f"M{n}", "DROITS", "FAM1", 60, due=day("monday")) for n in range(interviews)]
    missions += [a_mission(f"B{n}", "BUDGET", "FAM1", 60, due=day("tuesday")) for n in range(budgets)]
    return a_week(
        [*missions, a_request("R1", due=day("monday"))],
        cases=[a_case("FAM1", "AS01")],
        reception=[a_need("monday", morning=1)],
        meetings=[a_meeting("T1", "tuesday 09:00", 120)],
    )


SCENARIOS = [Scenario("calme", demand(3)), Scenario("chargée", demand(9, 2))]


@pytest.fixture(scope="module")
def found() -> Composition:
    """The team of two weeks, from nothing."""
    request = TeamRequest.model_validate({"start": "nothing", "rules": NO_RULE})
    return compose_team(SCENARIOS, request, QUICK)


def test_a_team_holds_what_it_claims(found: Composition) -> None:
    assert not team_check.wrongs(found.team, SCENARIOS, found.weeks, found.plans)
    assert [week.is_reached for week in found.team.weeks] == [True, True]
    assert 0 < found.team.bound <= found.team.cost
    assert found.team.absolute_gap == found.team.cost - found.team.bound
    assert not found.team.kept
    assert sorted(found.team.closed) == sorted(person.id for person in TEAM)


def test_every_plan_is_one_of_its_week_with_the_team(found: Composition) -> None:
    for week, plan, told in zip(found.weeks, found.plans, found.team.weeks, strict=True):
        assert week.professionals == found.team.people
        assert judge(week, plan).passed
        assert judge(week, plan).value("commitments") == round(10 * told.value)


def test_nobody_of_a_team_serves_two_kinds_of_service(found: Composition) -> None:
    assert all(len(person.service_ids) == 1 for person in found.team.people)


def changed(**fields: object) -> Callable[[ComposedTeam], ComposedTeam]:
    """The same team with other fields."""
    return lambda team: team.model_copy(update=fields)


def with_first_week(team: ComposedTeam, **of_teams: float) -> ComposedTeam:
    """The same team whose first week says something else of each of its teams."""
    first = team.weeks[0]
    teams = tuple(one.model_copy(update=of_teams) for one in first.teams)
    return team.model_copy(update={"weeks": (first.model_copy(update={"teams": teams}), *team.weeks[1:])})


FALSE = {
    "a lower cost": lambda team: team.model_copy(update={"cost": team.cost - 1}),
    "a bound above the cost": lambda team: team.model_copy(update={"bound": team.cost + 1}),
    "another cost of today": lambda team: team.model_copy(update={"present_cost": team.present_cost + 1}),
    "somebody less": lambda team: team.model_copy(update={"people": team.people[1:]}),
    "somebody twice": lambda team: team.model_copy(update={"people": (*team.people, team.people[0])}),
    "a post of another profession": lambda team: team.model_copy(
        update={"opened": (team.opened[0].model_copy(update={"profession": "PSY"}), *team.opened[1:])}
    ),
    "nobody closed": changed(closed=()),
    "someone kept who is not": changed(kept=("AS01",)),
    "a week not reached": lambda team: team.model_copy(
        update={"weeks": (team.weeks[0].model_copy(update={"target": -1.0}), *team.weeks[1:])}
    ),
    "a value that is not the judge's": lambda team: team.model_copy(
        update={"weeks": (team.weeks[0].model_copy(update={"value": 0.5}), *team.weeks[1:])}
    ),
    "a week less": lambda team: team.model_copy(update={"weeks": team.weeks[1:]}),
    "a proof that is none": changed(status=Status.OPTIMAL, bound=0),
    "another gap": changed(gap=0.5),
    "other posts": changed(posts=0.1),
    "a pattern of other hours": lambda team: team.model_copy(
        update={"opened": (team.opened[0].model_copy(update={"pattern": "autre"}), *team.opened[1:])}
    ),
    "a team that pays less than the judge says": lambda team: with_first_week(team, value=-1.0),
    "a team above its target": lambda team: with_first_week(team, target=-1.0),
    "a plan of another hash": lambda team: team.model_copy(
        update={"weeks": (team.weeks[0].model_copy(update={"plan_hash": "0"}), *team.weeks[1:])}
    ),
}


@pytest.mark.parametrize("claim", FALSE)
def test_a_false_claim_is_told(found: Composition, claim: str) -> None:
    assert team_check.wrongs(FALSE[claim](found.team), SCENARIOS, found.weeks, found.plans)


def test_each_rule_asked_for_is_checked(found: Composition) -> None:
    worker = next(person for person in found.team.people if "SECTEUR-1" in person.service_ids)
    kind = {"profession": worker.profession, "service_id": "SECTEUR-1"}
    broken: list[dict[str, object]] = [
        {"bounds": [kind | {"most": 0}]},
        {"bounds": [kind | {"least": 9}]},
        {"posts": [kind | {"most": 0}]},
        {"posts": [{"profession": "EJE", "service_id": "EVAL-1"}]},
        {"posts": [kind | {"site_id": "MDS-B"}]},
        {"rules": {"as_at_opening": True}},
        {"rules": NO_RULE | {"people_per_manager": 1}},
        {"keep": ["ES01"]},
    ]
    for asked in broken:
        request = TeamRequest.model_validate({"start": "nothing", "rules": NO_RULE} | asked)
        team = found.team.model_copy(update={"request": request})
        assert team_check.wrongs(team, SCENARIOS, found.weeks, found.plans), asked


def test_whoever_holds_a_post_is_there_for_the_meetings_of_its_service(found: Composition) -> None:
    # on Fridays at 16:30, beyond the hours of a half-time of the first days of the week
    late = SCENARIOS[0].week.model_copy(update={"meetings": (a_meeting("T1", "friday 16:30", 120),)})
    told = team_check.wrongs(found.team, [Scenario("calme", late), SCENARIOS[1]], found.weeks, found.plans)
    assert any("n'est pas là pour T1" in one for one in told)


def test_a_demand_that_was_changed_is_told(found: Composition) -> None:
    weeks = (found.weeks[1], found.weeks[1])
    assert team_check.wrongs(found.team, SCENARIOS, weeks, found.plans)


def test_a_week_with_other_meetings_or_another_organisation_is_told(found: Composition) -> None:
    first = found.weeks[0]
    organisation = first.organisation.model_copy(update={"isic_days_per_year": 9})
    for fields in ({"meetings": ()}, {"organisation": organisation}):
        weeks = (first.model_copy(update=fields), found.weeks[1])
        told = team_check.wrongs(found.team, SCENARIOS, weeks, found.plans)
        assert any("n'est pas la semaine demandée" in one for one in told), fields


def test_a_present_team_that_reaches_is_not_made_dearer() -> None:
    """Everyone present reaches the quiet week: nobody is hired, and nobody replaced by the same."""
    request = TeamRequest.model_validate({"rules": NO_RULE})
    team = compose_team(SCENARIOS[:1], request, QUICK).team
    assert team.cost <= team.present_cost
    present = {(one.profession, one.service_ids, one.windows) for one in TEAM if one.id in team.closed}
    opened = {
        (one.profession, one.service_ids, one.windows) for one in team.people if one.id not in team.kept
    }
    assert not present & opened


def test_no_as_where_it_is_open_is_told_before_anything() -> None:
    posts = [{"profession": "ES", "service_id": "SECTEUR-1"}]
    request = TeamRequest.model_validate({"start": "nothing", "posts": posts})
    with pytest.raises(NoTeam) as caught:
        compose_team(SCENARIOS, request, QUICK)
    assert caught.value.facts[0].startswith(
        "aucun AS, présent ou à ouvrir, ne peut être dans SECTEUR-1 le lundi matin"
    )


def test_posts_never_bear_the_name_of_somebody_of_a_later_week() -> None:
    """Whoever has a post's name in the second week is absent all of it; a post is not."""
    gone = a_professional("P:AS.0")
    later = a_week(
        list(SCENARIOS[0].week.missions),
        professionals=[*TEAM, gone],
        cases=list(SCENARIOS[0].week.cases),
        absences=[a_span("P:AS.0", "monday 08:00", "friday 18:00")],
    )
    weeks = [SCENARIOS[0], Scenario("plus tard", later)]
    (first, *_) = teams_to_compose(TeamRequest(), weeks)
    assert not {id_ for id_ in first.posts if id_.startswith("P:")}
    assert first.posts


def test_hours_of_posts_hold_the_meetings_of_every_week() -> None:
    late = SCENARIOS[1].week.model_copy(update={"meetings": (a_meeting("T1", "friday 16:00", 60),)})
    weeks = [SCENARIOS[0], Scenario("autre", late)]
    for order in (weeks, weeks[::-1]):
        names = {
            post.pattern.name for post in openable(TeamRequest(), order) if post.service_id == "SECTEUR-1"
        }
        assert "50-debut" not in names


def test_from_the_present_team_whoever_must_stay_stays() -> None:
    request = TeamRequest.model_validate({"keep": ["CT01", "CO01"], "rules": NO_RULE})
    found = compose_team(SCENARIOS[:1], request, QUICK)
    assert {"CT01", "CO01"} <= set(found.team.kept)


def test_a_composed_team_may_be_the_present_one(found: Composition) -> None:
    again = [Scenario("encore", found.weeks[0])]
    team = compose_team(again, TeamRequest.model_validate({"rules": NO_RULE, "keep": ids(found)}), QUICK).team
    assert set(ids(found)) <= {person.id for person in team.people}


def ids(found: Composition) -> list[str]:
    """The people of a composed team."""
    return [person.id for person in found.team.people]


def test_a_post_asked_for_at_a_site_is_opened_there() -> None:
    posts = [{"profession": "AS", "service_id": "SECTEUR-1", "site_id": "MDS-A"}]
    request = TeamRequest.model_validate({"start": "nothing", "rules": NO_RULE, "posts": posts})
    team = compose_team(SCENARIOS, request, QUICK).team
    assert len(team.people) >= 2
    assert {(one.profession, one.site_id) for one in team.people} == {("AS", "MDS-A")}


def test_two_people_for_what_is_asked_and_a_manager() -> None:
    request = TeamRequest.model_validate(
        {"start": "nothing", "rules": NO_RULE | {"two_people_for": ["*"], "people_per_manager": 5}}
    )
    found = compose_team(SCENARIOS[:1], request, QUICK)
    sector = [one for one in found.team.people if "SECTEUR-1" in one.service_ids]
    assert sum(one.profession == "CT" for one in sector) >= 1
    # DROITS and ACCUEIL: AS, CESF and ES may
    assert sum(one.profession in ("AS", "CESF", "ES") for one in sector) >= 2


def test_bounds_that_no_team_keeps_are_answered_with_the_smallest_change() -> None:
    asked = {"start": "nothing", "rules": NO_RULE, "bounds": []}
    for profession in ("AS", "CESF", "ES"):
        asked["bounds"].append({"profession": profession, "service_id": "SECTEUR-1", "most": 0})  # type: ignore[attr-defined]
    with pytest.raises(NoTeam) as caught:
        compose_team(SCENARIOS, TeamRequest.model_validate(asked), QUICK)
    told = "\n".join(caught.value.facts)
    assert "SECTEUR-1" in told
    # even the quiet week's interviews, and reception on Monday
    assert "en calme, il manque d'abord : " in told
    assert "mission M" in told or "accueil de MDS-A" in told
    assert "1 de plus" in told or "2 de plus" in told


def test_a_share_of_the_weeks_leaves_the_hardest_out() -> None:
    # the quiet week takes one person, the busy one more: half of the weeks is the quiet one
    asked = {"start": "nothing", "rules": NO_RULE}
    half = compose_team(SCENARIOS, TeamRequest.model_validate(asked | {"share_percent": 50}), QUICK).team
    whole = compose_team(SCENARIOS, TeamRequest.model_validate(asked), QUICK).team
    assert half.weeks[0].is_reached
    assert half.cost < whole.cost
    assert half.bound <= half.cost


def test_a_request_that_names_nobody_is_refused() -> None:
    with pytest.raises(UnusableInput):
        compose_team(SCENARIOS, TeamRequest(keep=("AS99",)), QUICK)


def test_a_week_that_contradicts_itself_is_told_by_name() -> None:
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "SUIVI", "FAM1")],
        pins=[a_pin("M1", "AS01", "monday 09:00"), a_pin("M2", "AS01", "monday 09:00")],
    )
    with pytest.raises(ContradictoryWeek) as caught:
        compose_team([Scenario("double", week)], TeamRequest(), QUICK)
    assert caught.value.facts[0].startswith("double : ")


def test_a_pole_alone_is_proven() -> None:
    # four contracts of an hour due on Monday: one person, whatever the pattern with Mondays
    week = a_week(
        [a_mission(f"C{n}", "CONTRAT", "FAM1", 60, due=day("monday")) for n in range(4)],
        cases=[a_case("FAM1", "AS01")],
    )
    request = TeamRequest.model_validate({"start": Start.NOTHING, "rules": NO_RULE})
    found = compose_team([Scenario("contrats", week)], request, QUICK)
    (pole,) = [one for one in found.team.services if one.services == ("CONTRAT-1",)]
    # a half-time of the first days of the week: 20 hours of 40
    assert (pole.cost, pole.bound) == (33_500, 33_500)
    assert found.team.status in (Status.OPTIMAL, Status.FEASIBLE)
