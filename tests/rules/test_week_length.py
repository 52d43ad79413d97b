"""A week holds at most 48 hours of activity and travel."""

from optimizer.week import WEEKDAYS
from tests.builders import a_plan, a_week, amounts, kept


def week_of(friday_minutes: int) -> list[int]:
    """Four days of 600 minutes and a Friday."""
    days = dict.fromkeys(WEEKDAYS[:4], 600) | {WEEKDAYS[4]: friday_minutes}
    blocks = [kept("preparation", "AS01", f"{name} 08:00", minutes) for name, minutes in days.items()]
    return amounts(a_week(), a_plan(*blocks), "W3")


def test_forty_eight_hours_are_allowed() -> None:
    assert week_of(480) == []  # 4 × 600 + 480 = 2,880


def test_five_minutes_more_are_not() -> None:
    assert week_of(485) == [5]


def test_two_weeks_are_counted_apart() -> None:
    blocks = [kept("preparation", "AS01", "monday 08:00", 2000, week=week) for week in range(2)]
    assert amounts(a_week(weeks=2), a_plan(*blocks), "W3") == []
