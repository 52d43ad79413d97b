"""Which plan of a week is the published one: at most one of all weeks that events made of each other."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.pages import cursor_after, is_after
from api.store.tables import Job, Result, Tenant
from api.store.weeks import related


def lock_tenant(session: Session, tenant_id: str) -> None:
    """Let nobody else of a tenant publish before this transaction ends."""
    session.scalar(select(Tenant.id).where(Tenant.id == tenant_id).with_for_update(key_share=True))


def publish(session: Session, job: Job, week_id: str, key_id: str | None, now: datetime) -> bool:
    """Make a job's plan, of a week, the published one; what was published before it is withdrawn.

    Returns
    -------
    Whether it was not the published one already.
    """
    if job.published_at is not None:
        return False
    weeks = related(session, job.tenant_id, week_id)
    before = (
        select(Job)
        .join(Result, Result.job_id == Job.id)
        .where(Job.tenant_id == job.tenant_id, Job.published_at.is_not(None), Result.week_id.in_(weeks))
    )
    for other in session.scalars(before.with_for_update(of=Job)):
        withdraw(other)
    job.published_at, job.published_by = now, key_id
    job.revision += 1
    return True


def withdraw(job: Job) -> bool:
    """Let a job's plan be one that is not published; whether it was."""
    if job.published_at is None:
        return False
    job.published_at, job.published_by = None, None
    job.revision += 1
    return True


def published_kept(
    session: Session, tenant_id: str, limit: int, cursor: str | None = None
) -> tuple[list[tuple[Job, str | None]], str | None]:
    """A page of jobs whose plans are published with the weeks of these, the last first; the next cursor."""
    rows = select(Job, Result.week_id).join(Result, Result.job_id == Job.id)
    rows = rows.where(Job.tenant_id == tenant_id, Job.published_at.is_not(None))
    if cursor is not None:
        rows = rows.where(is_after(cursor, Job.published_at, Job.id))
    rows = rows.order_by(Job.published_at.desc(), Job.id.desc()).limit(limit + 1)
    found = [(job, week_id) for job, week_id in session.execute(rows)]
    last = found[limit - 1][0] if len(found) > limit else None
    if last is None or last.published_at is None:
        return found[:limit], None
    return found[:limit], cursor_after(last.published_at, last.id)
