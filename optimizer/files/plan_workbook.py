"""A plan as a workbook that reads and prints as it opens; texts stay texts, never formulas."""

import io
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from optimizer.files.grid import Cell, Grid, GridRow, grids
from optimizer.files.labels import day_in_words
from optimizer.files.legend import legend
from optimizer.files.plan_rows import Table, Value, status_text, tables
from optimizer.files.views import View
from optimizer.sentences import INDICATOR_WORDS, INDICATORS

A4 = 9
HEADER_ROW = 1
PEOPLE_COLUMNS = ("Équipe", "Personne", "Profession")
LINE_HEIGHT = 12.5
MAX_ROW_HEIGHT = 400
WIDTH_OF_HALF_DAY = 19
LETTERS_OF_HALF_DAY = 25


class Styles(NamedTuple):
    """The few cell formats of the workbook."""

    title: Format
    head: Format
    text: Format
    day: Format
    whole: Format
    decimal: Format
    bold: Format
    cell: Format
    away: Format
    remote: Format


def plan_xlsx(view: View) -> bytes:
    """The workbook: a sheet a week, then the lists, the proof and what the words mean."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(content, options)
    first = view.week.horizon.first_day
    book.set_properties(
        {"title": "Plan de la semaine", "created": datetime(first.year, first.month, first.day)}
    )
    styles = _styles(book)
    for index, shown in groupby(grids(view), key=lambda grid: grid.index):
        _write_week(book.add_worksheet(f"Semaine {index + 1}"), view, list(shown), styles)
    for table in tables(view):
        _write_table(book.add_worksheet(table.title), view, table, styles)
    if view.audience.is_whole and view.plan.indicators:
        _write_table(book.add_worksheet("Indicateurs"), view, _indicators(view), styles)
    _write_table(book.add_worksheet("Légende"), view, legend(view), styles)
    book.close()
    return content.getvalue()


def _styles(book: xlsxwriter.Workbook) -> Styles:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "border": 1, "border_color": "#B8BEC6"}
    wrapped = base | {"text_wrap": True}
    head = wrapped | {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter"}
    return Styles(
        title=book.add_format({"bold": True, "font_size": 13}),
        head=book.add_format(head),
        text=book.add_format(wrapped),
        day=book.add_format(base | {"num_format": "dd/mm/yyyy", "align": "left"}),
        whole=book.add_format(base | {"num_format": "#,##0", "align": "right"}),
        decimal=book.add_format(base | {"num_format": "#,##0.0#", "align": "right"}),
        bold=book.add_format(base | {"bold": True}),
        cell=book.add_format(wrapped | {"font_size": 9}),
        away=book.add_format(wrapped | {"font_size": 9, "bg_color": "#E4E6E9", "font_color": "#3D434B"}),
        remote=book.add_format(wrapped | {"font_size": 9, "bg_color": "#E3F1E6"}),
    )


def _write_week(sheet: Worksheet, view: View, shown: list[Grid], styles: Styles) -> None:
    monday, friday = shown[0].days[0], shown[0].days[-1]
    span = f"Semaine du {day_in_words(monday)} au {day_in_words(friday)} {friday.year}"
    _set_up(sheet, view, span, styles)
    columns = PEOPLE_COLUMNS + shown[0].half_days
    _write_head(sheet, columns, styles)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 10)
    sheet.set_column(3, len(columns) - 1, WIDTH_OF_HALF_DAY)
    sheet.freeze_panes(HEADER_ROW + 1, len(PEOPLE_COLUMNS))
    row_number = HEADER_ROW + 1
    for grid in shown:
        for row in grid.rows:
            names = (grid.team.service_id, row.professional.id, row.professional.profession.value)
            for column, name in enumerate(names):
                sheet.write_string(row_number, column, name, styles.bold if column == 1 else styles.text)
            for column, cell in enumerate(row.cells, start=len(names)):
                sheet.write_string(row_number, column, "\n".join(cell.texts), _style_of(cell, styles))
            sheet.set_row(row_number, _height_of(row))
            row_number += 1
    sheet.autofilter(HEADER_ROW, 0, row_number - 1, len(columns) - 1)


def _height_of(row: GridRow) -> float:
    lines = (sum(_lines_of(text, LETTERS_OF_HALF_DAY) for text in cell.texts) for cell in row.cells)
    return min(MAX_ROW_HEIGHT, LINE_HEIGHT * max(1, *lines) + 3)


def _style_of(cell: Cell, styles: Styles) -> Format:
    if cell.state in ("—", "absent", "férié", "parti"):
        return styles.away
    return styles.remote if cell.state == "télétravail" else styles.cell


def _write_table(sheet: Worksheet, view: View, table: Table, styles: Styles) -> None:
    title = f"{table.title} – {status_text(view)}" if table.title == "Preuve" else table.title
    _set_up(sheet, view, title, styles)
    _write_head(sheet, table.columns, styles)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    widths = [_width_of(table, column) for column in range(len(table.columns))]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, row in enumerate(table.rows, start=HEADER_ROW + 1):
        for column, value in enumerate(row):
            _write_value(sheet, number, column, value, styles)
        lines = max(_lines_of(str(value), widths[column]) for column, value in enumerate(row))
        sheet.set_row(number, min(MAX_ROW_HEIGHT, 14.5 * lines))
    if not table.rows:
        sheet.write_string(HEADER_ROW + 1, 0, table.empty)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(1, len(table.rows)), len(table.columns) - 1)


def _set_up(sheet: Worksheet, view: View, title: str, styles: Styles) -> None:
    """The title above the header, and paper: A4 landscape, one page wide, headings on every page."""
    sheet.write_string(0, 0, f"{title} – {view.audience.marking}", styles.title)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(0, HEADER_ROW)
    marking = view.audience.marking.replace("&", "&&")
    sheet.set_header(f"&L&A&R{marking}")
    sheet.set_footer(
        "&LProposé par polyvalence, validé par un professionnel avant toute annonce&RPage &P / &N"
    )


def _write_head(sheet: Worksheet, columns: tuple[str, ...], styles: Styles) -> None:
    for column, name in enumerate(columns):
        sheet.write_string(HEADER_ROW, column, name, styles.head)
    sheet.set_row(HEADER_ROW, 30)


def _write_value(sheet: Worksheet, row: int, column: int, value: Value, styles: Styles) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), styles.day)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, styles.whole if value == int(value) else styles.decimal)
    elif value:
        sheet.write_string(row, column, value, styles.text)
    else:
        sheet.write_blank(row, column, None, styles.text)


def _width_of(table: Table, column: int) -> int:
    texts = [table.columns[column], *(_text(row[column]) for row in table.rows[:500])]
    return min(60, max(9, max(len(text) for text in texts) + 3))


def _text(value: Value) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value if value is not None else "")


def _lines_of(text: str, width: int) -> int:
    return max(1, -(-len(text) // max(1, width - 1)))


def _indicators(view: View) -> Table:
    rows = tuple(
        (key, INDICATORS.get(key), _plain(value)) for key, value in sorted(view.plan.indicators.items())
    )
    return Table("Indicateurs", ("Indicateur", "Ce qu'il mesure", "Valeur"), rows)


def _plain(value: object) -> Value:
    """The figure of an indicator; one with parts is written out in French."""
    if isinstance(value, dict):
        return " ; ".join(f"{_word(key)} : {_written(inner)}" for key, inner in value.items()) or "aucun"
    return value if isinstance(value, int | float | str) else _written(value)


def _written(value: object) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{_word(key)} : {_written(inner)}" for key, inner in value.items()) + ")"
    if isinstance(value, int | float):
        return f"{value:g}".replace(".", ",")
    return "sans objet" if value is None else str(value)


def _word(key: object) -> str:
    return INDICATOR_WORDS.get(str(key), str(key))
