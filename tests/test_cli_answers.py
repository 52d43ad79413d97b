"""`explain`, `evaluate`, `recommend` and `replan` as they are typed: answers, exit codes, files, errors."""

import json
from datetime import time
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.files.reading import read_week
from optimizer.files.week_writing import write_week
from optimizer.files.writing import read_plan
from optimizer.plan import Plan
from optimizer.week import Week, Weekday, Window
from tests.builders import a_case, a_meeting, a_mission, a_professional, a_request, a_week, day

Captured = pytest.CaptureFixture[str]
WEEK = a_week(
    [
        a_mission("M1", "SUIVI", "FAM1", 60),
        a_mission("M2", "SUIVI", "FAM2", 60),
        a_mission("E1", "IP_RENC", "FAM1", 60),
        a_request("D1"),
    ],
    cases=[a_case("FAM1"), a_case("FAM2", "ES01")],
    meetings=[a_meeting("R1")],
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A week and its plan."""
    folder = tmp_path_factory.mktemp("publié")
    week, plan = folder / "semaine.json", folder / "plan.json"
    write_week(WEEK, week)
    assert run(["plan", str(week), "-o", str(plan), "--time-limit", "3", "--quiet"]) == 0
    return week, plan


@pytest.fixture
def week(files: tuple[Path, Path]) -> str:
    """The week's path."""
    return str(files[0])


@pytest.fixture
def plan(files: tuple[Path, Path]) -> str:
    """The plan's path."""
    return str(files[1])


def said(capsys: Captured) -> dict[str, object]:
    """The JSON answer."""
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_explain_says_why_this_person(week: str, plan: str, capsys: Captured) -> None:
    assert run(["explain", week, plan, "M1"]) == 0
    out = capsys.readouterr().out
    assert "M1 (SUIVI) : " in out
    assert "Pour ce choix : " in out


def test_explain_without_a_mission_lists_what_waits(week: str, plan: str, capsys: Captured) -> None:
    assert run(["explain", week, plan, "--json"]) == 0
    assert set(said(capsys)) == {"waiting", "late"}


def test_explain_prices_changes_in_full(tmp_path: Path, capsys: Captured) -> None:
    window = (Window(day=Weekday("tuesday"), start=time(9), end=time(10)),)
    missions = [a_mission(name, "SUIVI", "FAM1", 60, due=day("tuesday")) for name in ("M1", "M2")]
    one_hour = a_week(missions, professionals=[a_professional("AS01", windows=window)])
    week, plan = tmp_path / "s.json", tmp_path / "p.json"
    write_week(one_hour, week)
    assert run(["plan", str(week), "-o", str(plan), "--time-limit", "3", "--quiet"]) == 0
    (late,) = (row.mission_id for row in read_plan(plan).unserved)
    asked = ["explain", str(week), str(plan), late, "--exact", "--time-limit", "2"]
    assert run(asked) == 0
    assert "tout replanifié, avec et sans : ne coûte rien ; prouvé : de 0 point" in capsys.readouterr().out
    assert run([*asked, "--json"]) == 0
    changes = said(capsys)["changes"]
    assert isinstance(changes, list)
    assert changes[0]["exact"] == {
        "differences": {"commitments": 0, "preferences": 0},
        "least": 0,
        "most": 0,
    }


def test_explain_in_json(week: str, plan: str, capsys: Captured) -> None:
    assert run(["explain", week, plan, "M1", "--json"]) == 0
    answer = said(capsys)
    assert answer["question"] == "why_this"
    assert answer["mission_id"] == "M1"


@pytest.mark.parametrize("form", ["txt", "html"])
def test_a_notice_holds_no_name_and_no_household(week: str, plan: str, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"notice.{form}"
    assert run(["explain", week, plan, "M1", "--notice", str(path), "--quiet"]) == 0
    text = path.read_text(encoding="utf-8")
    assert "Part de l" in text and "ne refuse aucune demande" in text
    for name in ("M1", "FAM1", *(person.id for person in WEEK.professionals)):
        assert name not in text


def test_a_notice_is_of_one_decision(week: str, plan: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(["explain", week, plan, "--notice", str(tmp_path / "n.txt")]) == 2
    assert "aucun élément" in capsys.readouterr().err
    assert run(["explain", week, plan, "M1", "--notice", str(tmp_path / "n.docx")]) == 2
    assert not list(tmp_path.iterdir())


def test_evaluate_allows_and_refuses(week: str, plan: str, capsys: Captured) -> None:
    assert run(["evaluate", week, plan, "--move", "M1=CESF01", "--json"]) == 0
    answer = said(capsys)
    assert answer["allowed"] is True
    assert run(["evaluate", week, plan, "--move", "E1=AS01,ES01/2026-01-08T14:00"]) == 1
    out = capsys.readouterr().out
    assert "n'est pas permis" in out and "À chaque service ses missions" in out


def test_evaluate_swaps(week: str, plan: str, capsys: Captured) -> None:
    run(["evaluate", week, plan, "--swap", "M1=M2", "--json"])
    told = said(capsys)["told"]
    assert {row["item_id"] for row in told} <= {"M1", "M2"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--move", "M1", "ELEMENT=PERSONNE"),
        ("--move", "XX=AS01", "que la semaine ne connaît pas"),
        ("--move", "M1=AS01/demain", "un instant, comme 2026-01-12T09:30"),
        ("--move", "M1=AS01/2026-01-06T09:03", "un instant"),
        ("--swap", "M1", "ELEMENT=ELEMENT"),
        ("--swap", "M1=XX", "qui n'est pas placé"),
    ],
)
def test_evaluate_says_what_it_cannot_read(
    week: str, plan: str, capsys: Captured, option: str, value: str, words: str
) -> None:
    assert run(["evaluate", week, plan, option, value]) == 2
    assert words in capsys.readouterr().err


def test_evaluate_wants_a_change(week: str, plan: str, capsys: Captured) -> None:
    assert run(["evaluate", week, plan]) == 2
    assert "aucun changement" in capsys.readouterr().err


def test_recommend_takes_the_least_that_a_request_says(
    week: str, plan: str, tmp_path: Path, capsys: Captured
) -> None:
    request = tmp_path / "d.json"
    request.write_text('{"id": "D-9", "type": "ACCUEIL"}', encoding="utf-8")
    assert run(["recommend", week, plan, str(request), "--json", "--most", "3"]) == 0
    choices = said(capsys)["choices"]
    assert isinstance(choices, list) and 0 < len(choices) <= 3
    assert all(choice["reasons"] for choice in choices)


def test_recommend_knows_the_missions_of_the_week(week: str, plan: str, capsys: Captured) -> None:
    assert run(["recommend", week, plan, "M1"]) == 0
    assert "du meilleur choix au moins bon" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"id": "D-9"}', "type"),
        ('{"id": "D-9", "type": "RSA"}', "un type de mission"),
        ('{"id": "M1", "type": "ACCUEIL"}', "M1"),
        ('{"id": "D-9", "type": "ACCUEIL", "nom": "Durand"}', "nom"),
        ('{"id": "D-9", "type": "ACCUEIL", "due": "2020-01-01"}', "au plus tard"),
        ("[]", "un objet"),
        ("{", "JSON"),
    ],
)
def test_a_request_that_cannot_be_read_is_told(
    week: str, plan: str, tmp_path: Path, capsys: Captured, text: str, words: str
) -> None:
    request = tmp_path / "d.json"
    request.write_text(text, encoding="utf-8")
    assert run(["recommend", week, plan, str(request)]) == 2
    assert words in capsys.readouterr().err


