"""One mission, as a `.json` file whose fields are those of a mission of a week."""

import json
from pathlib import Path

from pydantic import ValidationError

from optimizer.errors import Problem, UnusableInput
from optimizer.files.json_week import JsonOrigin, document_of
from optimizer.files.raw import MEGABYTE, bytes_of, refused
from optimizer.files.sentences import details_of, sentence_of
from optimizer.files.sheets import quoted
from optimizer.invariants import problems_of
from optimizer.scenarios import changed_week
from optimizer.week import Mission, Week

A_MISSION = '{ "id": "D-120", "type": "ACCUEIL", "site_id": "MDS-A" }'
"""What a mission looks like."""


def read_mission(path: Path, week: Week) -> Mission:
    """The mission of a file, for a week.

    What is not said is the usual: received, and possible from, the first day of the horizon; due on its last
    working day; as long as its type. Nothing is asked about the person (proposition 4).

    Raises
    ------
    UnusableInput
        With every problem: the file and the pointer, the value found and what was expected.
    """
    if path.suffix.lower() != ".json":
        raise refused(str(path), f"un fichier {quoted(path.suffix or path.name)}", "un fichier .json")
    return mission_of(document_of(bytes_of(path, MEGABYTE), path.name, A_MISSION), week, path.name)


def mission_of(raw: dict[str, object], week: Week, label: str) -> Mission:
    """The mission of some fields, for a week; `label` names them in problems.

    Raises
    ------
    UnusableInput
        With every problem.
    """
    origin = JsonOrigin(label)
    try:
        mission = Mission.model_validate_json(json.dumps(_usual(raw, week) | raw))
    except ValidationError as error:
        problems = [
            Problem(origin.where(detail["loc"]), *sentence_of(detail, origin, Mission))
            for detail in details_of(error)
        ]
        raise UnusableInput(problems) from None
    refuse_misplaced(week, mission, label)
    return mission


def _usual(raw: dict[str, object], week: Week) -> dict[str, object]:
    kind = week.types.get(str(raw.get("type")))
    first, last = week.calendar.days[0], week.calendar.days[-1]
    received = raw.get("received", first.isoformat())
    return {
        "received": received,
        "release": max(str(received), first.isoformat()),
        "due": max(str(raw.get("release", "")), last.isoformat()),
        "duration_minutes": kind.duration_minutes if kind else 60,
    }


def refuse_misplaced(week: Week, mission: Mission, label: str) -> None:
    """Refuse a mission that the week cannot hold: an id taken, a site that nobody knows, another service's
    place.

    Raises
    ------
    UnusableInput
    """
    more = changed_week(week, {"missions": (*week.missions, mission)})
    mine = f"/missions/{len(week.missions)}"
    found = [
        Problem(f"{label}, {one.where.removeprefix(mine)}", one.found, one.expected)
        for one in problems_of(more)
        if one.where == mine or one.where.startswith(f"{mine}/")
    ]
    if found:
        raise UnusableInput(found)
