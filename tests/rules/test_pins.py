"""What is pinned is placed with exactly the people pinned and, when given, at the instant pinned."""

from optimizer.plan import Assignment, Unserved
from optimizer.week import Pin
from tests.builders import a_mission, a_pin, a_plan, a_row, a_week, amounts, unserved


def pinned(pin: Pin, *parts: Assignment | Unserved) -> list[int]:
    return amounts(a_week([a_mission("M1", "SUIVI", "FAM1")], pins=[pin]), a_plan(*parts), "pins")


PLACED = a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1")


def test_a_pin_is_kept() -> None:
    assert pinned(a_pin("M1", "AS01", "tuesday 09:00"), PLACED) == []
    assert pinned(a_pin("M1", "AS01"), PLACED) == []


def test_another_person_breaks_it() -> None:
    assert pinned(a_pin("M1", "ES01"), PLACED) == [1]


def test_one_person_more_breaks_it() -> None:
    assert pinned(a_pin("M1", "AS01 ES01"), PLACED) == [1]


def test_five_minutes_break_it() -> None:
    assert pinned(a_pin("M1", "AS01", "tuesday 09:05"), PLACED) == [1]


def test_what_is_pinned_is_placed() -> None:
    assert pinned(a_pin("M1", "AS01"), unserved("M1")) == [1]
