"""A week is divided where nothing but what can be shared out couples two services."""

import pytest

from instances.departement import departement
from instances.figures import Load
from instances.generator import generate
from optimizer.engines.division import Division
from optimizer.engines.part_weeks import PartWeeks
from optimizer.week import Week
from tests.builders import SERVICES, SITES, a_case, a_mission, a_professional, a_service, a_week, team_with

NORTH, SOUTH = a_service("SECTEUR-1", covers=["MDS-A"]), a_service("SECTEUR-2", covers=["MDS-B"])
MEMBER = a_professional("AS02", service="SECTEUR-2", site="MDS-B")


def two_teams(*items: object, people: object = (MEMBER,), **rest: object) -> Week:
    """Two sector teams in two sites."""
    sites = (SITES[0], SITES[1].model_copy(update={"service_ids": ("SECTEUR-2",)}), *SITES[2:])
    cases = [a_case("FAM1"), a_case("FAM2", "AS02", "MDS-B", "SUD")]
    given = {"sites": sites, "cases": cases, "services": (NORTH, SOUTH, *SERVICES[1:])} | rest
    return a_week(items, professionals=team_with(*people), **given)  # type: ignore[arg-type,misc]


def parts(week: Week) -> set[str]:
    return set(Division(week).parts)


def test_teams_that_share_nothing_are_parts_of_their_own() -> None:
    assert parts(two_teams()) == {"SECTEUR-1", "SECTEUR-2", "EVAL-1", "CONTRAT-1"}


def test_someone_who_floats_is_shared_out_by_days() -> None:
    floats = a_professional("FLOT", service=["SECTEUR-1", "SECTEUR-2"])
    division = Division(two_teams(people=(MEMBER, floats)))
    assert division.floating == {"FLOT": ["SECTEUR-1", "SECTEUR-2"]}
    weeks, sharing = PartWeeks(division), division.first_sharing()
    days = [
        {window.day for window in weeks.restricted(part, sharing).professional["FLOT"].windows}
        for part in ("SECTEUR-1", "SECTEUR-2")
    ]
    assert days[0].isdisjoint(days[1])
    assert len(days[0] | days[1]) == 5


def test_interviews_of_another_team_in_ones_rooms_keep_both_in_one_part() -> None:
    week = two_teams(a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "SUIVI", "FAM2", site="MDS-A"))
    assert len(parts(week) & {"SECTEUR-1", "SECTEUR-2"}) == 1


def test_a_mission_open_to_every_service_keeps_all_in_one_part() -> None:
    assert len(parts(two_teams(a_mission("M1", "ECRITS", "FAM1")))) == 1


def test_a_referent_of_the_other_team_keeps_both_in_one_part() -> None:
    cases = [a_case("FAM1"), a_case("FAM2", "AS01", "MDS-B", "SUD")]
    assert len(parts(two_teams(cases=cases)) & {"SECTEUR-1", "SECTEUR-2"}) == 1


@pytest.mark.parametrize("load", Load)
def test_every_mission_is_in_one_part_and_every_seat_is_given_once(load: Load) -> None:
    week = departement(5, 1, load, 2)
    division = Division(week)
    weeks, sharing = PartWeeks(division), division.first_sharing()
    restricted = [weeks.restricted(part, sharing) for part in division.parts]
    assert sorted(m.id for part in restricted for m in part.missions) == sorted(m.id for m in week.missions)
    assert sorted(a.id for part in restricted for a in part.actions) == sorted(a.id for a in week.actions)
    session = next(meeting for meeting in week.meetings if meeting.seats)
    seats = [m.seats or 0 for part in restricted for m in part.meetings if m.id == session.id]
    assert sum(seats) == session.seats


def test_where_nothing_is_shared_a_part_is_bounded_in_the_week_it_is_planned_in() -> None:
    division = Division(departement(5, 1, Load.TYPICAL, 5))
    weeks, sharing = PartWeeks(division), division.first_sharing()
    for pole in ("D01A-EVALUATION", "D01B-CONTRAT"):
        assert weeks.restricted(pole, sharing) == weeks.relaxed(pole)


def test_a_week_of_one_territory_divides_into_its_services() -> None:
    assert parts(generate(12, 1, Load.LOW, 1)) == {"SECTEUR", "EVALUATION", "CONTRAT"}
