"""From French tables, wherever they come from, to the raw content of a week."""

from collections.abc import Set
from datetime import date, timedelta

from optimizer.catalogue import catalogue
from optimizer.errors import Problem, WrongValue
from optimizer.files.cells import DAY_NAMES
from optimizer.files.draft import Draft, Raw
from optimizer.files.french_organisation import PARAMETERS
from optimizer.files.french_tables import SHAPES
from optimizer.files.participants import Known, attendees_of
from optimizer.files.sheets import Sheet, nearest, quoted
from optimizer.files.table_rows import ReadRow, rows_of
from optimizer.files.timing import FirstMonday, timed
from optimizer.values import YEARS
from optimizer.words import Profession, ServiceKind

TABLES = {
    "horizon": "horizon",
    "services": "services",
    "sites": "sites",
    "salles": "sites",
    "professionnels": "professionals",
    "types_missions": "mission_types",
    "actions_collectives": "actions",
    "reunions": "meetings",
    "organisation": "organisation",
}
SIMPLE_TABLES = {
    "trajets": "travel",
    "absences": "absences",
    "occupations": "busy",
    "situations": "cases",
    "missions": "missions",
    "accueil": "reception",
    "epingles": "pins",
}


def assemble(sheets: dict[str, Sheet], source: str, unread: Set[str] = frozenset()) -> Draft:
    """The draft of a week from its tables by name; what cannot be read is in its problems.

    The tables named in `unread` exist, and what is wrong with them is told already.
    """
    draft = Draft(source, seen={*sheets, *unread})
    draft.failed |= {(table,) for name, table in (TABLES | SIMPLE_TABLES).items() if name in unread}
    needed = [name for name, shape in SHAPES.items() if shape.is_needed and name not in unread]
    rows = {name: _rows(draft, name, sheets) for name in SHAPES if name in sheets or name in needed}
    draft.horizon = _horizon(draft, rows.get("horizon", []))
    _sites(draft, rows.get("sites", []), rows.get("salles", []))
    for row in rows.get("professionnels", []):
        draft.add("professionals", row, {**_hours(row, "windows"), **row.values})
    for name, table in SIMPLE_TABLES.items():
        for row in rows.get(name, []):
            row.values.pop("dropped", None)
            draft.add(table, row, row.values)
    _services(draft, rows)
    known = Known.of(draft)
    for row in rows.get("actions_collectives", []):
        draft.add("actions", row, timed(draft, row))
    for row in rows.get("reunions", []):
        attendees = attendees_of(draft, row, known)
        draft.add("meetings", row, timed(draft, row) | attendees)
    for row in rows.get("types_missions", []):
        draft.add("mission_types", row, _mission_type(row))
    _organisation(draft, rows.get("organisation", []))
    return draft


def _rows(draft: Draft, name: str, sheets: dict[str, Sheet]) -> list[ReadRow]:
    shape = SHAPES[name]
    if name not in sheets:
        draft.problems.append(
            Problem(draft.source, f"pas de table {quoted(name)}", "cette table, obligatoire")
        )
        draft.failed.add((TABLES[name],))
        return []
    before = len(draft.problems)
    rows = rows_of(sheets[name], shape, draft.problems)
    if not rows and (shape.is_needed or len(draft.problems) > before):
        draft.failed.add(((TABLES | SIMPLE_TABLES)[name],))
        if len(draft.problems) == before:
            draft.problems.append(Problem(sheets[name].label, "aucune ligne", "au moins une ligne remplie"))
    elif rows and any(column.is_filled and column.field not in rows[0].columns for column in shape.columns):
        draft.failed.add(((TABLES | SIMPLE_TABLES)[name],))
    return rows


def _horizon(draft: Draft, rows: list[ReadRow]) -> FirstMonday:
    if not rows:
        return None
    for row in rows[1:]:
        draft.problems.append(Problem(row.where, "une deuxième ligne", "une seule ligne"))
    draft.remember(("horizon",), rows[0])
    draft.parts["horizon"] = rows[0].values
    first, weeks = rows[0].values.get("first_day"), rows[0].values.get("weeks")
    if isinstance(first, date) and isinstance(weeks, int) and first.year in YEARS and 1 <= weeks <= 8:
        return first - timedelta(days=first.weekday()), weeks
    return None


