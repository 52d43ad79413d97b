"""One mission, as a `.json` file whose fields are those of a mission of a week."""

from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.small_json import object_in, read_as
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
    return mission_of(object_in(path, A_MISSION), week, path.name)


def mission_of(raw: dict[str, object], week: Week, label: str) -> Mission:
    """The mission of some fields, for a week; `label` names them in problems.

    Raises
    ------
    UnusableInput
        With every problem.
    """
    mission = read_as(Mission, _usual(raw, week) | raw, label)
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
