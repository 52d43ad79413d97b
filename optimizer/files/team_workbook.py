"""A composed team as a workbook, in French or in English; texts stay texts, figures stay figures."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from optimizer.composed import ComposedTeam
from optimizer.files.team_words import (
    Cell,
    Change,
    Euros,
    Language,
    Share,
    base_of,
    grade_sentence,
    label,
    need_sentence,
    note_in,
    profession_name,
    proof_sentence,
    shown,
)
from optimizer.words import Profession

A4 = 9
HEADER_ROW = 1
NARROWEST, WIDEST = 9, 60
UNDATED = datetime(2000, 1, 1)
"""The workbook's date of creation: a composed team has none, and the same team gives the same bytes."""
Row = tuple[Cell, ...]


class Table(NamedTuple):
    """The title of a sheet, its columns and rows; `empty` is said when there is no row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = ""


class Styles(NamedTuple):
    """The few cell formats of the workbook."""

    title: Format
    stamp: Format
    head: Format
    text: Format
    whole: Format
    decimal: Format
    euros: Format
    share: Format
    change: Format


def team_xlsx(team: ComposedTeam, present: Mapping[str, float], language: Language) -> bytes:
    """The workbook; `present` holds the full-time posts of the present team by profession."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"title": label("title", language), "created": UNDATED})
    styles = _styles(book, language)
    for code, table in tables(team, present, language).items():
        sheet = book.add_worksheet(label(code, language))
        _set_up(sheet, language)
        _write(sheet, table, styles, language)
        sheet.write_string(0, 0, table.title, styles.stamp if code == "grade" else styles.title)
    book.close()
    return content.getvalue()


# -------------------------------------------------------------------- what the sheets hold


def tables(team: ComposedTeam, present: Mapping[str, float], language: Language) -> dict[str, Table]:
    """Every sheet by the code of its name, in the order of the workbook."""
    return {
        "summary": _summary(team, language),
        "professions": professions(team, present, language),
        "moves": _posts(team, language),
        "services": _services(team, language),
        "weeks": _weeks(team, language),
        "half_times": half_times(team, language),
        "needs": _needs(team, language),
        "grade": _one_grade(team, language),
        "request": _request(team, language),
    }


def _table(code: str, columns: str, rows: Iterator[Row], language: Language, empty: str = "none") -> Table:
    heads = tuple(label(column, language) for column in columns.split())
    return Table(label(code, language), heads, tuple(rows), label(empty, language))


def _summary(team: ComposedTeam, language: Language) -> Table:
    reached = label("of", language).format(
        n=sum(week.is_reached for week in team.weeks), total=len(team.weeks)
    )
    figures: dict[str, Cell] = {
        "proof": proof_sentence(team, language),
        "cost": Euros(team.cost),
        "bound": Euros(team.bound),
        "absolute_gap": Euros(team.absolute_gap),
        "gap": Share(team.gap),
        "present_cost": Euros(team.present_cost),
        "present_posts": team.present_posts,
        "posts": team.posts,
        "people_kept": len(team.kept),
        "posts_opened": sum(len(posts.ids) for posts in team.opened),
        "posts_closed": len(team.closed),
        "weeks_reached": reached,
    }
    rows = ((label(code, language), value) for code, value in figures.items())
    return _table("title", "figure value_of", rows, language)


def professions(team: ComposedTeam, present: Mapping[str, float], language: Language) -> Table:
    """Full-time posts of each profession, in the present team and in the composed one."""
    composed: dict[str, float] = {}
    for person in team.people:
        composed[person.profession] = composed.get(person.profession, 0.0) + person.quotite / 100
    codes = [one.value for one in Profession if one in present or one in composed]
    codes += [code for code in present if code not in codes]
    pairs = ((code, present.get(code, 0.0), composed.get(code, 0.0)) for code in codes)
    rows = (
        (code, profession_name(code, language), before, after, Change(round(after - before, 2)))
        for code, before, after in pairs
    )
    return _table("by_profession", "profession name present composed change", rows, language)


def _posts(team: ComposedTeam, language: Language) -> Table:
    columns = "move profession service site pattern quotite number posts ids"
    return _table("moves", columns, _moves(team, language), language)


def _moves(team: ComposedTeam, language: Language) -> Iterator[Row]:
    """Posts to open, then to close, then kept; of a post to close the document holds the id alone."""
    people = {person.id: person for person in team.people}
    for posts in team.opened:
        number, part = len(posts.ids), posts.quotite / 100
        where = (posts.profession.value, posts.service_id, posts.site_id, posts.pattern)
        yield label("open", language), *where, Share(part), number, number * part, ", ".join(posts.ids)
    for id_ in team.closed:
        yield label("close", language), None, None, None, None, None, 1, None, id_
    for person in (people[id_] for id_ in team.kept if id_ in people):
        part = person.quotite / 100
        services = ", ".join(person.service_ids)
        kind = (person.profession.value, services, person.site_id, None)
        yield label("keep", language), *kind, Share(part), 1, part, person.id


def _services(team: ComposedTeam, language: Language) -> Table:
    rows = (
        (", ".join(one.services), one.posts, Euros(one.cost), Euros(one.bound), Euros(one.cost - one.bound))
        for one in team.services
    )
    return _table("by_service", "service posts cost bound absolute_gap", rows, language)


def _weeks(team: ComposedTeam, language: Language) -> Table:
    rows = (
        (
            week.name,
            week.floor,
            week.target,
            week.value,
            label("yes" if week.is_reached else "no", language),
            week.week_hash,
            week.plan_hash,
        )
        for week in team.weeks
    )
    columns = "week floor target value is_reached week_hash plan_hash"
    return _table("weeks_title", columns, rows, language)


