"""Reads a week from a `.json` file, an `.xlsx` workbook or a folder of `.csv` tables."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from optimizer.files.building import built
from optimizer.files.draft import Draft
from optimizer.files.folder import draft_of_folder, is_read
from optimizer.files.json_week import read_json_week
from optimizer.files.raw import refused
from optimizer.files.sheets import listed, quoted
from optimizer.files.workbook import draft_of_workbook
from optimizer.warnings_of_week import warnings_of
from optimizer.week import Week

EXPECTED = "un fichier .json, un classeur .xlsx ou un dossier de fichiers .csv"


@dataclass(frozen=True)
class ReadWeek:
    """A week, and what its reader should know before trusting a plan of it (French sentences)."""

    week: Week
    warnings: tuple[str, ...]


def read_week(path: Path) -> ReadWeek:
    """The week at a path.

    Raises
    ------
    UnusableInput
        With every problem of every file, each naming the file, the line or the pointer, the value found and
        what was expected.
    """
    try:
        exists = path.exists()
    except (OSError, ValueError):
        raise refused(quoted(path), "un chemin impossible", EXPECTED) from None
    if not exists:
        raise refused(str(path), "rien à cet endroit", EXPECTED)
    ending = path.suffix.lower()
    if _is_a_folder_of_tables(path):
        return _read_tables(*draft_of_folder(path))
    if ending == ".json":
        week = read_json_week(path)
        return ReadWeek(week, tuple(warnings_of(week)))
    if ending == ".xlsx":
        return _read_tables(*draft_of_workbook(path))
    found = "une seule table" if ending == ".csv" else f"un fichier {quoted(ending or path.name)}"
    raise refused(path.name, found, EXPECTED)


def refuse_overwriting(output: Path, week: Path) -> None:
    """Nothing is written over what a week is read from, nor where the next reading would take it for a table.

    Raises
    ------
    UnusableInput
        The output is the week itself, or a table or an agenda of its folder.
    """
    with suppress(OSError, ValueError, RuntimeError):
        target, source = output.resolve(), week.resolve()
        if target.exists() and any(target.samefile(file) for file in _files_of(source)):
            raise refused(str(output), f"c'est la semaine elle-même, lue dans {week}", "un autre nom")
        if _is_a_folder_of_tables(source) and is_read(source, target):
            raise refused(
                str(output), f"un nom que la lecture de {week} prend pour une table", "un autre dossier"
            )


def _is_a_folder_of_tables(path: Path) -> bool:
    return path.is_dir() and path.suffix.lower() not in (".json", ".xlsx")


def _files_of(week: Path) -> Iterator[Path]:
    """The files behind a week; those of a folder are one or two levels down."""
    if not _is_a_folder_of_tables(week):
        yield week
        return
    yield from (file for file in (*week.glob("*"), *week.glob("*/*")) if is_read(week, file))


def _read_tables(draft: Draft, left: list[str]) -> ReadWeek:
    week = built(lambda: Week.model_validate(draft.raw), draft.raw, draft, draft.problems, draft.failed)
    warnings = [f"Laissés de côté, car ce ne sont pas des tables : {listed(left)}."] if left else []
    absent = [f"« {name} »" for name in ("missions", "accueil") if name not in draft.seen]
    if absent:
        warnings.append(f"Pas de table {' ni '.join(absent)} : la semaine est lue comme si elle était vide.")
    return ReadWeek(week, (*warnings, *warnings_of(week)))
