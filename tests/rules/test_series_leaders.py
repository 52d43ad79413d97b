"""The sessions of one series are led by the same people."""

from optimizer.week import WEEKDAYS
from tests.builders import a_plan, a_professional, a_row, a_week, an_action, price, team_with


def series(*leaders: str) -> int:
    """The price of sessions of one series, on as many days, with given leaders."""
    team = team_with(a_professional("AS02"), a_professional("AS03"))
    actions = [an_action(f"G{n}", series="S") for n in range(len(leaders))]
    rows = [
        a_row(f"G{n}", people, f"{name} 09:00", 120, "MDS-A", "AG")
        for n, (name, people) in enumerate(zip(WEEKDAYS, leaders, strict=False))
    ]
    return price(a_week(actions=actions, professionals=team), a_plan(*rows), "leaders")


def test_the_same_leaders_cost_nothing() -> None:
    assert series("AS01 CESF01", "AS01 CESF01") == 0


def test_another_leader_costs_ten() -> None:
    assert series("AS01 CESF01", "AS02 CESF01") == 100
    assert series("AS01 CESF01", "AS02 CESF01", "AS03 CESF01") == 200


def test_sessions_without_series_are_free() -> None:
    week = a_week(actions=[an_action("G1"), an_action("G2")])
    plan = a_plan(
        a_row("G1", "AS01 CESF01", "monday 09:00", 120, "MDS-A", "AG"),
        a_row("G2", "ES01 CT01", "tuesday 09:00", 120, "MDS-A", "AG"),
    )
    assert price(week, plan, "leaders") == 0
