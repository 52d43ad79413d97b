"""What is kept is kept for a time: nothing personal outlives the use that it was given for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from api.store.tables import Audit, Delivery, Idempotency, Job, RdvItem, Result, StoredWeek

RDV_PERIOD = timedelta(days=90)
"""What RDV-Solidarités says later than that after it happened is not heard: nothing gone comes back."""


@dataclass(frozen=True)
class Periods:
    """For how long is kept: a job with what it found once it ended, and one whose plan is published; a week
    that no job is about any more; the audit log; a message to a webhook once it was delivered or given up; an
    idempotency key; what RDV-Solidarités told once it is over."""

    jobs: timedelta = timedelta(days=90)
    published: timedelta = timedelta(days=365)
    weeks: timedelta = timedelta(days=90)
    audit: timedelta = timedelta(days=365)
    deliveries: timedelta = timedelta(days=30)
    idempotency: timedelta = timedelta(days=1)
    rdv: timedelta = RDV_PERIOD


def purge_old(session: Session, periods: Periods, now: datetime) -> None:
    """Forget what was kept long enough."""
    session.execute(delete(Idempotency).where(Idempotency.created_at < now - periods.idempotency))
    session.execute(delete(Audit).where(Audit.at < now - periods.audit))
    session.execute(delete(Delivery).where(Delivery.ended_at < now - periods.deliveries))
    session.execute(delete(Job).where(Job.ended_at < now - periods.jobs, Job.published_at.is_(None)))
    session.execute(delete(Job).where(Job.ended_at < now - periods.published))
    over = now - periods.rdv
    is_over = or_(RdvItem.content.is_(None), RdvItem.until < over)
    session.execute(delete(RdvItem).where(RdvItem.at < over, is_over))
    about = select(Job.week_id).where(Job.week_id.is_not(None))
    planned = select(Result.week_id).where(Result.week_id.is_not(None))
    session.execute(
        delete(StoredWeek).where(
            StoredWeek.created_at < now - periods.weeks,
            StoredWeek.id.not_in(about.union(planned)),
        )
    )
