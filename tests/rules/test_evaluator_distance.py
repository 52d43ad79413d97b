"""An evaluator never accompanied the household: neither follower, nor referent, nor in its IP_SOUTIEN."""

from optimizer.week import Case, Week
from tests.builders import a_case, a_mission, a_plan, a_referent, a_row, a_week, amounts

VISIT = a_row("M1", "EV01 EV02", "tuesday 09:00", 120, place="home:NORD")


def evaluated(case: Case) -> Week:
    return a_week([a_mission("M1", "IP_VAD", "FAM1"), a_mission("S1", "IP_SOUTIEN", "FAM1")], cases=[case])


def test_strangers_to_the_household_evaluate_it() -> None:
    assert amounts(evaluated(a_case("FAM1", followers=["ES01"])), a_plan(VISIT), "H2.5") == []


def test_a_follower_does_not() -> None:
    assert amounts(evaluated(a_case("FAM1", followers=["EV02"])), a_plan(VISIT), "H2.5") == [1]


def test_the_referent_given_does_not() -> None:
    assert amounts(evaluated(a_case("FAM1", referent="EV01")), a_plan(VISIT), "H2.5") == [1]


def test_the_referent_attributed_does_not() -> None:
    plan = a_plan(VISIT, a_referent("FAM1", "EV01"))
    assert amounts(evaluated(a_case("FAM1", referent=None)), plan, "H2.5") == [1]


def test_the_support_of_the_parents_does_not() -> None:
    plan = a_plan(VISIT, a_row("S1", "EV01", "thursday 09:00", 45, "MDS-A", "A1"))
    assert amounts(evaluated(a_case("FAM1")), plan, "H2.5") == [1]


def test_the_support_of_another_household_may() -> None:
    week = a_week(
        [a_mission("M1", "IP_VAD", "FAM1"), a_mission("S1", "IP_SOUTIEN", "FAM2")],
        cases=[a_case("FAM1"), a_case("FAM2")],
    )
    plan = a_plan(VISIT, a_row("S1", "EV01", "thursday 09:00", 45, "MDS-A", "A1"))
    assert amounts(week, plan, "H2.5") == []
