"""A week as a folder: one `.csv` a table, and `agendas/ID.ics` for busy events."""

from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.agenda import add_agenda
from optimizer.files.assembly import assemble
from optimizer.files.draft import Draft
from optimizer.files.french_tables import SHAPES
from optimizer.files.raw import bytes_of, files_of, rows_of_csv, text_of
from optimizer.files.sheets import MAX_ROWS, Row, Sheet, folded, nearest, quoted

AGENDAS = "agendas"
_IGNORED = {".md", ".txt", ".pdf", ".html"}


def draft_of_folder(path: Path) -> tuple[Draft, list[str]]:
    """The draft of the folder's week, and the files that were left aside."""
    sheets: dict[str, Sheet] = {}
    problems: list[Problem] = []
    agendas: list[Path] = []
    left: list[str] = []
    unread: set[str] = set()
    for file in files_of(path):
        if _is_hidden(file) or file.suffix.lower() in _IGNORED:
            continue
        try:
            if folded(file.name) == AGENDAS:
                agendas += _agendas_in(file, left)
            elif file.suffix.lower() == ".csv":
                _add(sheets, _sheet(file))
            else:
                left.append(file.name)
        except UnusableInput as error:
            problems += error.problems
            unread.add(folded(file.stem))
    draft = assemble(sheets, path.resolve().name, unread)
    draft.problems[:0] = problems
    for agenda in agendas:
        add_agenda(draft, agenda, draft.horizon)
    return draft, left


def is_read(folder: Path, file: Path) -> bool:
    """Whether a file of that path, there or not yet, is a table or an agenda for who reads the folder."""
    ending = file.suffix.lower()
    if _is_hidden(file):
        return False
    if file.parent == folder:
        return ending == ".csv"
    return ending == ".ics" and file.parent.parent == folder and folded(file.parent.name) == AGENDAS


def _is_hidden(file: Path) -> bool:
    return file.name.startswith((".", "~"))


def _add(sheets: dict[str, Sheet], sheet: Sheet) -> None:
    if known := sheets.get(sheet.table):
        found = f"une deuxième table {quoted(sheet.table)}, après {known.label}"
        raise UnusableInput([Problem(sheet.label, found, "une seule")])
    sheets[sheet.table] = sheet


def _agendas_in(folder: Path, left: list[str]) -> list[Path]:
    if not folder.is_dir():
        raise UnusableInput([Problem(folder.name, "un fichier", "un dossier de fichiers .ics")])
    files = [file for file in files_of(folder) if not _is_hidden(file)]
    left += [f"{folder.name}/{file.name}" for file in files if file.suffix.lower() != ".ics"]
    return [file for file in files if file.suffix.lower() == ".ics"]


def _sheet(file: Path) -> Sheet:
    table = folded(file.stem)
    if table not in SHAPES:
        expected = f"une table parmi {', '.join(SHAPES)}{nearest(file.stem, SHAPES)}"
        raise UnusableInput([Problem(file.name, f"table inconnue {quoted(file.stem)}", expected)])
    rows: list[Row] = []
    for line, values in rows_of_csv(text_of(bytes_of(file), file.name), file.name):
        trimmed = tuple(" ".join(value.split()) for value in values)
        if any(trimmed):
            rows.append(Row(line, trimmed))
        if len(rows) > MAX_ROWS + 1:
            break
    return Sheet(table, file.name, tuple(rows))
