"""The table of départements: each contender's row, and why one has no plan."""

from pathlib import Path

import pytest

from benchmarks import departements
from benchmarks.departements import Row, run, write
from benchmarks.growth import LIMITS
from benchmarks.peers import CONTENDERS, Answer
from benchmarks.tables import read_rows
from instances import best
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


@pytest.fixture
def results(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where rows go, beside pages that hold the marks of every table."""
    page, best_page = tmp_path / "page.md", tmp_path / "best.md"
    marks = ("departements", "growth")
    page.write_text("".join(f"<!-- {name} -->\n<!-- end of {name} -->\n" for name in marks), encoding="utf-8")
    best_page.write_text("<!-- best-departements -->\n<!-- end of best-departements -->\n", encoding="utf-8")
    monkeypatch.setattr(departements, "PAGE", page)
    monkeypatch.setattr(departements, "BEST_PAGE", best_page)
    monkeypatch.setattr(departements, "RESULTS", tmp_path / "rows.csv")
    monkeypatch.setattr(departements, "PLOT", tmp_path / "growth.svg")
    monkeypatch.setattr(best, "DEPARTEMENTS_INDEX", tmp_path / "best.csv")
    return tmp_path / "rows.csv"


ONE, FIVE = "departement-1-typical", "departement-5-typical"


def test_rows_make_a_table_with_gap_times_and_note(results: Path) -> None:
    # 200 in 3 s, 104 in 5 s, 100 in 9 s: first plan at 3, within 5 % of 100 at 5, within 1 % at 9
    write(Row(ONE, "product", 10, 9, 100.0, 75.0, 1.0, 0.0, 50, "3:200 5:104 9:100"))
    write(Row(ONE, "highs", 10, 8, None, 0.0, None, None, 60, "", note="no plan"))
    lines = results.with_name("page.md").read_text(encoding="utf-8").splitlines()
    assert lines[1] == f"| {HEADER} |"
    assert lines[3] == f"| {ONE} | product | 10 | 9 | 100.0 | 75.0 | 1.0 | 0.0 | 50 | 25% | 3 | 5 | 9 |  |"
    assert lines[4] == f"| {ONE} | highs | 10 | 8 |  | 0.0 |  |  | 60 |  |  |  |  | no plan |"
    assert [row["contender"] for row in read_rows(results)] == ["product", "highs"]


def test_rows_of_before_there_were_notes_are_kept(results: Path) -> None:
    header = "week;contender;limit;seconds;commitments;commitments_bound;preferences;preferences_bound"
    text = f"{header};mebibytes;told\n{ONE};product;10;9;1.0;0.0;1.0;0.0;50;3:1\n"
    results.write_text(text, encoding="utf-8")
    write(Row(ONE, "highs", 10, 8, None, 0.0, None, None, 60, "", note="no plan"))
    assert len(read_rows(results)) == 2
    assert f"| {ONE} | product | 10 |" in results.with_name("page.md").read_text(encoding="utf-8")


def test_growth_tells_the_gap_of_a_territory_and_where_time_went(results: Path) -> None:
    # 250 over the bound for 5 territories: 50 each; 3 s of 2 cores for 30 s: 5 %; 6 + 6 s of searching: 20 %
    spent = "building:3 searching:6 relaxing:6"
    write(Row(FIVE, "product", LIMITS[5], 30, 300.0, 50.0, 1000.0, 0.0, 80, "2:900 29:300", spent))
    write(Row(FIVE, "product", 1, 1, 900.0, 0.0, 1000.0, 0.0, 80, "1:900"))  # not the limit of growth
    page = results.with_name("page.md").read_text(encoding="utf-8")
    growth = page[page.index("<!-- growth -->") :].splitlines()
    assert growth[3].endswith("| 30 | 30 | 2 | 80 | 50 | 200 | 5% | 0% | 20% | 0% | 0% |")
    assert len(growth) == 5


def test_the_best_values_known_stay_when_a_later_run_is_worse(results: Path) -> None:
    write(Row(FIVE, "product", 10, 9, 100.0, 75.0, 40.0, 10.0, 50, "9:100"))
    write(Row(FIVE, "product", 10, 9, 120.0, 80.0, 30.0, 5.0, 50, "9:120"))
    # the bound of level 1 is one of the week: the higher stays
    known = best.best_known(results.with_name("best.csv"))[FIVE]
    assert known == best.Best(FIVE, 100.0, 80.0, 40.0, 10.0)
    assert f"| {FIVE} | 100.0 | 80.0 | 40.0 | 10.0 |" in results.with_name("best.md").read_text(
        encoding="utf-8"
    )


def test_the_plot_holds_a_curve_for_each_figure(results: Path) -> None:
    write(Row(ONE, "product", LIMITS[1], 14, 30.0, 0.0, 900.0, 0.0, 60, "1:90 14:30"))
    drawn = results.with_name("growth.svg").read_text(encoding="utf-8")
    assert drawn.count("<!-- points over the bound -->") == 1
    assert drawn.count("<!-- until the first plan -->") == 1
