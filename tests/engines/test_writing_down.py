"""What the clock could not hold does not leave a plan that the judge refuses."""

import pytest

from optimizer.board import Board
from optimizer.engines.writing_down import joined, without_unprepared_actions
from optimizer.plan import Reservation
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


def pieces(*rows: Reservation) -> list[tuple[str, str]]:
    """Start and end of the writing that is left once joined."""
    found = joined(rows)
    return [(f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in found if row.kind == "writing"]


def writing(start: str, minutes: int, site: str | None = "MDS-A", who: str = "AS01") -> Reservation:
    """Some writing on a Tuesday."""
    return kept("writing", who, f"tuesday {start}", minutes, site)


def test_writing_that_meets_is_one_piece_of_two_hours_at_most() -> None:
    assert pieces(writing("08:30", 30), writing("09:00", 30), writing("09:30", 60)) == [("08:30", "10:30")]
    assert pieces(writing("08:30", 90), writing("10:00", 35)) == [("08:30", "10:00"), ("10:00", "10:35")]
    assert pieces(writing("08:30", 30), writing("09:05", 30)) == [("08:30", "09:00"), ("09:05", "09:35")]


def test_writing_of_others_or_elsewhere_is_apart() -> None:
    assert len(pieces(writing("08:30", 30), writing("09:00", 30, None))) == 2
    assert len(pieces(writing("08:30", 30), writing("09:00", 30, who="ES01"))) == 2


def test_writing_either_side_of_the_edge_of_a_duty_is_apart() -> None:
    duty = kept("reception", "AS01", "tuesday 09:00", 180)
    assert len(pieces(writing("08:30", 30), writing("09:00", 30), writing("09:30", 30), duty)) == 2
