"""Organisations side by side: figures only, and no verdict."""

import csv
import json
from functools import partial
from pathlib import Path

import pytest

from optimizer import compare as door
from optimizer.cli import run
from optimizer.compare import compare, under
from optimizer.engines.options import Options
from optimizer.files.week_writing import write_week
from optimizer.organisation import CommitmentWeights, Organisation
from optimizer.plan import Plan
from optimizer.solve import plan_week
from tests import fake_engines
from tests.builders import QUIET, a_mission, a_professional, a_week, hours

Captured = pytest.CaptureFixture[str]
SHORT = QUIET.model_copy(update={"lunch_minutes": 45})


@pytest.fixture(autouse=True)
def a_prompt_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked in these weeks."""
    monkeypatch.setattr(door, "plan_week", partial(plan_week, engine=fake_engines.prompt))


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study of two organisations."""
    write_week(a_week(), tmp_path / "semaine.json")
    quiet = "collective_share_percent: 0\nwriting_share_percent: 0\n"
    (tmp_path / "longue.yaml").write_text(quiet + "lunch_minutes: 60\nmidday: 12:30\n")
    (tmp_path / "courte.json").write_text(
        json.dumps({"collective_share_percent": 0, "writing_share_percent": 0, "lunch_minutes": 45})
    )
    path = tmp_path / "etude.yaml"
    path.write_text(
        "week: semaine.json\norganisations:\n  pause longue: longue.yaml\n  pause courte: courte.json\n"
    )
    return path


def test_a_week_under_another_organisation_is_the_same_but_for_it() -> None:
    week = under(a_week(), SHORT)
    assert week.organisation.lunch_minutes == 45
    assert under(week, QUIET) == a_week()


