"""The whole answer of a composition: its teams, its weeks with their judged plans, and what they mean."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

from optimizer.engines.options import Clock, Options
from optimizer.engines.staffing.composing import Composed, Composing
from optimizer.engines.staffing.evidence import WholeJob, whole_plan
from optimizer.engines.staffing.master import Cheapest, Proposal, cheapest_team
from optimizer.engines.staffing.meaning import (
    Kind,
    Lacking,
    Need,
    Shadow,
    half_days_lacking,
    shadow_values,
    under_one_grade,
)
from optimizer.engines.workers import Done, Job, Workers
from optimizer.errors import SolverLost
from optimizer.plan import Plan
from optimizer.scenarios import Scenario, with_people
from optimizer.team import Start, TeamRequest
from optimizer.week import Professional, Week

LOGGER = logging.getLogger(__name__)
MEANING_SHARE, MEANING_SECONDS = 0.05, 5.0
"""Share of the limit, and seconds at least, that a figure of what the team means may take."""


@dataclass(frozen=True)
class Answer:
    """What was composed; what could not be computed in time is absent."""

    teams: tuple[Composed, ...]
    people: tuple[Professional, ...]
    weeks: tuple[Week, ...]
    plans: tuple[Plan, ...]
    shadows: Mapping[Kind, float] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    one_grade: int | None = None


def compose(
    scenarios: Sequence[Scenario],
    request: TeamRequest,
    options: Options,
    report: Callable[[Sequence[Composed]], None] | None = None,
) -> Answer:
    """The cheapest team found for demand weeks, with its bound, its plans and what they mean.

    Raises
    ------
    NoTeam
        No team within the limits asked for reaches a week.
    NoPlanYet
        The limit came before the weeks of some team were planned.
    SolverLost
        The plans of the teams put together are not accepted by the judge.
    """
    clock = Clock(options)
    teams = Composing(request, scenarios, clock, report).solve()
    people = _people(teams)
    weeks = tuple(with_people(scenario.week, people) for scenario in scenarios)
    base = {team.of.part: _base(team, request) for team in teams}
    seconds = max(MEANING_SECONDS, MEANING_SHARE * options.time_limit)
    jobs = [*_whole_jobs(teams, weeks), *_meaning_jobs(teams, base, seconds)]
    started = monotonic()

    def is_over() -> bool:
        plans = sum(isinstance(answer, Plan) for answer in answers.values())
        return plans == len(weeks) and monotonic() - started > max(seconds, clock.left())

    answers: dict[object, object] = {}
    with Workers(options.workers) as workers:
        for done in workers.do(iter(jobs), is_over):
            answers[done.name] = _answer_of(done)
    plans = tuple(plan for n in range(len(weeks)) if isinstance(plan := answers.get(("whole", n)), Plan))
    _refuse_unjudged(plans, len(weeks))
    return Answer(
        tuple(teams), people, weeks, plans, _shadows(answers), _needs(answers), _one_grade(teams, answers)
    )


def _answer_of(done: Done) -> object:
    if done.failure:
        LOGGER.warning("%s: %s", done.name, done.failure)
    return done.answer


def _refuse_unjudged(plans: Sequence[Plan], weeks: int) -> None:
    broken = [one for plan in plans if plan.checker for one in plan.checker.violations]
    if len(plans) < weeks or broken:
        first = f" ({broken[0]})" if broken else ""
        raise SolverLost(f"le plan des équipes réunies n'est pas accepté par le juge{first}")


def _people(teams: Sequence[Composed]) -> tuple[Professional, ...]:
    """Everybody of all teams, each once, those present first."""
    everyone = {person.id: person for team in teams for person in team.of.people(team.team)}
    present = {person.id for team in teams for person in team.of.present}
    return tuple(sorted(everyone.values(), key=lambda person: person.id not in present))


def _base(team: Composed, request: TeamRequest) -> dict[str, int]:
    """The present team, or the composed one where it was composed from nothing."""
    if request.start is Start.NOTHING:
        return dict(team.team)
    return {column.person.id: 1 for column in team.of.problem.columns if not column.post}


def _whole_jobs(teams: Sequence[Composed], weeks: Sequence[Week]) -> Iterator[Job]:
    for number, week in enumerate(weeks):
        plans = tuple(team.plans[number].plan for team in teams)
        floor = sum(team.floors[number] for team in teams)
        yield Job(("whole", number), whole_plan, WholeJob(week, plans, floor))


def _meaning_jobs(
    teams: Sequence[Composed], base: Mapping[str, Mapping[str, int]], seconds: float
) -> Iterator[Job]:
    problems = {team.of.part: team.of.problem for team in teams}
    for team in teams:
        part = team.of.part
        job = Cheapest(problems[part], team.targets, seconds)
        yield Job(("grade", part), cheapest_team, under_one_grade(job))
    for team in teams:
        part = team.of.part
        yield Job(
            ("needs", part), half_days_lacking, Lacking(problems[part], base[part], team.targets, seconds)
        )
        yield Job(("shadow", part), shadow_values, Shadow(problems[part], base[part], seconds))


def _shadows(answers: Mapping[object, object]) -> dict[Kind, float]:
    found: dict[Kind, float] = defaultdict(float)
    for name, answer in answers.items():
        if isinstance(name, tuple) and name[0] == "shadow" and isinstance(answer, dict):
            for kind, tenths in answer.items():
                found[kind] += tenths
    return dict(found)


def _needs(answers: Mapping[object, object]) -> tuple[Need, ...]:
    found: list[Need] = []
    for name, answer in answers.items():
        if isinstance(name, tuple) and name[0] == "needs" and isinstance(answer, list):
            found += answer
    return tuple(sorted(found, key=lambda need: (need.covered - need.needed, need.week)))


def _one_grade(teams: Sequence[Composed], answers: Mapping[object, object]) -> int | None:
    """What all teams cost at least under one grade; None where one of them is not known."""
    found = [answers.get(("grade", team.of.part)) for team in teams]
    bounds = [
        min(one.bound, team.bound)
        for one, team in zip(found, teams, strict=True)
        if isinstance(one, Proposal)
    ]
    return sum(bounds) if len(bounds) == len(teams) else None
