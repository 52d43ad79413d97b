"""A table as it was found: rows of text cells, each with the line number that a spreadsheet shows."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MAX_ROWS = 100_000


@dataclass(frozen=True)
class Row:
    """The cells of one line."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The lines of a table that hold something; the first one is the header.

    `label` is how messages name it: `missions.csv`, or `semaine.xlsx, feuille missions`.
    """

    table: str
    label: str
    rows: tuple[Row, ...]


def quoted(value: object) -> str:
    """A value as messages show it: between French quotation marks, printable and short."""
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(value)[:61])
    return f"« {text[:60]}… »" if len(text) > 60 else f"« {text} »"


def folded(name: str) -> str:
    """A name without case, accents or spaces, so that `Durée min` and `duree_min` are one."""
    bare = unicodedata.normalize("NFKD", name.strip().casefold())
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return "_".join(letters.replace("-", "_").split())


def nearest(value: str, known: Iterable[str]) -> str:
    """What the user may have meant, as the end of a sentence; empty when nothing is close."""
    names = sorted(set(known))
    by_fold = {folded(name): name for name in names}
    close = get_close_matches(folded(value)[:64], list(by_fold), n=1, cutoff=0.6)
    return f" (peut-être {quoted(by_fold[close[0]])} ?)" if close else ""


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Names separated by commas, cut when there are too many."""
    every = list(names)
    more = f" et {len(every) - limit} autres" if len(every) > limit else ""
    return ", ".join(every[:limit]) + more
