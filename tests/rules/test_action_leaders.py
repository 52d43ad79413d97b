"""A collective action that is held has its leaders, one of each profession asked."""

import pytest

from optimizer.plan import Assignment, Reservation, Unserved
from tests.builders import a_plan, a_row, a_week, amounts, an_action, kept, unserved


def groups(*parts: Assignment | Reservation | Unserved, preparation: int = 0) -> list[int]:
    week = a_week(
        actions=[an_action("G1", preparation=preparation), an_action("G2", preparation=preparation)]
    )
    return amounts(week, a_plan(*parts), "H3.3")


def led(name: str, people: str, start: str) -> Assignment:
    return a_row(name, people, start, 120, "MDS-A", "AG")


def test_a_group_has_its_leaders() -> None:
    assert groups(led("G1", "AS01 CESF01", "tuesday 09:00")) == []


@pytest.mark.parametrize("people", ["AS01", "AS01 ES01", "AS01 CESF01 ES01"])
def test_a_leader_of_another_profession_missing_or_added_is_one_wrong(people: str) -> None:
    assert groups(led("G1", people, "tuesday 09:00")) == [1]


def test_each_leader_has_prepared() -> None:
    prepared = kept("preparation", "AS01 CESF01", "tuesday 09:00", 60)
    assert groups(prepared, led("G1", "AS01 CESF01", "tuesday 10:00"), preparation=60) == []


def test_five_minutes_of_preparation_are_missing() -> None:
    prepared = [
        kept("preparation", "AS01", "tuesday 09:00", 60),
        kept("preparation", "CESF01", "tuesday 09:00", 55),
    ]
    assert groups(*prepared, led("G1", "AS01 CESF01", "tuesday 10:00"), preparation=60) == [5]


def test_preparation_ends_before_the_group_starts() -> None:
    prepared = kept("preparation", "AS01 CESF01", "tuesday 09:05", 60)
    assert groups(prepared, led("G1", "AS01 CESF01", "tuesday 10:00"), preparation=60) == [60, 60]


def test_two_groups_take_twice_the_preparation() -> None:
    prepared = kept("preparation", "AS01 CESF01", "monday 09:00", 115)
    groups_led = [led("G1", "AS01 CESF01", "tuesday 10:00"), led("G2", "AS01 CESF01", "thursday 10:00")]
    # 60 before the first, 120 before the second: five are missing to each leader
    assert groups(prepared, *groups_led, preparation=60) == [5, 5]


def test_a_group_not_held_needs_nothing() -> None:
    assert groups(unserved("G1"), unserved("G2"), preparation=60) == []
