"""Everything is held at its own place; only what may be teleworked is."""

from optimizer.catalogue import catalogue
from tests.builders import SITES, a_mission, a_plan, a_row, a_site, a_week, amounts, an_action


def test_an_interview_is_at_the_site_of_the_household() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1")), "place") == []
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-B", "B1")), "place") == [1]


def test_an_interview_is_not_teleworked() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, place="telework")), "place") == [1]


def test_a_visit_is_at_the_home_of_the_household() -> None:
    week = a_week([a_mission("M1", "VAD", "FAM1")])
    here = a_plan(a_row("M1", "AS01", "tuesday 09:00", 75, place="home:NORD"))
    elsewhere = a_plan(a_row("M1", "AS01", "tuesday 09:00", 75, place="home:SUD"))
    assert amounts(week, here, "place") == []
    assert amounts(week, elsewhere, "place") == [1]


def test_a_contract_is_at_the_first_site_of_its_service() -> None:
    week = a_week([a_mission("M1", "CONTRAT", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "CO01", "tuesday 09:00", 60, "POLE-C", "C1")), "place") == []


def test_the_file_wins_over_the_catalogue() -> None:
    week = a_week([a_mission("M1", "VAD", "FAM1", site="MDS-B")])
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 75, "MDS-B", "B1")), "place") == []


def test_a_concertation_has_no_site() -> None:
    week = a_week([a_mission("M1", "IP_CONC", "FAM1")])
    nowhere, somewhere = (a_row("M1", "EV01 EV02", "tuesday 09:00", 60, site) for site in (None, "POLE-E"))
    assert amounts(week, a_plan(nowhere), "place") == []
    assert amounts(week, a_plan(somewhere), "place") == [1]


def test_a_report_may_be_teleworked_whatever_its_reception_place() -> None:
    week = a_week([a_mission("M1", "IP_ECR", "FAM1", site="POLE-E")])
    assert amounts(week, a_plan(a_row("M1", "EV01", "tuesday 09:00", 240, place="telework")), "place") == []


def test_what_takes_a_room_is_never_teleworked() -> None:
    kind = catalogue()["SUIVI"].model_copy(update={"telework": True})
    week = a_week([a_mission("M1", "SUIVI", "FAM1")]).model_copy(update={"mission_types": (kind,)})
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, place="telework")), "place") == [1]


def test_an_evaluation_is_met_where_the_sector_team_is_not() -> None:
    shared = a_site("SHARED", "NORD", ["EVAL-1", "SECTEUR-1"], "S1")
    week = a_week([a_mission("M1", "IP_RENC", "FAM1")], sites=[shared, *SITES])
    assert amounts(week, a_plan(a_row("M1", "EV01", "tuesday 09:00", 60, "POLE-E", "E1")), "place") == []
    assert amounts(week, a_plan(a_row("M1", "EV01", "tuesday 09:00", 60, "SHARED", "S1")), "place") == [1]


def test_an_action_is_at_its_site() -> None:
    week = a_week(actions=[an_action("G1", site="MDS-A")])
    plan = a_plan(a_row("G1", "AS01 CESF01", "tuesday 09:00", 120, "MDS-B"))
    assert amounts(week, plan, "place") == [1]
