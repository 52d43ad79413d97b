"""Every unusable input of the command line: exit code 2, what was expected, nothing half-written."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.files.week_json import week_json
from tests.builders import a_mission, a_request, a_week

EXAMPLE = Path(__file__).parents[1] / "instances" / "exemple"
Captured = pytest.CaptureFixture[str]
Document = dict[str, list[dict[str, object]]]


def spoiled(change: Callable[[Document], object]) -> bytes:
    """A week in JSON with one thing changed."""
    week = a_week([a_mission("M1", "SUIVI", "FAM1"), a_request("R1")])
    document: Document = json.loads(week_json(week))
    change(document)
    return json.dumps(document).encode()


def setting(table: str, **fields: object) -> Callable[[Document], object]:
    """Some fields of the first row of a table."""
    return lambda document: document[table][0].update(fields)


def windows(*stretches: tuple[str, str]) -> list[dict[str, str]]:
    return [{"day": "monday", "start": start, "end": end} for start, end in stretches]


DOCUMENTS: dict[str, tuple[bytes, str]] = {
    "unknown field": (spoiled(setting("missions", surprise=1)), "surprise"),
    "unknown profession": (spoiled(setting("professionals", profession="ASS")), "ASS"),
    "a grade": (spoiled(setting("professionals", profession="assistant socio-éducatif")), "grade"),
    "unknown type": (spoiled(setting("missions", type="SUIVII")), "SUIVII"),
    "sector and evaluation": (
        spoiled(setting("professionals", service_ids=["SECTEUR-1", "EVAL-1"])),
        "AS01",
    ),
    "sector and contract": (
        spoiled(setting("professionals", service_ids=["SECTEUR-1", "CONTRAT-1"])),
        "AS01",
    ),
    "unknown id": (spoiled(setting("missions", case_id="FAM9")), "FAM9"),
    "repeated id": (spoiled(lambda d: d["missions"].append(dict(d["missions"][0]))), "M1"),
    "due before release": (
        spoiled(setting("missions", release="2026-01-09", due="2026-01-08")),
        "09/01/2026",
    ),
    "no such date": (spoiled(setting("missions", due="2026-02-30")), "2026-02-30"),
    "no Monday": (spoiled(lambda d: d["horizon"].update(first_day="2026-01-06")), "lundi"),  # type: ignore[attr-defined]
    "hours that overlap": (
        spoiled(setting("professionals", windows=windows(("08:30", "12:30"), ("12:00", "17:00")))),
        "chevauchent",
    ),
    "quotite of 8000": (spoiled(setting("professionals", quotite=8000)), "8000"),
    "quotite of abc": (spoiled(setting("professionals", quotite="abc")), "abc"),
    "nobody": (spoiled(lambda d: d.update(professionals=[])), "professionals"),
    "too long": (spoiled(setting("missions", duration_minutes=600)), "240 minutes"),
    "NaN": (b'{"horizon": NaN}', "NaN"),
    "1e400": (b'{"horizon": 1e400}', "1e400"),
    "empty": (b"", "JSON"),
    "noise": (bytes(range(256)), "UTF-8"),
    "a list": (b"[]", "liste"),
}


def refused(path: Path, capsys: Captured) -> str:
    """The message of a refusal; nothing is written."""
    output = path.parent / "plan.json"
    assert run(["plan", str(path), "-o", str(output)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert "attendu" in told.err
    assert not output.exists()
    return told.err


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_unusable_document_is_refused_by_name(name: str, tmp_path: Path, capsys: Captured) -> None:
    content, told = DOCUMENTS[name]
    path = tmp_path / "semaine.json"
    path.write_bytes(content)
    assert told in refused(path, capsys)


def test_all_problems_are_told_at_once(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "semaine.json"

    def change(document: Document) -> None:
        setting("professionals", quotite=8000)(document)
        setting("missions", due="2026-02-30")(document)

    path.write_bytes(spoiled(change))
    told = refused(path, capsys)
    assert "2 problèmes" in told
    assert "8000" in told
    assert "2026-02-30" in told


@pytest.mark.parametrize("name", ["absent.json", "absent", "semaine.pdf"])
def test_a_path_that_holds_no_week_is_refused(name: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "semaine.pdf").write_bytes(b"%PDF")
    assert name in refused(tmp_path / name, capsys)


def test_a_folder_where_a_file_is_wanted_is_refused(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "semaine.json").mkdir()
    refused(tmp_path / "semaine.json", capsys)


def test_a_workbook_that_is_none_is_refused(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "semaine.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    refused(path, capsys)


def test_a_zip_bomb_is_refused(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "semaine.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 60_000_000)
    refused(path, capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example folder, to be spoiled."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "exemple"))


def test_a_table_in_an_unknown_encoding_is_refused(folder: Path, capsys: Captured) -> None:
    path = folder / "missions.csv"
    path.write_bytes(path.read_bytes().decode("cp1252").encode("utf-16"))
    assert "missions.csv" in refused(folder, capsys)


def test_an_unknown_column_is_refused(folder: Path, capsys: Captured) -> None:
    path = folder / "sites.csv"
    head, *rows = path.read_bytes().splitlines()
    path.write_bytes(b"\r\n".join([head + b";surprise", *rows]))
    told = refused(folder, capsys)
    assert "sites.csv" in told
    assert "surprise" in told


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;COUNT=5000"])
def test_an_agenda_without_measure_is_refused(rule: str, folder: Path, capsys: Captured) -> None:
    agenda = next((folder / "agendas").glob("*.ics"))
    agenda.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//FR\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTAMP:20200101T000000Z\r\nDTSTART:20200106T090000\r\nDTEND:20200106T093000\r\n"
        f"RRULE:{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert agenda.name in refused(folder, capsys)


@pytest.mark.parametrize("content", ["", "[]", '{"status": "parfait"}', '{"status": "optimal", "x": NaN}'])
def test_an_unusable_plan_is_refused(content: str, tmp_path: Path, capsys: Captured) -> None:
    week, plan = tmp_path / "semaine.json", tmp_path / "plan.json"
    week.write_bytes(week_json(a_week()))
    plan.write_text(content)
    assert run(["check", str(week), str(plan)]) == 2
    assert "attendu" in capsys.readouterr().err
