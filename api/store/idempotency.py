"""Requests that are sent again: one `Idempotency-Key` of a tenant stands for one job."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.tables import Idempotency


class AnotherRequest(Exception):
    """The key stands for another request."""


def job_of(session: Session, tenant_id: str, key: str, fingerprint: str) -> str | None:
    """The job that a key stands for; None when it is new.

    Raises
    ------
    AnotherRequest
    """
    mine = select(Idempotency).where(Idempotency.tenant_id == tenant_id, Idempotency.key == key)
    found = session.scalar(mine)
    if found is None:
        return None
    if found.fingerprint != fingerprint:
        raise AnotherRequest(key)
    return found.job_id


def remember(
    session: Session, tenant_id: str, key: str, fingerprint: str, job_id: str, now: datetime
) -> None:
    """Let a key stand for a job.

    Raises
    ------
    IntegrityError
        Another request with this key came at the same time; this transaction is to be given up.
    """
    session.add(
        Idempotency(tenant_id=tenant_id, key=key, fingerprint=fingerprint, job_id=job_id, created_at=now)
    )
    session.flush()
