"""An act of an evaluation for two is done by two professions, and a mission in parts by the same people."""

from tests.builders import a_mission, a_plan, a_professional, a_row, a_week, amounts, team_with


def test_two_professions_make_a_pair() -> None:
    week = a_week([a_mission("M1", "IP_VAD", "FAM1")])
    plan = a_plan(a_row("M1", "EV01 EV02", "tuesday 09:00", 120, place="home:NORD"))
    assert amounts(week, plan, "H2.3") == []


def test_two_people_of_one_profession_do_not() -> None:
    team = team_with(a_professional("EV03", "AS", "EVAL-1", "POLE-E"))
    week = a_week([a_mission("M1", "IP_VAD", "FAM1")], professionals=team)
    plan = a_plan(a_row("M1", "EV01 EV03", "tuesday 09:00", 120, place="home:NORD"))
    assert amounts(week, plan, "H2.3") == [1]


def test_two_of_one_profession_may_accompany_together() -> None:
    team = team_with(a_professional("AS02"))
    week = a_week([a_mission("M1", "VAD", "FAM1", people=2)], professionals=team)
    plan = a_plan(a_row("M1", "AS01 AS02", "tuesday 09:00", 75, place="home:NORD"))
    assert amounts(week, plan, "H2.3") == []


def test_the_parts_of_a_report_are_the_same_persons() -> None:
    week = a_week([a_mission("M1", "IP_ECR", "FAM1")])
    morning = a_row("M1", "EV01", "tuesday 09:00", 120)
    same = a_row("M1", "EV01", "tuesday 14:00", 120)
    other = a_row("M1", "EV02", "tuesday 14:00", 120)
    assert amounts(week, a_plan(morning, same), "H2.3") == []
    assert amounts(week, a_plan(morning, other), "H2.3") == [1]
