"""How a job gets on: its events as a list or as they come, and its log."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.asking import job_named
from api.callers import Caller
from api.documents import EventDocument, EventPage
from api.given import Reader, Served, Service
from api.problems import Refused
from api.store.events import LOG, events_of
from api.store.tables import Job, JobEvent
from api.words import ENDED, State

router = APIRouter(prefix="/jobs/{job_id}", tags=["progress"])
STREAM = "text/event-stream"
POLL_SECONDS, POLLS_A_HEARTBEAT = 0.5, 30
MOST_EVENTS = 500
LARGEST = 2**31 - 1
After = Annotated[int, Query(ge=0, le=LARGEST, description="Numéro du dernier évènement connu")]
LastEventId = Annotated[int | None, Header(alias="Last-Event-ID", ge=0, le=LARGEST)]


@router.get(
    "/events",
    operation_id="readEvents",
    response_model=EventPage,
    responses={200: {"description": "Les évènements", "content": {STREAM: {}}}},
)
def events(
    job_id: str, caller: Reader, service: Served, request: Request, after: After = 0, last: LastEventId = None
) -> Response | EventPage:
    """What happened to a job since the last event known; as they come for `Accept: text/event-stream`."""
    if STREAM in request.headers.get("accept", ""):
        job_named(service, caller, job_id)  # before the stream begins, which can refuse no more
        lines = _stream(service, caller, job_id, last or after)
        return StreamingResponse(lines, media_type=STREAM, headers={"Cache-Control": "no-store"})
    _, rows = _news(service, caller, job_id, after)
    return EventPage(items=tuple(map(EventDocument.of, rows)), last=rows[-1].number if rows else after)


@router.get("/log", operation_id="readLog", response_class=PlainTextResponse)
def log(job_id: str, caller: Reader, service: Served) -> Response:
    """What went otherwise than it should, a sentence a line."""
    _, rows = _news(service, caller, job_id, 0)
    told = [EventDocument.of(row) for row in rows if row.kind == LOG]
    lines = [f"{one.at.isoformat()} {one.data['sentence']}\n" for one in told]
    return Response("".join(lines), media_type="text/plain; charset=utf-8")


def _news(service: Service, caller: Caller, job_id: str, after: int) -> tuple[Job, list[JobEvent]]:
    """A job as it is, then its events: one that ended has told all of them."""
    job = job_named(service, caller, job_id)
    with service.store.reading() as session:
        return job, events_of(session, job_id, after, MOST_EVENTS)


async def _stream(service: Service, caller: Caller, job_id: str, last: int) -> AsyncIterator[str]:
    """Events as they come, a sign of life when there are none, and an explicit end.

    Nothing more comes when the job is purged, or the key of who reads ends.
    """
    silent = 0
    while True:
        try:
            await run_in_threadpool(service.gate.hear_on, caller)
            job, rows = await run_in_threadpool(_news, service, caller, job_id, last)
        except Refused:
            return
        for row in rows:
            yield f"id: {row.number}\nevent: {row.kind}\ndata: {row.data}\n\n"
            last = row.number
        if State(job.state) in ENDED and len(rows) < MOST_EVENTS:
            yield f'id: {last}\nevent: end\ndata: {{"state": "{job.state}"}}\n\n'
            return
        silent = 0 if rows else silent + 1
        if silent % POLLS_A_HEARTBEAT == 1:
            yield ": patience\n\n"
        await asyncio.sleep(POLL_SECONDS)
