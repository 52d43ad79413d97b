"""The command line: answers, exit codes, and never a traceback."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from instances.departement import departement
from instances.families import instance
from instances.figures import Load
from optimizer import cli, telling
from optimizer.child import Engine
from optimizer.cli import app, run
from optimizer.files.reading import read_week
from optimizer.files.week_writing import write_week
from optimizer.files.writing import read_plan
from optimizer.rules import one_answer
from tests import fake_engines
from tests.builders import a_meeting, a_mission, a_request, a_week
from tests.processes import PROC, engine_of, eventually, is_running

ROOT = Path(__file__).parents[1]
needs_proc = pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked at through /proc")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A week where nothing is asked."""
    path = tmp_path / "semaine.json"
    write_week(a_week(), path)
    return path


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[Engine], None]:
    """Gives `plan` another engine."""

    def use(found: Engine) -> None:
        monkeypatch.setattr(cli, "engine_for", lambda *_: found)

    return use


def command(*arguments: object, **options: str) -> subprocess.Popen[str]:
    """A real `polyvalence`, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "optimizer", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | options,
    )


# ------------------------------------------------------------ plan and check


def test_a_week_is_planned_then_checked(tmp_path: Path, capsys: Captured) -> None:
    path, output = tmp_path / "semaine.json", tmp_path / "plan.json"
    write_week(a_week([a_mission("M1", "SUIVI", "FAM1"), a_request("R1")]), path)
    assert run(["plan", str(path), "-o", str(output), "--time-limit", "4", "--workers", "1"]) == 0
    told = capsys.readouterr().out
    assert "Engagements" in told
    assert "2 mission(s) placée(s) sur 2" in told
    assert "Premiers rendez-vous : " in told
    assert str(output) in told.replace("\n", "")
    assert run(["check", str(path), str(output)]) == 0
    assert "Plan accepté" in capsys.readouterr().out


def test_the_summary_is_one_json_object(
    week: Path, tmp_path: Path, capsys: Captured, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    output = tmp_path / "plan.html"
    assert run(["plan", str(week), "-o", str(output), "--json", "--for", "SECTEUR-1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["output"], found["audience"]) == ("optimal", str(output), "SECTEUR-1")
    assert [level["name"] for level in found["levels"]] == ["commitments", "preferences"]
    assert found["counts"]["missions"] == 0
    assert found["warnings"]


def test_quiet_says_nothing(
    week: Path, tmp_path: Path, capsys: Captured, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    assert run(["plan", str(week), "-o", str(tmp_path / "plan.csv"), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "plan.csv").exists()


def test_progress_is_not_written_to_a_file(
    week: Path, tmp_path: Path, capsys: Captured, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    run(["plan", str(week), "-o", str(tmp_path / "plan.json")])
    told = capsys.readouterr().err
    assert all(line.startswith("À savoir") for line in told.splitlines())


def test_check_lists_every_violation(
    week: Path, tmp_path: Path, capsys: Captured, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    output, fuller = tmp_path / "plan.json", tmp_path / "autre.json"
    run(["plan", str(week), "-o", str(output), "--quiet"])
    write_week(a_week([a_mission("M1", "SUIVI", "FAM1"), a_request("R1")]), fuller)
    assert run(["check", str(fuller), str(output)]) == 1
    told = capsys.readouterr()
    assert "M1 n'a pas de réponse" in told.out
    assert one_answer.RULE.name in told.out
    assert "one_answer" not in told.out
    assert "R1 n'a pas de réponse" in told.out
    assert "autre version de cette semaine" in told.err
    assert run(["check", str(fuller), str(output), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["passed"]
    assert {one["item_id"] for one in found["violations"]} == {"M1", "R1"}


def test_check_refuses_a_price_that_it_does_not_find(
    week: Path, tmp_path: Path, capsys: Captured, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    output = tmp_path / "plan.json"
    run(["plan", str(week), "-o", str(output), "--quiet"])
    document = json.loads(output.read_text())
    document["levels"][0]["value"] = 7.5
    output.write_text(json.dumps(document))
    assert run(["check", str(week), str(output)]) == 1
    told = capsys.readouterr()
    assert "7,5 points annoncés, 0 comptés" in told.out
    assert "modifié depuis son calcul" in told.err


def planned(tmp_path: Path) -> tuple[Path, Path]:
    """A week with an appointment and a request, and its plan."""
    week, output = tmp_path / "semaine.json", tmp_path / "plan.json"
    write_week(a_week([a_mission("M1", "SUIVI", "FAM1"), a_request("R1")]), week)
    assert run(["plan", str(week), "-o", str(output), "--time-limit", "3", "--workers", "1", "--quiet"]) == 0
    return week, output


def test_check_writes_every_sheet_of_an_accepted_plan(tmp_path: Path, capsys: Captured) -> None:
    week, output = planned(tmp_path)
    for name in ("p.html", "p.xlsx", "p.csv", "p.ics", "p.zip", "p.json"):
        assert run(["check", str(week), str(output), "-o", str(tmp_path / name)]) == 0
        assert name in capsys.readouterr().out.replace("\n", "")
    assert (tmp_path / "p.json").read_bytes() == output.read_bytes()
    sheet = tmp_path / "secteur.json"
    assert run(["check", str(week), str(output), "-o", str(sheet), "--for", "SECTEUR-1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["passed"], found["output"], found["audience"]) == (True, str(sheet), "SECTEUR-1")
    assert json.loads(sheet.read_text())["audience"] == "SECTEUR-1"


def test_a_plan_corrected_by_hand_is_written_at_the_price_of_the_judge(
    tmp_path: Path, capsys: Captured
) -> None:
    week, output = planned(tmp_path)
    document = json.loads(output.read_text())
    document["assignments"] = [row for row in document["assignments"] if row["mission_id"] != "M1"]
    document["unserved"] = [{"mission_id": "M1", "reason": "waiting", "earliest_date": "2026-01-12"}]
    output.write_text(json.dumps(document))
    assert run(["check", str(week), str(output)]) == 1
    assert "avec les chiffres du juge" in capsys.readouterr().out
    again = tmp_path / "corrige.json"
    assert run(["check", str(week), str(output), "-o", str(again)]) == 0
    assert "refaits par le juge" in capsys.readouterr().out
    assert run(["check", str(week), str(again)]) == 0
    told = capsys.readouterr()
    assert "Plan accepté" in told.out
    assert told.err == ""


def test_a_plan_that_breaks_a_rule_is_never_written(tmp_path: Path, capsys: Captured) -> None:
    week, output = planned(tmp_path)
    document = json.loads(output.read_text())
    document["assignments"] = []
    output.write_text(json.dumps(document))
    sheet = tmp_path / "plan.html"
    assert run(["check", str(week), str(output), "-o", str(sheet)]) == 1
    told = capsys.readouterr().out
    assert "Rien n'est écrit" in told
    assert "avec les chiffres du juge" not in told
    assert not sheet.exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["-o", "plan.pdf"], "inconnue"),
        (["-o", "semaine.json"], "la semaine elle-même"),
        (["-o", "plan.json", "--for", "SECTEUR-1"], "le plan lui-même"),
        (["-o", "feuille.html", "--for", "PERSONNE"], "PERSONNE"),
        (["--for", "SECTEUR-1"], "-o FEUILLE"),
    ],
    ids=" ".join,
)
def test_check_refuses_a_sheet_that_it_cannot_write(
    more: list[str],
    told: str,
    week: Path,
    tmp_path: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    engine: Callable[[Engine], None],
) -> None:
    engine(fake_engines.prompt)
    monkeypatch.chdir(tmp_path)
    assert run(["plan", str(week), "-o", "plan.json", "--quiet"]) == 0
    before = (tmp_path / "plan.json").read_bytes()
    assert run(["check", "semaine.json", "plan.json", *more]) == 2
    assert told in capsys.readouterr().err
    assert (tmp_path / "plan.json").read_bytes() == before


def test_a_plan_without_figures_gets_those_of_the_judge_in_its_place(
    week: Path, tmp_path: Path, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    output = tmp_path / "plan.json"
    run(["plan", str(week), "-o", str(output), "--quiet"])
    document = json.loads(output.read_text())
    document["levels"] = []
    output.write_text(json.dumps(document))
    assert run(["check", str(week), str(output), "-o", str(output), "--quiet"]) == 0
    plan = read_plan(output)
    assert [level.name for level in plan.levels] == ["commitments", "preferences"]
    assert run(["check", str(week), str(output), "--quiet"]) == 0


# ------------------------------------------------------------ exit codes


@pytest.mark.parametrize(
    ("found", "code", "told"),
    [
        (fake_engines.refusing, 1, "se contredit"),
        (fake_engines.early, 3, "Pas de plan"),
        (fake_engines.killed, 4, "signal 9"),
        (fake_engines.mistaken, 4, "ZeroDivisionError"),
        (fake_engines.wrong_price, 4, "ne confirme pas"),
    ],
)
def test_each_failure_has_its_code_and_nothing_is_written(
    week: Path,
    tmp_path: Path,
    capfd: Captured,
    engine: Callable[[Engine], None],
    found: Engine,
    code: int,
    told: str,
) -> None:
    engine(found)
    output = tmp_path / "plan.json"
    assert run(["plan", str(week), "-o", str(output), "--json"]) == code
    out, err = capfd.readouterr()
    assert told in err
    assert "Traceback" not in err
    assert json.loads(out)["error"]["exit_code"] == code
    assert sorted(path.name for path in tmp_path.iterdir()) == ["semaine.json"]


def test_a_contradictory_week_is_a_negative_answer(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "semaine.json"
    write_week(a_week(meetings=[a_meeting("R1", "monday 07:30", 660)]), path)
    assert run(["plan", str(path), "-o", str(tmp_path / "plan.json")]) == 1
    assert "R1" in capsys.readouterr().err


def test_a_defect_is_one_sentence(
    week: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> None:
        raise RuntimeError("oups")

    monkeypatch.setattr(cli, "read_week", broken)
    arguments = ["plan", str(week), "-o", str(tmp_path / "plan.json")]
    assert run(arguments) == 4
    told = capsys.readouterr().err
    assert "Erreur interne" in told
    assert "Traceback" not in told
    assert CliRunner().invoke(app, arguments).exit_code == 4


def test_ctrl_c_while_reading_is_no_plan(
    week: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "read_week", interrupted)
    assert run(["plan", str(week), "-o", str(tmp_path / "plan.json")]) == 3
    assert "Arrêté" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["plan"],
        ["plan", "WEEK"],
        ["plan", "WEEK", "-o"],
        ["plan", "WEEK", "-o", "PLAN", "--surprise"],
        ["plan", "WEEK", "-o", "PLAN", "--time-limit", "0"],
        ["plan", "WEEK", "-o", "PLAN", "--time-limit", "-1"],
        ["plan", "WEEK", "-o", "PLAN", "--time-limit", "nan"],
        ["plan", "WEEK", "-o", "PLAN", "--time-limit", "abc"],
        ["plan", "WEEK", "-o", "PLAN", "--workers", "0"],
        ["plan", "WEEK", "-o", "PLAN", "--workers", "deux"],
        ["plan", "WEEK", "-o", "PLAN", "--seed", "-1"],
        ["plan", "WEEK", "-o", "PLAN", "--for", "PERSONNE"],
        ["plan", "WEEK", "AUTRE", "-o", "PLAN"],
        ["planifier", "WEEK"],
        ["check", "WEEK"],
        ["check", "WEEK", "absent.json"],
        ["check", "absent.json", "absent.json"],
        ["compare", "absent.yaml", "-o", "DIR"],
        ["compare", "WEEK", "-o", "DIR"],
        ["generate", "-o", "WEEK2.json", "--people", "5"],
        ["generate", "-o", "WEEK2.json", "--load", "beaucoup"],
        ["generate", "-o", "WEEK2.ods"],
        ["generate", "-o", "."],
        ["generate", "-o", "absent/WEEK2.json"],
    ],
    ids=" ".join,
)
def test_a_command_badly_written_is_unusable(
    arguments: list[str], week: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = {"WEEK": str(week), "PLAN": "plan.json", "DIR": "dossier"}
    assert run([names.get(argument, argument) for argument in arguments]) == 2
    told = capsys.readouterr()
    assert told.err or told.out
    assert "Traceback" not in told.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["semaine.json"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["generate", "-o", "s", "--people", "5"],
            "'--people' : « 5 » ; attendu : un nombre entier de 6 à 60",
        ),
        (["generate", "-o", "s", "--people", "abc"], "« abc » ; attendu : un nombre entier de 6 à 60"),
        (["generate", "-o", "s", "--load", "beau"], "'beau' n'est aucun de 'low', 'typical'"),
        (
            ["plan", "s", "-o", "p.json", "--workers", "1.5"],
            "« 1.5 » ; attendu : un nombre entier de 1 à 128",
        ),
        (
            ["plan", "s", "-o", "p.json", "--seed", "-1"],
            "« -1 » ; attendu : un nombre entier de 0 à 2147483647",
        ),
        (["plan", "s", "-o", "p.json", "--time-limit", "abc"], "« abc » ; attendu : un nombre de secondes"),
        (["plan", "s", "-o", "p.json", "--time-limit", "0"], "plus de 0 et au plus 604800"),
        (["plan", "s", "t", "-o", "p.json"], "argument en trop : (t)"),
        (["plan", "s", "-o", "p.json", "--quiet=3"], "ne prend pas de valeur"),
        ([], "commande manquante"),
    ],
)
def test_a_wrong_option_is_told_in_french_with_its_range(
    arguments: list[str], told: str, capsys: Captured
) -> None:
    assert run(arguments) == 2
    err = capsys.readouterr().err
    assert told in err
    assert not {"Input", "should", "error,", "valid", "unable", "None"} & set(err.split())


def test_a_limit_may_have_a_comma(week: Path, tmp_path: Path, engine: Callable[[Engine], None]) -> None:
    engine(fake_engines.prompt)
    output = tmp_path / "plan.json"
    assert run(["plan", str(week), "-o", str(output), "--time-limit", "2,5", "--quiet"]) == 0
    provenance = read_plan(output).provenance
    assert provenance is not None and provenance.time_limit_seconds == 2.5


@pytest.mark.parametrize("command_name", ["plan", "check", "compare", "generate", ""])
def test_the_help_is_in_french(command_name: str, capsys: Captured) -> None:
    assert run([*filter(None, [command_name]), "--help"]) == 0
    out = capsys.readouterr().out
    assert "affiche cette aide" in out
    assert command_name != "compare" or "vaut pour chaque organisation" in out
    for english in ("Show this", "required", "default", "Commands"):
        assert english not in out


def test_what_the_system_refuses_is_told_in_french(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "fichier").write_text("")
    assert run(["generate", "-o", str(tmp_path / "boucle" / "s.json"), "--people", "6"]) == 2
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert run(["generate", "-o", str(tmp_path / "a" / "s.json"), "--people", "6"]) == 2
    assert run(["check", str(tmp_path / "fichier" / "s"), "plan.json"]) == 2
    err = capsys.readouterr().err
    for english in ("No such", "Not a", "Too many", "Permission"):
        assert english not in err


@pytest.mark.parametrize("output", ["dossier", "dossier.json", "absent/plan.json", "plan.pdf", "plan"])
def test_an_output_that_cannot_be_written_is_refused_before_solving(
    output: str, week: Path, tmp_path: Path, capsys: Captured, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.mistaken)
    for name in ("dossier", "dossier.json"):
        (tmp_path / name).mkdir()
    assert run(["plan", str(week), "-o", str(tmp_path / output)]) == 2
    assert "attendu" in capsys.readouterr().err


def test_a_plan_never_takes_the_place_of_its_week(week: Path, capsys: Captured) -> None:
    before = week.read_bytes()
    assert run(["plan", str(week), "-o", str(week)]) == 2
    assert "un autre nom" in capsys.readouterr().err
    assert week.read_bytes() == before


@pytest.mark.parametrize("name", ["missions.csv", "plan.csv", "agendas/AS01.ics", "agendas/plan.ics"])
def test_a_plan_is_never_a_table_of_its_week(
    name: str, tmp_path: Path, capsys: Captured, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    folder = tmp_path / "semaine"
    write_week(a_week(), folder)
    (folder / "agendas").mkdir()
    before = sorted(folder.rglob("*"))
    assert run(["plan", str(folder), "-o", str(folder / name)]) == 2
    assert "semaine" in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before


def test_a_link_to_a_table_of_the_week_is_not_written_over(
    tmp_path: Path, capsys: Captured, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    folder, link = tmp_path / "semaine", tmp_path / "plan.csv"
    write_week(a_week(), folder)
    link.symlink_to(folder / "sites.csv")
    assert run(["plan", str(folder), "-o", str(link)]) == 2
    assert "la semaine elle-même" in capsys.readouterr().err


def test_a_plan_may_stand_beside_the_tables_that_do_not_read_it(
    tmp_path: Path, engine: Callable[[Engine], None]
) -> None:
    engine(fake_engines.prompt)
    folder = tmp_path / "semaine"
    write_week(a_week(), folder)
    for name in ("plan.json", "plan.html", "plan.ics"):
        assert run(["plan", str(folder), "-o", str(folder / name), "--quiet"]) == 0
    assert read_week(folder).week.professionals


# ------------------------------------------------------------ real processes


def test_python_m_optimizer_works() -> None:
    with command("--version") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.startswith("polyvalence ")


def test_the_command_and_the_module_are_one() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"polyvalence": "optimizer.__main__:main"}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
@pytest.mark.parametrize("module", ["optimizer.cli", "pydantic", "rich.console"])
def test_ctrl_c_while_loading_is_no_traceback(module: str) -> None:
    interrupted = f"""
