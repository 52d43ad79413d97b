"""A workbook: the tables of a folder as its sheets, and what only looks like one."""

import io
import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from week_folders import SMALL, folder, problems_of_reading

from optimizer.files.reading import read_week
from optimizer.files.week_writing import write_week
from optimizer.files.workbook import _CELL, _legible, text_of_value


def workbook(path: Path, **changes: str) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, text in (SMALL | changes).items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(text.splitlines()):
                sheet.write_row(number, 0, line.split(";"))
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The workbook with one part of its archive replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in (parts | {name: content}).items():
            archive.writestr(part, text)
    return path


def test_a_workbook_reads_as_the_folder_does(tmp_path: Path) -> None:
    plain = read_week(folder(tmp_path / "folder"))
    assert read_week(workbook(tmp_path / "semaine.xlsx")) == plain


def test_real_dates_hours_and_numbers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "semaine.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
        for name, text in SMALL.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(text.splitlines()):
                for column, cell in enumerate(line.split(";")):
                    value = _typed(cell)
                    sheet.write(number + 2, column + (name == "horizon"), value, formats.get(type(value)))
    assert read_week(path).week == read_week(folder(tmp_path / "folder")).week


_FORMATS = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", time: "hh:mm", float: "0 %"}


def _typed(cell: str) -> object:
    for form, kind in (("%d/%m/%Y %H:%M", "datetime"), ("%d/%m/%Y", "date"), ("%H:%M", "time")):
        try:
            moment = datetime.strptime(cell, form)
        except ValueError:
            continue
        return {"datetime": moment, "date": moment.date(), "time": moment.time()}[kind]
    if cell.endswith(" %"):
        return int(cell[:-2]) / 100
    return int(cell) if cell.isdecimal() else cell


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (80.0, "80"),
        (0.8, "0.8"),
        (True, "oui"),
        (time(8, 29, 59, 999_999), "08:30"),
        (datetime(2027, 1, 11, 14), "11/01/2027 14:00"),
        (date(2027, 1, 11), "11/01/2027"),
        (" MDS\xa0A ", "MDS A"),
    ],
)
def test_a_cell_is_told_as_a_table_would(value: object, text: str) -> None:
    assert text_of_value(value) == text


def test_a_wrong_cell_is_told_with_its_sheet_and_line(tmp_path: Path) -> None:
    told = problems_of_reading(
        workbook(tmp_path / "s.xlsx", missions=SMALL["missions"].replace(";45;", ";abc;"))
    )
    assert told == [
        "s.xlsx, feuille « missions », ligne 2, colonne duree_min : « abc » ; attendu : un nombre entier"
    ]


def test_an_unknown_sheet_is_refused_unless_it_is_empty_or_a_note(tmp_path: Path) -> None:
    told = problems_of_reading(workbook(tmp_path / "s.xlsx", mission="id;type"))
    assert told[0].startswith("s.xlsx, feuille « mission » : feuille inconnue")
    read = read_week(workbook(tmp_path / "s.xlsx", Feuil1="", LisezMoi="bonjour"))
    assert read.warnings == ("Laissés de côté, car ce ne sont pas des tables : LisezMoi.",)


@pytest.mark.parametrize(
    "content", [b"", b"bonjour", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"{}"]
)
def test_what_is_not_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.xlsx").write_bytes(content)
    told = problems_of_reading(tmp_path / "s.xlsx")
    assert len(told) == 1 and "pas un classeur" in told[0]


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "s.xlsx", "w") as archive:
        archive.writestr("photo.txt", "x")
    assert "classeur" in problems_of_reading(tmp_path / "s.xlsx")[0]


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = with_part(workbook(tmp_path / "s.xlsx"), "xl/bomb.xml", b"0" * 150_000_000)
    assert path.stat().st_size < 1_000_000
    assert "plus de 100 Mo" in problems_of_reading(path)[0]


def test_a_zip_bomb_whose_headers_lie_is_refused(tmp_path: Path) -> None:
    path = with_part(workbook(tmp_path / "s.xlsx"), "xl/bomb.xml", b"0" * 150_000_000)
    packed = path.read_bytes()
    lying = packed.replace(struct.pack("<L", 150_000_000), struct.pack("<L", 10))
    assert lying != packed
    path.write_bytes(lying)
    assert "classeur" in problems_of_reading(path)[0]


def test_a_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "s.xlsx")) as book:
        book.add_worksheet("horizon").write(1_048_575, 16_383, "x")
    assert "cellules au loin" in problems_of_reading(tmp_path / "s.xlsx")[0]


def test_a_damaged_sheet_is_refused(tmp_path: Path) -> None:
    path = with_part(
        workbook(tmp_path / "s.xlsx"), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c"
    )
    assert len(problems_of_reading(path)) >= 1
    path = with_part(workbook(tmp_path / "s.xlsx"), "xl/workbook.xml", b"\xff")
    assert len(problems_of_reading(path)) >= 1


def test_a_repeated_part_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a", "x")
        archive.writestr("a", "y")
    (tmp_path / "s.xlsx").write_bytes(content.getvalue())
    assert "classeur" in problems_of_reading(tmp_path / "s.xlsx")[0]


def test_a_week_written_as_a_workbook_reads_again(tmp_path: Path) -> None:
    week = read_week(folder(tmp_path / "folder")).week
    write_week(week, tmp_path / "s.xlsx")
    assert read_week(tmp_path / "s.xlsx").week == week


def test_an_error_or_a_formula_never_run_is_not_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "semaine.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("horizon")
        sheet.write_row(0, 0, ["premier_jour", "semaines"])
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
        sheet.write_formula(1, 1, "=1+1", None, "")
    told = problems_of_reading(path)
    assert any("colonne premier_jour : « #N/A »" in sentence for sentence in told), told
    assert any("colonne semaines : « formule sans valeur enregistrée »" in sentence for sentence in told), (
        told
    )


def test_a_formula_that_gives_nothing_is_an_empty_cell() -> None:
    cell = b'<c r="A1" s="2" t="str"><f>IF(1,"","")</f><v></v></c>'
    assert _CELL.sub(_legible, cell) == cell
    row = b'<c r="A1" s="2"/><c r="B1" t="e"><f>NA()</f><v>#N/A</v></c><c r="C1"><v>3</v></c>'
    assert _CELL.sub(_legible, row) == (
        b'<c r="A1" s="2"/><c r="B1" t="inlineStr"><is><t>#N/A</t></is></c><c r="C1"><v>3</v></c>'
    )
