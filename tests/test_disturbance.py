"""What moves from a plan to the next, and what it weighs."""

import pytest

from optimizer.disturbance import WEIGHTS, MoveKind, counted, shifts
from optimizer.plan import Plan
from tests.builders import (
    Part,
    a_case,
    a_mission,
    a_plan,
    a_referent,
    a_request,
    a_row,
    a_week,
    kept,
    queued,
    unserved,
)

WEEK = a_week(
    [
        a_mission("M1", "SUIVI", "FAM1", 60),
        a_mission("E1", "IP_CONC", "FAM2", 60, people=2),
        a_request("D1"),
    ],
    cases=[a_case("FAM1"), a_case("FAM2")],
)
M1 = a_row("M1", "AS01", "monday 09:00", 60, site="MDS-A", room="A1")


def moves(before: Plan, *after: Part) -> dict[str, int]:
    """By kind, what moves, those that do not left aside."""
    found = counted(shifts(WEEK, before, a_plan(*after)))
    return {kind.value: times for kind, times in found.items() if times}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (M1, {}),
        (a_row("M1", "AS01", "monday 09:00", 60, site="MDS-A", room="A2"), {"room": 1}),
        (a_row("M1", "AS01", "monday 10:00", 60, site="MDS-A", room="A1"), {"told": 1, "time": 1}),
        (a_row("M1", "AS01", "tuesday 09:00", 60, site="MDS-A", room="A1"), {"told": 1, "day": 1}),
        (a_row("M1", "ES01", "monday 09:00", 60, site="MDS-A", room="A1"), {"told": 1, "professional": 1}),
        (
            a_row("M1", "ES01", "tuesday 10:00", 60, site="MDS-A", room="A1"),
            {"told": 1, "professional": 1, "day": 1},
        ),
        (unserved("M1"), {"told": 1, "professional": 1, "day": 1}),
    ],
)
def test_an_appointment_that_moves(row: Part, expected: dict[str, int]) -> None:
    assert moves(a_plan(M1), row) == expected


def test_what_no_household_attends_tells_no_household() -> None:
    before = a_row("E1", "EV01 EV02", "monday 09:00", 60, place="outside")
    after = a_row("E1", "EV01 EV02", "monday 10:00", 60, place="outside")
    assert moves(a_plan(before), after) == {"time": 1}


def test_a_date_in_the_queue_is_told_again() -> None:
    assert moves(a_plan(queued("D1")), queued("D1", "tuesday")) == {"told": 1}
    row = a_row("D1", "AS01", "monday 11:00", 60, site="MDS-A", room="A2")
    assert moves(a_plan(queued("D1")), row) == {"told": 1}


def test_what_is_placed_at_last_moves_nobody() -> None:
    assert moves(a_plan(unserved("M1")), M1) == {}


def test_duties_and_reserved_time() -> None:
    duty = kept("reception", "AS01", "monday 08:30", 240)
    assert moves(a_plan(duty), kept("reception", "ES01", "monday 08:30", 240)) == {"professional": 1}
    writing = kept("writing", "AS01", "monday 08:30", 60)
    assert moves(a_plan(writing), kept("writing", "AS01", "monday 10:30", 60)) == {}
    assert moves(a_plan(writing), kept("writing", "AS01", "monday 14:30", 60)) == {"reserved": 12}


def test_a_new_referent_is_told_again() -> None:
    assert moves(a_plan(a_referent("FAM1", "ES01")), a_referent("FAM1", "AS01")) == {
        "told": 1,
        "professional": 1,
    }


def test_what_events_move_is_not_counted() -> None:
    assert shifts(WEEK, a_plan(M1), a_plan(unserved("M1")), {"M1"}) == []


def test_whoever_came_or_went_is_named_and_the_heaviest_comes_first() -> None:
    after = a_plan(a_row("M1", "ES01", "monday 09:00", 60, site="MDS-A", room="A1"))
    found = shifts(WEEK, a_plan(M1, kept("writing", "AS01", "monday 14:30", 60)), after)
    assert found[0].professional_ids == ("AS01", "ES01")
    assert [shift.tenths for shift in found] == [
        WEIGHTS[MoveKind.TOLD] + WEIGHTS[MoveKind.PROFESSIONAL],
        12 * WEIGHTS[MoveKind.RESERVED],
    ]


def test_a_person_told_again_weighs_most_then_professional_day_time_and_room() -> None:
    order = [MoveKind.TOLD, MoveKind.PROFESSIONAL, MoveKind.DAY, MoveKind.TIME, MoveKind.ROOM]
    weights = [WEIGHTS[kind] for kind in order]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)
