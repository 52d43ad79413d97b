"""Bytes of a file, bounded, and the text they hold."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.system import reason_of

MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
MAX_LINE = 1_000_000
MAX_LINES = 2_000_000
MAX_COLUMNS = 1_000
_TEXT_CONTROLS = frozenset("\t\n\r")


def refused(where: str, found: str, expected: str) -> UnusableInput:
    """The error of a file that cannot be read at all."""
    return UnusableInput([Problem(where, found, expected)])


def bytes_of(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a regular file of at most `limit` bytes."""
    try:
        if path.is_dir():
            raise refused(path.name, "un dossier", "un fichier")
        if not path.is_file():
            raise refused(str(path), "rien à cet endroit", "un fichier qui existe")
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise refused(
            path.name, f"fichier illisible ({reason_of(error)})", "un fichier que l'on peut ouvrir"
        ) from None
    if len(content) > limit:
        raise refused(
            path.name, f"plus de {limit // MEGABYTE} Mo", f"un fichier d'au plus {limit // MEGABYTE} Mo"
        )
    return content


def files_of(folder: Path) -> list[Path]:
    """What a folder holds, in the order of names."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        found = f"dossier illisible ({reason_of(error)})"
        raise refused(folder.name, found, "un dossier que l'on peut ouvrir") from None


def text_of(content: bytes, label: str) -> str:
    """The text of bytes in UTF-8 (with or without BOM), else Windows-1252, else ISO-8859-1."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(
            label,
            "un texte en UTF-16",
            "un texte en UTF-8 ou en Windows-1252 (« CSV UTF-8 » au moment d'enregistrer)",
        )
    text = next(_decoded(content))
    if any(ord(char) < 32 and char not in _TEXT_CONTROLS for char in set(text)):
        raise refused(label, "un fichier qui n'est pas du texte", "un texte en UTF-8 ou en Windows-1252")
    return text


def _decoded(content: bytes) -> Iterator[str]:
    for encoding in ("utf-8-sig", "cp1252", "iso-8859-1"):
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError:
            continue


def rows_of_csv(text: str, label: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a text in semicolons, numbered as a spreadsheet numbers them."""
    if any(len(line) > MAX_LINE for line in text.split("\n")):
        raise refused(label, f"une ligne de plus de {MAX_LINE} caractères", "des lignes de quelques cellules")
    if text.count("\n") > MAX_LINES:
        raise refused(label, f"plus de {MAX_LINES} lignes", "un fichier sans lignes vides à la suite")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    line = 0
    try:
        for line, cells in enumerate(reader, start=1):
            if len(cells) > MAX_COLUMNS:
                where = f"{label}, ligne {line}"
                raise refused(where, f"{len(cells)} cellules", f"au plus {MAX_COLUMNS} cellules")
            yield line, cells
    except csv.Error:
        raise refused(
            f"{label}, ligne {line + 1}",
            "une ligne illisible (guillemet mal fermé ?)",
            "des cellules séparées par « ; »",
        ) from None
