"""A wished telework day is teleworked."""

from tests.builders import a_plan, a_professional, a_week, kept, price, team_with

WEEK = a_week(professionals=team_with(a_professional("AS01", telework=["tuesday"])))


def test_a_wished_day_at_home_costs_nothing() -> None:
    assert price(WEEK, a_plan(kept("writing", "AS01", "tuesday 09:00", 60, None)), "telework") == 0


def test_each_half_day_on_site_costs_five() -> None:
    morning, afternoon = (kept("writing", "AS01", f"tuesday {hour}", 60) for hour in ("09:00", "14:00"))
    assert price(WEEK, a_plan(morning), "telework") == 50
    assert price(WEEK, a_plan(morning, afternoon), "telework") == 100


def test_a_half_day_without_activity_costs_nothing() -> None:
    assert price(WEEK, a_plan(), "telework") == 0


def test_another_day_on_site_costs_nothing() -> None:
    assert price(WEEK, a_plan(kept("writing", "AS01", "wednesday 09:00", 60)), "telework") == 0
