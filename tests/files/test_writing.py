"""Each form of a plan opened again by another reader of that form."""

import csv
import io
import json
import os
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from plan_samples import at, mission, row, trapped_plan, trapped_week
from python_calamine import CalamineWorkbook

from optimizer.errors import UnusableInput
from optimizer.files.shown import reference
from optimizer.files.writing import WRITERS, read_plan, write_plan
from optimizer.plan import LeftOut, Level, Plan, Status
from optimizer.week import Week


def written(tmp_path: Path, ending: str, audience: str | None = None) -> Path:
    path = tmp_path / f"plan{ending}"
    write_plan(trapped_week(), trapped_plan(), path, audience)
    return path


def test_a_plan_read_back_is_the_plan_written(tmp_path: Path) -> None:
    assert read_plan(written(tmp_path, ".json")) == trapped_plan()


def test_instants_carry_their_offset_and_keys_their_order(tmp_path: Path) -> None:
    document = json.loads(written(tmp_path, ".json").read_text())
    assert document["assignments"][0]["start"] == "2027-01-11T09:00:00+01:00"
    assert list(document)[:4] == ["schema_version", "confidentiality", "status", "levels"]


@pytest.mark.parametrize("ending", sorted(WRITERS))
@pytest.mark.parametrize("audience", [None, "SECTEUR", "CT01", "AS01", "EVALUATION"])
def test_the_same_plan_is_written_with_the_same_bytes(
    tmp_path: Path, ending: str, audience: str | None
) -> None:
    first = written(tmp_path, ending, audience).read_bytes()
    assert written(tmp_path, ending, audience).read_bytes() == first


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '{"status": "optimal", "levels": [{"name": "a", "value": NaN}]}',
            "#/levels/0/value : nombre « NaN »",
        ),
        ('{"status": "optimal", "indicators": {"x": 1e999}}', "#/indicators/x : nombre « 1e999 »"),
        ('{"status": "optimal", "surprise": 1}', "champ inconnu"),
        ('{"status": "optimal", "status": "feasible"}', "#/status : champ « status » répété"),
        ('{"status": "parfait"}', "parfait"),
        ("{", "illisible ligne 1"),
        ("[]", "une liste"),
        ("[" * 100_000, "imbriqués"),
        ('{"status": "optimal", "assignments": [{"mission_id": "M1"}]}', "/assignments/0/start"),
    ],
)
def test_an_unusable_plan_says_why(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text)
    with pytest.raises(UnusableInput) as caught:
        read_plan(path)
    assert told in str(caught.value)


def test_a_sheet_of_an_audience_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="--for"):
        read_plan(written(tmp_path, ".json", "SECTEUR"))


def test_a_missing_plan_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="introuvable"):
        read_plan(tmp_path / "absent.json")


@pytest.mark.parametrize("name", ["", "absent/plan.json", "plan.pdf", "plan", "folder.json"])
def test_a_path_that_cannot_be_written_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(UnusableInput) as caught:
        write_plan(trapped_week(), trapped_plan(), tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


def test_a_failed_write_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.json"
    path.write_text("before")

    def fail(_: Path, __: Path) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UnusableInput, match="plus de place"):
        write_plan(trapped_week(), trapped_plan(), path)
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["plan.json"]


def test_an_infinite_indicator_is_not_written(tmp_path: Path) -> None:
    plan = trapped_plan().model_copy(update={"indicators": {"x": float("inf")}})
    with pytest.raises(UnusableInput, match="indicators"):
        write_plan(trapped_week(), plan, tmp_path / "plan.json")
    assert list(tmp_path.iterdir()) == []


def test_the_workbook_opens_ready_to_read(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path, ".xlsx"))
    assert book.sheetnames == [
        "Semaine 1",
        "Semaine 2",
        "Rendez-vous",
        "Réservations",
        "Référents",
        "File d'attente",
        "Non placés",
        "En retard",
        "Preuve",
        "Indicateurs",
        "Légende",
    ]
    for sheet in book:
        assert sheet.freeze_panes is not None and sheet.freeze_panes.endswith("3")
        assert sheet.auto_filter.ref is not None
        assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0 and sheet.page_setup.paperSize == 9


