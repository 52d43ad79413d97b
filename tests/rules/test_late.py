"""Any other mission or collective action done late costs much for its first day and little for the next."""

from tests.builders import a_mission, a_plan, a_row, a_week, an_action, day, price, unserved


def test_the_first_day_costs_most() -> None:
    for due, expected in ((day("monday", 1), 0), (day("friday"), 600), (day("thursday"), 650)):
        week = a_week([a_mission("M1", "SUIVI", "FAM1", due=due)])
        assert price(week, a_plan(unserved("M1")), "late") == expected


def test_an_action_late_costs_the_same() -> None:
    week = a_week(actions=[an_action("G1", due=day("friday"))])
    assert price(week, a_plan(unserved("G1")), "late") == 600


def test_a_legal_deadline_is_another_rules() -> None:
    assert price(a_week([a_mission("M1", "DSF", "FAM1")]), a_plan(unserved("M1")), "late") == 0


def test_a_report_is_done_with_its_last_part() -> None:
    # ECRITS has no legal deadline; its last part is on Wednesday, one day late
    week = a_week([a_mission("M1", "ECRITS", minutes=120, due=day("tuesday"))])
    plan = a_plan(a_row("M1", "AS01", "monday 09:00", 60), a_row("M1", "AS01", "wednesday 09:00", 60))
    assert price(week, plan, "late") == 600
