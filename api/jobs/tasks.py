"""From a job in the database to what its process needs, and for how long it may work."""

from sqlalchemy.orm import Session

from api.jobs.messages import Task
from api.jobs.requests import (
    AnyRequest,
    CompareRequest,
    ComposeRequest,
    ExplainRequest,
    JobRequest,
    plan_job_named,
    weeks_named,
)
from api.problems import Code, Fault, Refused
from api.store.jobs import job_kept, result_of
from api.store.queue import Claimed
from api.store.weeks import week_kept
from optimizer.answers.exact import MOST_EXACT

GRACE_SHARE, GRACE_SECONDS = 0.5, 120.0
"""What a job may take beyond its limit, to start, write its plan down and judge it: what the door gives an
engine (`optimizer.solve`), and a minute."""
WITHOUT_A_CLOCK = 6 * 3600.0
"""Seconds that a deterministic limit, which counts none, may take."""


def seconds_allowed(request: JobRequest) -> float:
    """Seconds after which a job is ended, whatever it does."""
    if not isinstance(request, ComposeRequest) and request.deterministic:
        return WITHOUT_A_CLOCK
    return _solves(request) * (request.time_limit + max(GRACE_SECONDS, GRACE_SHARE * request.time_limit))


def _solves(request: JobRequest) -> int:
    """How many times a job may take its whole limit."""
    match request:
        case CompareRequest():
            return len(request.organisations)
        case ExplainRequest(exact=True):
            return MOST_EXACT + 1
        case _:
            return 1


def task_of(session: Session, claimed: Claimed) -> Task:
    """What a claimed job works on.

    Raises
    ------
    Refused
        A week or a plan that it names is no longer there.
    """
    request = AnyRequest.validate_json(claimed.request)
    limited = request.model_copy(update={"workers": claimed.workers})
    weeks = contents_of_weeks(session, claimed.tenant_id, request)
    return Task(request=limited, weeks=weeks, plan=_plan(session, claimed.tenant_id, request))


def contents_of_weeks(session: Session, tenant_id: str, request: JobRequest) -> tuple[str, ...]:
    """The JSON texts of the weeks that a request names.

    Raises
    ------
    Refused
        This tenant has not one of them.
    """
    named = weeks_named(request)
    places = [
        f"/week_ids/{n}" if isinstance(request, ComposeRequest) else "/week_id" for n in range(len(named))
    ]
    return tuple(
        content_of_week(session, tenant_id, id_, place) for id_, place in zip(named, places, strict=True)
    )


def content_of_week(session: Session, tenant_id: str, id_: str, place: str = "/week_id") -> str:
    """The JSON text of a week, which is named at a place of what was asked.

    Raises
    ------
    Refused
        This tenant has no such week.
    """
    kept = week_kept(session, tenant_id, id_)
    if kept is None:
        raise _missing(place, f"semaine « {id_} » inconnue", f"unknown week {id_!r}")
    return kept.content


def plan_of_job(session: Session, tenant_id: str, id_: str, week_id: str) -> str:
    """The JSON text of the plan of a job, for the week that it is for.

    Raises
    ------
    Refused
        This tenant has no such job, it has no plan, or its plan is another week's.
    """
    job = job_kept(session, tenant_id, id_)
    result = result_of(session, id_) if job else None
    if result is None or result.plan is None:
        raise _missing("/plan_job_id", f"« {id_} » n'a pas de plan", f"{id_!r} has no plan")
    if result.week_id != week_id:
        french = f"le plan de « {id_} » est celui de la semaine « {result.week_id} »"
        raise _missing("/week_id", french, f"the plan of {id_!r} is for the week {result.week_id!r}")
    return result.plan


def _plan(session: Session, tenant_id: str, request: JobRequest) -> str | None:
    named = plan_job_named(request)
    return plan_of_job(session, tenant_id, named, weeks_named(request)[0]) if named else None


def _missing(pointer: str, french: str, english: str) -> Refused:
    fault = Fault(pointer=pointer, detail=french, english=english)
    return Refused(Code.INVALID_REQUEST, faults=(fault,))
