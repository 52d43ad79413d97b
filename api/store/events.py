"""What happened to a job, in order: numbers grow by one, so that a reader may go on from the last it saw."""

import json
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.store.tables import Job, JobEvent

Json = dict[str, object]
STATE, LEVELS, ADVANCE, LOG = "state", "levels", "advance", "log"


def tell(session: Session, job_id: str, kind: str, data: Json, now: datetime) -> None:
    """Add one; the caller holds the row of the job, so that no two have one number."""
    last = session.scalar(select(func.max(JobEvent.number)).where(JobEvent.job_id == job_id))
    number, text = (last or 0) + 1, json.dumps(data, ensure_ascii=False)
    session.add(JobEvent(job_id=job_id, number=number, at=now, kind=kind, data=text))
    session.flush()


def tell_state(session: Session, job: Job, now: datetime) -> None:
    """Say where a job is now."""
    tell(session, job.id, STATE, {"state": job.state, "attempt": job.attempt}, now)


def events_of(session: Session, job_id: str, after: int, most: int) -> list[JobEvent]:
    """Those that come after a number, in order."""
    later = select(JobEvent).where(JobEvent.job_id == job_id, JobEvent.number > after)
    return list(session.scalars(later.order_by(JobEvent.number).limit(most)))
