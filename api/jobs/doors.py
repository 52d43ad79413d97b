"""The doors that a job goes through, one function a kind: a task in, an answer out."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from api.jobs.events import events_of
from api.jobs.messages import Answered, Json, Task
from api.jobs.requests import (
    AboutAPlan,
    CompareRequest,
    ComposeRequest,
    ExplainRequest,
    JobRequest,
    PlanRequest,
    ReplanRequest,
)
from optimizer.answers.contradiction import minimal_contradiction
from optimizer.answers.replan import replan
from optimizer.child import engine_for
from optimizer.compare import compare
from optimizer.compose import compose_team
from optimizer.engines.options import Options, Progress
from optimizer.errors import ContradictoryWeek
from optimizer.events import start_of_day
from optimizer.files.answer_json import contradiction_json, replanned_json
from optimizer.files.comparison import comparison_json
from optimizer.files.explained import explained_json, waiting_json
from optimizer.files.json_week import week_of_json
from optimizer.files.plan_json import plan_of
from optimizer.files.team_json import team_json
from optimizer.files.week_json import week_json
from optimizer.holding import what_holds
from optimizer.news import Told
from optimizer.plan import Plan, Status
from optimizer.published import published
from optimizer.scenarios import Scenario
from optimizer.solve import plan_week
from optimizer.standing import Standing
from optimizer.week import Week


@dataclass(frozen=True)
class Heard:
    """What a job is told and tells while it works."""

    is_stopped: Callable[[], bool]
    on_progress: Progress
    on_news: Callable[[Told], None]


def answer(task: Task, heard: Heard) -> Answered:
    """Do what is asked.

    Raises
    ------
    PolyvalenceError
        As the door does.
    """
    match task.request:
        case PlanRequest() as request:
            return _plan(request, task, heard)
        case ReplanRequest() as request:
            return _replan(request, task, heard)
        case ExplainRequest() as request:
            return _explain(request, task, heard)
        case ComposeRequest() as request:
            return _compose(request, task, heard)
        case CompareRequest() as request:
            return _compare(request, task, heard)


def _plan(request: PlanRequest, task: Task, heard: Heard) -> Answered:
    """A plan; without the teams that contradict themselves, where the others hold."""
    week, options = _week(task), _options(request, heard)
    engine = engine_for(week, None if request.engine == "auto" else request.engine)
    try:
        plan = plan_week(week, options, heard.on_progress, engine, heard.on_news)
    except ContradictoryWeek:
        holding = what_holds(week)
        if holding is None:
            raise
        plan = plan_week(holding.week, options, heard.on_progress, engine, heard.on_news, holding.left_out)
    return _planned(plan)


def _replan(request: ReplanRequest, task: Task, heard: Heard) -> Answered:
    standing = _standing(request, task)
    now = request.now or start_of_day(standing.week.horizon.first_day)
    events = events_of(request.events, standing.week)
    options = _options(request, heard)
    found = replan(standing, events, now, options, heard.on_progress, heard.on_news)
    made = {"week": week_json(found.week).decode(), "answer": replanned_json(found)}
    return _planned(found.plan).model_copy(update=made)


def _explain(request: ExplainRequest, task: Task, heard: Heard) -> Answered:
    if task.plan is None and request.plan is None:
        found = minimal_contradiction(_week(task))
        if found is None:
            return Answered(answer=contradiction_json(None))
        return Answered(
            status=Status.INFEASIBLE, reasons=found.facts, answer=_plain(contradiction_json(found))
        )
    standing = _standing(request, task)
    if request.item_id is None:
        return Answered(answer=_plain(waiting_json(standing)))
    in_full = _options(request, heard) if request.exact else None
    return Answered(answer=_plain(explained_json(standing, request.item_id, in_full)))


def _compose(request: ComposeRequest, task: Task, heard: Heard) -> Answered:
    weeks = (week_of_json(text.encode(), f"/week_ids/{n}") for n, text in enumerate(task.weeks))
    scenarios = [Scenario(id_, week) for id_, week in zip(request.week_ids, weeks, strict=True)]

    def told(cost: float, bound: float) -> None:
        heard.on_progress("euros", cost, bound)

    found = compose_team(scenarios, request.request, _options(request, heard), told)
    return Answered(status=found.team.status, answer=json.loads(team_json(found.team)))


def _compare(request: CompareRequest, task: Task, heard: Heard) -> Answered:
    options = _options(request, heard)
    found = compare(_week(task), request.organisations, options, lambda _: heard.on_progress)
    return Answered(answer=json.loads(comparison_json(found)))


# ------------------------------------------------------------ what doors take


def _week(task: Task) -> Week:
    return week_of_json(task.weeks[0].encode(), "/week_id")


def _standing(request: AboutAPlan, task: Task) -> Standing:
    label = "/plan_job_id" if request.plan_job_id else "/plan"
    document = json.loads(task.plan) if task.plan else request.plan
    return published(_week(task), plan_of(document, label), label)


def _options(request: JobRequest, heard: Heard) -> Options:
    """What a composition is told has no deterministic limit."""
    deterministic = not isinstance(request, ComposeRequest) and request.deterministic
    workers = request.workers or 1
    return Options(request.time_limit, workers, request.seed, deterministic, heard.is_stopped)


def _planned(plan: Plan) -> Answered:
    """A plan; where teams are left out of it the week as a whole is infeasible, and says why."""
    return Answered(
        status=Status.INFEASIBLE if plan.left_out else plan.status,
        levels=plan.levels,
        reasons=tuple(fact for left in plan.left_out for fact in left.facts),
        plan=plan.model_dump_json(),
    )


def _plain(document: Json) -> Json:
    """The document with its dates and enumerations as texts."""
    plain: Json = json.loads(json.dumps(document, ensure_ascii=False, allow_nan=False, default=str))
    return plain
