"""The table of départements: each contender's row, and why one has no plan."""

from pathlib import Path

import pytest

from benchmarks import departements
from benchmarks.departements import Row, run, write
from benchmarks.peers import CONTENDERS, Answer
from benchmarks.tables import read_rows
from optimizer.week import Week
from tests.builders import a_mission, a_plan, a_row, a_week, unserved

WEEK = a_week(missions=[a_mission("M1", "SUIVI", case_id="FAM1")])
HEADER = (
    "week | contender | limit | seconds | commitments | commitments_bound | preferences | preferences_bound"
    " | mebibytes | gap | first plan | within 5% | within 1% | note"
)


def answers(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> Row:
    """The row of a contender that answers this."""

    def contender(_week: Week, _limit: int) -> Answer:
        return answer

    monkeypatch.setitem(CONTENDERS, "peer", contender)
    return run("tiny", WEEK, "peer", 10)


def test_a_plan_is_worth_what_the_judge_says(monkeypatch: pytest.MonkeyPatch) -> None:
    held = a_plan(a_row("M1", "AS01", "monday 09:00", 45, site="MDS-A", room="A1"))
    row = answers(monkeypatch, Answer(held, commitments_bound=0.0, note="why not"))
    assert (row.commitments, row.commitments_bound) == (0.0, 0.0)
    assert row.told.endswith(":0")
    assert row.note == "why not"


def test_a_refused_plan_counts_as_none_and_the_note_names_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    row = answers(monkeypatch, Answer(a_plan(unserved("NOBODY"))))
    assert row.commitments is None
    assert row.told == ""
    assert row.note.startswith("refused by the judge (")


def test_without_a_plan_the_note_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    row = answers(monkeypatch, Answer(commitments_bound=12.5, note="no time"))
    assert (row.commitments, row.preferences, row.commitments_bound, row.note) == (
        None,
        None,
        12.5,
        "no time",
    )


def test_rows_make_a_table_with_gap_times_and_note(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page, results = tmp_path / "page.md", tmp_path / "rows.csv"
    page.write_text("<!-- departements -->\n<!-- end of departements -->\n", encoding="utf-8")
    monkeypatch.setattr(departements, "PAGE", page)
    monkeypatch.setattr(departements, "RESULTS", results)
    # 200 in 3 s, 104 in 5 s, 100 in 9 s: first plan at 3, within 5 % of 100 at 5, within 1 % at 9
    write(Row("w", "product", 10, 9, 100.0, 75.0, 1.0, 0.0, 50, "3:200 5:104 9:100"))
    write(Row("w", "highs", 10, 8, None, 0.0, None, None, 60, "", "no plan"))
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[1] == f"| {HEADER} |"
    assert lines[3] == "| w | product | 10 | 9 | 100.0 | 75.0 | 1.0 | 0.0 | 50 | 25% | 3 | 5 | 9 |  |"
    assert lines[4] == "| w | highs | 10 | 8 |  | 0.0 |  |  | 60 |  |  |  |  | no plan |"
    assert [row["contender"] for row in read_rows(results)] == ["product", "highs"]


def test_rows_of_before_there_were_notes_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page, results = tmp_path / "page.md", tmp_path / "rows.csv"
    page.write_text("<!-- departements -->\n<!-- end of departements -->\n", encoding="utf-8")
    header = "week;contender;limit;seconds;commitments;commitments_bound;preferences;preferences_bound"
    results.write_text(f"{header};mebibytes;told\nw;product;10;9;1.0;0.0;1.0;0.0;50;3:1\n", encoding="utf-8")
    monkeypatch.setattr(departements, "PAGE", page)
    monkeypatch.setattr(departements, "RESULTS", results)
    write(Row("w", "highs", 10, 8, None, 0.0, None, None, 60, "", "no plan"))
    assert len(read_rows(results)) == 2
    assert "| w | product | 10 |" in page.read_text(encoding="utf-8")
