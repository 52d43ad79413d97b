"""What may wait and is not placed costs a little for each day since its release."""

from datetime import date

from optimizer.plan import Assignment
from tests.builders import MONDAY, a_mission, a_plan, a_request, a_row, a_week, day, price, queued, unserved


def waited(release: date, due: date, *parts: Assignment) -> int:
    week = a_week([a_mission("M1", "SUIVI", "FAM1", release=release, due=due)])
    return price(week, a_plan(*(parts or (unserved("M1"),))), "waiting")


def test_each_day_since_the_release_costs_one() -> None:
    # Tuesday 6 to Monday 12: five working days after Monday 5
    assert waited(MONDAY, day("friday", 1)) == 50
    assert waited(day("friday"), day("friday", 1)) == 10


def test_what_is_released_after_the_horizon_does_not_wait() -> None:
    assert waited(day("monday", 1), day("friday", 1)) == 0


def test_what_is_late_pays_as_late() -> None:
    assert waited(MONDAY, day("friday")) == 0


def test_what_is_placed_does_not_wait() -> None:
    placed = a_row("M1", "AS01", "friday 09:00", 45, "MDS-A", "A1")
    assert waited(MONDAY, day("friday", 1), placed) == 0


def test_a_queued_request_waits_until_its_date() -> None:
    week = a_week([a_request("R1", due=day("friday", 1))])
    # Tuesday 6 to Wednesday 14: seven working days
    assert price(week, a_plan(queued("R1", "wednesday")), "waiting") == 70