def half_times(team: ComposedTeam, language: Language) -> Table:
    """What one more half-time post of each kind would keep of the commitments, the most first."""
    rows = (
        (one.profession.value, one.service_id, one.points, Euros(one.cost))
        for one in sorted(team.shadow_values, key=lambda one: -one.points)
    )
    table = _table("half_times_title", "profession service points cost", rows, language, "no_half_times")
    return table._replace(title=table.title.format(team=base_of(team, language)))


def _needs(team: ComposedTeam, language: Language) -> Table:
    rows = (
        (
            need.week,
            need.profession.value,
            need.service_id,
            need.needed,
            need.covered,
            need.needed - need.covered,
            need_sentence(need, language),
        )
        for need in team.shortages
    )
    columns = "week profession service needed covered lacking sentence"
    table = _table("needs_title", columns, rows, language, "no_needs")
    return table._replace(title=table.title.format(team=base_of(team, language)))


def _one_grade(team: ComposedTeam, language: Language) -> Table:
    one, rows = team.one_grade, dict[str, Cell]()
    if one is not None:
        rows = {
            "sentence": grade_sentence(team, one, language),
            "bound": Euros(team.bound),
            "grade_bound": Euros(one.bound),
            "grade_difference": Euros(one.difference),
        }
    told = ((label(code, language), value) for code, value in rows.items())
    return _table("stamp", "figure value_of", told, language, "no_grade")


def _request(team: ComposedTeam, language: Language) -> Table:
    return _table("request", "asked value_of", _asked(team, language), language)


def _asked(team: ComposedTeam, language: Language) -> Iterator[Row]:
    request, rules = team.request, team.request.rules
    flags = {"as_at_opening": rules.as_at_opening, "at_meetings": rules.at_meetings}
    yield label("start", language), label(f"start_{request.start}", language)
    yield label("asked_keep", language), ", ".join(request.keep) or label("none", language)
    yield label("share", language), Share(request.share_percent / 100)
    yield label("tolerance", language), request.tolerance
    for profession in Profession:
        if profession in request.costs or any(one.profession is profession for one in team.people):
            name = f"{label('full_time', language)}, {profession}"
            yield name, Euros(request.cost_of(profession))
    for code, is_on in flags.items():
        yield label(code, language), label("yes" if is_on else "no", language)
    yield label("two_people", language), ", ".join(rules.two_people_for) or label("none", language)
    yield label("per_manager", language), rules.people_per_manager
    between = label("between", language)
    for bound in request.bounds:
        name = f"{label('asked_bounds', language)}, {bound.profession}, {bound.service_id}"
        yield name, between.format(least=bound.least, most=bound.most)
    for post in request.posts:
        where = (post.profession, post.service_id, post.site_id or label("any", language), *post.patterns)
        name = f"{label('asked_posts', language)}, {', '.join(where)}"
        yield name, between.format(least=post.least, most=post.most)
    for pattern in request.patterns:
        yield f"{label('pattern', language)}, {pattern.name}", Share(pattern.quotite / 100)
    for note in team.notes:
        yield label("note", language), note_in(note, language)[0]
    for key, value in team.provenance.items():
        yield f"{label('provenance', language)}, {key}", _plain(value, language)


def _plain(value: object, language: Language) -> Cell:
    if isinstance(value, bool):
        return label("yes" if value else "no", language)
    return value if value is None or isinstance(value, str | int | float) else str(value)


# -------------------------------------------------------------------- how they are written


def _styles(book: xlsxwriter.Workbook, language: Language) -> Styles:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "border": 1, "border_color": "#B8BEC6"}
    wrapped, right = base | {"text_wrap": True}, base | {"align": "right"}
    head = wrapped | {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter"}
    euros = '#,##0 "€"' if language is Language.FRENCH else '"€"#,##0'
    return Styles(
        title=book.add_format({"bold": True, "font_size": 13}),
        stamp=book.add_format({"bold": True, "font_size": 13, "font_color": "#8C1C13", "border": 2}),
        head=book.add_format(head),
        text=book.add_format(wrapped),
        whole=book.add_format(right | {"num_format": "#,##0"}),
        decimal=book.add_format(right | {"num_format": "#,##0.0#"}),
        euros=book.add_format(right | {"num_format": euros}),
        share=book.add_format(right | {"num_format": "0.0#%"}),
        change=book.add_format(right | {"num_format": "+#,##0.0#;-#,##0.0#;0"}),
    )


def _set_up(sheet: Worksheet, language: Language) -> None:
    """Paper: A4 landscape, one page wide, headings on every page."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(0, HEADER_ROW)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.set_header("&L&A")
    sheet.set_footer(f"&L{label('notice', language)}&R&P / &N")


def _write(sheet: Worksheet, table: Table, styles: Styles, language: Language) -> None:
    for column, name in enumerate(table.columns):
        texts = [name, *(shown(row[column], language) for row in table.rows)]
        sheet.set_column(column, column, min(WIDEST, max(NARROWEST, 2 + max(map(len, texts)))))
        sheet.write_string(HEADER_ROW, column, name, styles.head)
    for number, row in enumerate(table.rows, start=HEADER_ROW + 1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, styles)
    if not table.rows:
        sheet.write_string(HEADER_ROW + 1, 0, table.empty)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Cell, styles: Styles) -> None:
    if value is None:
        sheet.write_blank(row, column, None, styles.text)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, styles.text)
    else:
        sheet.write_number(row, column, value, _style_of(value, styles))


def _style_of(value: float, styles: Styles) -> Format:
    if isinstance(value, Euros):
        return styles.euros
    if isinstance(value, Share):
        return styles.share
    if isinstance(value, Change):
        return styles.change
    return styles.whole if value == int(value) else styles.decimal