import os, signal, sys
from optimizer.__main__ import main

class Interrupting:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
sys.argv = ["polyvalence", "--version"]
main()
"""
    found = subprocess.run([sys.executable, "-c", interrupted], capture_output=True, text=True, cwd=ROOT)
    assert (found.returncode, found.stdout, found.stderr) == (130, "", "")


def test_a_terminal_without_accents_is_no_reason_to_fail(tmp_path: Path) -> None:
    with command(
        "plan", tmp_path / "absent.json", "-o", tmp_path / "p.json", PYTHONIOENCODING="ascii"
    ) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Traceback" not in err


def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    with command("generate", "-o", tmp_path / "s.json", "--people", "6") as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 0


@needs_proc
def test_an_engine_killed_is_told_and_leaves_no_orphan(tmp_path: Path) -> None:
    path, output = tmp_path / "semaine.json", tmp_path / "plan.json"
    write_week(instance("06-typical").week(), path)
    with command("plan", path, "-o", output, "--time-limit", "60") as process:
        assert eventually(lambda: engine_of(process.pid) is not None)
        child = engine_of(process.pid)
        assert child is not None
        os.kill(child, signal.SIGKILL)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "signal 9" in err
    assert "Traceback" not in err
    assert out == ""
    assert not is_running(child)
    assert not output.exists()


@needs_proc
def test_ctrl_c_writes_the_best_plan_and_leaves_no_orphan(tmp_path: Path) -> None:
    path, output = tmp_path / "semaine.json", tmp_path / "plan.json"
    write_week(instance("06-typical").week(), path)
    with command("plan", path, "-o", output, "--time-limit", "30", "--workers", "1") as process:
        assert eventually(lambda: engine_of(process.pid) is not None)
        child = engine_of(process.pid)
        assert child is not None
        try:
            _, err = process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert not is_running(child)
    plan = read_plan(output)
    assert plan.checker is not None and plan.checker.passed
    assert run(["check", str(path), str(output), "--quiet"]) == 0


FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full here")


def redirected(redirection: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A real `polyvalence` whose streams a shell sends elsewhere."""
    line = f'"$0" -m optimizer "$@" {redirection}'
    words = ["sh", "-c", line, sys.executable, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, timeout=120)


