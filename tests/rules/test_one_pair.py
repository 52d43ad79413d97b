"""One evaluation has one pair for all its acts: at most two people, of different professions."""

from optimizer.week import Week
from tests.builders import a_case, a_mission, a_plan, a_professional, a_row, a_week, amounts, team_with

TEAM_OF_THREE = team_with(a_professional("EV03", "AS", "EVAL-1", "POLE-E"))
VISIT = a_row("M1", "EV01 EV02", "tuesday 09:00", 120, place="home:NORD")


def three_acts() -> Week:
    acts = [
        a_mission("M1", "IP_VAD", "FAM1"),
        a_mission("M2", "IP_RENC", "FAM1"),
        a_mission("M3", "IP_RENC", "FAM1"),
    ]
    return a_week(acts, professionals=TEAM_OF_THREE)


def test_one_of_the_pair_may_do_an_act_alone() -> None:
    plan = a_plan(VISIT, a_row("M2", "EV02", "wednesday 09:00", 60, "POLE-E", "E1"))
    assert amounts(three_acts(), plan, "H2.6") == []


def test_a_third_person_is_one_too_many() -> None:
    plan = a_plan(VISIT, a_row("M2", "EV03", "wednesday 09:00", 60, "POLE-E", "E1"))
    assert amounts(three_acts(), plan, "H2.6") == [1]


def test_two_acts_alone_are_not_by_two_of_one_profession() -> None:
    plan = a_plan(
        a_row("M2", "EV01", "wednesday 09:00", 60, "POLE-E", "E1"),
        a_row("M3", "EV03", "thursday 09:00", 60, "POLE-E", "E1"),
    )
    assert amounts(three_acts(), plan, "H2.6") == [1]


def test_two_households_have_two_pairs() -> None:
    week = a_week(
        [a_mission("M1", "IP_VAD", "FAM1"), a_mission("M2", "IP_RENC", "FAM2")],
        cases=[a_case("FAM1"), a_case("FAM2")],
        professionals=TEAM_OF_THREE,
    )
    plan = a_plan(VISIT, a_row("M2", "EV03", "wednesday 09:00", 60, "POLE-E", "E1"))
    assert amounts(week, plan, "H2.6") == []
