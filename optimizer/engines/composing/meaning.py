"""What a composed team means: one more half-time post, the profession that lacks, one grade for three.

Each figure is a relaxation solved again: exact differences of what any team must pay, or cost, at least.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from optimizer.board import Board
from optimizer.engines.composing.master import Cheapest
from optimizer.engines.composing.paid import PricedWeek
from optimizer.engines.composing.problem import TeamProblem
from optimizer.engines.composing.statement import COST, TeamStatement
from optimizer.scenarios import changed_week
from optimizer.week import CollectiveAction, Mission, Professional, Week
from optimizer.words import Aptitude, Profession

HALF_TIME = 50
SAME = 1e-5
GRADE = (Profession.AS, Profession.CESF, Profession.ES)
"""The professions of the grade `assistant socio-éducatif`."""
Kind = tuple[Profession, str]
"""A profession in a service."""


@dataclass(frozen=True)
class Shadow:
    """Ask what one more half-time post of each kind would keep of level 1, over all weeks."""

    problem: TeamProblem
    team: Mapping[str, int]
    seconds: float


def shadow_values(job: Shadow) -> dict[Kind, float]:
    """Tenths of level 1 kept by one more post of each kind, of the pattern nearest to a half-time."""
    weeks = [PricedWeek(job.problem, number) for number in range(len(job.problem.weeks))]

    def paid(team: Mapping[str, int]) -> float:
        return sum(week.least_paid(team, job.seconds) for week in weeks)

    before = paid(job.team)
    found = {}
    for kind, post in _half_times(job.problem).items():
        more = dict(job.team) | {post: job.team.get(post, 0) + 1}
        found[kind] = max(0.0, before - paid(more))
    return found


def _half_times(problem: TeamProblem) -> dict[Kind, str]:
    found: dict[Kind, tuple[int, str]] = {}
    for column in problem.columns:
        if column.post:
            person = column.person
            kind, off = (person.profession, person.service_ids[0]), abs(person.quotite - HALF_TIME)
            found[kind] = min(found.get(kind, (off, person.id)), (off, person.id))
    return {kind: id_ for kind, (_, id_) in found.items()}


@dataclass(frozen=True)
class Lacking:
    """Ask for the half-days of each profession that each week cannot do without, and those of a team."""

    problem: TeamProblem
    team: Mapping[str, int]
    targets: tuple[int, ...]
    seconds: float


@dataclass(frozen=True)
class Need:
    """Half-days of a kind: asked by a week whatever the others, and there."""

    week: int
    kind: Kind
    needed: int
    covered: int


def half_days_lacking(job: Lacking) -> list[Need]:
    """The needs that a team does not cover, the largest first; others are there without end."""
    found = []
    for number, week in enumerate(job.problem.weeks):
        days = _half_days(week)
        by_kind: dict[Kind, list[Professional]] = defaultdict(list)
        for column in job.problem.columns:
            by_kind[column.person.profession, column.person.service_ids[0]].append(column.person)
        for kind, people in by_kind.items():
            covered = sum(job.team.get(one.id, 0) * days.get(one.id, 0) for one in people)
            team = TeamStatement(job.problem)
            team.post_rules()
            team.statement.levels[COST] = {team.counts[one.id]: days.get(one.id, 0) for one in people}
            team.add_week(number)
            team.reach(number, job.targets[number])
            solved = team.relaxed(COST, job.seconds)
            if solved is None:
                continue
            there = {one.id: solved.values[team.counts[one.id]] for one in people}
            needed = ceil(sum(days.get(id_, 0) * count for id_, count in there.items()) - SAME)
            if needed > covered:
                found.append(Need(number, kind, needed, covered))
    return sorted(found, key=lambda need: (need.covered - need.needed, need.week))


def _half_days(week: Week) -> dict[str, int]:
    """How many half-days each person is there."""
    found: dict[str, int] = defaultdict(int)
    for (person, _), half_day in Board(week).half_days.items():
        found[person] += half_day.minutes > 0
    return found


def under_one_grade(job: Cheapest) -> Cheapest:
    """The same question if AS, CESF and ES were interchangeable: a simulation, of which no plan is ever made.

    Whoever is one of them may do what any may, and counts as any; a pair may be of one profession.
    """
    problem = job.problem
    columns = tuple(replace(column, person=_graded(column.person)) for column in problem.columns)
    weeks = tuple(_with_one_grade(week) for week in problem.weeks)
    one = replace(problem, columns=columns, weeks=weeks, limits=(), two_professions=False)
    return replace(job, problem=one)


def _graded(person: Professional) -> Professional:
    return person.model_copy(update={"profession": _grade(person.profession)})


def _grade(profession: Profession) -> Profession:
    return GRADE[0] if profession in GRADE else profession


def _with_one_grade(week: Week) -> Week:
    """Never validated, for it would be refused; it is read by a relaxation and by nothing else."""
    types = tuple(
        kind.model_copy(update={"matrix": kind.matrix | {GRADE[0]: _best(kind.matrix)}})
        for kind in week.types.values()
    )
    changed: dict[str, object] = {
        "professionals": tuple(map(_graded, week.professionals)),
        "mission_types": types,
        "organisation": week.organisation.model_copy(update={"cesf_excluded_from_ip": False}),
        "missions": tuple(map(_mission, week.missions)),
        "actions": tuple(map(_action, week.actions)),
    }
    return changed_week(week, changed)


def _best(matrix: Mapping[Profession, Aptitude]) -> Aptitude:
    cells = {matrix.get(profession, Aptitude.NEVER) for profession in GRADE}
    return next(cell for cell in Aptitude if cell in cells)


def _mission(mission: Mission) -> Mission:
    return mission.model_copy(update={"professions": tuple(map(_grade, mission.professions))})


def _action(action: CollectiveAction) -> CollectiveAction:
    return action.model_copy(update={"leaders": tuple(map(_grade, action.leaders))})