LEFT_OUT = LeftOut(services=("SECTEUR-9",), facts=("épingles : HH-1 deux fois",), item_ids=("M91", "M92"))


@pytest.mark.parametrize("ending", [".xlsx", ".html"])
@pytest.mark.parametrize("audience", [None, "SECTEUR", "CT01"])
def test_the_planner_alone_reads_what_was_left_out(tmp_path: Path, ending: str, audience: str | None) -> None:
    plan = trapped_plan().model_copy(update={"left_out": (LEFT_OUT,)})
    path = tmp_path / f"plan{ending}"
    write_plan(trapped_week(), plan, path, audience)
    text = path.read_text(encoding="utf-8") if ending == ".html" else _text_of_workbook(path)
    told = ["Laissé de côté", "SECTEUR-9", "épingles : HH-1 deux fois", "M91, M92"]
    assert [one in text for one in told] == [audience is None] * len(told)


def _text_of_workbook(path: Path) -> str:
    book = load_workbook(path)
    cells = (cell.value for sheet in book for line in sheet.iter_rows() for cell in line if cell.value)
    return "\n".join([*book.sheetnames, *map(str, cells)])


def test_the_grid_says_who_does_what_in_each_half_day(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path, ".xlsx", "SECTEUR"))["Semaine 1"]
    heads = [cell.value for cell in sheet[2]]
    assert heads[:5] == ["Équipe", "Personne", "Profession", "lundi 11/01 matin", "lundi 11/01 après-midi"]
    rows = {row[1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=3)}
    monday, tuesday_afternoon, wednesday, friday = (rows["AS01"][column] for column in (3, 6, 7, 11))
    assert monday == f"9h00-9h45 Entretien (A1) {reference('M1-HH-SUIVI-1')}"
    assert tuesday_afternoon == (
        f"13h30-17h30 PERMANENCE\n14h00-15h00 1er entretien (A1) {reference('DEM-1')}"
    )
    assert wednesday == "absent"
    assert friday == "télétravail\n9h00-11h00 Écrits"
    assert rows["CESF01"][9] == "9h00-10h00 agenda\n10h30-11h30 Prépa. groupe"


