"""A mission is done by as many people as it takes, one of each profession wanted."""

from tests.builders import a_mission, a_plan, a_row, a_week, amounts


def test_a_required_pair_is_two_people() -> None:
    week = a_week([a_mission("M1", "IP_VAD", "FAM1")])
    plan = a_plan(a_row("M1", "EV01 EV02", "tuesday 09:00", 120, place="home:NORD"))
    assert amounts(week, plan, "people") == []


def test_one_person_is_one_short_of_a_pair() -> None:
    week = a_week([a_mission("M1", "IP_VAD", "FAM1")])
    plan = a_plan(a_row("M1", "EV01", "tuesday 09:00", 120, place="home:NORD"))
    assert amounts(week, plan, "people") == [1]


def test_the_same_person_twice_is_no_pair() -> None:
    week = a_week([a_mission("M1", "IP_VAD", "FAM1")])
    plan = a_plan(a_row("M1", "EV01 EV01", "tuesday 09:00", 120, place="home:NORD"))
    assert amounts(week, plan, "people") == [1]


def test_an_optional_pair_is_one_person_unless_two_are_asked() -> None:
    week = a_week([a_mission("M1", "VAD", "FAM1"), a_mission("M2", "VAD", "FAM1", people=2)])
    plan = a_plan(
        a_row("M1", "AS01", "tuesday 09:00", 75, place="home:NORD"),
        a_row("M2", "AS01 ES01", "wednesday 09:00", 75, place="home:NORD"),
    )
    assert amounts(week, plan, "people") == []


def test_each_profession_wanted_is_there() -> None:
    week = a_week([a_mission("M1", "VAD", "FAM1", professions=["AS", "CESF"])])
    right = a_plan(a_row("M1", "CESF01 AS01", "tuesday 09:00", 75, place="home:NORD"))
    wrong = a_plan(a_row("M1", "ES01 AS01", "tuesday 09:00", 75, place="home:NORD"))
    assert amounts(week, right, "people") == []
    assert amounts(week, wrong, "people") == [1]  # no CESF
