"""Nobody of CONTRAT and EVALUATION meets one household as both, nor works as both in one half-day."""

from optimizer.week import Week
from tests.builders import a_case, a_mission, a_plan, a_professional, a_row, a_week, amounts, team_with

TEAM_OF_BOTH = team_with(a_professional("CE01", "AS", ["CONTRAT-1", "EVAL-1"], "POLE-C"))


def two_acts(contract_case: str, evaluated_case: str) -> Week:
    return a_week(
        [a_mission("C1", "CONTRAT", contract_case), a_mission("E1", "IP_RENC", evaluated_case)],
        professionals=TEAM_OF_BOTH,
        cases=[a_case("FAM1"), a_case("FAM2")],
    )


def test_two_households_in_two_half_days_are_apart() -> None:
    plan = a_plan(
        a_row("C1", "CE01", "tuesday 09:00", 60, "POLE-C", "C1"),
        a_row("E1", "CE01", "tuesday 14:00", 60, "POLE-E", "E1"),
    )
    assert amounts(two_acts("FAM1", "FAM2"), plan, "H1.4") == []


def test_nobody_meets_one_household_as_both() -> None:
    plan = a_plan(
        a_row("C1", "CE01", "tuesday 09:00", 60, "POLE-C", "C1"),
        a_row("E1", "CE01", "thursday 14:00", 60, "POLE-E", "E1"),
    )
    assert amounts(two_acts("FAM1", "FAM1"), plan, "H1.4") == [1]


def test_nobody_changes_service_inside_a_half_day() -> None:
    plan = a_plan(
        a_row("C1", "CE01", "tuesday 09:00", 60, "POLE-C", "C1"),
        a_row("E1", "CE01", "tuesday 11:00", 60, "POLE-E", "E1"),
    )
    assert amounts(two_acts("FAM1", "FAM2"), plan, "H1.4") == [1]


def test_two_people_may_share_a_half_day() -> None:
    plan = a_plan(
        a_row("C1", "CO01", "tuesday 09:00", 60, "POLE-C", "C1"),
        a_row("E1", "CE01", "tuesday 09:00", 60, "POLE-E", "E1"),
    )
    assert amounts(two_acts("FAM1", "FAM1"), plan, "H1.4") == []
