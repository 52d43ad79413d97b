"""The whole answer of a composition: its teams, its weeks with their judged plans, and what they mean."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

from optimizer.engines.composing.evidence import (
    WholeJob,
    everybody,
    plan_again_where_seats_are_left,
    plenty_jobs,
    targets_of,
    whole_plan,
)
from optimizer.engines.composing.known import Composed
from optimizer.engines.composing.master import Cheapest, Proposal, cheapest_team
from optimizer.engines.composing.meaning import (
    Kind,
    Lacking,
    Need,
    Shadow,
    half_days_lacking,
    shadow_values,
    under_one_grade,
)
from optimizer.engines.composing.teams import Composing
from optimizer.engines.options import Clock, Options
from optimizer.engines.workers import Done, Job, Workers
from optimizer.errors import NoPlanYet, SolverLost
from optimizer.plan import Plan
from optimizer.scenarios import Scenario, with_people
from optimizer.team import Start, TeamRequest
from optimizer.week import Professional, Week

LOGGER = logging.getLogger(__name__)
MEANING_SHARE, MEANING_SECONDS = 0.05, 5.0
"""Share of the limit, and seconds at least, that a figure of what the team means may take."""
SHOWN = 5
"""Weeks named at most in a sentence."""


@dataclass(frozen=True)
class Answer:
    """What was composed; what time did not allow is absent. `targets` of whole weeks, in tenths."""

    teams: tuple[Composed, ...]
    people: tuple[Professional, ...]
    weeks: tuple[Week, ...]
    targets: tuple[int, ...]
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
        The limit came before the weeks of some team were planned, or before whole weeks are reached.
    SolverLost
        The plans of the teams put together are not accepted by the judge.
    """
    clock = Clock(options)
    teams = Composing(request, scenarios, clock, report).solve()
    plan_again_where_seats_are_left(teams, clock)
    together = _together(teams, request, scenarios, options)
    base = {team.of.part: _base(team, request) for team in teams}
    seconds, started = max(MEANING_SECONDS, MEANING_SHARE * options.time_limit), monotonic()
    jobs = _meaning_jobs(teams, base, seconds)
    answers = _answers(jobs, options, lambda: monotonic() - started > max(seconds, clock.left()))
    return Answer(
        teams=tuple(teams),
        people=together.people,
        weeks=together.weeks,
        targets=together.targets,
        plans=together.plans,
        shadows=_shadows(answers),
        needs=_needs(answers),
        one_grade=_one_grade(teams, answers),
    )


@dataclass(frozen=True)
class _Together:
    """Everybody of the teams, each whole week with them, its plan, and the tenths that it is to pay at
    most."""

    people: tuple[Professional, ...]
    weeks: tuple[Week, ...]
    plans: tuple[Plan, ...]
    targets: tuple[int, ...]


def _together(
    teams: Sequence[Composed], request: TeamRequest, scenarios: Sequence[Scenario], options: Options
) -> _Together:
    """Whole weeks that are reached. Where teams that reach theirs miss them together, half of those that may
    have as many posts as it takes have them again, those that save least, until whole weeks are reached.

    Raises
    ------
    NoPlanYet, SolverLost
        As `compose` says.
    """
    plenty = _answers(plenty_jobs(teams, scenarios), options, _never)
    while True:
        people = everybody(teams, lambda team: team.team)
        if not people:
            raise NoPlanYet("ces semaines ne demandent personne : il n'y a pas d'équipe à composer")
        weeks = tuple(with_people(scenario.week, people) for scenario in scenarios)
        answers = _answers(_whole_jobs(teams, weeks), options, _never)
        plans = tuple(plan for n in range(len(weeks)) if isinstance(plan := answers.get(("whole", n)), Plan))
        _refuse_unjudged(plans, len(weeks))
        targets = targets_of(teams, plenty, len(weeks))
        try:
            _refuse_missed(request, scenarios, plans, targets)
        except NoPlanYet:
            lean = sorted((team for team in teams if team.may_have_plenty), key=lambda team: team.saving)
            if not lean:
                raise
            LOGGER.info("missed together: %d of %d teams have plenty again", -(-len(lean) // 2), len(teams))
            for team in lean[: -(-len(lean) // 2)]:
                team.have_plenty()
        else:
            return _Together(people, weeks, plans, targets)


def _never() -> bool:
    return False


def _answers(jobs: Iterable[Job], options: Options, is_over: Callable[[], bool]) -> dict[object, object]:
    with Workers(options.workers) as workers:
        return {done.name: _answer_of(done) for done in workers.do(iter(jobs), is_over)}


def _answer_of(done: Done) -> object:
    if done.failure:
        LOGGER.warning("%s: %s", done.name, done.failure)
    return done.answer


def _refuse_unjudged(plans: Sequence[Plan], weeks: int) -> None:
    broken = [one for plan in plans if plan.checker for one in plan.checker.violations]
    if len(plans) < weeks or broken:
        first = f" ({broken[0]})" if broken else ""
        raise SolverLost(f"le plan des équipes réunies n'est pas accepté par le juge{first}")


def _refuse_missed(
    request: TeamRequest, scenarios: Sequence[Scenario], plans: Sequence[Plan], targets: Sequence[int]
) -> None:
    """Weeks that teams reach each alone, and miss together, are not said to be reached."""
    above = {
        scenario.name: plan.levels[0].value - target / 10
        for scenario, plan, target in zip(scenarios, plans, targets, strict=True)
        if plan.levels[0].value > target / 10
    }
    if 100 * (len(plans) - len(above)) < request.share_percent * len(plans):
        points = {name: f"{most:g}".replace(".", ",") for name, most in list(above.items())[:SHOWN]}
        missed = ", ".join(f"{name} de {most} point(s)" for name, most in points.items())
        raise NoPlanYet(
            f"chaque équipe atteint ses semaines, mais réunies elles manquent {missed} ; "
            "augmentez --time-limit, ou tolerance dans la demande"
        )


def _base(team: Composed, request: TeamRequest) -> dict[str, int]:
    """The present team, or the composed one where it was composed from nothing."""
    if request.start is Start.NOTHING:
        return dict(team.team)
    return {column.person.id: 1 for column in team.of.problem.columns if not column.post}


def _whole_jobs(teams: Sequence[Composed], weeks: Sequence[Week]) -> Iterator[Job]:
    for number, week in enumerate(weeks):
        plans = tuple(team.plans_together.get(number, team.plans[number]).plan for team in teams)
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
