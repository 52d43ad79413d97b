"""What is done for those who ask about jobs: accepted once, read, waited for, stopped, purged."""

import asyncio
import hashlib
import json
from time import monotonic

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.bodies import Document
from api.callers import Caller
from api.given import Service
from api.jobs.requests import JobRequest, plan_job_named, weeks_named
from api.jobs.tasks import contents_of_weeks, plan_of_job
from api.problems import Code, Fault, Refused
from api.store.idempotency import AnotherRequest, job_of, remember
from api.store.jobs import (
    Asked,
    job_kept,
    purge,
    queued_counted,
    request_kept,
    result_of,
    submit,
    wish_to_stop,
)
from api.store.tables import Job, Result
from api.store.weeks import week_kept, week_of
from api.words import ENDED, Kind, State
from optimizer.files.plan_json import plan_of
from optimizer.plan import Plan
from optimizer.week import Week

USUAL_WORKERS = 2
POLL_SECONDS = 0.2
RETRY_SECONDS = 30
"""After how long a queue that is full may be asked again."""


def accept(
    service: Service, caller: Caller, request: JobRequest, key: str | None, derived_from: str | None = None
) -> Job:
    """The job of a request: a new one, or the one that this idempotency key stands for.

    Raises
    ------
    Refused
        It names what is not there, asks for more cores than there are, its key stands for another one, or too
        many wait.
    """
    try:
        return _accept(service, caller, request, key, derived_from)
    except IntegrityError:  # the same key came twice at this very moment: the other one's job is there now
        return _accept(service, caller, request, key, derived_from)


def _accept(
    service: Service, caller: Caller, request: JobRequest, key: str | None, derived_from: str | None
) -> Job:
    text = request.model_dump_json()
    fingerprint = hashlib.sha256(f"{derived_from or ''}{text}".encode()).hexdigest()
    with service.store.writing() as session:
        try:
            known = job_of(session, caller.tenant_id, key, fingerprint) if key else None
        except AnotherRequest:
            raise Refused(Code.IDEMPOTENCY_KEY_REUSED) from None
        if known and (job := job_kept(session, caller.tenant_id, known)):
            return job
        weeks = weeks_named(request)
        contents_of_weeks(session, caller.tenant_id, request)
        if named := plan_job_named(request):
            plan_of_job(session, caller.tenant_id, named, weeks[0])
        if queued_counted(session, caller.tenant_id) >= service.settings.queue_limit:
            raise Refused(Code.QUEUE_FULL, retry_after=RETRY_SECONDS)
        asked = Asked(Kind(request.kind), text, weeks[0], _workers(service, request), derived_from)
        job = submit(session, caller.tenant_id, asked, service.now())
        if key:
            remember(session, caller.tenant_id, key, fingerprint, job.id, service.now())
        service.note(session, caller, "job.submitted", job.id)
        return job


def _workers(service: Service, request: JobRequest) -> int:
    """The cores of a job; more than a runner has would wait for ever."""
    cores = service.settings.cores
    if request.workers is not None and request.workers > cores:
        fault = Fault(
            pointer="/workers",
            detail=f"{request.workers} cœurs ; attendu : au plus {cores}",
            english=f"{request.workers} cores; at most {cores} here",
        )
        raise Refused(Code.INVALID_REQUEST, faults=(fault,))
    return request.workers or min(USUAL_WORKERS, cores)


# ------------------------------------------------------------ reading


def job_named(service: Service, caller: Caller, id_: str) -> Job:
    """The job of that name.

    Raises
    ------
    Refused
        This tenant has none, or the reader is limited to a service or a person and its plan is not published.
    """
    with service.store.reading() as session:
        return _job_read(session, caller, id_)


def _job_read(session: Session, caller: Caller, id_: str) -> Job:
    job = job_kept(session, caller.tenant_id, id_)
    if job is None or (caller.audience is not None and job.published_at is None):
        raise Refused(Code.NOT_FOUND)
    return job


def job_and_result(
    service: Service, caller: Caller, id_: str, without: Code = Code.NO_ANSWER
) -> tuple[Job, Result]:
    """A job that ended, with what it found.

    Raises
    ------
    Refused
        There is no such job, it has not ended, or it ended without an answer: `without` is then its code.
    """
    with service.store.reading() as session:
        job, result = _job_read(session, caller, id_), result_of(session, id_)
    if result is None and State(job.state) not in ENDED:
        raise Refused(Code.NOT_ENDED)
    if result is None:
        said = ("« problem » du calcul dit pourquoi", "problem of the job says why") if job.problem else ()
        raise Refused(without, *said)
    return job, result


def week_and_plan(service: Service, caller: Caller, result: Result) -> tuple[Week, Plan]:
    """The plan of a result, and the whole week that it is for.

    Raises
    ------
    Refused
        It has no plan.
    """
    if result.plan is None or result.week_id is None:
        raise Refused(Code.NO_PLAN)
    with service.store.reading() as session:
        kept = week_kept(session, caller.tenant_id, result.week_id)
    assert kept is not None
    return week_of(kept), plan_of(json.loads(result.plan), "plan")


async def waited_for(service: Service, caller: Caller, id_: str, seconds: float) -> Job:
    """The job once it ended, or as it is when nobody waits any longer.

    Raises
    ------
    Refused
        There is no such job, or the key of who waits ends meanwhile.
    """
    until = monotonic() + seconds
    job = await run_in_threadpool(job_named, service, caller, id_)
    while State(job.state) not in ENDED and monotonic() < until:
        await asyncio.sleep(POLL_SECONDS)
        job = await run_in_threadpool(_named_still, service, caller, id_)
    return job


def _named_still(service: Service, caller: Caller, id_: str) -> Job:
    service.gate.hear_on(caller)
    return job_named(service, caller, id_)


def request_of(service: Service, caller: Caller, id_: str) -> Document:
    """What was asked of a job.

    Raises
    ------
    Refused
        This tenant has no such job.
    """
    with service.store.reading() as session:
        text = request_kept(session, caller.tenant_id, id_)
    if text is None:
        raise Refused(Code.NOT_FOUND)
    found: Document = json.loads(text)
    return found


# ------------------------------------------------------------ changing


def job_to_change(session: Session, caller: Caller, id_: str) -> Job:
    """The job of that name, which nobody else changes before this transaction ends.

    Raises
    ------
    Refused
        This tenant has none.
    """
    job = job_kept(session, caller.tenant_id, id_, is_locked=True)
    if job is None:
        raise Refused(Code.NOT_FOUND)
    return job


def stop(service: Service, caller: Caller, id_: str) -> Job:
    """Stop a job: at once when nobody has begun, soon otherwise, its best plan kept.

    Raises
    ------
    Refused
    """
    with service.store.writing() as session:
        job = job_to_change(session, caller, id_)
        wish_to_stop(session, job, service.now())
        service.note(session, caller, "job.stopped", id_)
        return job


def forget(service: Service, caller: Caller, id_: str) -> None:
    """Purge a job that ended, with its result.

    Raises
    ------
    Refused
        There is none, it has not ended, or its plan is published: who may publish withdraws it.
    """
    with service.store.writing() as session:
        job = job_to_change(session, caller, id_)
        if job.published_at is not None:
            raise Refused(Code.PUBLISHED)
        if not purge(session, job):
            raise Refused(Code.NOT_ENDED)
        service.note(session, caller, "job.purged", id_)
