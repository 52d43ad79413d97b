"""A week as the French tables that read back to it."""

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum

import xlsxwriter

from optimizer.catalogue import MissionType
from optimizer.files import cells
from optimizer.files.french_organisation import PARAMETERS
from optimizer.files.french_tables import SHAPES
from optimizer.week import CollectiveAction, Meeting, Mission, Week, Window

Fields = Mapping[str, object]
WORDS: dict[object, str] = {
    value: name
    for names in (
        cells.DAY_NAMES,
        cells.URGENCY_NAMES,
        cells.PAIR_NAMES,
        cells.PLACE_NAMES,
        cells.ROOM_OR_NONE_NAMES,
    )
    for name, value in names.items()
}


def week_workbook(week: Week) -> bytes:
    """One sheet a table, every cell a text."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        for name, lines in tables_of(week).items():
            sheet = workbook.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return stream.getvalue()


def tables_of(week: Week) -> dict[str, list[list[str]]]:
    """Each table that has rows: its header, then its rows."""
    found = {name: [*rows] for name, rows in _rows(week).items()}
    return {name: _lines(name, rows) for name, rows in found.items() if rows or SHAPES[name].is_needed}


def _lines(name: str, rows: Iterable[Fields]) -> list[list[str]]:
    columns = [(column.name, column.field or column.name) for column in SHAPES[name].columns]
    return [[name for name, _ in columns], *([_text(row.get(field)) for _, field in columns] for row in rows)]


def _rows(week: Week) -> dict[str, Iterable[Fields]]:
    return {
        "horizon": [dict(week.horizon)],
        "services": map(dict, week.services),
        "sites": ({**dict(site), **_days(site.opening)} for site in week.sites),
        "salles": ({**dict(room), "site_id": site.id} for site in week.sites for room in site.rooms),
        "trajets": map(dict, week.travel),
        "professionnels": ({**dict(person), **_days(person.windows)} for person in week.professionals),
        "absences": map(dict, week.absences),
        "occupations": map(dict, week.busy),
        "situations": map(dict, week.cases),
        "missions": map(_mission, week.missions),
        "accueil": map(dict, week.reception),
        "actions_collectives": map(_action, week.actions),
        "reunions": map(_meeting, week.meetings),
        "epingles": map(dict, week.pins),
        "types_missions": map(_type, week.mission_types),
        "organisation": _parameters(week),
    }


def _days(windows: Iterable[Window]) -> Fields:
    hours: dict[str, str] = {}
    for window in windows:
        text = f"{window.start:%H:%M}-{window.end:%H:%M}"
        hours[window.day] = f"{hours[window.day]} {text}" if window.day in hours else text
    return hours


def _mission(mission: Mission) -> Fields:
    people = str(mission.people or "")
    place = f"domicile:{mission.home_zone}" if mission.home_zone else mission.site_id
    return {**dict(mission), "professions": "+".join(mission.professions) or people, "lieu": place}


def _timed(item: CollectiveAction | Meeting) -> Fields:
    start = item.fixed_start
    return {**dict(item), "day": start and start.date(), "clock": start and start.time()}


def _action(action: CollectiveAction) -> Fields:
    return {**_timed(action), "leaders": "+".join(action.leaders)}


def _meeting(meeting: Meeting) -> Fields:
    names = meeting.service_id or "|".join(meeting.professional_ids)
    return {**_timed(meeting), "attendees": f"{names}:{meeting.seats}" if meeting.seats else names}


def _type(kind: MissionType) -> Fields:
    locked = "+".join(sorted(kind.locked))
    return {**dict(kind), "owner": kind.owner or "tous", **_matrix(kind), "locked": locked}


def _matrix(kind: MissionType) -> Fields:
    return {str(profession): aptitude for profession, aptitude in kind.matrix.items()}


def _parameters(week: Week) -> Iterator[Fields]:
    for name, parameter in PARAMETERS.items():
        value: object = week.organisation
        for step in parameter.path:
            value = getattr(value, step)
        if parameter.convert is cells.percent:
            value = f"{value} %"
        if value != "":
            yield {"parameter": name, "value": value}


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return "|".join(_text(part) for part in value)
        case float():
            return f"{value:.10g}".replace(".", ",")
        case StrEnum():
            return WORDS.get(value, str(value))
    return str(value)
