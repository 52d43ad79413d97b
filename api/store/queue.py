"""Jobs as runners see them: claimed by one, held by a lease, ended once.

Whatever a runner writes names its attempt, which no other ever has: once its lease is lost, it is refused.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.store.ends import end
from api.store.events import Json, tell, tell_state
from api.store.tables import Job, Result, Tenant
from api.words import State

MOST_FAILURES = 3
"""Attempts without an answer after which a job has failed."""


@dataclass(frozen=True)
class Hold:
    """Who holds a job, and by which attempt."""

    job_id: str
    owner: str
    attempt: int


class HoldLost(Exception):
    """The job is no longer this runner's: nothing was written."""


@dataclass(frozen=True)
class Claimed:
    """A job that a runner may work on, and what is asked of it."""

    hold: Hold
    tenant_id: str
    week_id: str | None
    request: str
    workers: int


def claim(
    session: Session, owner: str, cores: int, free: int, now: datetime, lease: timedelta
) -> Claimed | None:
    """The next job of those that fit in `cores`, once it fits in what is `free`.

    Tenants take turns: who was served longest ago comes first, with the job of theirs that waits longest.
    The first is waited for rather than passed: a job of many cores comes to its turn.
    """
    waiting = select(Job, Tenant).join(Tenant, Tenant.id == Job.tenant_id)
    waiting = waiting.where(Job.state == State.QUEUED, Job.workers <= cores)
    first = waiting.order_by(Tenant.last_served_at.nulls_first(), Job.created_at, Job.id).limit(1)
    # both are locked, so that two runners serve two tenants, and neither is waited for: no deadlock
    found = session.execute(first.with_for_update(of=(Tenant, Job), key_share=True, skip_locked=True)).first()
    if found is None:
        return None
    job, tenant = found
    if job.workers > free:
        return None
    tenant.last_served_at = now
    job.state, job.owner, job.lease_until = State.RUNNING, owner, now + lease
    job.attempt += 1
    job.revision += 1
    job.started_at = job.started_at or now
    tell_state(session, job, now)
    return Claimed(Hold(job.id, owner, job.attempt), job.tenant_id, job.week_id, job.request, job.workers)


def beat(session: Session, hold: Hold, until: datetime) -> bool:
    """Renew a lease; whether its job is asked to stop.

    Raises
    ------
    HoldLost
    """
    job = _held(session, hold)
    job.lease_until = until
    return job.is_stop_wished


def tell_progress(session: Session, hold: Hold, kind: str, data: Json, now: datetime) -> None:
    """Say how a job gets on.

    Raises
    ------
    HoldLost
    """
    _held(session, hold)
    tell(session, hold.job_id, kind, data, now)


def finish(session: Session, hold: Hold, state: State, status: str | None, now: datetime) -> Job:
    """End a job with an answer, or stopped without one; the caller adds the result in this transaction.

    Raises
    ------
    HoldLost
    """
    job = _held(session, hold)
    job.status = status
    _end(session, job, state, now)
    return job


def add_result(session: Session, result: Result) -> None:
    """Keep what a job found."""
    session.add(result)
    session.flush()


def fail(session: Session, hold: Hold, problem: str, now: datetime) -> None:
    """End a job that another attempt would end in the same way.

    Raises
    ------
    HoldLost
    """
    job = _held(session, hold)
    job.problem = problem
    _end(session, job, State.FAILED, now)


def lose(session: Session, hold: Hold, problem: str, now: datetime) -> None:
    """Give up an attempt that ended without an answer: another one follows, up to the cap.

    Raises
    ------
    HoldLost
    """
    _failed_once(session, _held(session, hold), problem, now)


def release(session: Session, hold: Hold, now: datetime) -> None:
    """Give a job back unharmed, as a runner does that is asked to leave.

    Raises
    ------
    HoldLost
    """
    job = _held(session, hold)
    if job.is_stop_wished:
        _end(session, job, State.STOPPED, now)
    else:
        _queue_again(session, job, now)


def reclaim(session: Session, problem: str, now: datetime) -> int:
    """Take back the jobs whose lease ran out; how many."""
    late = _locked(session, select(Job).where(Job.state == State.RUNNING, Job.lease_until < now))
    for job in late:
        _failed_once(session, job, problem, now)
    return len(late)


def expire(session: Session, before: datetime, now: datetime) -> int:
    """End the jobs that no runner took since they were submitted, before an instant; how many."""
    untaken = select(Job).where(Job.state == State.QUEUED, Job.attempt == 0, Job.created_at < before)
    old = _locked(session, untaken)
    for job in old:
        _end(session, job, State.EXPIRED, now)
    return len(old)


def _locked(session: Session, jobs: Select[Job]) -> list[Job]:
    return list(session.scalars(jobs.with_for_update(skip_locked=True)))


def _held(session: Session, hold: Hold) -> Job:
    mine = select(Job).where(
        Job.id == hold.job_id,
        Job.owner == hold.owner,
        Job.attempt == hold.attempt,
        Job.state == State.RUNNING,
    )
    job = session.scalar(mine.with_for_update())
    if job is None:
        raise HoldLost(hold.job_id)
    return job


def _failed_once(session: Session, job: Job, problem: str, now: datetime) -> None:
    job.failures += 1
    if job.is_stop_wished:
        _end(session, job, State.STOPPED, now)
    elif job.failures < MOST_FAILURES:
        _queue_again(session, job, now)
    else:
        job.problem = problem
        _end(session, job, State.FAILED, now)


def _queue_again(session: Session, job: Job, now: datetime) -> None:
    job.state, job.owner, job.lease_until = State.QUEUED, None, None
    job.revision += 1
    tell_state(session, job, now)


def _end(session: Session, job: Job, state: State, now: datetime) -> None:
    job.owner, job.lease_until = None, None
    end(session, job, state, now)
