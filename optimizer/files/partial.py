"""Cross-references of a week some of whose rows cannot be read, so that all problems are told at once."""

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError

from optimizer import week as domain
from optimizer.catalogue import MissionType
from optimizer.errors import Problem
from optimizer.files.draft import Loc, Raw
from optimizer.invariants import local_problems_of
from optimizer.organisation import Organisation
from optimizer.week import Week

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
Positions = dict[str, list[int]]


def partial_problems(raw: Raw, failed: set[Loc]) -> Iterator[tuple[Loc, Problem]]:
    """Problems between the rows that can be read, less those that name a row that cannot."""
    week, positions = _week_of_readable_rows(raw, failed)
    unread = _ids_of_unread_rows(raw, positions)
    lacking = {loc[0] for loc in failed if len(loc) == 1}
    for problem in local_problems_of(week):
        steps = problem.where.split("/")[1:]
        table, index = steps[0], positions[steps[0]][int(steps[1])]
        loc: Loc = (table, index, *(int(step) if step.isdecimal() else step for step in steps[2:]))
        if not lacking and _value_at(raw, loc) not in unread:
            yield loc, problem


def _week_of_readable_rows(raw: Raw, failed: set[Loc]) -> tuple[Week, Positions]:
    broken = {loc[:2] for loc in failed}
    rows: dict[str, tuple[BaseModel, ...]] = {}
    positions: Positions = {}
    for table, model in TABLES.items():
        found = raw.get(table)
        kept = [
            (index, row)
            for index, value in enumerate(found if isinstance(found, (list, tuple)) else ())
            if (table, index) not in broken and (row := _row(model, value))
        ]
        positions[table] = [index for index, _ in kept]
        rows[table] = tuple(row for _, row in kept)
    organisation = _row(Organisation, raw.get("organisation", {})) or Organisation()
    return Week.model_construct(organisation=organisation, **rows), positions  # type: ignore[arg-type]


def _row(model: type[BaseModel], value: object) -> BaseModel | None:
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
