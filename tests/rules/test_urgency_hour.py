"""An urgency hour is 60 minutes kept free while a site is open, by someone not on reception duty then."""

import pytest

from optimizer.plan import Reservation
from tests.builders import a_need, a_plan, a_professional, a_week, amounts, hours, kept, team_with


def urgencies(*parts: Reservation) -> list[int]:
    return amounts(a_week(reception=[a_need("tuesday", morning=1, urgency=1)]), a_plan(*parts), "H4.4b")


@pytest.mark.parametrize(("minutes", "expected"), [(60, []), (55, [5]), (65, [5])])
def test_it_lasts_an_hour(minutes: int, expected: list[int]) -> None:
    assert urgencies(kept("urgency", "AS01", "tuesday 09:00", minutes)) == expected


@pytest.mark.parametrize(("start", "expected"), [("tuesday 11:30", []), ("tuesday 11:35", [1])])
def test_it_ends_before_the_site_closes(start: str, expected: list[int]) -> None:
    assert urgencies(kept("urgency", "AS01", start, 60)) == expected


def test_a_manager_may_keep_it() -> None:
    assert urgencies(kept("urgency", "CT01", "tuesday 09:00", 60)) == []  # URGENCE is P


def test_an_evaluator_may_not() -> None:
    # neither of the sector team nor of a service of the site
    assert urgencies(kept("urgency", "EV01", "tuesday 09:00", 60)) == [1, 1]


def test_one_person_keeps_one_hour_a_half_day() -> None:
    week = a_week(reception=[a_need("tuesday", urgency=2)])
    first, second = (kept("urgency", "AS01", f"tuesday {hour}", 60) for hour in ("09:00", "10:00"))
    assert amounts(week, a_plan(first, second), "H4.4b") == [1]
    assert amounts(week, a_plan(first, kept("urgency", "AS01", "tuesday 14:00", 60)), "H4.4b") == []


def test_no_more_hours_are_kept_than_needed() -> None:
    first, second = (kept("urgency", who, "tuesday 09:00", 60) for who in ("AS01", "ES01"))
    assert urgencies(first) == []
    assert urgencies(first, second) == [1]


def test_a_short_day_that_is_an_afternoon_keeps_no_morning_hour() -> None:
    # 11:00-15:00 is one half-day whose middle, 13:00, is not before 12:30
    late = a_professional("AS01", windows=hours("11:00-15:00"))
    week = a_week(professionals=team_with(late), reception=[a_need("tuesday", urgency=1)])
    assert amounts(week, a_plan(kept("urgency", "AS01", "tuesday 11:00", 60)), "H4.4b") == [1]
    assert amounts(week, a_plan(kept("urgency", "AS01", "tuesday 13:30", 60)), "H4.4b") == []


def test_nobody_on_reception_duty_in_the_half_day_keeps_it() -> None:
    duty = kept("reception", "AS01", "tuesday 08:30", 240)
    assert urgencies(duty, kept("urgency", "AS01", "tuesday 09:00", 60)) == [1]
    assert urgencies(duty, kept("urgency", "AS01", "tuesday 14:00", 60)) == []
    assert urgencies(duty, kept("urgency", "ES01", "tuesday 09:00", 60)) == []