@needs_full
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["for people", "for programs"])
def test_an_answer_that_cannot_be_shown_does_not_undo_the_file(tmp_path: Path, more: list[str]) -> None:
    output = tmp_path / "s.json"
    found = redirected("> /dev/full", "generate", "-o", output, "--people", "6", *more)
    assert found.returncode == 4
    assert found.stderr == (
        f"La réponse n'a pas pu être affichée en entier (plus de place sur le disque) ; écrit : {output}.\n"
    )
    assert read_week(output).week.professionals


@needs_full
@pytest.mark.parametrize("arguments", [["--version"], ["--help"]], ids=" ".join)
def test_help_that_cannot_be_shown_is_told(arguments: list[str]) -> None:
    found = redirected("> /dev/full", *arguments)
    assert found.returncode == 4
    assert found.stderr.startswith("La réponse n'a pas pu être affichée")
    assert "Exception" not in found.stderr


@needs_full
@pytest.mark.parametrize("redirection", ["2> /dev/full", "> /dev/full 2>&1", "2>&-", ">&- 2>&-"])
def test_an_error_that_nobody_hears_keeps_its_code(tmp_path: Path, week: Path, redirection: str) -> None:
    assert redirected(redirection, "check", week, tmp_path / "absent.json").returncode == 2
    assert redirected(redirection, "check", week, tmp_path / "absent.json", "--json").returncode == 2
    assert redirected(redirection, "chercher").returncode == 2


