"""Files of results, and the tables of Markdown pages that are made again from them, between two marks."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path


def line(cells: Iterable[str]) -> str:
    """A line of a table."""
    return "| " + " | ".join(cells) + " |"


def table(header: list[str], rows: Iterable[Iterable[str]]) -> str:
    """A table with its header."""
    return "\n".join([line(header), line(["---"] * len(header)), *map(line, rows)])


def between(page: str, name: str, text: str) -> str:
    """The page with what stands between two marks replaced."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    return re.sub(f"{begin}.*?{end}", lambda _: f"{begin}\n{text}\n{end}", page, flags=re.DOTALL)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of results, none when there is no file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write_rows(path: Path, names: list[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a file of results whole."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
