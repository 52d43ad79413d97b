"""A week written in any of the forms that `read_week` reads: `.json`, `.xlsx`, or a folder of `.csv`."""

import csv
import io
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import told_in_french, writable, write_whole
from optimizer.files.week_json import week_json
from optimizer.files.week_tables import tables_of, week_workbook
from optimizer.week import Week

FORMS = {".json": week_json, ".xlsx": week_workbook}


def refuse_unwritable_week(path: Path) -> None:
    """Refuse a path where no week can be written.

    Raises
    ------
    UnusableInput
        An ending that is none of these; a folder that is not empty; nowhere to write.
    """
    ending = path.suffix.lower()
    if ending in FORMS:
        writable(path)
    elif ending:
        found = f"une forme inconnue, {ending}"
        raise UnusableInput([Problem(str(path), found, "un nom en .json ou .xlsx, ou un dossier")])
    else:
        _refuse_full_folder(path)


def _refuse_full_folder(path: Path) -> None:
    with told_in_french(path):
        if path.is_dir():
            if any(path.iterdir()):
                raise UnusableInput([Problem(str(path), "un dossier qui n'est pas vide", "un dossier vide")])
        elif path.exists():
            raise UnusableInput([Problem(str(path), "c'est un fichier", "un dossier")])
    writable(path / "semaine.csv" if path.is_dir() else path)


def write_week(week: Week, path: Path) -> None:
    """Write a week by its ending; it is there whole or not at all."""
    refuse_unwritable_week(path)
    form = FORMS.get(path.suffix.lower())
    if form:
        write_whole(path, form(week))
    else:
        _write_folder(week, path)


def _write_folder(week: Week, path: Path) -> None:
    """Tables in UTF-8 with BOM and semicolons, made aside and put in place at once."""
    aside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    with told_in_french(path):
        try:
            aside.mkdir()
            for name, lines in tables_of(week).items():
                stream = io.StringIO(newline="")
                csv.writer(stream, delimiter=";").writerows(lines)
                (aside / f"{name}.csv").write_bytes(("\ufeff" + stream.getvalue()).encode())
            if path.is_dir():
                path.rmdir()
            aside.replace(path)
        finally:
            with suppress(OSError):
                shutil.rmtree(aside)
