"""Tables of Markdown pages, made again in place between two marks."""

import re
from collections.abc import Iterable


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
