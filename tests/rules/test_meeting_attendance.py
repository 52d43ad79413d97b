"""The whole team is at its meetings: those who are there for the whole of it and not on reception duty."""

from collections.abc import Sequence

from optimizer.plan import Assignment, Reservation, Unserved
from optimizer.week import Meeting, Span
from tests.builders import (
    TEAM,
    a_meeting,
    a_plan,
    a_row,
    a_session,
    a_span,
    a_week,
    day,
    kept,
    price,
    unserved,
)

SECTOR = TEAM[:2]


def absent(
    *parts: Assignment | Reservation | Unserved, meeting: Meeting | None = None, absences: Sequence[Span] = ()
) -> int:
    """The price of a meeting, Tuesday from 9:00 to 11:00, of AS01 and CESF01."""
    week = a_week(meetings=[meeting or a_meeting("T1")], professionals=SECTOR, absences=absences)
    return price(week, a_plan(*parts), "meeting")


def test_the_whole_team_costs_nothing() -> None:
    assert absent(a_row("T1", "AS01 CESF01", "tuesday 09:00", 120, "MDS-A")) == 0


def test_each_person_missing_costs_twenty() -> None:
    assert absent(a_row("T1", "AS01", "tuesday 09:00", 120, "MDS-A")) == 200
    assert absent() == 400


def test_someone_away_for_part_of_it_is_not_expected() -> None:
    assert absent(absences=[a_span("AS01", "tuesday 10:55", "tuesday 12:00")]) == 200
    assert absent(absences=[a_span("AS01", "tuesday 11:00", "tuesday 12:00")]) == 400


def test_someone_on_reception_duty_is_not_expected() -> None:
    assert absent(kept("reception", "AS01", "tuesday 08:30", 240)) == 200
    assert absent(kept("reception", "AS01", "tuesday 13:30", 240)) == 400


def test_a_free_meeting_not_held_misses_everyone_there_on_its_days() -> None:
    meeting = a_meeting("T1", fixed=None, release=day("tuesday"), due=day("tuesday"))
    assert absent(meeting=meeting) == 400
    assert absent(meeting=meeting, absences=[a_span("AS01", "tuesday 08:00", "tuesday 18:00")]) == 200


def test_a_session_with_seats_is_another_rules() -> None:
    assert absent(unserved("T1"), meeting=a_session("T1")) == 0
