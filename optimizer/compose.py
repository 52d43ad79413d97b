"""The door that composes teams, for demand weeks or for fixed tasks (SMPTSP); checked on its own."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from optimizer import __version__, team_check
from optimizer.composed import (
    ComposedTeam,
    OneGrade,
    OpenedPosts,
    ReachedByTeam,
    ReachedWeek,
    ShadowValue,
    Shortage,
    TeamCost,
)
from optimizer.contradictions import contradictions
from optimizer.engines.composing.answer import Answer, compose
from optimizer.engines.composing.known import Composed
from optimizer.engines.composing.parts import cost_of
from optimizer.engines.options import Options
from optimizer.engines.staffing.solve import Report, solve
from optimizer.errors import ContradictoryWeek, SolverLost, UnusableInput
from optimizer.files.shifts_file import read_shifts
from optimizer.hashes import hash_of_plan, hash_of_week
from optimizer.plan import Plan, Status
from optimizer.scenarios import Scenario, lost_with, refuse_apart
from optimizer.shifts import Staffing, wrongs
from optimizer.solve import heard
from optimizer.team import Start, TeamRequest
from optimizer.team_request import request_problems
from optimizer.vouching import vouched
from optimizer.week import Week

MOST_SHORTAGES = 10
Told = Callable[[float, float], None]
"""Called with the cost of the best team known, in euros a year, and what any costs at least."""


@dataclass(frozen=True)
class Composition:
    """A composed team, and each demand week with it and its judged plan."""

    team: ComposedTeam
    weeks: tuple[Week, ...]
    plans: tuple[Plan, ...]


def compose_team(
    scenarios: Sequence[Scenario], request: TeamRequest, options: Options, told: Told | None = None
) -> Composition:
    """The cheapest team found that reaches demand weeks, with its lower bound and a judged plan of each.

    Ctrl-C and SIGTERM (heard in the main thread) keep the best found so far.

    Raises
    ------
    UnusableInput
        The weeks have not the same sites, services or organisation, or the request names what they have not.
    ContradictoryWeek
        What a week fixes cannot hold together.
    NoTeam
        No team within the limits asked for reaches the weeks.
    NoPlanYet
        The limit, or Ctrl-C, came before a team.
    SolverLost
        The judge, or the check of the team, refuses what was found.
    """
    started = monotonic()
    refuse_apart(scenarios)
    if problems := list(request_problems(request, scenarios)):
        raise UnusableInput(problems)
    facts = [f"{one.name} : {fact}" for one in scenarios for fact in contradictions(one.week)]
    if facts:
        raise ContradictoryWeek(facts)

    def report(teams: Sequence[Composed]) -> None:
        if told is not None and all(team.plans for team in teams):
            told(sum(team.cost for team in teams), sum(team.bound for team in teams))

    with heard() as asked:
        stopping = replace(options, is_stopped=lambda: asked.times > 0 or options.is_stopped())
        answer = compose(scenarios, request, stopping, report)
    seconds = None if options.deterministic else monotonic() - started
    plans = tuple(
        vouched(week, plan, options, "compose", seconds)
        for week, plan in zip(answer.weeks, answer.plans, strict=True)
    )
    team = _document(scenarios, request, options, answer, plans, seconds)
    if asked.times:
        team = team.model_copy(update={"provenance": {**team.provenance, "interrupted": True}})
    if found := team_check.wrongs(team, scenarios, answer.weeks, plans):
        raise SolverLost("la vérification refuse l'équipe trouvée : " + " ; ".join(found[:5]))
    return Composition(team, answer.weeks, plans)


def _document(
    scenarios: Sequence[Scenario],
    request: TeamRequest,
    options: Options,
    answer: Answer,
    plans: Sequence[Plan],
    seconds: float | None,
) -> ComposedTeam:
    first = scenarios[0].week
    cost = sum(cost_of(request, one.profession, one.quotite) for one in answer.people)
    bound = min(cost, sum(team.bound for team in answer.teams))
    kept = tuple(one.id for one in answer.people if one.id in first.professional)
    return ComposedTeam(
        status=Status.OPTIMAL if cost <= bound else Status.FEASIBLE,
        cost=cost,
        bound=bound,
        gap=round((cost - bound) / max(1, cost), 6),
        absolute_gap=cost - bound,
        posts=sum(one.quotite for one in answer.people) / 100,
        present_posts=sum(one.quotite for one in first.professionals) / 100,
        present_cost=sum(cost_of(request, one.profession, one.quotite) for one in first.professionals),
        kept=kept,
        closed=tuple(one.id for one in first.professionals if one.id not in set(kept)),
        opened=tuple(_opened(answer)),
        services=tuple(_costs(first, answer)),
        weeks=tuple(_weeks(scenarios, answer, plans)),
        people=answer.people,
        shadow_values=tuple(
            ShadowValue(
                profession=profession,
                service_id=service,
                points=round(tenths / 10, 1),
                cost=cost_of(request, profession, 50),
            )
            for (profession, service), tenths in sorted(answer.shadows.items(), key=lambda one: -one[1])
        ),
        shadow_of=request.start.value,
        shortages=tuple(
            Shortage(
                week=scenarios[need.week].name,
                profession=need.kind[0],
                service_id=need.kind[1],
                needed=need.needed,
                covered=need.covered,
            )
            for need in answer.needs[:MOST_SHORTAGES]
        ),
        one_grade=None
        if answer.one_grade is None
        else OneGrade(bound=answer.one_grade, difference=max(0, bound - answer.one_grade)),
        notes=tuple(_notes(scenarios, request, answer)),
        request=request,
        provenance={
            "product_version": __version__,
            "solver_version": f"ortools {version('ortools')}",
            "seed": options.seed,
            "time_limit_seconds": options.time_limit,
            "workers": options.workers,
            "deterministic": options.deterministic,
            "seconds": None if seconds is None else round(seconds, 1),
        },
    )


def _opened(answer: Answer) -> Iterator[OpenedPosts]:
    """Posts alike together, in the order of the team."""
    posts = {id_: post for team in answer.teams for id_, post in team.of.posts.items()}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person in answer.people:
        post = person.id.rpartition("-")[0]  # as the one who stands for it, with a number
        if post in posts:
            found[post, person.site_id].append(person.id)
    for (id_, site), ids in found.items():
        yield OpenedPosts(
            profession=posts[id_].profession,
            service_id=posts[id_].service_id,
            site_id=site,
            pattern=posts[id_].pattern.name,
            quotite=posts[id_].pattern.quotite,
            ids=tuple(ids),
        )


def _services(week: Week, team: Composed) -> tuple[str, ...]:
    return tuple(one.id for one in week.services if one.id in team.of.problem.services)


def _costs(week: Week, answer: Answer) -> Iterator[TeamCost]:
    for team in answer.teams:
        people = team.of.people(team.team)
        yield TeamCost(
            services=_services(week, team),
            cost=team.cost,
            bound=min(team.cost, team.bound),
            posts=sum(one.quotite for one in people) / 100,
        )


def _weeks(scenarios: Sequence[Scenario], answer: Answer, plans: Sequence[Plan]) -> Iterator[ReachedWeek]:
    for number, (scenario, week, plan) in enumerate(zip(scenarios, answer.weeks, plans, strict=True)):
        target = answer.targets[number] / 10
        teams = tuple(
            ReachedByTeam(
                services=_services(week, team),
                target=team.targets[number] / 10,
                value=team.plans[number].commitments / 10,
            )
            for team in answer.teams
        )
        yield ReachedWeek(
            name=scenario.name,
            floor=sum(team.floors[number] for team in answer.teams) / 10,
            target=target,
            value=plan.levels[0].value,
            is_reached=plan.levels[0].value <= target and all(one.value <= one.target for one in teams),
            teams=teams,
            week_hash=hash_of_week(week),
            plan_hash=hash_of_plan(plan),
        )


def _notes(scenarios: Sequence[Scenario], request: TeamRequest, answer: Answer) -> Iterator[str]:
    """What the figures do not hold, in French."""
    yield "Un poste ouvert n'a ni absence ni congé : l'équipe trouvée n'a pas de marge pour les siens."
    if request.tolerance:
        points = f"{request.tolerance:g}".replace(".", ",")
        yield f"Points perdus au plus par équipe et semaine sur une équipe à qui rien ne manque : {points}"
    if request.start is Start.PRESENT:
        yield "Les absences des personnes présentes sont celles des semaines données."
    if not request.costs:
        yield (
            "Un temps plein coûte 67 000 euros par an quel que soit le métier : hypothèse, tirée de la "
            "Cour des comptes (2025)."
        )
    lost = sorted({id_ for one in scenarios for id_ in lost_with(one.week, answer.people)})
    if lost:
        names = ", ".join(lost)
        yield f"Réunions laissées de côté, personne de ceux qu'elles nomment n'étant là : {names}."


def compose_shifts(path: Path, options: Options, report: Report | None = None) -> Staffing:
    """Who does each task of a `.dat` file, with as few people as found within the limits.

    Ctrl-C and SIGTERM (heard in the main thread) keep the best found so far.

    Raises
    ------
    UnusableInput
        The file is not one of these, or no team could do its tasks.
    NoPlanYet
        The limit, or Ctrl-C, came before any staffing of all tasks.
    SolverLost
        The check finds a rule broken.
    """
    shifts = read_shifts(path)
    with heard() as asked:
        stopping = replace(options, is_stopped=lambda: asked.times > 0 or options.is_stopped())
        staffing = solve(shifts, stopping, report)
    if found := wrongs(shifts, staffing.assignment):
        raise SolverLost("la vérification refuse l'affectation trouvée : " + " ; ".join(found[:5]))
    return staffing


def staffing_json(staffing: Staffing) -> dict[str, object]:
    """The answer as other tools read it: indices from 0 in file order, as text for the tasks."""
    return {
        "status": staffing.status.value,
        "staff": staffing.staff,
        "lower_bound": staffing.lower_bound,
        "assignment": {str(task): str(staffing.assignment[task]) for task in sorted(staffing.assignment)},
    }
