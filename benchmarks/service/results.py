"""Rows of the measures of the service: a file each, and a table in `benchmarks/README.md`."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.service.databases import KINDS
from benchmarks.tables import between, read_rows, table, write_rows

HERE = Path(__file__).parent
PAGE = HERE.parent / "README.md"


def keep(measure: str, rows: Iterable[Any]) -> None:
    """Put rows (dataclasses that begin with `database`) in place of those of the same databases."""
    measured = [{name: str(value) for name, value in asdict(row).items()} for row in rows]
    path, databases = HERE / f"{measure}.csv", {row["database"] for row in measured}
    known = [row for row in read_rows(path) if row["database"] not in databases]
    names = list(measured[0])
    kept = sorted([*known, *measured], key=lambda row: KINDS.index(row["database"]))
    write_rows(path, names, kept)
    text = table([name.replace("_", " ") for name in names], ([row[name] for name in names] for row in kept))
    page = between(PAGE.read_text(encoding="utf-8"), f"service {measure}", text)
    PAGE.write_text(page, encoding="utf-8")


def databases_told(document: str | None, add: Callable[[argparse.ArgumentParser], object]) -> Any:
    """What the command line says: `databases`, all by default, and what `add` adds."""
    parser = argparse.ArgumentParser(
        description=document, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("databases", nargs="*", metavar="DATABASE", help=" or ".join(KINDS))
    add(parser)
    told = parser.parse_args()
    told.databases = told.databases or list(KINDS)
    if unknown := set(told.databases) - set(KINDS):
        parser.error(f"no database {', '.join(sorted(unknown))}: {' or '.join(KINDS)}")
    return told
