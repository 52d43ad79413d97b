"""In an evaluation, meetings end before the concertation starts, and the concertation before the report."""

from optimizer.week import Week
from tests.builders import a_case, a_mission, a_plan, a_row, a_week, amounts, unserved

VISIT = a_row("M1", "EV01 EV02", "tuesday 09:00", 120, place="home:NORD")


def an_evaluation() -> Week:
    return a_week(
        [
            a_mission("M1", "IP_VAD", "FAM1"),
            a_mission("M2", "IP_CONC", "FAM1"),
            a_mission("M3", "IP_ECR", "FAM1"),
        ]
    )


def test_the_concertation_may_start_when_the_meeting_ends() -> None:
    plan = a_plan(VISIT, a_row("M2", "EV01 EV02", "tuesday 11:00", 60))
    assert amounts(an_evaluation(), plan, "H2.6b") == []


def test_the_concertation_does_not_start_five_minutes_before() -> None:
    plan = a_plan(VISIT, a_row("M2", "EV01 EV02", "tuesday 10:55", 60))
    assert amounts(an_evaluation(), plan, "H2.6b") == [5]


def test_the_report_comes_after_the_concertation() -> None:
    concertation = a_row("M2", "EV01 EV02", "wednesday 09:00", 60)
    after = a_row("M3", "EV01", "wednesday 10:00", 120)
    before = a_row("M3", "EV01", "wednesday 09:55", 120)
    assert amounts(an_evaluation(), a_plan(VISIT, concertation, after), "H2.6b") == []
    assert amounts(an_evaluation(), a_plan(VISIT, concertation, before), "H2.6b") == [5]


def test_what_comes_before_is_placed_first() -> None:
    plan = a_plan(unserved("M1"), unserved("M2"), a_row("M3", "EV01", "wednesday 09:00", 240))
    assert amounts(an_evaluation(), plan, "H2.6b") == [1]


def test_the_acts_of_another_household_are_in_any_order() -> None:
    week = a_week(
        [a_mission("M1", "IP_VAD", "FAM1"), a_mission("M2", "IP_CONC", "FAM2")],
        cases=[a_case("FAM1"), a_case("FAM2")],
    )
    plan = a_plan(VISIT, a_row("M2", "EV01 EV02", "monday 09:00", 60))
    assert amounts(week, plan, "H2.6b") == []
