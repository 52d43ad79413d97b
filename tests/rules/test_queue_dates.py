"""A queued request has a working date after the horizon, not before its release."""

from datetime import date

from optimizer.plan import Queued, Reason
from tests.builders import MONDAY, a_mission, a_plan, a_request, a_week, amounts, day, queued


def dates(name: str, week: int, release: date = MONDAY) -> list[int]:
    given = a_week([a_mission("R1", "ACCUEIL", site="MDS-A", release=release)])
    return amounts(given, a_plan(queued("R1", name, week)), "H4.1b")


def test_the_first_day_after_the_horizon_is_allowed() -> None:
    assert dates("monday", 1) == []


def test_the_last_day_of_the_horizon_is_not() -> None:
    assert dates("friday", 0) == [3]  # Friday 9 to Monday 12


def test_a_date_is_not_before_the_release() -> None:
    assert dates("wednesday", 1, release=day("wednesday", 1)) == []
    assert dates("tuesday", 1, release=day("wednesday", 1)) == [1]


def test_a_date_is_a_working_day() -> None:
    assert dates("saturday", 1) == [1]


def test_a_date_can_be_reached() -> None:
    week = a_week([a_request("R1")])
    plan = a_plan(Queued(mission_id="R1", date=date.max, reason=Reason.NO_CAPACITY))
    assert amounts(week, plan, "H4.1b") == [1]
