"""Why something is late or not placed, why this person and this time, and what would change the answer.

A reason is told once it has been checked: a conflict by taking each of its facts away, a shortage by a flow,
a change by making it and asking the judge.
"""

from dataclasses import dataclass, replace
from datetime import date

from optimizer.answers.changes import Change, ChangeKind, Changes
from optimizer.answers.conflicts import minimal_conflict
from optimizer.answers.exact import MOST_EXACT, Exact, exactly
from optimizer.answers.obstacles import Fact, Obstacles
from optimizer.answers.recommend import Choice, recommend
from optimizer.engines.options import Options
from optimizer.engines.shortage import Shortage, shortage
from optimizer.errors import Problem, UnusableInput
from optimizer.plan import Assignment
from optimizer.reading.changed import reading_after
from optimizer.rules import Violation
from optimizer.standing import Standing, rows_without
from optimizer.week import Mission

MOST_CHANGES = 5


@dataclass(frozen=True)
class WhyNot:
    """Why a mission is late or not placed.

    `conflict` closes every place until `until`, and nothing of it can be taken away; None when a place is
    open, which `changes` then tells. `short` is the group that has too little time, whatever is kept.
    `exact` are the prices of the first changes with everything planned again, where that was asked.
    """

    mission: Mission
    until: date
    done: date | None
    conflict: tuple[Fact, ...] | None
    obstacles: Obstacles
    short: Shortage | None
    changes: tuple[Change, ...]
    exact: tuple[Exact, ...] = ()


@dataclass(frozen=True)
class WhyThis:
    """Why a mission is done by these people at this time: what it costs here, and the best of the other
    places, by other people and at other times."""

    mission: Mission
    rows: tuple[Assignment, ...]
    paid: tuple[Violation, ...]
    other_people: Choice | None
    other_time: Choice | None


def explain(standing: Standing, item_id: str) -> WhyNot | WhyThis:
    """Why a mission is where it is: why not, when it is late or not placed; why this, otherwise.

    Raises
    ------
    UnusableInput
        The week knows no such mission.
    """
    mission = standing.week.mission.get(item_id)
    if mission is None:
        found = f"« {item_id} », qui n'est pas une mission de la semaine"
        raise UnusableInput([Problem("ELEMENT", found, "l'identifiant d'une mission")])
    done = done_day(standing, mission)
    if done is None or done > mission.due:
        return why_not(standing, mission)
    return why_this(standing, mission)


def priced_in_full(standing: Standing, found: WhyNot, options: Options) -> WhyNot:
    """The same, its first changes priced with everything planned again, within `options` a plan.

    Raises
    ------
    UnusableInput
        The week has begun: its past would move.
    """
    return replace(found, exact=tuple(exactly(standing, found.changes[:MOST_EXACT], options)))


def done_day(standing: Standing, mission: Mission) -> date | None:
    """The day of its last part; None when it is not placed."""
    parts = standing.reading.parts.get(mission.id)
    return parts[-1].source.start.date() if parts else None


def why_not(standing: Standing, mission: Mission, most: int = MOST_CHANGES) -> WhyNot:
    """Why a mission is not done by its due date, or within the horizon when it may wait.

    Raises
    ------
    UnusableInput
        It is done, in time.
    """
    done, last = done_day(standing, mission), standing.week.calendar.days[-1]
    until = min(mission.due, last)
    if done is not None and done <= mission.due:
        found = f"« {mission.id} », qui est fait le {done:%d/%m/%Y}, dans les temps"
        raise UnusableInput([Problem("--why-not", found, "une mission en retard ou non placée")])
    plan = rows_without(standing.plan, {mission.id})
    obstacles = Obstacles(reading_after(standing.reading, plan), plan, mission, until)
    changes = Changes(standing, standing.week, plan, mission, obstacles)
    return WhyNot(
        mission,
        until,
        done,
        minimal_conflict(obstacles.spots),
        obstacles,
        shortage(standing.board, standing.plan, mission),
        (*_open_places(standing, mission, until), *changes.best(most))[:most],
    )


def _open_places(standing: Standing, mission: Mission, until: date) -> list[Change]:
    """A place in time that is open as things stand, if the judge finds one."""
    return [
        Change(ChangeKind.ALREADY, choice.row, choice.effect, choice.row.professional_ids[0])
        for choice in recommend(standing, mission, 1).choices
        if choice.row.start.date() <= until
    ]


def why_this(standing: Standing, mission: Mission) -> WhyThis:
    """Why these people and this time, beside the best other choices, everything else kept."""
    rows = tuple(row.source for row in standing.reading.parts[mission.id])
    paid = tuple(one for one in standing.verdict.priced if one.item_id in {mission.id})
    if len(rows) > 1:
        return WhyThis(mission, rows, paid, None, None)
    here, people = rows[0], set(rows[0].professional_ids)
    choices = recommend(standing, mission, 2 * MOST_CHANGES).choices
    others = (choice for choice in choices if set(choice.row.professional_ids) != people)
    elsewhen = [
        choice
        for choice in recommend(standing, mission, MOST_CHANGES, frozenset(people)).choices
        if choice.row.start != here.start
    ]
    return WhyThis(mission, rows, paid, next(others, None), next(iter(elsewhen), None))
