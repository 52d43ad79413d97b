"""Is the service alive, and can it work? Asked without a key; how it does, with one that administers."""

from fastapi import APIRouter, Depends, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.given import Admin, Served, no_other_parameters
from api.measures import MEDIA_TYPE
from api.problems import Code, Refused
from api.refusals import may_refuse
from api.store.jobs import jobs_by_state

router = APIRouter(tags=["health"], dependencies=[Depends(no_other_parameters)])


@router.get("/healthz", operation_id="isAlive")
async def is_alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz", operation_id="isReady", responses=may_refuse(Code.NOT_READY))
def is_ready(service: Served) -> dict[str, str]:
    """The database answers too."""
    try:
        with service.store.reading() as session:
            session.execute(text("SELECT 1 FROM jobs WHERE 1 = 0"))
    except SQLAlchemyError:
        raise Refused(Code.NOT_READY) from None
    return {"status": "ready"}


@router.get("/metrics", operation_id="readMetrics", response_class=PlainTextResponse)
def metrics(caller: Admin, service: Served) -> Response:
    """Figures for Prometheus: the requests of this server, the jobs of the tenant."""
    with service.store.reading() as session:
        counted = jobs_by_state(session, caller.tenant_id)
    return Response(service.measures.text(counted), media_type=MEDIA_TYPE)
