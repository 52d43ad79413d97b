"""The table of composed teams: what a row holds, and why one has no team."""

from pathlib import Path

import pytest

from benchmarks import composition
from benchmarks.composition import run, scenarios_of, write
from benchmarks.tables import read_rows
from optimizer.scenarios import refuse_apart


@pytest.mark.parametrize(("name", "weeks"), [("house-8-3", 3), ("departement-2-2", 2)])
def test_demand_weeks_share_their_organisation_and_their_people(name: str, weeks: int) -> None:
    scenarios = scenarios_of(name)
    refuse_apart(scenarios)
    assert len(scenarios) == weeks
    assert len({scenario.week.professionals for scenario in scenarios}) == 1
    assert len({scenario.week.missions for scenario in scenarios}) == weeks


def test_a_row_holds_what_was_composed_or_why_nothing_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "README.md"
    page.write_text("<!-- composition -->\n<!-- end of composition -->\n")
    monkeypatch.setattr(composition, "RESULTS", tmp_path / "composition.csv")
    monkeypatch.setattr(composition, "PAGE", page)
    row = run("house-6-1", 15)
    write(row)
    assert row.cost is not None and row.bound is not None
    assert 0 < row.bound <= row.cost
    assert row.reached == "1/1"
    write(run("house-6-1", 1))
    kept = read_rows(tmp_path / "composition.csv")
    assert [one["limit"] for one in kept] == ["15", "1"]
    assert "| house-6-1 |" in page.read_text()