@needs_full
def test_a_warning_that_nobody_hears_stops_nothing(tmp_path: Path) -> None:
    path, output = tmp_path / "semaine.json", tmp_path / "plan.json"
    write_week(a_week(), path)
    found = redirected("2> /dev/full", "plan", path, "-o", output, "--time-limit", "3", "--workers", "1")
    assert found.returncode == 0
    assert output.exists()


# ------------------------------------------------------------ generate


def test_the_same_seed_writes_the_same_week(tmp_path: Path, capsys: Captured) -> None:
    for name in ("un.json", "deux.json"):
        options = ["--people", "7", "--weeks", "1", "--load", "high", "--seed", "4"]
        assert run(["generate", "-o", str(tmp_path / name), *options]) == 0
    assert "7 professionnels" in capsys.readouterr().out
    assert (tmp_path / "un.json").read_bytes() == (tmp_path / "deux.json").read_bytes()
    assert len(read_week(tmp_path / "un.json").week.professionals) == 7


def test_an_invented_week_is_the_same_in_every_form(tmp_path: Path) -> None:
    weeks = []
    for name in ("s.json", "s.xlsx", "s"):
        assert run(["generate", "-o", str(tmp_path / name), "--people", "6", "--quiet"]) == 0
        weeks.append(read_week(tmp_path / name).week)
    assert weeks[0] == weeks[1] == weeks[2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s", "s.json", "s.xlsx"]


def test_a_folder_that_holds_something_is_not_written_over(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "notes.txt").write_text("à garder")
    assert run(["generate", "-o", str(tmp_path / "s"), "--people", "6"]) == 2
    assert "n'est pas vide" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "s").iterdir()] == ["notes.txt"]


def test_several_territories_are_written_together(tmp_path: Path) -> None:
    path = tmp_path / "semaine.json"
    assert run(["generate", "-o", str(path), "--teams", "3", "--weeks", "1", "--quiet"]) == 0
    assert read_week(path).week == departement(3, 1, Load.TYPICAL, 0)


# ------------------------------------------------------------ progress


def test_progress_speaks_of_levels_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with telling.progress(is_quiet=False) as shown:
        assert shown is not None
        shown("commitments", 12.0, 10.0)
    with telling.progress(is_quiet=True) as shown:
        assert shown is None
