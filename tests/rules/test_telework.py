"""Telework is a wished day's, by whole half-days, at most three days a week with two days on site."""

from collections.abc import Iterable, Sequence

from optimizer.week import WEEKDAYS
from tests.builders import a_plan, a_professional, a_week, amounts, hours, kept, team_with


def telework(days: Sequence[str], worked: Iterable[str] = WEEKDAYS) -> list[int]:
    """An hour of writing at home on some days, all of them wished."""
    person = a_professional("AS01", telework=WEEKDAYS, windows=hours("08:30-12:30", days=worked))
    rows = [kept("writing", "AS01", f"{name} 09:00", 60, None) for name in days]
    return amounts(a_week(professionals=team_with(person)), a_plan(*rows), "W9")


def test_three_days_are_allowed() -> None:
    assert telework(WEEKDAYS[:3]) == []


def test_a_fourth_is_one_too_many_and_leaves_one_on_site() -> None:
    assert telework(WEEKDAYS[:4]) == [1, 1]


def test_two_days_worked_are_on_site() -> None:
    assert telework(WEEKDAYS[:1], WEEKDAYS[:3]) == []
    assert telework(WEEKDAYS[:2], WEEKDAYS[:3]) == [1]


def test_another_day_is_not_teleworked() -> None:
    assert amounts(a_week(), a_plan(kept("writing", "AS01", "tuesday 09:00", 60, None)), "W9") == [1]


def test_a_half_day_is_wholly_teleworked() -> None:
    week = a_week(professionals=team_with(a_professional("AS01", telework=["tuesday"])))
    home = kept("writing", "AS01", "tuesday 09:00", 60, None)
    assert amounts(week, a_plan(home, kept("writing", "AS01", "tuesday 11:00", 60)), "W9") == [1]
    assert amounts(week, a_plan(home, kept("writing", "AS01", "tuesday 14:00", 60)), "W9") == []
