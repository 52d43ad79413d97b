"""Each open half-day has the people that its reception needs."""

from tests.builders import SITES, a_need, a_plan, a_site, a_week, hours, kept, price

WEEK = a_week(reception=[a_need("tuesday", morning=2)])


def test_each_person_missing_costs_two_hundred() -> None:
    assert price(WEEK, a_plan(), "reception") == 4000
    assert price(WEEK, a_plan(kept("reception", "AS01", "tuesday 08:30", 240)), "reception") == 2000


def test_enough_people_cost_nothing() -> None:
    duties = [kept("reception", person, "tuesday 08:30", 240) for person in ("AS01", "ES01")]
    assert price(WEEK, a_plan(*duties), "reception") == 0


def test_a_duty_of_another_half_day_does_not_help() -> None:
    assert price(WEEK, a_plan(kept("reception", "AS01", "tuesday 13:30", 240)), "reception") == 4000


def test_a_closed_half_day_needs_nobody() -> None:
    closed = [a_site("MDS-A", "NORD", ["SECTEUR-1"], opening=hours("13:30-17:30")), *SITES[1:]]
    assert price(a_week(sites=closed, reception=[a_need("tuesday", morning=2)]), a_plan(), "reception") == 0


def test_each_week_has_its_need() -> None:
    assert price(a_week(weeks=2, reception=[a_need("tuesday", morning=1)]), a_plan(), "reception") == 4000
