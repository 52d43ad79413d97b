"""A meeting is held whole, at its time, in one part or two either side of lunch, by its members."""

import pytest

from optimizer.plan import Assignment
from optimizer.week import Meeting
from tests.builders import a_meeting, a_pin, a_plan, a_row, a_session, a_week, amounts, day


def held(meeting: Meeting, *rows: Assignment) -> list[int]:
    return amounts(a_week(meetings=[meeting]), a_plan(*rows), "meetings")


def test_a_meeting_is_held_at_its_time() -> None:
    assert held(a_meeting("T1"), a_row("T1", "AS01", "tuesday 09:00", 120, "MDS-A")) == []


@pytest.mark.parametrize(("start", "minutes"), [("tuesday 09:05", 120), ("tuesday 09:00", 115)])
def test_a_meeting_is_not_held_five_minutes_off(start: str, minutes: int) -> None:
    assert held(a_meeting("T1"), a_row("T1", "AS01", start, minutes, "MDS-A")) == [1]


def test_a_free_meeting_is_held_on_its_days() -> None:
    meeting = a_meeting("T1", fixed=None, release=day("tuesday"), due=day("wednesday"))
    assert held(meeting, a_row("T1", "AS01", "wednesday 14:00", 120, "MDS-A")) == []
    assert held(meeting, a_row("T1", "AS01", "thursday 14:00", 120, "MDS-A")) == [1]


def test_a_day_session_spans_lunch_as_two_parts() -> None:
    # 420 minutes from 9:00: 210 until midday (12:30), 210 from 13:30
    session = a_session("F1", minutes=420)
    morning = a_row("F1", "AS01", "tuesday 09:00", 210, place="outside")
    afternoon = a_row("F1", "AS01", "tuesday 13:30", 210, place="outside")
    assert held(session, morning, afternoon) == []
    assert held(session, morning) == [1]


def test_four_hours_are_held_as_one_part() -> None:
    assert (
        held(a_session("F1", minutes=240), a_row("F1", "AS01", "tuesday 09:00", 240, place="outside")) == []
    )


def test_those_who_attend_are_members() -> None:
    assert held(a_meeting("T1"), a_row("T1", "AS01 EV01", "tuesday 09:00", 120, "MDS-A")) == [1]


def test_those_named_attend() -> None:
    meeting = a_meeting("T1", people=["AS01", "EV01"])
    assert held(meeting, a_row("T1", "AS01 EV01", "tuesday 09:00", 120, "MDS-A")) == []


def test_a_session_has_no_more_people_than_seats() -> None:
    session = a_session("F1", seats=2)
    assert held(session, a_row("F1", "AS01 ES01", "tuesday 09:00", 180, place="outside")) == []
    assert held(session, a_row("F1", "AS01 ES01 CT01", "tuesday 09:00", 180, place="outside")) == [1]


@pytest.mark.parametrize(
    ("start", "expected"), [("09:30", []), ("09:35", [1]), ("07:30", [1]), ("17:30", [])]
)
def test_a_free_meeting_starts_at_a_half_hour_of_the_day(start: str, expected: list[int]) -> None:
    meeting = a_meeting("T1", fixed=None, minutes=30)
    assert held(meeting, a_row("T1", "AS01", f"wednesday {start}", 30, "MDS-A")) == expected


def test_a_free_meeting_may_be_pinned_at_any_time() -> None:
    meeting = a_meeting("T1", fixed=None, minutes=30)
    week = a_week(meetings=[meeting], pins=[a_pin("T1", "AS01", "wednesday 09:35")])
    assert amounts(week, a_plan(a_row("T1", "AS01", "wednesday 09:35", 30, "MDS-A")), "meetings") == []
