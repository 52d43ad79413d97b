"""A seat of a session is not left empty, nor held by someone at target."""

from collections.abc import Sequence

from optimizer.week import Professional, Span
from tests.builders import (
    TEAM,
    a_plan,
    a_professional,
    a_row,
    a_session,
    a_span,
    a_week,
    an_action,
    price,
    team_with,
    unserved,
)


def seats(people: str, team: tuple[Professional, ...] = TEAM, absences: Sequence[Span] = ()) -> int:
    """The price of a session of one seat, attended by somebody or not."""
    week = a_week(meetings=[a_session("F1")], professionals=team, absences=absences)
    row = a_row("F1", people, "tuesday 09:00", 180, place="outside")
    return price(week, a_plan(row if people else unserved("F1")), "training seat")


TRAINED = a_professional("AS01", training_days=3)


def test_a_seat_is_for_someone_under_target() -> None:
    assert seats("AS01") == 0
    assert seats("AS01", team_with(a_professional("AS01", training_days=2))) == 0


def test_an_empty_seat_costs_a_hundred_and_fifty() -> None:
    assert seats("") == 1500


def test_a_seat_held_by_someone_at_target_costs_the_same() -> None:
    assert seats("AS01", team_with(TRAINED)) == 1500


def test_a_seat_that_nobody_could_take_costs_nothing() -> None:
    assert seats("", (TRAINED,)) == 0
    assert seats("", TEAM[:1], absences=[a_span("AS01", "tuesday 11:55", "tuesday 12:00")]) == 0
    assert seats("", TEAM[:1], absences=[a_span("AS01", "tuesday 12:00", "tuesday 12:05")]) == 1500


def test_the_leader_of_a_dated_action_then_is_passed_over() -> None:
    # the session is from 9:00 to 12:00
    for start, expected in (("12:00", 1500), ("11:55", 0)):
        action = an_action("G1", ["AS"], fixed=f"tuesday {start}", minutes=30)
        week = a_week(meetings=[a_session("F1")], actions=[action], professionals=TEAM[:1])
        plan = a_plan(a_row("G1", "AS01", f"tuesday {start}", 30, "MDS-A", "AG"), unserved("F1"))
        assert price(week, plan, "training seat") == expected


def test_an_excluded_profession_is_passed_over() -> None:
    assert seats("", (a_professional("SECR01", "SECR"),)) == 0


def test_a_free_session_not_held_is_missed_by_whoever_is_there() -> None:
    week = a_week(meetings=[a_session("F1", seats=2, fixed=None)], professionals=TEAM[:1])
    assert price(week, a_plan(unserved("F1")), "training seat") == 1500
