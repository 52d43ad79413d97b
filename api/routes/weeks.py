"""Weeks: sent once, kept as they are."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import TypeAdapter

from api.bodies import Body
from api.callers import Caller
from api.documents import WeekDocument, WeekPage
from api.examples import A_WEEK
from api.given import Cursor, Limit, Reader, Served, Service, Solver
from api.problems import Code, Refused
from api.store.tables import StoredWeek
from api.store.weeks import keep_week, week_kept, weeks_kept
from optimizer.files.json_week import week_of
from optimizer.warnings_of_week import warnings_of
from optimizer.week import Week

router = APIRouter(prefix="/weeks", tags=["weeks"])
PLANNED: dict[str, object] = {
    "submitJob": {
        "operationId": "submitJob",
        "requestBody": {"kind": "plan", "week_id": "$response.body#/id", "time_limit": 10},
    }
}
"""A week that is kept may be planned."""
WEEK = Body("Week", lambda raw: week_of(raw, ""), TypeAdapter(Week), A_WEEK)


@router.post(
    "",
    status_code=201,
    operation_id="keepWeek",
    openapi_extra=WEEK.documented,
    responses={
        200: {"model": WeekDocument, "description": "Cette semaine était déjà gardée", "links": PLANNED},
        201: {"links": PLANNED},
    },
)
def keep(
    caller: Solver, week: Annotated[Week, Depends(WEEK)], service: Served, response: Response
) -> WeekDocument:
    """Keep a week; the same content again is the same week (200)."""
    with service.store.writing() as session:
        kept, is_new = keep_week(session, caller.tenant_id, week, service.now())
        if is_new:
            service.note(session, caller, "week.kept", kept.id)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/weeks/{kept.id}"
    return WeekDocument.of(kept, tuple(warnings_of(week)))


@router.get("", operation_id="listWeeks")
def list_weeks(caller: Reader, service: Served, limit: Limit = 50, cursor: Cursor = None) -> WeekPage:
    """The weeks that are kept, the newest first."""
    with service.store.reading() as session:
        rows, after = weeks_kept(session, caller.tenant_id, limit, cursor)
    return WeekPage(items=tuple(WeekDocument.of(row) for row in rows), next_cursor=after)


@router.get("/{week_id}", operation_id="readWeek")
def read(week_id: str, caller: Reader, service: Served) -> WeekDocument:
    """What is known of a week."""
    return WeekDocument.of(_named(service, caller, week_id))


@router.get("/{week_id}/content", operation_id="readWeekContent")
def content(week_id: str, caller: Reader, service: Served) -> Response:
    """The week itself."""
    return Response(_named(service, caller, week_id).content, media_type="application/json")


def _named(service: Service, caller: Caller, week_id: str) -> StoredWeek:
    with service.store.reading() as session:
        kept = week_kept(session, caller.tenant_id, week_id)
    if kept is None:
        raise Refused(Code.NOT_FOUND)
    return kept
