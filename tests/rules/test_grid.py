"""Every instant of a plan stands on the 5-minute grid, and everything ends after it starts."""

import pytest

from tests.builders import a_plan, a_row, a_week, amounts, kept


def test_five_minutes_are_on_the_grid() -> None:
    assert amounts(a_week(), a_plan(kept("writing", "AS01", "tuesday 09:05", 65)), "grid") == []


def test_one_minute_is_off_the_grid_twice() -> None:
    # both its start and its end are 60 seconds off
    assert amounts(a_week(), a_plan(kept("writing", "AS01", "tuesday 09:01", 60)), "grid") == [60, 60]


def test_a_second_is_off_the_grid() -> None:
    row = a_row("M1", "AS01", "tuesday 09:00:01", 60)
    assert amounts(a_week(), a_plan(row), "grid") == [1, 1]


def test_travel_is_on_the_grid_too() -> None:
    assert amounts(a_week(), a_plan(kept("travel", "AS01", "tuesday 09:00", 7)), "grid") == [120]


@pytest.mark.parametrize("minutes", [0, -60])
def test_everything_has_a_length(minutes: int) -> None:
    assert amounts(a_week(), a_plan(kept("writing", "AS01", "tuesday 09:00", minutes)), "grid") == [1]
