"""People travel as little as possible, the change of post over lunch included."""

from optimizer.plan import Assignment, Reservation
from tests.builders import a_mission, a_plan, a_row, a_week, kept, price


def travelled(*parts: Assignment | Reservation) -> int:
    return price(a_week([a_mission("M1", "VAD", "FAM1")]), a_plan(*parts), "travel time")


def test_staying_at_the_site_costs_nothing() -> None:
    assert travelled(kept("writing", "AS01", "tuesday 09:00", 60)) == 0


def test_a_visit_costs_the_way_there_and_back() -> None:
    # 10 + 10 minutes, a fifth of a point each
    assert travelled(a_row("M1", "AS01", "tuesday 09:00", 75, place="home:NORD")) == 40


def test_a_change_of_post_over_lunch_counts() -> None:
    # MDS-A in the morning, MDS-B in the afternoon: 20 minutes
    morning = kept("reception", "AS01", "tuesday 08:30", 240)
    assert travelled(morning, kept("reception", "AS01", "tuesday 13:30", 240, "MDS-B")) == 40


def test_both_posts_are_chosen_together() -> None:
    # writing at MDS-B on both halves: posted there twice (4 points) rather than 20 minutes four times (16)
    parts = [kept("writing", "AS01", f"tuesday {hour}", 60, "MDS-B") for hour in ("09:00", "14:00")]
    assert travelled(*parts) == 0
