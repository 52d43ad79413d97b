"""What the clock could not hold does not leave a plan that the judge refuses."""

import pytest

from optimizer.board import Board
from optimizer.engines.writing_down import without_unprepared_actions
from tests.builders import a_row, a_week, an_action, kept

WEEK = a_week(actions=[an_action("G1", preparation=60), an_action("G2", preparation=60)])


def held_after(*preparations: tuple[str, str, int]) -> list[str]:
    """The actions left when G1 is on Wednesday and G2 on Thursday, both led by AS01 and CESF01."""
    rows = [
        a_row("G1", "AS01 CESF01", "wednesday 09:00", 120, "MDS-A", "AG"),
        a_row("G2", "AS01 CESF01", "thursday 09:00", 120, "MDS-A", "AG"),
    ]
    reserved = [kept("preparation", who, when, minutes, "MDS-A") for who, when, minutes in preparations]
    return [row.mission_id for row in without_unprepared_actions(Board(WEEK), rows, reserved)]


@pytest.mark.parametrize(
    ("minutes", "left"), [(120, ["G1", "G2"]), (115, ["G1"]), (60, ["G1"]), (55, ["G2"]), (0, [])]
)
def test_an_action_stays_when_its_leaders_prepared_it_and_those_before(minutes: int, left: list[str]) -> None:
    by_one = [("AS01", "monday 09:00", 120)]
    by_other = [("CESF01", "monday 09:00", minutes)] if minutes else []
    if minutes == 55:  # too little for G1; the rest comes before G2 only, which needs 60 once G1 is gone
        by_other.append(("CESF01", "wednesday 14:00", 30))
    assert held_after(*by_one, *by_other) == left


def test_preparation_that_ends_after_an_action_begins_does_not_count() -> None:
    late = [("CESF01", "wednesday 08:30", 60)]
    assert held_after(("AS01", "monday 09:00", 120), *late) == ["G2"]
