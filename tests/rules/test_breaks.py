"""Nobody works more than six hours without twenty idle minutes."""

from optimizer.week import Span
from tests.builders import a_mission, a_plan, a_row, a_span, a_week, amounts, kept


def stretches(*activities: tuple[str, int], busy: tuple[Span, ...] = ()) -> list[int]:
    blocks = [kept("preparation", "AS01", start, minutes) for start, minutes in activities]
    return amounts(a_week(busy=busy), a_plan(*blocks), "W5")


def test_six_hours_are_allowed() -> None:
    assert stretches(("tuesday 07:00", 360)) == []


def test_five_minutes_more_are_not() -> None:
    assert stretches(("tuesday 07:00", 365)) == [5]


def test_twenty_idle_minutes_are_a_break() -> None:
    assert stretches(("tuesday 07:00", 180), ("tuesday 10:20", 180)) == []


def test_fifteen_idle_minutes_are_not() -> None:
    # 7:00 to 13:15
    assert stretches(("tuesday 07:00", 180), ("tuesday 10:15", 180)) == [15]


def test_a_busy_event_is_no_break() -> None:
    busy = (a_span("AS01", "tuesday 10:00", "tuesday 10:05"),)
    # 20 minutes, of which 5 are busy; 7:00 to 13:20
    assert stretches(("tuesday 07:00", 180), ("tuesday 10:20", 180), busy=busy) == [20]


def test_travel_is_no_break() -> None:
    # 25 minutes between two homes of one zone, 10 of them of travel; 7:00 to 13:25
    week = a_week([a_mission(f"M{n}", "VAD", "FAM1", minutes=180) for n in range(2)])
    first = a_row("M0", "AS01", "tuesday 07:00", 180, place="home:NORD")
    second = a_row("M1", "AS01", "tuesday 10:25", 180, place="home:NORD")
    assert amounts(week, a_plan(first, second), "W5") == [25]
