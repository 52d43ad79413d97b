"""Each open half-day keeps the urgency hours that its site needs."""

from tests.builders import a_need, a_plan, a_week, kept, price

WEEK = a_week(reception=[a_need("tuesday", urgency=1)])


def test_each_hour_missing_costs_fifty_in_each_half_day() -> None:
    assert price(WEEK, a_plan(), "urgency hour") == 1000
    assert price(WEEK, a_plan(kept("urgency", "AS01", "tuesday 09:00", 60)), "urgency hour") == 500


def test_hours_kept_cost_nothing() -> None:
    plan = a_plan(kept("urgency", "AS01", "tuesday 09:00", 60), kept("urgency", "AS01", "tuesday 14:00", 60))
    assert price(WEEK, plan, "urgency hour") == 0


def test_an_hour_of_another_site_does_not_help() -> None:
    plan = a_plan(kept("urgency", "AS01", "tuesday 09:00", 60, "MDS-B"))
    assert price(WEEK, plan, "urgency hour") == 1000
