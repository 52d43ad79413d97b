"""Jobs: submitted, read, waited for, stopped, purged."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from starlette.concurrency import run_in_threadpool

from api.asking import accept, forget, request_of, stop, waited_for
from api.bodies import Body, Document, Patch, validated
from api.callers import Caller
from api.documents import JobDocument, JobPage
from api.examples import A_JOB, A_JOB_PATCH
from api.given import Cursor, IdempotencyKey, Limit, LimitedReader, Served, Service, Solver, Wait, mark_of
from api.jobs.requests import MODELS, AnyRequest, JobRequest, Limits
from api.languages import is_english
from api.merging import patched
from api.problems import Code
from api.refusals import may_refuse
from api.store.jobs import jobs_kept
from api.store.tables import Job
from api.words import ENDED, State

router = APIRouter(prefix="/jobs", tags=["jobs"])
RETRY_AFTER = "2"
JOB = Body(
    "JobRequest",
    lambda raw: validated(AnyRequest, raw, _model_of(raw), is_tagged=True),
    AnyRequest,
    A_JOB,
)
JOB_PATCH = Patch("JobPatch", A_JOB_PATCH)
FINISHED: dict[int | str, dict[str, Any]] = {
    200: {"model": JobDocument, "description": "Terminé avant la fin de l'attente"},
    **may_refuse(Code.IDEMPOTENCY_KEY_REUSED, Code.QUEUE_FULL),
}


def _model_of(raw: Document) -> type[Limits]:
    named = {kind.value: model for kind, model in MODELS.items()}
    return named.get(str(raw.get("kind")), Limits)


def told(request: Request, caller: Caller, job: Job) -> JobDocument:
    """A job in the language and within the rights of who asks."""
    accepted = request.headers.get("accept-language")
    return JobDocument.of(job, is_english(accepted), is_limited=caller.audience is not None)


@router.post(
    "",
    status_code=202,
    operation_id="submitJob",
    openapi_extra=JOB.documented,
    responses=FINISHED,
)
async def submit(
    caller: Solver,
    asked: Annotated[JobRequest, Depends(JOB)],
    service: Served,
    request: Request,
    response: Response,
    key: IdempotencyKey = None,
    wait: Wait = 0,
) -> JobDocument:
    """Submit a job: accepted at once (202), or with its end when it comes within `wait` seconds (200)."""
    job = await run_in_threadpool(accept, service, caller, asked, key)
    return await _accepted(service, caller, job, wait, request, response)


async def _accepted(
    service: Service, caller: Caller, job: Job, wait: int, request: Request, response: Response
) -> JobDocument:
    """The answer about a job that was accepted, once it ended or nobody waits any longer."""
    job = await waited_for(service, caller, job.id, wait)
    response.status_code = 200 if wait and State(job.state) in ENDED else 202
    response.headers.update({"Location": f"/v1/jobs/{job.id}", "Retry-After": RETRY_AFTER})
    return told(request, caller, job)


@router.post(
    "/{job_id}/derive",
    status_code=202,
    operation_id="deriveJob",
    openapi_extra=JOB_PATCH.documented,
    responses=FINISHED,
)
async def derive_job(
    job_id: str,
    caller: Solver,
    patch: Annotated[Document, Depends(JOB_PATCH)],
    service: Served,
    request: Request,
    response: Response,
    key: IdempotencyKey = None,
    wait: Wait = 0,
) -> JobDocument:
    """Submit a job that asks what another one did, with changes (RFC 7396): null takes a field away."""
    job = await run_in_threadpool(_derived, service, caller, job_id, patch, key)
    return await _accepted(service, caller, job, wait, request, response)


def _derived(service: Service, caller: Caller, job_id: str, patch: Document, key: str | None) -> Job:
    changed = patched(request_of(service, caller, job_id), patch)
    return accept(service, caller, JOB.read(changed), key, derived_from=job_id)


@router.get("", operation_id="listJobs")
def list_jobs(
    caller: LimitedReader,
    service: Served,
    request: Request,
    limit: Limit = 50,
    cursor: Cursor = None,
    state: State | None = None,
) -> JobPage:
    """Jobs, the newest first; to a key limited to a service or a person, those whose plan is published."""
    is_limited = caller.audience is not None
    with service.store.reading() as session:
        rows, after = jobs_kept(session, caller.tenant_id, state, limit, cursor, is_published=is_limited)
    return JobPage(items=tuple(told(request, caller, row) for row in rows), next_cursor=after)


@router.get(
    "/{job_id}",
    operation_id="readJob",
    response_model=JobDocument,
    responses={304: {"description": "Rien n'a changé"}},
)
async def read(
    job_id: str,
    caller: LimitedReader,
    service: Served,
    request: Request,
    wait: Wait = 0,
    known: Annotated[str | None, Header(alias="If-None-Match")] = None,
) -> Response | JobDocument:
    """Where a job is; nothing (304) when it is still as `If-None-Match` says."""
    job = await waited_for(service, caller, job_id, wait)
    mark = mark_of(job.id, job.revision)
    headers = {"ETag": mark, "Vary": "Accept-Language, Authorization", "Cache-Control": "private, no-cache"}
    if known is not None and mark in known:
        return Response(status_code=304, headers=headers)
    return Response(told(request, caller, job).model_dump_json(), 200, headers, "application/json")


@router.post("/{job_id}/stop", status_code=202, operation_id="stopJob")
def stop_job(job_id: str, caller: Solver, service: Served, request: Request) -> JobDocument:
    """Ask a job to stop and to keep its best plan; one that waits stops at once, one that ended stays."""
    return told(request, caller, stop(service, caller, job_id))


@router.delete(
    "/{job_id}",
    status_code=204,
    operation_id="purgeJob",
    responses=may_refuse(Code.NOT_ENDED, Code.PUBLISHED),
)
def purge_job(job_id: str, caller: Solver, service: Served) -> None:
    """Forget a job that ended, its events and its result."""
    forget(service, caller, job_id)
