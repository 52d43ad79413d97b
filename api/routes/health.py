"""Is the service alive, and can it work? Asked without a key, and answered without a word more."""

from fastapi import APIRouter, Depends
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.given import Served, no_other_parameters
from api.problems import Code, Refused

router = APIRouter(tags=["health"], dependencies=[Depends(no_other_parameters)])


@router.get("/healthz", operation_id="isAlive")
def is_alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz", operation_id="isReady")
def is_ready(service: Served) -> dict[str, str]:
    """The database answers too."""
    try:
        with service.store.reading() as session:
            session.execute(text("SELECT 1 FROM jobs WHERE 1 = 0"))
    except SQLAlchemyError:
        raise Refused(Code.NOT_READY) from None
    return {"status": "ready"}
