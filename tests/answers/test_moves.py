"""Changes made by hand: what they make of a plan, and what is refused with a word."""

import pytest

from optimizer.answers.evaluate import evaluate
from optimizer.answers.moves import Move, Swap, moved, told
from optimizer.errors import UnusableInput
from optimizer.plan import Plan
from optimizer.standing import Standing
from tests.builders import a_case, a_meeting, a_mission, a_plan, a_row, a_week, an_action, at, kept, queued

WEEK = a_week(
    [
        a_mission("M1", "SUIVI", "FAM1", minutes=60),
        a_mission("M2", "SUIVI", "FAM2", minutes=60),
        a_mission("M3", "SUIVI", "FAM2", minutes=60),
        a_mission("E1", "IP_RENC", "FAM1", minutes=60),
    ],
    cases=[a_case("FAM1"), a_case("FAM2", "ES01")],
    meetings=[a_meeting("R1")],
)
PLAN = a_plan(
    a_row("M1", "AS01", "monday 09:00", 60, site="MDS-A", room="A1"),
    a_row("M2", "ES01", "monday 09:00", 60, site="MDS-A", room="A2"),
)


@pytest.fixture
def standing() -> Standing:
    """Two appointments at once, in the two rooms of a site; a third is not placed."""
    return Standing(WEEK, PLAN)


def test_someone_else_takes_an_appointment(standing: Standing) -> None:
    answer = evaluate(standing, [Move("M1", ("CT01",))])
    assert answer.effect.is_allowed == (not answer.effect.broken)
    assert answer.told == {"M1": ["AS01", "CT01"]}


def test_an_appointment_keeps_its_room_where_it_is_free(standing: Standing) -> None:
    plan = moved(standing, [Move("M2", start=at("monday 11:00"))])
    (row,) = (row for row in plan.assignments if row.mission_id == "M2")
    assert (row.room_id, row.start) == ("A2", at("monday 11:00"))


def test_a_room_is_found_for_what_was_not_placed(standing: Standing) -> None:
    plan = moved(standing, [Move("M3", ("CESF01",), at("monday 10:00"))])
    (row,) = (row for row in plan.assignments if row.mission_id == "M3")
    assert row.room_id in {"A1", "A2"}


def test_two_appointments_change_places(standing: Standing) -> None:
    answer = evaluate(standing, [Move("M2", start=at("monday 11:00")), Swap("M1", "M2")])
    rows = {row.mission_id: row for row in answer.effect.plan.assignments}
    assert rows["M1"].professional_ids == ("ES01",)
    assert rows["M1"].start == at("monday 11:00")
    assert rows["M2"].start == at("monday 09:00")
    assert answer.told == {"M1": ["AS01", "ES01"], "M2": ["AS01", "ES01"]}


def test_a_busy_person_is_a_broken_rule(standing: Standing) -> None:
    answer = evaluate(standing, [Move("M1", ("ES01",))])
    assert "overlap" in {one.rule for one in answer.effect.broken}


def test_nobody_of_the_sector_evaluates(standing: Standing) -> None:
    answer = evaluate(standing, [Move("E1", ("AS01", "ES01"), at("tuesday 14:00"))])
    assert not answer.effect.is_allowed
    assert {"H0"} <= {one.rule for one in answer.effect.broken}


def test_a_request_of_the_queue_takes_what_comes_free() -> None:
    week = a_week(
        [
            a_mission("M1", "SUIVI", "FAM1", minutes=120),
            a_mission("D1", "ACCUEIL", site="MDS-A", minutes=120),
        ],
        professionals=[one for one in WEEK.professionals if one.id in {"AS01", "EV01", "EV02", "CO01"}],
    )
    standing = Standing(week, _busy_but_for("monday 08:30"))
    answer = evaluate(standing, [Move("M1", start=at("tuesday 10:30"))])
    assert answer.effect.is_allowed
    assert answer.received == ("D1",)


def _busy_but_for(start: str) -> Plan:
    """AS01's whole week is taken, M1 from a start on, and D1 is in the queue."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    writing = [
        kept("writing", "AS01", f"{day} {hour}", 120)
        for day in days
        for hour in ("08:30", "10:30", "13:30", "15:30")
        if f"{day} {hour}" not in {start, "tuesday 10:30"}
    ]
    row = a_row("M1", "AS01", start, 120, site="MDS-A", room="A1")
    return a_plan(row, *writing, queued("D1", "monday", 1))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Move("XX", ("AS01",)), "« XX », que la semaine ne connaît pas"),
        (Move("M1", ("XX",)), "« XX », que la semaine ne connaît pas"),
        (Move("M1", ("AS01", "AS01")), "« AS01 » deux fois"),
        (Move("R1", ("AS01",)), "une réunion se déplace par replan"),
        (Move("M3", ("AS01",)), "qui n'est pas placé"),
        (Move("M1", start=at("saturday 09:00")), "un jour travaillé du 05/01/2026 au 09/01/2026"),
        (Move("M1", start=at("monday 09:00").replace(minute=3)), "09:03:00"),
        (Swap("M1", "M3"), "« M3 », qui n'est pas placé"),
        (Swap("M1", "M1"), "« M1 » deux fois"),
    ],
)
def test_a_change_that_means_nothing_is_refused(standing: Standing, change: Move | Swap, words: str) -> None:
    with pytest.raises(UnusableInput, match=words):
        evaluate(standing, [change])


def test_who_is_told_is_who_came_or_went() -> None:
    other = a_row("M1", "ES01", "monday 09:00", 60, site="MDS-A", room="A1")
    assert told(PLAN.assignments, (other, PLAN.assignments[1])) == {"M1": ["AS01", "ES01"]}


def test_an_action_moves_with_its_leaders() -> None:
    week = a_week(actions=[an_action("G1", room="AG")])
    plan = a_plan(a_row("G1", "CESF01 AS01", "monday 09:00", 120, site="MDS-A", room="AG"))
    (row,) = moved(Standing(week, plan), [Move("G1", start=at("tuesday 10:00"))]).assignments
    assert (row.professional_ids, row.room_id, row.start) == (("CESF01", "AS01"), "AG", at("tuesday 10:00"))
