"""Nobody of CONTRAT and EVALUATION meets one household as both, nor works as both in one half-day."""

from optimizer.catalogue import catalogue
from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.week import Week
from optimizer.words import ServiceKind
from tests.builders import (
    a_case,
    a_mission,
    a_plan,
    a_professional,
    a_row,
    a_week,
    amounts,
    an_action,
    team_with,
)

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


def an_action_of_contrat_and_an_evaluation() -> Week:
    """Both dated on Tuesday morning, for the only person who could lead and meet."""
    kind = catalogue()["ISIC_DSL"].model_copy(update={"code": "ATELIER", "owner": ServiceKind.CONTRAT})
    team = [a_professional("CE01", "AS", ["CONTRAT-1", "EVAL-1"], "POLE-C")]
    week = a_week([a_mission("E1", "IP_RENC", "FAM1", fixed="tuesday 09:00")], professionals=team)
    action = an_action("G1", ("AS",), "ATELIER", 60, fixed="tuesday 11:00", site=None)
    return Week.model_validate(week.model_dump() | {"mission_types": (kind,), "actions": (action,)})


def test_an_action_of_one_service_is_no_half_day_of_the_other() -> None:
    plan = a_plan(
        a_row("E1", "CE01", "tuesday 09:00", 60, "POLE-E", "E1"),
        a_row("G1", "CE01", "tuesday 11:00", 60, place="outside"),
    )
    assert amounts(an_action_of_contrat_and_an_evaluation(), plan, "H1.4") == [1]


def test_the_engine_holds_one_of_them() -> None:
    plan = solve(an_action_of_contrat_and_an_evaluation(), Options(time_limit=2, deterministic=True))
    assert plan.checker and plan.checker.passed
    assert len(plan.assignments) == 1