def _hours(row: ReadRow, name: str) -> Raw:
    windows: list[Raw] = []
    for weekday in DAY_NAMES.values():
        ranges = row.values.pop(str(weekday), ())
        windows += [{"day": weekday, "start": start, "end": end} for start, end in _pairs(ranges)]
    return {name: windows}


def _pairs(ranges: object) -> list[tuple[object, object]]:
    return list(ranges) if isinstance(ranges, tuple) else []


def _sites(draft: Draft, rows: list[ReadRow], room_rows: list[ReadRow]) -> None:
    rooms: dict[object, list[Raw]] = {}
    position: dict[object, int] = {}
    for index, row in enumerate(rows):
        site = row.values.get("id")
        position.setdefault(site, index)
        draft.add("sites", row, {**_hours(row, "opening"), **row.values, "rooms": rooms.setdefault(site, [])})
    for row in room_rows:
        site = row.values.pop("site_id", None)
        if site is not None and site in position:
            draft.remember(("sites", position[site], "rooms", len(rooms[site])), row)
            rooms[site].append(row.values)
        elif "site_id" not in row.failed:
            expected = f"un site de la table sites{nearest(str(site), map(str, position))}"
            draft.refuse(row, "site_id", quoted(site), expected)


def _services(draft: Draft, rows: dict[str, list[ReadRow]]) -> None:
    for row in rows.get("services", []):
        draft.add("services", row, row.values)
    declared = {raw.get("id") for raw in draft.tables.setdefault("services", [])}
    used = _used_services(draft, rows.get("reunions", []))
    for kind in ServiceKind:
        if kind in used and kind not in declared:
            draft.tables["services"].append({"id": str(kind), "kind": kind})


def _used_services(draft: Draft, meetings: list[ReadRow]) -> set[str]:
    users = [*draft.tables.get("sites", []), *draft.tables.get("professionals", [])]
    used = {str(name) for raw in users for name in _names(raw.get("service_ids"))}
    return used | {str(row.values.get("attendees")).split(":")[0] for row in meetings}


def _names(names: object) -> tuple[object, ...]:
    return names if isinstance(names, tuple) else ()


def _mission_type(row: ReadRow) -> Raw:
    """A type of the catalogue completed by the filled cells, or a new one."""
    values = dict(row.values)
    matrix = {code: values.pop(code) for code in Profession if code in values}
    known = catalogue().get(str(values.get("code")))
    if known is None:
        return {**values, "matrix": matrix}
    return {**known.model_dump(), **values, "matrix": known.matrix | matrix}


def _organisation(draft: Draft, rows: list[ReadRow]) -> None:
    organisation: Raw = {"commitments": {}, "preferences": {}}
    seen: set[str] = set()
    for row in rows:
        name = str(row.values.get("parameter", "")).lower()
        if not name:
            continue
        if name in seen:
            draft.refuse(
                row, "parameter", f"{quoted(name)} une deuxième fois", "chaque paramètre une seule fois"
            )
        elif name not in PARAMETERS:
            expected = f"un paramètre de docs/formats.md{nearest(name, PARAMETERS)}"
            draft.refuse(row, "parameter", f"paramètre inconnu {quoted(name)}", expected)
        elif "value" not in row.failed:
            _set_parameter(draft, row, name, organisation)
        seen.add(name)
    draft.parts["organisation"] = organisation
    if rows:
        draft.remember(("organisation",), ReadRow(rows[0].where.rpartition(", ligne ")[0]))


def _set_parameter(draft: Draft, row: ReadRow, name: str, organisation: Raw) -> None:
    parameter = PARAMETERS[name]
    *group, field = parameter.path
    try:
        value = parameter.convert(str(row.values["value"]))
    except WrongValue as error:
        draft.refuse(row, "value", error.found, error.expected)
        return
    target = organisation[group[0]] if group else organisation
    if isinstance(target, dict):
        target[field] = value
    draft.remember(("organisation", *parameter.path), row)
