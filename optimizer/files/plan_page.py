"""A plan as one self-contained page; printed, each team's week holds on one A4 landscape sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from optimizer.files.grid import HALVES, Cell, Grid, grids
from optimizer.files.labels import DAYS, day, day_in_words, number
from optimizer.files.legend import legend
from optimizer.files.plan_rows import (
    Table,
    Value,
    late,
    left_out,
    loads,
    proof,
    queue,
    references,
    referents,
    status_text,
    unserved,
)
from optimizer.files.views import View
from optimizer.sentences import TEAMS

# Paper, in millimetres: what a sheet leaves for its rows and a half-day's column, once titles are printed.
BODY_HEIGHT = 172.0
CELL_WIDTH = 24.8
ROW_MARGIN = 1.0
MARGINS_OF_A_LINE = 0.95
POINT = 0.3528
LINE_HEIGHT = 1.16
SIZES = tuple(quarter / 4 for quarter in range(36, 11, -1))
READABLE = 5.75

# Widths of letters in a share of their size, for Arial and the fonts made to its measure.
NARROW = frozenset(" ().,·:;'’-/!|iltjfrI")
NARROW_WIDTH, CAPITAL_WIDTH, LETTER_WIDTH = 0.31, 0.7, 0.56


class Layout(StrEnum):
    """How the activities of a half-day are written, from the fullest to the most compact."""

    FULL = "full"
    BRIEF = "brief"
    FLOW = "flow"


@dataclass(frozen=True)
class Sheet:
    """One printed sheet: a team's week, its letter size in points, and how activities are written."""

    grid: Grid
    heading: str
    team: str
    size: float
    layout: Layout


def plan_html(view: View) -> bytes:
    """The page: no script, nothing loaded from elsewhere, every text escaped."""
    environment = Environment(
        loader=PackageLoader("optimizer", "files/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("plan.html").render(
        title=_title(view),
        marking=view.audience.marking,
        status=status_text(view),
        left_out=left_out(view),
        sheets=list(_sheets(view)),
        lists=list(_lists(view)),
        proof=proof(view),
        legend=legend(view),
        days=DAYS,
        halves=HALVES,
        text=_text,
        is_number=_is_number,
    )
    return page.encode()


def _title(view: View) -> str:
    first = view.week.horizon.first_day
    name = f" – {view.audience.name}" if view.audience.name else ""
    return f"Plan à partir du {day_in_words(first)} {first.year}{name}"


def _lists(view: View) -> Iterator[Table]:
    yield from (late(view), queue(view), unserved(view))
    if view.referents:
        yield referents(view)
    if view.loads:
        yield loads(view)
    if view.audience.is_whole:
        yield references(view)


def _sheets(view: View) -> Iterator[Sheet]:
    for grid in grids(view):
        monday, friday = grid.days[0], grid.days[-1]
        size, layout = fitting(grid)
        kind = TEAMS[grid.team.kind]
        service = grid.team.service_id
        yield Sheet(
            grid=grid,
            heading=f"Semaine du {day_in_words(monday)} au {day_in_words(friday)} {friday.year}",
            team=kind if service == grid.team.kind else f"{kind} ({service})",
            size=size,
            layout=layout,
        )


def fitting(grid: Grid) -> tuple[float, Layout]:
    """The letters with which a team holds on one sheet, in the fullest layout in which they stay readable."""
    largest = {layout: _largest(grid, layout) for layout in Layout}
    for layout, size in largest.items():
        if size >= READABLE:
            return size, layout
    best = max(largest, key=lambda layout: largest[layout])
    return largest[best], best


def _largest(grid: Grid, layout: Layout) -> float:
    fits = (size for size in SIZES if _height(grid, size, layout) <= BODY_HEIGHT)
    return next(fits, SIZES[-1])


def _height(grid: Grid, size: float, layout: Layout) -> float:
    """Millimetres that the rows take, estimated from the width of their letters."""
    per_line = CELL_WIDTH / (size * POINT)
    lines = [max(1, *(_lines(cell, per_line, layout) for cell in row.cells)) for row in grid.rows]
    return sum(count * size * POINT * LINE_HEIGHT + ROW_MARGIN for count in lines)


def _lines(cell: Cell, per_line: float, layout: Layout) -> int:
    if layout is Layout.FLOW:
        return _wrapped(" · ".join(cell.brief_texts), per_line)
    texts = cell.texts if layout is Layout.FULL else cell.brief_texts
    return sum(_wrapped(text, MARGINS_OF_A_LINE * per_line) for text in texts)


def _wrapped(text: str, per_line: float) -> int:
    """How many lines a text takes when it breaks at spaces, and inside what is longer than a line."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        width = _width(word)
        if used and used + NARROW_WIDTH + width > per_line:
            lines, used = lines + 1, 0.0
        used += width + (NARROW_WIDTH if used else 0.0)
        lines, used = lines + int(used / per_line), used % per_line
    return lines


@lru_cache(maxsize=100_000)
def _width(text: str) -> float:
    """In a share of the letters' size."""
    return sum(_width_of(letter) for letter in text)


def _width_of(letter: str) -> float:
    if letter in NARROW:
        return NARROW_WIDTH
    return CAPITAL_WIDTH if letter.isupper() else LETTER_WIDTH


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int | float) else value


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float)
