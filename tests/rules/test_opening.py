"""What takes a room is held while its site is open to the public."""

import pytest

from tests.builders import a_mission, a_plan, a_professional, a_row, a_week, amounts, hours, team_with


@pytest.mark.parametrize(("start", "expected"), [("tuesday 11:45", []), ("tuesday 11:50", [1])])
def test_an_interview_ends_when_the_site_closes(start: str, expected: list[int]) -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    # 45 minutes before 12:30
    assert amounts(week, a_plan(a_row("M1", "AS01", start, 45, "MDS-A", "A1")), "opening") == expected


def test_writing_needs_no_opening() -> None:
    week = a_week([a_mission("M1", "ECRITS")])
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 18:00", 60)), "opening") == []


def test_a_day_off_is_closed() -> None:
    # Monday 6 April 2026, Easter, is beyond the longest horizon here: a Sunday is closed the same way
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    assert amounts(week, a_plan(a_row("M1", "AS01", "sunday 10:00", 45, "MDS-A", "A1")), "opening") == [1]


@pytest.mark.parametrize(("start", "expected"), [("tuesday 11:00", [1]), ("tuesday 13:30", [])])
def test_a_short_day_that_is_an_afternoon_receives_in_the_afternoon(start: str, expected: list[int]) -> None:
    # 11:00-15:00 is one half-day whose middle, 13:00, is not before 12:30
    late = a_professional("AS01", windows=hours("11:00-15:00"))
    week = a_week([a_mission("M1", "SUIVI", "FAM1")], professionals=team_with(late))
    assert amounts(week, a_plan(a_row("M1", "AS01", start, 45, "MDS-A", "A1")), "opening") == expected
