"""What is wrong in a week some of whose cells cannot be read, so that all problems are told at once.

The rows that can be read are held against one another. The others then get stand-ins for the cells that fail,
and their other cells are checked: the ids they name, and what a row says by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from optimizer import week as domain
from optimizer.catalogue import MissionType
from optimizer.clock import Calendar
from optimizer.errors import Problem, WrongValue
from optimizer.files.draft import Loc, Raw
from optimizer.invariants import local_problems_of
from optimizer.organisation import Organisation
from optimizer.references import reference_problems
from optimizer.separations import mixed_people, mixed_services
from optimizer.week import Horizon, Pin, Week

TABLES: dict[str, type[BaseModel]] = {
    "services": domain.Service,
    "sites": domain.Site,
    "travel": domain.Travel,
    "professionals": domain.Professional,
    "absences": domain.Span,
    "busy": domain.Span,
    "mission_types": MissionType,
    "cases": domain.Case,
    "missions": domain.Mission,
    "reception": domain.ReceptionNeed,
    "actions": domain.CollectiveAction,
    "meetings": domain.Meeting,
    "pins": domain.Pin,
}
NOBODY = "cellule-illisible"
FIRST, LAST = "2000-01-01", "2099-12-31"
STAND_INS: Raw = {
    **dict.fromkeys(("id", "zone", "site_id", "professional_id", "item_id", "type"), NOBODY),
    **dict.fromkeys(("service_ids", "professional_ids"), (NOBODY,)),
    **dict.fromkeys(("received", "release"), FIRST),
    **dict.fromkeys(("quotite", "duration_minutes", "minutes"), 5),
    "windows": (),
    "due": LAST,
    "start": f"{FIRST}T00:00",
    "end": f"{LAST}T00:00",
    "leaders": ("AS",),
    "profession": "AS",
}
"""Values that no check of the other cells minds; a row in want of another field is left out."""
ORDERED = frozenset({"release", "start", "home_zone"})
"""What a row that contradicts itself is checked without."""
WHO = frozenset({"service_id", "professional_ids"})

Model = TypeVar("Model", bound=BaseModel)
Positions = dict[str, list[int]]
Found = tuple[Loc, Problem]
Reader = Callable[[str, int, object], BaseModel | None]


def partial_problems(raw: Raw, failed: set[Loc]) -> Iterator[Found]:
    """Problems between the cells that can be read, less those that name a row that cannot."""
    if any(len(loc) == 1 for loc in failed):
        return
    broken: defaultdict[Loc, set[str]] = defaultdict(set)
    for loc in failed:
        broken[loc[:2]] |= {str(step) for step in loc[2:3]} or ORDERED
    whole = _week_of(raw, lambda table, n, value: None if (table, n) in broken else _row(table, value))
    yield from _placed(raw, whole, local_problems_of(whole[0]))
    mended = _week_of(raw, lambda table, n, value: _mended(table, value, broken.get((table, n), set())))
    checks = (reference_problems, mixed_services, mixed_people)
    found = (problem for check in checks for problem in check(mended[0]) if NOBODY not in problem.found)
    yield from _placed(raw, mended, found)
    yield from _of_rows(raw, broken)


def pins_beyond_horizon(raw: Raw) -> Iterator[Found]:
    """Pins that no plan can hold: told with other problems, though alone they would contradict the week."""
    horizon = _validated(Horizon, raw.get("horizon"))
    organisation = _validated(Organisation, raw.get("organisation", {})) or Organisation()
    if horizon is None:
        return
    days = Calendar(horizon.first_day, horizon.weeks, organisation.pentecost_worked).days
    for n, value in _values(raw, "pins"):
        pin = _row("pins", value)
        if isinstance(pin, Pin) and pin.start and pin.start.date() not in days:
            found = f"le {pin.start:%d/%m/%Y}, hors de l'horizon ou non travaillé"
            yield ("pins", n, "start"), Problem("", found, "un jour travaillé de l'horizon")


def _placed(raw: Raw, rows: tuple[Week, Positions], problems: Iterable[Problem]) -> Iterator[Found]:
    """Problems at their places in the raw content, but for those that name a row left out."""
    positions = rows[1]
    unread = _ids_of_unread_rows(raw, positions)
    for problem in problems:
        steps = problem.where.split("/")[1:]
        table, index = steps[0], positions[steps[0]][int(steps[1])]
        loc: Loc = (table, index, *(int(step) if step.isdecimal() else step for step in steps[2:]))
        if _value_at(raw, loc) not in unread:
            yield loc, problem


def _of_rows(raw: Raw, broken: dict[Loc, set[str]]) -> Iterator[Found]:
    """What a row with cells that fail says against itself in the others."""
    for table in TABLES:
        for n, value in _values(raw, table):
            if isinstance(value, dict) and (names := broken.get((table, n))) and table != "mission_types":
                for cause in _causes(TABLES[table], _with_stand_ins(table, value, names)):
                    yield (table, n), Problem("", cause.found, cause.expected)


def _causes(model: type[BaseModel], value: Raw) -> Iterator[WrongValue]:
    try:
        model.model_validate(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            cause = detail.get("ctx", {}).get("error")
            if not detail["loc"] and isinstance(cause, WrongValue):
                yield cause


def _week_of(raw: Raw, read: Reader) -> tuple[Week, Positions]:
    """A week of the rows that can be read, and where each stands in its table."""
    rows: dict[str, tuple[BaseModel, ...]] = {}
    positions: Positions = {}
    for table in TABLES:
        kept = [(n, row) for n, value in _values(raw, table) if (row := read(table, n, value))]
        positions[table] = [n for n, _ in kept]
        rows[table] = tuple(row for _, row in kept)
    organisation = _validated(Organisation, raw.get("organisation", {})) or Organisation()
    return Week.model_construct(organisation=organisation, **rows), positions  # type: ignore[arg-type]


def _values(raw: Raw, table: str) -> Iterator[tuple[int, object]]:
    found = raw.get(table)
    yield from enumerate(found if isinstance(found, (list, tuple)) else ())


def _row(table: str, value: object) -> BaseModel | None:
    return _validated(TABLES[table], value)


def _mended(table: str, value: object, names: set[str]) -> BaseModel | None:
    """A row with stand-ins for these fields; a broken type is left out, too much hangs on each cell."""
    if not names:
        return _row(table, value)
    if not isinstance(value, dict) or table == "mission_types":
        return None
    attempts = (names, names | ORDERED)
    rows = (_row(table, _with_stand_ins(table, value, fields)) for fields in attempts)
    return next((row for row in rows if row), None)


def _with_stand_ins(table: str, value: Raw, names: set[str]) -> Raw:
    fields = TABLES[table].model_fields
    kept = {name: cell for name, cell in value.items() if name in fields and name not in names}
    needed = {name for name, field in fields.items() if field.is_required() and name not in kept}
    if table == "meetings" and names & WHO:
        kept.pop("service_id", None)
        needed |= {"professional_ids"}
    return kept | {name: STAND_INS[name] for name in needed if name in STAND_INS}


def _validated(model: type[Model], value: object) -> Model | None:
    try:
        return model.model_validate(value)
    except ValidationError:
        return None


def _ids_of_unread_rows(raw: Raw, positions: Positions) -> set[object]:
    names: set[object] = set()
    for table, read in positions.items():
        found = raw.get(table)
        every = enumerate(found if isinstance(found, (list, tuple)) else ())
        known = set(read)
        rows = [row for index, row in every if index not in known and isinstance(row, dict)]
        names |= {row[key] for row in rows for key in ("id", "code") if isinstance(row.get(key), str)}
        rooms = [room for row in rows if isinstance(row.get("rooms"), list) for room in row["rooms"]]
        names |= {room["id"] for room in rooms if isinstance(room, dict) and isinstance(room.get("id"), str)}
    return names


def _value_at(raw: object, loc: Loc) -> object:
    for step in loc:
        try:
            raw = raw[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return raw if isinstance(raw, str) else None
