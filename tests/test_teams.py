"""Whose team an item is, where a département has several services of one kind: model and judge agree."""

import pytest

from optimizer.board import Board
from optimizer.reading import Reading
from optimizer.week import Week
from optimizer.words import ServiceKind
from tests.builders import (
    SERVICES,
    SITES,
    a_case,
    a_mission,
    a_plan,
    a_professional,
    a_request,
    a_service,
    a_site,
    a_week,
    amounts,
    an_action,
    queued,
    team_with,
)

NORTH, SOUTH = a_service("SECTEUR-1", covers=["MDS-A"]), a_service("SECTEUR-2", covers=["MDS-B"])
BOTH = a_professional("FLOAT", service=["SECTEUR-2", "SECTEUR-1"], site="MDS-B")
OTHER = a_professional("AS02", service="SECTEUR-2", site="MDS-B")


def department(*items: object, services: object = (NORTH, SOUTH, *SERVICES[1:]), **rest: object) -> Week:
    """Two sector teams, someone of both, and a household of the south."""
    cases = [a_case("FAM1"), a_case("FAM2", None, "MDS-B", "SUD")]
    return a_week(items, services=services, cases=cases, professionals=team_with(BOTH, OTHER), **rest)  # type: ignore[arg-type]


def team(week: Week) -> frozenset[str] | None:
    """The team of the only mission, as the model says and as the judge says."""
    of_the_model = Board(week).teams.of_mission(week.missions[0])
    of_the_judge = Reading(week, a_plan()).teams.of(week.missions[0])
    assert frozenset(of_the_model or ()) == of_the_judge
    return of_the_judge


def test_a_mission_is_of_the_team_that_covers_its_household() -> None:
    assert team(department(a_mission("M1", "SUIVI", "FAM2"))) == {"SECTEUR-2"}


def test_the_household_counts_before_the_place() -> None:
    assert team(department(a_mission("M1", "SUIVI", "FAM2", site="MDS-A"))) == {"SECTEUR-2"}


def test_a_request_is_of_the_team_of_its_site() -> None:
    assert team(department(a_request("M1", "MDS-B"))) == {"SECTEUR-2"}


def test_a_pole_that_covers_a_site_has_its_evaluations() -> None:
    poles = [a_service("EVAL-1", "EVALUATION", ["MDS-A"]), a_service("EVAL-2", "EVALUATION", ["MDS-B"])]
    assert team(
        department(a_mission("M1", "IP_CONC", "FAM2"), services=[NORTH, SOUTH, *poles, SERVICES[2]])
    ) == {"EVAL-2"}


def test_what_nobody_covers_is_of_every_service_of_the_kind() -> None:
    services = [NORTH, a_service("SECTEUR-2", covers=["MDS-A"]), *SERVICES[1:]]
    assert team(department(a_mission("M1", "SUIVI", "FAM2"), services=services)) == {"SECTEUR-1", "SECTEUR-2"}


def test_a_type_open_to_all_has_no_team() -> None:
    assert team(department(a_mission("M1", "ECRITS", "FAM2"))) == frozenset()


@pytest.mark.parametrize(("named", "found"), [((), {"SECTEUR-1"}), (("SECTEUR-2",), {"SECTEUR-2"})])
def test_an_action_is_of_the_services_it_names_or_of_its_site(
    named: tuple[str, ...], found: set[str]
) -> None:
    week = department(actions=[an_action("G1", services=named)])
    assert set(Board(week).teams.of_action(week.actions[0]) or ()) == found
    assert Reading(week, a_plan()).teams.of(week.actions[0]) == found


def test_a_person_is_counted_in_the_first_of_their_services() -> None:
    week = department(a_mission("M1", "SUIVI", "FAM2"))
    assert Board(week).teams.circle_of(BOTH, ServiceKind.SECTEUR) == "SECTEUR-2"
    assert Reading(week, a_plan()).teams.first(BOTH, ServiceKind.SECTEUR) == "SECTEUR-2"


def test_teams_that_share_a_household_are_counted_together() -> None:
    services = [NORTH, a_service("SECTEUR-2", covers=["MDS-A", "MDS-B"]), *SERVICES[1:]]
    week = department(services=services)
    assert Board(week).teams.circle("SECTEUR-1") == Board(week).teams.circle("SECTEUR-2")
    assert Reading(week, a_plan()).teams.circle("SECTEUR-1") == {"SECTEUR-1", "SECTEUR-2"}


def test_someone_of_two_teams_becomes_the_referent_of_the_first_alone() -> None:
    week = department()
    board = Board(week)
    assert board.may_be_referent(BOTH, week.case["FAM2"])
    assert not board.may_be_referent(BOTH, week.case["FAM1"])


def test_each_team_has_its_own_queue() -> None:
    """The south receives nobody: its request waits for a slot of the south's, whatever the north has."""
    shut = (SITES[0], a_site("MDS-B", "SUD", ["SECTEUR-2"], opening=()), *SITES[2:])
    week = department(a_request("M1", "MDS-B"), a_request("M2", "MDS-B"), sites=shut)
    plan = a_plan(queued("M1", "monday"), queued("M2", "monday"))
    assert amounts(week, plan, "H4.1c") == []
