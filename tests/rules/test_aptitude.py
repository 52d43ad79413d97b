"""Professions are not interchangeable: a cell X of the matrix is never assigned."""

from tests.builders import (
    a_meeting,
    a_plan,
    a_professional,
    a_request,
    a_row,
    a_session,
    a_week,
    amounts,
    team_with,
)


def test_a_possible_profession_may_do_it() -> None:
    week = a_week([a_request("R1")])
    assert amounts(week, a_plan(a_row("R1", "CESF01", "tuesday 09:00", 60, "MDS-A", "A1")), "H5.1") == []


def test_an_excluded_profession_may_not() -> None:
    week = a_week([a_request("R1")])
    assert amounts(week, a_plan(a_row("R1", "CT01", "tuesday 09:00", 60, "MDS-A", "A1")), "H5.1") == [1]


def test_an_excluded_profession_does_not_attend_a_training_session() -> None:
    team = team_with(a_professional("SECR01", "SECR"))
    week = a_week(professionals=team, meetings=[a_session("F1", minutes=120)])
    plan = a_plan(a_row("F1", "SECR01", "tuesday 09:00", 120, place="outside"))
    assert amounts(week, plan, "H5.1") == [1]


def test_everybody_may_attend_a_meeting() -> None:
    week = a_week(professionals=team_with(a_professional("SECR01", "SECR")), meetings=[a_meeting("T1")])
    assert amounts(week, a_plan(a_row("T1", "SECR01 CT01", "tuesday 09:00", 120, "MDS-A")), "H5.1") == []