def test_another_reader_finds_dates_and_proof(tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(str(written(tmp_path, ".xlsx")))
    rows = book.get_sheet_by_name("Rendez-vous").to_python()
    assert rows[1][:4] == ["Semaine", "Date", "Début", "Fin"]
    assert rows[2][:5] == [1.0, date(2027, 1, 11), "09:00", "09:45", 45.0]
    proof = book.get_sheet_by_name("Preuve").to_python()
    assert proof[2][:3] == ["Engagements", 1234.5, 1200.0]
    assert proof[3][-1] == "Prouvé : aucun plan permis ne fait mieux à ce niveau."


@pytest.mark.parametrize("audience", [None, "SECTEUR"])
def test_no_cell_is_a_formula(tmp_path: Path, audience: str | None) -> None:
    for sheet in load_workbook(written(tmp_path, ".xlsx", audience)):
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    text = written(tmp_path, ".csv", audience).read_text(encoding="utf-8-sig")
    starts = {cell[:1] for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row}
    assert starts.isdisjoint("=+-@\t\r")
    assert "'+AS02" in text


def test_the_table_has_a_row_a_part_and_an_answer_for_everything(tmp_path: Path) -> None:
    content = written(tmp_path, ".csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    plan = trapped_plan()
    states = [row["etat"] for row in rows]
    assert states.count("placé") == len(plan.assignments)
    assert states.count("réservé") == len(plan.reservations)
    assert (states.count("en attente"), states.count("non placé"), states.count("référent")) == (1, 4, 1)
    waiting = next(row for row in rows if row["etat"] == "en attente")
    assert (waiting["identifiant"], waiting["date"]) == ("DEM-2", "25/01/2027")


def events(content: bytes) -> list[Calendar]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_personal_calendar_holds_the_persons_own_events(tmp_path: Path) -> None:
    found = events(written(tmp_path, ".ics", "AS01").read_bytes())
    first = found[0]
    assert str(first["SUMMARY"]) == "Entretien"
    assert first.decoded("DTSTART").isoformat() == "2027-01-11T09:00:00+01:00"
    assert first["DTSTART"].params["TZID"] == "Europe/Paris"
    assert len(found) == 7  # 5 rows (4 with a site in common, 1 group) and 2 reservations of AS01


def test_a_manager_gets_their_own_calendar_and_a_team_everybodys(tmp_path: Path) -> None:
    assert [str(event["SUMMARY"]) for event in events(written(tmp_path, ".ics", "CT01").read_bytes())] == [
        "Réunion"
    ]
    everybody = events(written(tmp_path, ".ics").read_bytes())
    assert any(str(event["SUMMARY"]).startswith("EV01 : ") for event in everybody)
    assert len({str(event["UID"]) for event in everybody}) == len(everybody)


def test_the_same_event_keeps_its_uid_when_it_moves(tmp_path: Path) -> None:
    plan = trapped_plan()
    later = [
        row.model_copy(update={"start": row.start + timedelta(hours=1), "end": row.end + timedelta(hours=1)})
        for row in plan.assignments
    ]
    write_plan(
        trapped_week(), plan.model_copy(update={"assignments": tuple(later)}), tmp_path / "moved.ics", "AS01"
    )
    before = {str(event["UID"]) for event in events(written(tmp_path, ".ics", "AS01").read_bytes())}
    assert {str(event["UID"]) for event in events((tmp_path / "moved.ics").read_bytes())} == before


def test_summer_time_has_its_offset(tmp_path: Path) -> None:
    zone = next(
        iter(Calendar.from_ical(written(tmp_path, ".ics", "AS01").read_bytes()).walk("VTIMEZONE"))
    ).to_tz()
    assert datetime(2027, 7, 1, 9, tzinfo=zone).utcoffset() == timedelta(hours=2)
    assert at(0, "09:00").replace(tzinfo=zone).utcoffset() == timedelta(hours=1)


def test_an_archive_holds_one_calendar_a_person(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, ".zip", "SECTEUR")) as archive:
        assert archive.namelist() == ["+AS02.ics", "AS01.ics", "CESF01.ics", "CT01.ics"]
        assert archive.read("AS01.ics") == written(tmp_path, ".ics", "AS01").read_bytes()


def test_a_plan_without_anything_is_written_in_every_form(tmp_path: Path) -> None:
    plan = Plan(status="unknown", levels=(Level.of("autre", 0, 0),))
    for ending in WRITERS:
        for audience in (None, "SECTEUR", "CT01", "AS01"):
            write_plan(trapped_week(), plan, tmp_path / f"plan{ending}", audience)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing as a named pipe here")
def test_what_is_no_regular_file_is_not_replaced(tmp_path: Path) -> None:
    pipe, link = tmp_path / "plan.json", tmp_path / "lien.json"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(UnusableInput, match="pas un fichier ordinaire"):
            write_plan(trapped_week(), trapped_plan(), path)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("kind", "told"), [("IP_ECR", "bureau"), ("IP_CONC", ""), ("PARTENARIAT", "extérieur")]
)
def test_what_is_held_at_the_desk_is_not_outside(tmp_path: Path, kind: str, told: str) -> None:
    week = trapped_week()
    item = mission("ACTE", kind, "HH-DANGER-3", 60)
    fields = {name: getattr(week, name) for name in Week.model_fields}
    plan = Plan(
        status=Status.FEASIBLE,
        assignments=(row("ACTE", "EV01", 0, "09:00", "10:00", site_id=None, place="outside"),),
    )
    for ending in (".csv", ".ics"):
        write_plan(Week.model_validate(fields | {"missions": (item,)}), plan, tmp_path / f"plan{ending}")
    (only,) = csv.DictReader(io.StringIO((tmp_path / "plan.csv").read_text("utf-8-sig")), delimiter=";")
    assert only["lieu"] == told
    event = Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")[0]
    assert str(event.get("LOCATION", "")) == told


def test_reserved_time_is_named_in_french_in_a_table(tmp_path: Path) -> None:
    text = written(tmp_path, ".csv").read_text("utf-8-sig")
    found = [
        line["activite"]
        for line in csv.DictReader(io.StringIO(text), delimiter=";")
        if line["etat"] == "réservé"
    ]
    assert sorted(set(found)) == ["ECRITS", "GARDE_URGENCE", "PERMANENCE", "PREPARATION", "TRAJET"]