def test_a_request_that_is_nowhere_is_told(week: str, plan: str, capsys: Captured) -> None:
    assert run(["recommend", week, plan, "rien"]) == 2
    assert "ni un fichier ni une mission" in capsys.readouterr().err


def test_replan_writes_a_plan_its_week_and_the_list(
    week: str, plan: str, tmp_path: Path, capsys: Captured
) -> None:
    new, changed, listed = tmp_path / "p2.json", tmp_path / "s2.json", tmp_path / "l.csv"
    found = ["--absent", "AS01:2026-01-06:2026-01-07", "--time-limit", "5"]
    out = ["-o", str(new), "--week", str(changed), "--changes", str(listed)]
    assert run(["replan", week, plan, *found, *out]) == 0
    assert "à prévenir à nouveau" in capsys.readouterr().out
    assert listed.read_text(encoding="utf-8-sig").startswith("quoi;avant;apres;foyer_a_prevenir")
    assert run(["check", str(changed), str(new), "--quiet"]) == 0
    week_after: Week = read_week(changed).week
    assert week_after.absences
    plan_after: Plan = read_plan(new)
    days = {row.start.day for row in plan_after.assignments if "AS01" in row.professional_ids}
    assert not days & {6, 7}


def test_replan_without_an_event_writes_the_same_plan(week: str, plan: str, tmp_path: Path) -> None:
    new = tmp_path / "p2.json"
    assert run(["replan", week, plan, "-o", str(new), "--quiet"]) == 0
    assert read_plan(new) == read_plan(Path(plan))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--absent", "AS01"], "jours compris"),
        (["--absent", "XX:2026-01-06:2026-01-06"], "que la semaine ne connaît pas"),
        (["--absent", "AS01:2026-01-06:2026-01-06", "--now", "2026-01-07T08:00"], "qui est passé"),
        (["--leaves", "AS01"], "PERSONNE:2026-01-14"),
        (["--lasts", "M1=7"], "par 5 minutes"),
        (["--drop", "XX"], "que la semaine ne connaît pas"),
        (["--meeting", "R1=demain"], "un instant"),
        (["--close-room", "XX"], "une salle de la semaine"),
        (["--changes", "liste.pdf"], ".csv ou .txt"),
        (["--week", "semaine.xlsx"], "un .json"),
    ],
)
def test_replan_says_what_it_cannot_read(
    week: str, plan: str, tmp_path: Path, capsys: Captured, options: list[str], words: str
) -> None:
    assert run(["replan", week, plan, "-o", str(tmp_path / "p2.json"), *options]) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_replan_never_writes_over_what_it_reads(week: str, plan: str, capsys: Captured) -> None:
    before = Path(plan).read_bytes()
    assert run(["replan", week, plan, "-o", plan, "--drop", "M1"]) == 2
    assert "un autre nom" in capsys.readouterr().err
    assert Path(plan).read_bytes() == before


