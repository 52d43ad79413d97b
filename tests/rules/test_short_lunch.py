"""Lunch lasts as long as the organisation wishes, beside the travel taken then."""

from optimizer.organisation import Organisation
from tests.builders import QUIET, a_plan, a_professional, a_week, hours, kept, price, team_with


def lunch(start: str, site: str = "MDS-A", organisation: Organisation = QUIET) -> int:
    """The price of a lunch from 12:30, one window of nine hours."""
    team = team_with(a_professional("AS01", windows=hours("08:30-17:30")))
    plan = a_plan(
        kept("writing", "AS01", "tuesday 11:30", 60), kept("writing", "AS01", f"tuesday {start}", 60, site)
    )
    return price(a_week(professionals=team, organisation=organisation), plan, "lunch")


def test_an_hour_costs_nothing() -> None:
    assert lunch("13:30") == 0


def test_five_minutes_less_cost_a_point() -> None:
    assert lunch("13:25") == 10


def test_the_wish_is_the_organisations() -> None:
    wish = Organisation(collective_share_percent=0, writing_share_percent=0, lunch_minutes=45)
    assert lunch("13:15", organisation=wish) == 0


def test_travel_over_lunch_comes_beside() -> None:
    # 80 minutes for 60 and 20 from MDS-A to MDS-B; five less cost a point
    assert lunch("13:50", "MDS-B") == 0
    assert lunch("13:45", "MDS-B") == 10


def test_a_day_of_one_half_has_no_lunch() -> None:
    assert price(a_week(), a_plan(kept("writing", "AS01", "tuesday 11:30", 60)), "lunch") == 0
