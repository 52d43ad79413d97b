"""A week as one `.xlsx` workbook: the tables of a folder as its sheets, read without trusting the file.

The archive is unpacked here, under a bound, and packed again before the reader of workbooks sees it: what a
header claims about sizes decides nothing.
"""

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from optimizer.errors import Problem, UnusableInput
from optimizer.files.assembly import assemble
from optimizer.files.draft import Draft
from optimizer.files.french_tables import SHAPES
from optimizer.files.raw import MEGABYTE, bytes_of, refused
from optimizer.files.sheets import Row, Sheet, folded, nearest, quoted

MAX_UNPACKED_BYTES = 100 * MEGABYTE
MAX_PARTS = 1_000
MAX_CELLS = 4_000_000
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_CELL = re.compile(rb"<c\s([^<>]*[^/<>])>((?:(?!<c\s)[\s\S])*?)</c>")
_TYPE = re.compile(rb"""\st\s*=\s*["']([a-zA-Z]*)["']""")
_VALUE = re.compile(rb"<v[^>/]*>([^<]+)</v>")
_WITHOUT_VALUE = "formule sans valeur enregistrée".encode()
_IGNORED_SHEETS = {"lisezmoi", "aide", "notes"}
_CHUNK = 1024 * 1024


def draft_of_workbook(path: Path) -> tuple[Draft, list[str]]:
    """The draft of the workbook's week, and the sheets that were left aside."""
    content = repacked(bytes_of(path), path.name)
    sheets: dict[str, Sheet] = {}
    problems: list[Problem] = []
    left: list[str] = []
    for name, rows in _sheets_of(content, path.name):
        label, table = f"{path.name}, feuille {quoted(name)}", folded(name)
        if not rows or table in _IGNORED_SHEETS:
            left += [name] if rows else []
        elif table not in SHAPES:
            expected = f"une table parmi {', '.join(SHAPES)}{nearest(name, SHAPES)}"
            problems.append(Problem(label, "feuille inconnue", expected))
        elif table in sheets:
            problems.append(Problem(label, f"une deuxième table {quoted(table)}", "une seule"))
        else:
            sheets[table] = Sheet(table, label, rows)
    draft = assemble(sheets, path.name)
    draft.problems[:0] = problems
    return draft, left


def repacked(content: bytes, label: str) -> bytes:
    """The same archive, stored without compression once its parts are known to be small."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _unpacked(packed, label)
    except UnusableInput:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        found = "un fichier qui n'est pas un classeur (ou protégé par un mot de passe, ou abîmé)"
        raise refused(label, found, "un classeur .xlsx") from None


def _unpacked(packed: zipfile.ZipFile, label: str) -> bytes:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or len(names) < len(parts):
        raise refused(label, f"une archive de {len(parts)} parties", "un classeur .xlsx ordinaire")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise _too_large(label)
    left = MAX_UNPACKED_BYTES
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as stored:
        for part in parts:
            text = _part(packed, part, left, label)
            left -= len(text)
            _check_extent(text, label)
            if part.filename.startswith("xl/worksheets/") and (b'"e"' in text or b"<f" in text):
                text = _CELL.sub(_legible, text)
            stored.writestr(part.filename, text)
    return target.getvalue()


def _legible(cell: re.Match[bytes]) -> bytes:
    """The same cell, or a text where its reader would find nothing: an error, a formula never run."""
    attributes, content = cell.groups()
    kind, value = _TYPE.search(b" " + attributes), _VALUE.search(content)
    if kind and kind[1] == b"e":
        text = value[1] if value else b"#ERREUR"
    elif b"<f" in content and not value and not (kind and kind[1] == b"str"):
        text = _WITHOUT_VALUE
    else:
        return cell[0]
    others = _TYPE.sub(b"", b" " + attributes)
    return b"<c" + others + b' t="inlineStr"><is><t>' + text + b"</t></is></c>"


def _part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, label: str) -> bytes:
    chunks: list[bytes] = []
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _too_large(label)
            chunks.append(chunk)
    return b"".join(chunks)


def _too_large(label: str) -> UnusableInput:
    most = MAX_UNPACKED_BYTES // MEGABYTE
    return refused(
        label, f"plus de {most} Mo une fois décompressé", f"un classeur d'au plus {most} Mo décompressé"
    )


def _check_extent(text: bytes, label: str) -> None:
    """The reader of workbooks reserves the whole rectangle of a sheet: a far cell would fill the memory."""
    columns = rows = 0
    for match in _REFERENCE.finditer(text):
        letters, row = match.groups()
        columns = max(columns, _column_number(letters))
        rows = max(rows, int(row))
    if rows * columns > MAX_CELLS:
        found = f"une feuille étendue à {rows} lignes et {columns} colonnes"
        raise refused(
            label, found, "des feuilles sans cellules au loin (supprimer les lignes et colonnes vides)"
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _sheets_of(content: bytes, label: str) -> list[tuple[str, tuple[Row, ...]]]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        kinds = {sheet.name: sheet.typ for sheet in workbook.sheets_metadata}
        names = [
            name for name in workbook.sheet_names if kinds[name] == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return [(name, _rows(workbook.get_sheet_by_name(name))) for name in names]
    except BaseException as error:  # a panic of the reader is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise refused(label, "un classeur illisible", "un classeur .xlsx") from None


def _rows(sheet: python_calamine.CalamineSheet) -> tuple[Row, ...]:
    every = (
        Row(line, tuple(text_of_value(value) for value in values))
        for line, values in enumerate(sheet.to_python(skip_empty_area=False), start=1)
    )
    return tuple(row for row in every if any(row.cells))


def text_of_value(value: object) -> str:
    """The text that a `.csv` would hold for a cell."""
    match value:
        case bool():
            return "oui" if value else "non"
        case float():
            return f"{value:.10g}"
        case datetime():
            return f"{value:%d/%m/%Y} {_clock(value)}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return _clock(datetime.combine(date.min, value))
        case timedelta():
            return _clock(datetime.min + value % timedelta(days=1))
    return " ".join(str(value).split())


def _clock(moment: datetime) -> str:
    """Hours and minutes; a spreadsheet keeps fractions of a day, so the last second is rounded."""
    rounded = moment.replace(microsecond=0) + timedelta(seconds=moment.microsecond >= 500_000)
    return f"{rounded:%H:%M:%S}".removesuffix(":00")
