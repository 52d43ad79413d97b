"""The command `compose` on demand weeks: answers, files, exit codes, and never a traceback."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.files.week_writing import write_week
from optimizer.week import Week
from tests.builders import a_case, a_mission, a_week, day

Captured = pytest.CaptureFixture[str]
FAST = ("--time-limit", "8", "--quiet")


def contracts(count: int) -> Week:
    """Contracts of an hour due on Monday."""
    missions = [a_mission(f"C{n}", "CONTRAT", "FAM1", 60, due=day("monday")) for n in range(count)]
    return a_week(missions, cases=[a_case("FAM1", "AS01")])


@pytest.fixture
def weeks(tmp_path: Path) -> list[str]:
    """Two demand weeks, as files."""
    for name, count in (("calme", 2), ("pleine", 4)):
        write_week(contracts(count), tmp_path / f"{name}.json")
    return [str(tmp_path / "calme.json"), str(tmp_path / "pleine.json")]


@pytest.fixture
def request_file(tmp_path: Path) -> str:
    """A request without rules, from nothing."""
    path = tmp_path / "demande.json"
    path.write_text(json.dumps({"start": "nothing", "rules": {"as_at_opening": False}}))
    return str(path)


def test_a_team_is_written_with_its_evidence_which_check_accepts(
    weeks: list[str], request_file: str, tmp_path: Path, capsys: Captured
) -> None:
    output, evidence = tmp_path / "equipe.json", tmp_path / "preuves"
    arguments = ["compose", *weeks, "--request", request_file, "-o", str(output), "--evidence", str(evidence)]
    assert run([*arguments, "--time-limit", "8"]) == 0
    told = capsys.readouterr().out
    assert "0,5 postes à temps plein" in told
    assert "2 semaine(s) atteinte(s) sur 2" in told
    team = json.loads(output.read_text())
    assert (team["cost"], team["bound"], team["status"]) == (33_500, 33_500, "optimal")
    for number in ("01", "02"):
        week, plan = evidence / f"semaine-{number}.json", evidence / f"plan-{number}.json"
        assert run(["check", str(week), str(plan), "--quiet"]) == 0


@pytest.mark.parametrize(("name", "start"), [("equipe.xlsx", b"PK"), ("equipe.html", b"<!")])
def test_the_ending_chooses_the_form(
    weeks: list[str], request_file: str, tmp_path: Path, name: str, start: bytes
) -> None:
    output = tmp_path / name
    arguments = ["compose", weeks[0], "--request", request_file, "-o", str(output), "--lang", "en", *FAST]
    assert run(arguments) == 0
    assert output.read_bytes().lstrip().startswith(start)


def test_without_an_output_the_team_is_printed(weeks: list[str], request_file: str, capsys: Captured) -> None:
    assert run(["compose", weeks[0], "--request", request_file, *FAST]) == 0
    assert json.loads(capsys.readouterr().out)["schema_version"] == "1"


def test_options_come_before_the_file(weeks: list[str], request_file: str, capsys: Captured) -> None:
    arguments = ["compose", weeks[0], "--request", request_file, "--keep", "CO01", "--keep", "AS01", *FAST]
    assert run(arguments) == 0
    assert set(json.loads(capsys.readouterr().out)["kept"]) == {"CO01", "AS01"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--keep", "AS99"], "AS99"),
        (["--deterministic"], "--deterministic"),
        (["-o", "equipe.docx"], "forme"),
        (["--request", "absent.json"], "absent.json"),
    ],
)
def test_unusable_input_is_told_with_its_place(
    weeks: list[str], arguments: list[str], told: str, capsys: Captured
) -> None:
    assert run(["compose", *weeks, *arguments]) == 2
    assert told in capsys.readouterr().err


def test_weeks_of_two_organisations_are_refused_by_name(
    weeks: list[str], tmp_path: Path, capsys: Captured
) -> None:
    other = contracts(1).model_dump()
    other["sites"] = [site for site in a_week().model_dump()["sites"] if site["id"] != "MDS-B"]
    write_week(Week.model_validate(other), tmp_path / "autre.json")
    assert run(["compose", weeks[0], str(tmp_path / "autre.json"), "-o", str(tmp_path / "e.json")]) == 2
    error = capsys.readouterr().err
    assert "autre.json" in error
    assert "MDS-B" in error


def test_a_team_is_never_written_over_a_week(weeks: list[str], capsys: Captured) -> None:
    before = Path(weeks[1]).read_bytes()
    assert run(["compose", *weeks, "-o", weeks[1]]) == 2
    assert Path(weeks[1]).read_bytes() == before
    assert capsys.readouterr().err


def test_evidence_is_written_over_nothing_that_is_read_nor_beside_another(
    weeks: list[str], request_file: str, tmp_path: Path, capsys: Captured
) -> None:
    folder = tmp_path / "preuves"
    folder.mkdir()
    for name, source in (("semaine-02.json", weeks[1]), ("plan-01.json", request_file)):
        (folder / name).write_bytes(Path(source).read_bytes())
    week, request, output = folder / "semaine-02.json", folder / "plan-01.json", folder / "plan-02.json"
    before = week.read_bytes(), request.read_bytes()
    evidence = ["--evidence", str(folder)]
    assert run(["compose", weeks[0], str(week), *evidence]) == 2
    assert run(["compose", *weeks, "--request", str(request), *evidence]) == 2
    assert run(["compose", *weeks, "-o", str(output), *evidence]) == 2
    capsys.readouterr()
    # of another run, of two weeks
    assert run(["compose", weeks[0], *evidence]) == 2
    assert "semaine-02.json d'un autre calcul" in capsys.readouterr().err
    assert (week.read_bytes(), request.read_bytes(), len(list(folder.iterdir()))) == (*before, 2)


def test_a_wrong_week_among_others_is_named(weeks: list[str], tmp_path: Path, capsys: Captured) -> None:
    wrong = json.loads(Path(weeks[0]).read_text())
    wrong["missions"][0]["type"] = "INCONNU"
    (tmp_path / "autre.json").write_text(json.dumps(wrong))
    assert run(["compose", weeks[0], str(tmp_path / "autre.json")]) == 2
    assert "autre.json : " in capsys.readouterr().err


def test_bounds_that_no_team_keeps_end_with_exit_1(
    weeks: list[str], tmp_path: Path, capsys: Captured
) -> None:
    nobody = [
        {"profession": profession, "service_id": "CONTRAT-1", "most": 0}
        for profession in ("AS", "CESF", "ES", "CT")
    ]
    path = tmp_path / "rien.json"
    path.write_text(json.dumps({"start": "nothing", "rules": {"as_at_opening": False}, "bounds": nobody}))
    output = tmp_path / "e.json"
    assert run(["compose", weeks[1], "--request", str(path), "-o", str(output), "--time-limit", "8"]) == 1
    error = capsys.readouterr().err
    assert "CONTRAT-1" in error
    assert "1 de plus" in error
    assert "mission C" in error
    assert not output.exists()


def test_tasks_refuse_what_is_asked_of_weeks_alone(tmp_path: Path, capsys: Captured) -> None:
    tasks = tmp_path / "t.dat"
    tasks.write_text("Type = 1\nJobs = 1\n0 10\nQualifications = 1\n1: 0\n")
    assert run(["compose", str(tasks), "--start", "nothing"]) == 2
    assert "--start" in capsys.readouterr().err
    assert run(["compose", str(tasks), "--quiet"]) == 0


def test_a_file_of_tasks_among_weeks_is_refused(weeks: list[str], tmp_path: Path, capsys: Captured) -> None:
    assert run(["compose", weeks[0], str(tmp_path / "t.dat"), "-o", str(tmp_path / "e.json")]) == 2
    assert "t.dat" in capsys.readouterr().err
