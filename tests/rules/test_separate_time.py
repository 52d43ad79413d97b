"""At a site shared with the sector team."""

from optimizer.week import Week
from tests.builders import SITES, a_mission, a_need, a_plan, a_row, a_site, a_week, amounts

SHARED = (*SITES, a_site("MIXTE", "NORD", ["SECTEUR-1", "CONTRAT-1"], "X1"))


def shared_site() -> Week:
    return a_week(
        [a_mission("M1", "CONTRAT", "FAM1", site="MIXTE")],
        sites=SHARED,
        reception=[a_need("monday", morning=1, site="MIXTE")],
    )


def test_a_contract_may_start_when_the_reception_half_day_ends() -> None:
    plan = a_plan(a_row("M1", "CO01", "monday 12:30", 60, "MIXTE", "X1"))
    assert amounts(shared_site(), plan, "H1.3") == []


def test_a_contract_does_not_start_five_minutes_before_its_end() -> None:
    plan = a_plan(a_row("M1", "CO01", "monday 12:25", 60, "MIXTE", "X1"))
    assert amounts(shared_site(), plan, "H1.3") == [5]


def test_another_day_is_free_for_contracts() -> None:
    plan = a_plan(a_row("M1", "CO01", "tuesday 09:00", 60, "MIXTE", "X1"))
    assert amounts(shared_site(), plan, "H1.3") == []


def test_urgency_duty_takes_both_half_days() -> None:
    week = a_week(
        [a_mission("M1", "CONTRAT", "FAM1", site="MIXTE")],
        sites=SHARED,
        reception=[a_need("monday", urgency=1, site="MIXTE")],
    )
    plan = a_plan(a_row("M1", "CO01", "monday 14:00", 60, "MIXTE", "X1"))
    assert amounts(week, plan, "H1.3") == [60]
