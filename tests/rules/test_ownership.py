"""A mission is done by its own service only, idle or not: IP acts by EVALUATION, contracts by CONTRAT."""

from tests.builders import a_mission, a_plan, a_row, a_week, amounts


def test_the_sector_team_does_its_own_missions() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1")), "H0") == []


def test_a_mission_of_the_sector_team_is_not_an_evaluators() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "EV01", "tuesday 09:00", 45, "MDS-A", "A1")), "H0") == [1]


def test_neither_an_evaluation_nor_a_contract_is_the_sector_teams() -> None:
    week = a_week([a_mission("M1", "IP_RENC", "FAM1"), a_mission("M2", "CONTRAT", "FAM1")])
    plan = a_plan(
        a_row("M1", "AS01", "tuesday 09:00", 60, "POLE-E", "E1"),
        a_row("M2", "AS01", "tuesday 14:00", 60, "POLE-C", "C1"),
    )
    assert amounts(week, plan, "H0") == [1, 1]


def test_a_type_open_to_all_is_anyones() -> None:
    week = a_week([a_mission("M1", "ECRITS")])
    assert amounts(week, a_plan(a_row("M1", "EV01", "tuesday 09:00", 60)), "H0") == []
