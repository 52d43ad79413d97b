"""Published plans: those that people go by, and all that a key limited to a service or a person reads."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.documents import JobDocument, PublishedDocument, PublishedPage
from api.given import Cursor, Limit, LimitedReader, Publisher, Served
from api.problems import Code
from api.publishing import publish_plan, withdraw_plan
from api.refusals import may_refuse
from api.routes.jobs import told
from api.store.publishing import published_kept

router = APIRouter(tags=["publishing"])
Acknowledged = Annotated[bool, Query(description="Les infractions de ce plan sont connues")]


@router.post(
    "/jobs/{job_id}/publish",
    operation_id="publishPlan",
    responses=may_refuse(Code.NOT_ENDED, Code.NO_PLAN, Code.PLAN_BREAKS_RULES, Code.UNUSABLE_INPUT),
)
def publish(
    job_id: str, caller: Publisher, service: Served, request: Request, acknowledged: Acknowledged = False
) -> JobDocument:
    """Make a job's plan the published one of its week; the one before, of this week or of those that events
    made of each other, is withdrawn. One that breaks rules, as a past that did, needs to be acknowledged."""
    return told(request, caller, publish_plan(service, caller, job_id, acknowledged))


@router.delete("/jobs/{job_id}/publish", status_code=204, operation_id="withdrawPlan")
def withdraw(job_id: str, caller: Publisher, service: Served) -> None:
    """Withdraw a published plan; one that is not published stays so."""
    withdraw_plan(service, caller, job_id)


@router.get("/published", operation_id="listPublished")
def list_published(
    caller: LimitedReader, service: Served, limit: Limit = 50, cursor: Cursor = None
) -> PublishedPage:
    """The published plans, the last published first."""
    with service.store.reading() as session:
        rows, after = published_kept(session, caller.tenant_id, limit, cursor)
    whole = caller.audience is None
    items = tuple(PublishedDocument.of(job, week_id, is_whole=whole) for job, week_id in rows)
    return PublishedPage(items=items, next_cursor=after)
