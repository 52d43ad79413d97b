"""People are planned only when they are there, and one activity never runs over two half-days."""

from collections.abc import Sequence

import pytest

from optimizer.week import Professional, Span
from tests.builders import (
    TEAM,
    a_mission,
    a_plan,
    a_professional,
    a_row,
    a_span,
    a_week,
    amounts,
    day,
    hours,
    team_with,
)


def presence_of(
    start: str,
    minutes: int,
    team: tuple[Professional, ...] = TEAM,
    absences: Sequence[Span] = (),
    busy: Sequence[Span] = (),
) -> list[int]:
    week = a_week(
        [a_mission("M1", "PARTENARIAT", minutes=minutes)], professionals=team, absences=absences, busy=busy
    )
    return amounts(week, a_plan(a_row("M1", "AS01", start, minutes, place="outside")), "presence")


def test_an_activity_may_fill_a_half_day() -> None:
    assert presence_of("tuesday 08:30", 240) == []


@pytest.mark.parametrize("start", ["tuesday 08:25", "tuesday 08:35"])
def test_an_activity_does_not_pass_it_by_five_minutes(start: str) -> None:
    assert presence_of(start, 240) == [5]


def test_an_absence_is_no_available_time() -> None:
    absences = [a_span("AS01", "tuesday 10:00", "tuesday 11:00")]
    assert presence_of("tuesday 09:00", 60, absences=absences) == []
    assert presence_of("tuesday 09:05", 60, absences=absences) == [5]


def test_a_busy_event_is_no_available_time() -> None:
    assert presence_of("tuesday 09:05", 60, busy=[a_span("AS01", "tuesday 10:00", "tuesday 11:00")]) == [5]


def test_nobody_is_there_after_the_departure_day() -> None:
    team = team_with(a_professional("AS01", departure=day("tuesday")))
    assert presence_of("tuesday 16:30", 60, team) == []
    assert presence_of("wednesday 08:30", 60, team) == [60]


def test_an_activity_is_in_one_half_day() -> None:
    # one window of nine hours: the morning ends at 12:30, the afternoon starts at 13:15
    team = team_with(a_professional("AS01", windows=hours("08:30-17:30")))
    assert presence_of("tuesday 11:30", 60, team) == []
    assert presence_of("tuesday 11:35", 60, team) == [1]
    assert presence_of("tuesday 13:15", 60, team) == []
    assert presence_of("tuesday 13:10", 60, team) == [1]


def test_a_short_day_is_one_half_day() -> None:
    # six hours: no lunch is cut out; five minutes more and the morning ends at 12:30
    six, more = hours("09:00-15:00"), hours("09:00-15:05")
    assert presence_of("tuesday 12:00", 120, team_with(a_professional("AS01", windows=six))) == []
    assert presence_of("tuesday 12:00", 120, team_with(a_professional("AS01", windows=more))) == [1]


def test_the_people_of_a_row_are_in_half_days_of_one_name() -> None:
    # 11:00-15:00 is an afternoon (its middle is 13:00); 08:30-12:30 is a morning
    team = team_with(a_professional("ES01", "ES", windows=hours("11:00-15:00")))
    week = a_week([a_mission("M1", "PARTENARIAT", minutes=60, people=2)], professionals=team)
    together = a_row("M1", "AS01 ES01", "tuesday 11:00", 60, place="outside")
    assert amounts(week, a_plan(together), "presence") == [1]
    together = a_row("M1", "AS01 ES01", "tuesday 13:30", 60, place="outside")
    assert amounts(week, a_plan(together), "presence") == []
