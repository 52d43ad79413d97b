"""Preparation is reserved for the actions led, and no further."""

from optimizer.plan import Assignment, Reservation
from tests.builders import a_plan, a_row, a_week, amounts, an_action, kept


def spare(*parts: Assignment | Reservation) -> list[int]:
    """What is reserved beyond the 60 minutes of G1."""
    return amounts(a_week(actions=[an_action("G1", preparation=60)]), a_plan(*parts), "H3.3b")


GROUP = a_row("G1", "AS01 CESF01", "tuesday 14:00", 120, "MDS-A", "AG")


def test_what_the_action_asks_for_may_be_reserved() -> None:
    assert spare(GROUP, kept("preparation", "AS01", "tuesday 09:00", 60)) == []


def test_five_minutes_more_are_spare() -> None:
    assert spare(GROUP, kept("preparation", "AS01", "tuesday 09:00", 65)) == [5]


def test_preparing_what_one_does_not_lead_is_spare() -> None:
    assert spare(GROUP, kept("preparation", "ES01", "tuesday 09:00", 60)) == [60]


def test_preparing_what_is_not_held_is_spare() -> None:
    assert spare(kept("preparation", "AS01", "tuesday 09:00", 60)) == [60]


def test_another_reservation_is_no_preparation() -> None:
    assert spare(kept("collective", "AS01", "tuesday 09:00", 90)) == []
