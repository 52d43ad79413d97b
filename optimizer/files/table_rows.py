"""From the text cells of one sheet to converted values; every cell that cannot be read is a problem."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from optimizer.errors import Problem, WrongValue
from optimizer.files.french_tables import Column, TableShape
from optimizer.files.sheets import MAX_ROWS, Row, Sheet, folded, listed, nearest, quoted


@dataclass
class ReadRow:
    """One row: its values by field, the fields that could not be read, and where each cell stands."""

    where: str
    values: dict[str, object] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    columns: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def at(self, name: str) -> str:
        """Where the cell of a field stands."""
        return f"{self.where}, colonne {self.columns[name]}" if name in self.columns else self.where


def rows_of(sheet: Sheet, shape: TableShape, problems: list[Problem]) -> list[ReadRow]:
    """The rows of a sheet under the columns of its shape; adds what is wrong to `problems`."""
    if not sheet.rows:
        problems.append(Problem(sheet.label, "une table vide", _first_line(shape)))
        return []
    if len(sheet.rows) > MAX_ROWS:
        problems.append(Problem(sheet.label, f"{len(sheet.rows)} lignes", f"au plus {MAX_ROWS} lignes"))
        return []
    header, *body = sheet.rows
    where = f"{sheet.label}, ligne {header.line}"
    before = len(problems)
    columns = _columns_of(header, shape, where, problems)
    found = [column.name for column in columns if column]
    if len(set(found)) < len(found):
        return []
    if not found or len(header.cells) == 1:
        del problems[before:]
        problems.append(Problem(where, quoted(";".join(header.cells)), _first_line(shape)))
        return []
    lacking = {column.field for column in shape.columns if column.is_filled and column not in columns}
    rows = [_read(row, columns, header, sheet.label, problems) for row in body]
    for row in rows:
        row.failed |= lacking
    return rows


def _first_line(shape: TableShape) -> str:
    return "une première ligne de colonnes : " + ";".join(column.name for column in shape.columns[:5]) + "…"


def _columns_of(header: Row, shape: TableShape, where: str, problems: list[Problem]) -> list[Column | None]:
    columns = [shape.column(folded(name)) for name in header.cells]
    names = [column.name for column in shape.columns]
    for name, column in zip(header.cells, columns, strict=True):
        if column is None and name:
            expected = f"une des colonnes {listed(names, 30)}{nearest(name, names)}"
            problems.append(Problem(where, f"colonne inconnue {quoted(name)}", expected))
    found = [column.name for column in columns if column]
    for column in shape.columns:
        if column.is_filled and column.name not in found:
            problems.append(
                Problem(where, f"pas de colonne {quoted(column.name)}", "cette colonne, obligatoire")
            )
    for name in sorted({name for name in found if found.count(name) > 1}):
        problems.append(
            Problem(where, f"colonne {quoted(name)} présente {found.count(name)} fois", "une seule fois")
        )
    return columns


def _read(
    row: Row, columns: list[Column | None], header: Row, label: str, problems: list[Problem]
) -> ReadRow:
    read = ReadRow(f"{label}, ligne {row.line}")
    for column, name, cell in zip(columns, header.cells, row.cells, strict=False):
        if column:
            problems.extend(_read_cell(column, cell, read))
        elif cell and not name:
            problems.append(Problem(read.where, f"{quoted(cell)} sous aucune colonne", "une cellule vide"))
    for cell in row.cells[len(columns) :]:
        if cell:
            problems.append(
                Problem(read.where, f"{quoted(cell)} après la dernière colonne", "une cellule vide")
            )
    for column in columns[len(row.cells) :]:
        if column:
            problems.extend(_read_cell(column, "", read))
    return read


def _read_cell(column: Column, cell: str, read: ReadRow) -> Iterator[Problem]:
    name = column.field or column.name
    read.columns[name] = column.name
    read.cells[name] = cell
    if not cell:
        if column.is_filled:
            read.failed.add(name)
            yield Problem(read.at(name), "une cellule vide", "une valeur, obligatoire")
        elif column.when_empty is not None:
            read.values[name] = column.when_empty
        return
    try:
        value = column.convert(cell)
    except WrongValue as error:
        read.failed.add(name)
        yield Problem(read.at(name), error.found, error.expected)
        return
    if column.field:
        read.values[name] = value
    elif isinstance(value, dict):
        read.values |= value
        read.columns |= dict.fromkeys(value, column.name)
        read.cells |= dict.fromkeys(value, cell)
