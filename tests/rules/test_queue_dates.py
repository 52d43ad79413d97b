"""A queued request has a working date after the horizon, not before its release."""

from datetime import date

from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.plan import Queued, Reason
from tests.builders import (
    MONDAY,
    a_mission,
    a_plan,
    a_professional,
    a_request,
    a_week,
    amounts,
    at,
    day,
    hours,
    queued,
)


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


def given(name: str, week: int) -> list[int]:
    """How far from its decided time, Wednesday of the next week, a request is queued, in days."""
    asked = a_mission("R1", "ACCUEIL", site="MDS-A").model_copy(
        update={"fixed_start": at("wednesday 09:00", 1)}
    )
    return amounts(a_week([asked]), a_plan(queued("R1", name, week)), "H4.1b")


def test_a_request_with_a_decided_time_is_queued_on_that_day() -> None:
    assert given("wednesday", 1) == []
    assert given("tuesday", 1) == [1]
    assert given("wednesday", 2) == [7]


def test_the_engine_queues_it_on_that_day_whatever_the_load() -> None:
    # more than a week's capacity is decided already: it is not counted, and the others keep their days
    decided = [
        a_request(f"R{n}", due=day("friday", 2)).model_copy(update={"fixed_start": at("wednesday 09:00", 1)})
        for n in range(9)
    ]
    team = [a_professional("AS01", windows=hours("09:00-11:00", days=["monday"]))]
    week = a_week([*decided, a_request("F1"), a_request("F2"), a_request("F3")], professionals=team)
    plan = solve(week, Options(time_limit=3, workers=1, deterministic=True))
    assert plan.checker and plan.checker.violations == ()
    dates = {row.mission_id: row.date for row in plan.queue}
    assert {dates[mission.id] for mission in decided} == {day("wednesday", 1)}
    assert len(dates) == 10


def test_a_date_can_be_reached() -> None:
    week = a_week([a_request("R1")])
    plan = a_plan(Queued(mission_id="R1", date=date.max, reason=Reason.NO_CAPACITY))
    assert amounts(week, plan, "H4.1b") == [1]