@pytest.mark.parametrize("command", ["explain", "recommend", "evaluate", "replan"])
def test_help_is_shown_whole(command: str, capsys: Captured) -> None:
    assert run([command, "--help"]) == 0
    assert "--quiet" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [["explain", "M1"], ["evaluate", "--move", "M1=AS01"], ["recommend", "M1"]]
)
def test_no_answer_builds_on_a_plan_that_gives_an_evaluation_to_the_sector(
    week: str, plan: str, tmp_path: Path, capsys: Captured, command: list[str]
) -> None:
    wrong = tmp_path / "faux.json"
    document = json.loads(Path(plan).read_text(encoding="utf-8"))
    for row in document["assignments"]:
        if row["mission_id"] == "E1":
            row["professional_ids"] = ["AS01"]
    wrong.write_text(json.dumps(document), encoding="utf-8")
    assert run([command[0], week, str(wrong), *command[1:]]) == 2
    assert "E1 relève du service EVALUATION" in capsys.readouterr().err
    new = tmp_path / "p2.json"
    assert run(["replan", week, str(wrong), "-o", str(new), "--drop", "M1"]) == 2
    assert not new.exists()


@pytest.mark.parametrize("command", [["explain"], ["recommend"], ["evaluate"], ["replan"]])
def test_a_plan_of_another_week_is_refused(
    plan: str, tmp_path: Path, capsys: Captured, command: list[str]
) -> None:
    other = tmp_path / "autre.json"
    write_week(a_week([a_mission("M1", "SUIVI", "FAM1", 90)]), other)
    more = {
        "recommend": ["M1"],
        "evaluate": ["--move", "M1=AS01"],
        "replan": ["-o", str(tmp_path / "x.json")],
    }
    assert run([*command, str(other), plan, *more.get(command[0], ["M1"])]) == 2
    assert "une autre version de cette semaine" in capsys.readouterr().err
