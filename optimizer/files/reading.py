"""Reads a week from a `.json` file, an `.xlsx` workbook or a folder of `.csv` tables."""

from dataclasses import dataclass
from pathlib import Path

from optimizer.files.building import built
from optimizer.files.draft import Draft
from optimizer.files.folder import draft_of_folder
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
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError):
        raise refused(quoted(path), "un chemin impossible", EXPECTED) from None
    if not exists:
        raise refused(str(path), "rien à cet endroit", EXPECTED)
    ending = path.suffix.lower()
    if is_folder and ending not in (".json", ".xlsx"):
        return _read_tables(*draft_of_folder(path))
    if ending == ".json":
        week = read_json_week(path)
        return ReadWeek(week, tuple(warnings_of(week)))
    if ending == ".xlsx":
        return _read_tables(*draft_of_workbook(path))
    found = "une seule table" if ending == ".csv" else f"un fichier {quoted(ending or path.name)}"
    raise refused(path.name, found, EXPECTED)


def _read_tables(draft: Draft, left: list[str]) -> ReadWeek:
    week = built(lambda: Week.model_validate(draft.raw), draft.raw, draft, draft.problems, draft.failed)
    warnings = [f"Laissés de côté, car ce ne sont pas des tables : {listed(left)}."] if left else []
    absent = [f"« {name} »" for name in ("missions", "accueil") if name not in draft.seen]
    if absent:
        warnings.append(f"Pas de table {' ni '.join(absent)} : la semaine est lue comme si elle était vide.")
    return ReadWeek(week, (*warnings, *warnings_of(week)))
