"""Jobs as those who ask for them see them: submitted, read, listed, asked to stop, purged."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, undefer

from api.ids import new_id
from api.store.ends import end
from api.store.events import tell_state
from api.store.pages import page_of
from api.store.tables import Job, Result
from api.words import ENDED, Kind, State


@dataclass(frozen=True)
class Asked:
    """What is asked of a job: its kind, the request as JSON, its week, the cores it takes, the job
    that it is derived from."""

    kind: Kind
    request: str
    week_id: str | None
    workers: int
    derived_from: str | None = None


def submit(session: Session, tenant_id: str, asked: Asked, now: datetime) -> Job:
    """Put a job at the end of the queue."""
    job = Job(
        id=new_id("job"),
        tenant_id=tenant_id,
        kind=asked.kind,
        week_id=asked.week_id,
        request=asked.request,
        workers=asked.workers,
        derived_from=asked.derived_from,
        created_at=now,
        state=State.QUEUED,
    )
    session.add(job)
    session.flush()
    tell_state(session, job, now)
    return job


def job_kept(session: Session, tenant_id: str, id_: str, is_locked: bool = False) -> Job | None:
    """The job of that name; None when this tenant has none."""
    named = select(Job).where(Job.tenant_id == tenant_id, Job.id == id_)
    return session.scalar(named.with_for_update() if is_locked else named)


def request_kept(session: Session, tenant_id: str, id_: str) -> str | None:
    """What was asked of the job of that name, as JSON; None when this tenant has none."""
    return session.scalar(select(Job.request).where(Job.tenant_id == tenant_id, Job.id == id_))


def result_of(session: Session, job_id: str) -> Result | None:
    """What a job found, with its documents."""
    found = select(Result).where(Result.job_id == job_id)
    return session.scalar(found.options(undefer(Result.plan), undefer(Result.answer)))


def jobs_kept(
    session: Session,
    tenant_id: str,
    state: State | None,
    limit: int,
    cursor: str | None = None,
    is_published: bool = False,
) -> tuple[list[Job], str | None]:
    """A page of jobs, or of those whose plan is published, the newest first, and the cursor of the next."""
    rows = select(Job).where(Job.tenant_id == tenant_id)
    if is_published:
        rows = rows.where(Job.published_at.is_not(None))
    if state is not None:
        rows = rows.where(Job.state == state)
    return page_of(session, rows, (Job.created_at, Job.id), limit, cursor)


def jobs_by_state(session: Session, tenant_id: str) -> dict[str, int]:
    """How many jobs of a tenant are where."""
    mine = select(Job.state, func.count()).where(Job.tenant_id == tenant_id)
    return dict(session.execute(mine.group_by(Job.state)).all())


def queued_counted(session: Session, tenant_id: str) -> int:
    """How many jobs of a tenant wait for their turn."""
    waiting = select(func.count()).where(Job.tenant_id == tenant_id, Job.state == State.QUEUED)
    return session.scalar(waiting) or 0


def wish_to_stop(session: Session, job: Job, now: datetime) -> None:
    """Stop a job that nobody holds; ask the runner of one that runs; change nothing of one that ended."""
    if job.state == State.QUEUED:
        end(session, job, State.STOPPED, now)
    elif job.state == State.RUNNING and not job.is_stop_wished:
        job.is_stop_wished = True
        job.revision += 1


def purge(session: Session, job: Job) -> bool:
    """Forget a job that ended, its events and its result; one that has not is left."""
    if job.state not in ENDED:
        return False
    session.execute(delete(Job).where(Job.id == job.id))
    return True
