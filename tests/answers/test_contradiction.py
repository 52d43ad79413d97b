"""Why a week cannot hold: a minimal set, which no longer contradicts itself without any of its elements."""

from pathlib import Path

import pytest

from optimizer.answers.contradiction import TABLES, Contradiction, minimal_contradiction
from optimizer.cli import run
from optimizer.contradictions import contradictions
from optimizer.files.week_writing import write_week
from optimizer.scenarios import changed_week
from optimizer.week import Week
from tests.builders import a_meeting, a_mission, a_pin, a_span, a_week

Captured = pytest.CaptureFixture[str]
WEEK = a_week(
    [
        a_mission("M1", "SUIVI", "FAM1", 60),
        a_mission("M2", "SUIVI", "FAM1", 60),
        a_mission("M3", "SUIVI", "FAM1", 60),
    ],
    pins=[
        a_pin("M1", "AS01", "monday 09:00"),
        a_pin("M2", "AS01", "monday 09:30"),
        a_pin("M3", "AS01", "tuesday 09:00"),
    ],
    meetings=[a_meeting("R1", "thursday 09:00"), a_meeting("R2", "friday 09:00")],
    absences=[a_span("ES01", "monday 08:30", "monday 17:30")],
)


def only(week: Week, found: Contradiction) -> Week:
    """The week with what was found, alone."""
    return changed_week(week, {table: getattr(found, table) for table in TABLES})


def test_two_pins_at_once_are_all_there_is_to_say() -> None:
    found = minimal_contradiction(WEEK)
    assert found is not None
    assert {pin.item_id for pin in found.pins} == {"M1", "M2"}
    assert not found.meetings and not found.absences and not found.busy
    assert found.facts


def test_an_absence_against_a_pin() -> None:
    week = changed_week(
        WEEK, {"pins": WEEK.pins[2:], "absences": (a_span("AS01", "tuesday 08:30", "tuesday 17:30"),)}
    )
    found = minimal_contradiction(week)
    assert found is not None
    assert (len(found.pins), len(found.absences)) == (1, 1)


@pytest.mark.parametrize("week", [WEEK])
def test_without_any_element_the_contradiction_is_gone(week: Week) -> None:
    found = minimal_contradiction(week)
    assert found is not None
    alone = only(week, found)
    assert contradictions(alone)
    for table in TABLES:
        rows = getattr(found, table)
        for row in rows:
            less = changed_week(alone, {table: tuple(one for one in rows if one is not row)})
            assert not contradictions(less)


def test_a_week_that_holds_has_none() -> None:
    assert minimal_contradiction(a_week()) is None


def test_explain_without_a_plan_says_it(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "semaine.json"
    write_week(WEEK, path)
    assert run(["explain", str(path)]) == 1
    out = capsys.readouterr().out
    assert "l'épingle de M1 à AS01, le lundi 05/01 à 9h00" in out and "M3" not in out
    write_week(a_week(), tmp_path / "autre.json")
    assert run(["explain", str(tmp_path / "autre.json")]) == 0
