"""Minutes of evaluation follow the paid time, within ten percent, among evaluators."""

from tests.builders import a_mission, a_plan, a_professional, a_row, a_week, price, team_with


def load(first: int, second: int) -> int:
    """The price of the evaluation minutes of EV01 and EV02."""
    missions = [
        a_mission("M1", "IP_RENC", "FAM1", minutes=first),
        a_mission("M2", "IP_RENC", "FAM1", minutes=second),
    ]
    rows = [
        a_row("M1", "EV01", "tuesday 09:00", first, "POLE-E", "E1"),
        a_row("M2", "EV02", "tuesday 09:00", second, "POLE-E", "E2"),
    ]
    return price(a_week(missions), a_plan(*rows), "evaluators")


def test_ten_percent_cost_nothing() -> None:
    assert load(110, 90) == 0


def test_five_minutes_beyond_cost_half_a_point_each_way() -> None:
    assert load(115, 85) == 10


def test_a_manager_of_the_pole_is_no_evaluator() -> None:
    # the whole hour of EV01 and EV02 is shared by them alone: IP_VAD is X for a CT
    team = team_with(a_professional("EVCT", "CT", "EVAL-1", "POLE-E"))
    week = a_week([a_mission("M1", "IP_RENC", "FAM1")], professionals=team)
    plan = a_plan(a_row("M1", "EV01 EV02", "tuesday 09:00", 60, "POLE-E", "E1"))
    assert price(week, plan, "evaluators") == 0


def test_other_missions_do_not_count() -> None:
    week = a_week([a_mission("M1", "ECRITS")])
    assert price(week, a_plan(a_row("M1", "EV01", "tuesday 09:00", 60)), "evaluators") == 0
