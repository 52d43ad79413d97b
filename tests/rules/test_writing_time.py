"""Each week the sector team has its share of writing time, managers included and secretaries not."""

from optimizer.organisation import Organisation
from optimizer.plan import Assignment, Reservation
from tests.builders import TEAM, a_mission, a_plan, a_row, a_week, kept, price

SHARE = Organisation(collective_share_percent=0, writing_share_percent=5)


def quota(*parts: Assignment | Reservation, weeks: int = 1) -> int:
    """The price for one person, of a quota of 5 % of 40 hours: 120 minutes."""
    week = a_week([a_mission("M1", "ECRITS")], organisation=SHARE, professionals=TEAM[:1], weeks=weeks)
    return price(week, a_plan(*parts), "writing time")


def test_each_minute_missing_costs_a_half() -> None:
    assert quota() == 600


def test_the_quota_met_costs_nothing() -> None:
    assert quota(kept("writing", "AS01", "tuesday 09:00", 120)) == 0


def test_five_minutes_missing_cost_two_and_a_half() -> None:
    assert quota(kept("writing", "AS01", "tuesday 09:00", 115)) == 25


def test_missions_of_writing_count() -> None:
    assert quota(a_row("M1", "AS01", "tuesday 09:00", 60)) == 300


def test_one_week_does_not_make_up_for_another() -> None:
    long = [kept("writing", "AS01", f"{name} 09:00", 120) for name in ("monday", "tuesday")]
    assert quota(*long, weeks=2) == 600


def test_collective_time_does_not_count() -> None:
    assert quota(kept("collective", "AS01", "tuesday 09:00", 120)) == 600