def test_a_comparison_writes_its_three_files(study: Path, tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "resultats"
    assert run(["compare", str(study), "-o", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "comparaison.csv",
        "comparaison.html",
        "comparaison.json",
    ]
    assert "comparaison.csv" in capsys.readouterr().out
    found = json.loads((folder / "comparaison.json").read_text())
    assert [one["name"] for one in found["organisations"]] == ["pause longue", "pause courte"]
    assert found["organisations"][1]["organisation"]["lunch_minutes"] == 45
    rows = list(csv.reader((folder / "comparaison.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["groupe", "code", "libelle", "pause longue", "pause courte"]
    assert ["Preuve", "commitments.value", "Engagements, valeur", "0,0", "0,0"] in rows
    assert {row[0] for row in rows[1:]} == {"Preuve", "Décompte", "Indicateurs"}
    page = (folder / "comparaison.html").read_text()
    assert "pause courte" in page
    assert "ne dit pas quelle organisation est la bonne" in page


def test_a_comparison_holds_no_plan(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "resultats"
    run(["compare", str(study), "-o", str(folder), "--quiet"])
    written = "".join(path.read_text() for path in folder.iterdir())
    assert "assignments" not in written
    assert "AS01" not in written


def test_the_figures_of_a_comparison_are_short_and_named(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_long_figures(*arguments: object) -> Plan:
        plan = plan_week(*arguments, engine=fake_engines.prompt)  # type: ignore[arg-type]
        delays = {"R4.7_delay_max_days": {"": {"ordinary": 3.5999999999999996}}}
        return plan.model_copy(update={"indicators": delays})

    monkeypatch.setattr(door, "plan_week", with_long_figures)
    run(["compare", str(study), "-o", str(tmp_path / "resultats"), "--quiet"])
    text = (tmp_path / "resultats" / "comparaison.csv").read_text("utf-8-sig")
    assert "Délai le plus long, sans site, ordinaire;3,6;3,6" in text


def test_two_organisations_are_planned_by_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    # AS01 works a single 90 minutes: the collective time of one organisation takes them all.
    monkeypatch.setattr(door, "plan_week", plan_week)
    afternoon = [a_professional("AS01", windows=hours("13:30-15:00", days=["monday"]))]
    week = a_week([a_mission("M1", "SUIVI", "FAM1", 60)], professionals=afternoon)
    reserved = QUIET.model_copy(update={"collective_share_percent": 100})
    options = Options(time_limit=5, workers=1, deterministic=True)
    free, kept = compare(week, {"libre": QUIET, "réservé": reserved}, options).outcomes
    assert (free.counts["placed"], kept.counts["placed"]) == (1, 0)
    assert (free.levels[0].value, kept.levels[0].value) == (0.0, 60.0)
    assert [level.absolute_gap for level in (*free.levels, *kept.levels)] == [0.0] * 4


def test_points_of_different_prices_are_not_compared() -> None:
    dear = Organisation.model_validate(
        QUIET.model_dump() | {"commitments": CommitmentWeights(late=120).model_dump()}
    )
    options = Options(time_limit=5)
    assert compare(a_week(), {"a": QUIET, "b": SHORT}, options).has_one_scale
    assert not compare(a_week(), {"a": QUIET, "b": dear}, options).has_one_scale


def test_each_organisation_is_told_by_its_name() -> None:
    names: list[str] = []
    compare(a_week(), {"a": QUIET, "b": SHORT}, Options(time_limit=5), names.append)
    assert names == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "etude.yaml"),
        ("- a\n- b\n", "une liste"),
        ("week: semaine.json\n", "deux fichiers"),
        ("week: semaine.json\norganisations: [longue.yaml]\n", "deux fichiers"),
        ("week: semaine.json\norganisations: [longue.yaml, longue.yaml]\n", "noms différents"),
        ("week: semaine.json\norganisations: [longue.yaml, 3]\n", "deux fichiers"),
        ("week: absente.json\norganisations: [longue.yaml, courte.json]\n", "absente.json"),
        ("organisations: [longue.yaml, courte.json]\n", "/week"),
        ("week: semaine.json\nweek: semaine.json\norganisations: [longue.yaml, courte.json]\n", "YAML"),
        ("week: semaine.json\nsurprise: 1\norganisations: [longue.yaml, courte.json]\n", "surprise"),
        ("week: semaine.json\norganisations: [absente.yaml, courte.json]\n", "absente.yaml"),
        ("week: &a semaine.json\norganisations: [*a, *a]\n", "YAML"),
        ("week: {\n", "ligne"),
        ("!!python/object/apply:os.system ['true']", "YAML"),
    ],
)
def test_an_unusable_study_is_refused(
    text: str, told: str, study: Path, tmp_path: Path, capsys: Captured
) -> None:
    study.write_text(text)
    assert run(["compare", str(study), "-o", str(tmp_path / "resultats")]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "resultats").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lunch_minutes: 30\n", "lunch_minutes"),
        ("lunch: 60\n", "lunch_minutes"),
        ("commitments: {late: -1}\n", "/commitments/late"),
        ("commitments: {lat: 1}\n", "late"),
        ("commitments: {late: .nan}\n", "/commitments/late"),
        ("collective_share_percent: 60\nwriting_share_percent: 60\n", "120 %"),
        ("midday: midi\n", "/midday"),
    ],
)
def test_an_unusable_organisation_is_refused(
    text: str, told: str, study: Path, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "longue.yaml").write_text(text)
    assert run(["compare", str(study), "-o", str(tmp_path / "resultats")]) == 2
    err = capsys.readouterr().err
    assert "longue.yaml" in err
    assert told in err


def test_a_folder_that_cannot_be_made_is_refused_before_solving(study: Path, tmp_path: Path) -> None:
    assert run(["compare", str(study), "-o", str(study)]) == 2
    assert run(["compare", str(study), "-o", str(tmp_path / "absent" / "resultats")]) == 2


def test_a_failure_writes_nothing(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> Plan:
        return plan_week(a_week(), Options(time_limit=5), engine=fake_engines.mistaken)

    monkeypatch.setattr(door, "plan_week", failing)
    assert run(["compare", str(study), "-o", str(tmp_path / "resultats")]) == 4
    assert not (tmp_path / "resultats").exists()


def test_a_comparison_is_never_a_table_of_its_week(study: Path, tmp_path: Path, capsys: Captured) -> None:
    write_week(a_week(), tmp_path / "semaine")
    study.write_text("week: semaine\norganisations: [longue.yaml, courte.json]\n")
    before = sorted((tmp_path / "semaine").iterdir())
    assert run(["compare", str(study), "-o", str(tmp_path / "semaine")]) == 2
    assert "comparaison.csv" in capsys.readouterr().err
    assert sorted((tmp_path / "semaine").iterdir()) == before
