"""Contracts are met where CONTRAT receives; IP acts where EVALUATION does and the sector team does not."""

from tests.builders import SITES, a_mission, a_plan, a_row, a_site, a_week, amounts


def test_a_contract_is_met_at_its_pole() -> None:
    week = a_week([a_mission("M1", "CONTRAT", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "CO01", "tuesday 09:00", 60, "POLE-C", "C1")), "H1.2") == []


def test_a_contract_is_not_met_at_the_sector_teams_site() -> None:
    week = a_week([a_mission("M1", "CONTRAT", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "CO01", "tuesday 09:00", 60, "MDS-A", "A1")), "H1.2") == [1]


def test_an_evaluation_is_met_at_its_pole_or_at_home() -> None:
    week = a_week([a_mission("M1", "IP_RENC", "FAM1"), a_mission("M2", "IP_VAD", "FAM1")])
    plan = a_plan(
        a_row("M1", "EV01", "tuesday 09:00", 60, "POLE-E", "E1"),
        a_row("M2", "EV01 EV02", "wednesday 09:00", 120, place="home:NORD"),
    )
    assert amounts(week, plan, "H1.2") == []


def test_an_evaluation_is_not_met_where_the_sector_team_receives() -> None:
    shared = a_site("MIXTE", "NORD", ["SECTEUR-1", "EVAL-1"], "X1")
    week = a_week([a_mission("M1", "IP_RENC", "FAM1")], sites=[*SITES, shared])
    assert amounts(week, a_plan(a_row("M1", "EV01", "tuesday 09:00", 60, "MIXTE", "X1")), "H1.2") == [1]


def test_an_interview_is_met_anywhere_but_where_a_pole_alone_receives() -> None:
    lent = a_site("PRET", "NORD", [], "P1")
    week = a_week([a_mission("M1", "SUIVI", "FAM1")], sites=[*SITES, lent])
    for site, room, found in (("PRET", "P1", []), ("POLE-C", "C1", [1]), ("POLE-E", "E1", [1])):
        plan = a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, site, room))
        assert amounts(week, plan, "H1.2") == found
