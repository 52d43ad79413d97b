"""A week being read: its raw content, where each part comes from, and what is wrong so far."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from optimizer.errors import Problem
from optimizer.files.french_tables import MISSION_TYPES
from optimizer.files.sheets import quoted
from optimizer.files.table_rows import ReadRow

Loc = tuple[str | int, ...]
Raw = dict[str, object]


class Origin(Protocol):
    """Tells where a part of the raw content stands in the files."""

    def where(self, loc: Loc) -> str:
        """The file and the line, or the file and the pointer."""

    def found(self, _loc: Loc, value: object, /) -> str:
        """The value as the user wrote it."""

    def name(self, _loc: Loc, /) -> str:
        """What the user calls the field at the end of a path."""


@dataclass
class Draft:
    """The raw tables of a week, filled row by row; `source` names the folder or the workbook."""

    source: str
    seen: set[str] = field(default_factory=set)
    horizon: tuple[date, int] | None = None
    tables: dict[str, list[Raw]] = field(default_factory=dict)
    parts: Raw = field(default_factory=dict)
    rows: dict[Loc, ReadRow] = field(default_factory=dict)
    failed: set[Loc] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, table: str, row: ReadRow, value: Raw) -> None:
        """Appends one row to a table of the week, and remembers where it comes from."""
        raws = self.tables.setdefault(table, [])
        self.remember((table, len(raws)), row)
        raws.append(value)

    def remember(self, loc: Loc, row: ReadRow) -> None:
        """Notes which row of which file a part of the week comes from."""
        self.rows[loc] = row
        self.failed |= {(*loc, name) for name in row.failed}

    def refuse(
        self, row: ReadRow, name: str, found: str, expected: str, fields: tuple[str, ...] = ()
    ) -> None:
        """Notes a problem of one cell; `fields` of the week stay without a value for that reason."""
        row.failed |= {name, *fields}
        self.problems.append(Problem(row.at(name), found, expected))

    @property
    def raw(self) -> Raw:
        """The content as `Week` takes it."""
        return {**self.tables, **self.parts}

    def where(self, loc: Loc) -> str:
        """The file, the line and the column behind a part of the week."""
        row, name = self._cell(loc)
        return row.at(name) if row else self.source

    def found(self, loc: Loc, value: object) -> str:
        """The cell as it was written, when there is one."""
        row, name = self._cell(loc)
        return quoted(row.cells.get(name, value) if row else value)

    def name(self, loc: Loc) -> str:
        """The column of a field; rows of types alone may want one, the others are checked cell by cell."""
        field = str(loc[-1])
        columns = MISSION_TYPES.columns if loc[0] == "mission_types" else ()
        return next((column.name for column in columns if column.field == field), field)

    def _cell(self, loc: Loc) -> tuple[ReadRow | None, str]:
        """The row behind a part of the week, and the field whose cell holds it."""
        for size in range(len(loc), 0, -1):
            if row := self.rows.get(loc[:size]):
                names = [str(step) for step in loc[size:]] or ["value"]
                return row, next((name for name in names if name in row.columns), names[0])
        return None, ""
