"""Training goes first to those who had the fewest days."""

from optimizer.week import Meeting
from tests.builders import a_meeting, a_plan, a_professional, a_row, a_session, a_week, price, team_with


def order(days: int, meeting: Meeting) -> int:
    team = team_with(a_professional("AS01", training_days=days))
    plan = a_plan(a_row(meeting.id, "AS01", "tuesday 09:00", meeting.duration_minutes, place="outside"))
    return price(a_week(meetings=[meeting], professionals=team), plan, "training order")


def test_a_first_day_costs_nothing() -> None:
    assert order(0, a_session("F1")) == 0


def test_each_day_already_done_costs_three() -> None:
    assert order(1, a_session("F1")) == 30
    assert order(2, a_session("F1")) == 60


def test_a_day_in_two_parts_counts_once() -> None:
    team = team_with(a_professional("AS01", training_days=1))
    plan = a_plan(
        a_row("F1", "AS01", "tuesday 09:00", 210, place="outside"),
        a_row("F1", "AS01", "tuesday 13:30", 210, place="outside"),
    )
    assert (
        price(a_week(meetings=[a_session("F1", minutes=420)], professionals=team), plan, "training order")
        == 30
    )


def test_a_meeting_has_no_order() -> None:
    assert order(2, a_meeting("T1", site=None)) == 0
