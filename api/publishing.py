"""What is done for those who publish plans."""

from api.callers import Caller
from api.given import Service
from api.problems import Code, Refused
from api.store.jobs import job_kept, result_of
from api.store.publishing import lock_tenant, publish, withdraw
from api.store.tables import Job
from api.words import ENDED, State


def publish_plan(service: Service, caller: Caller, id_: str) -> Job:
    """The job whose plan is now the published one of its week.

    Raises
    ------
    Refused
        There is no such job, or it has no plan.
    """
    with service.store.writing() as session:
        lock_tenant(session, caller.tenant_id)  # of two plans that are published at once, one is the last
        job = job_kept(session, caller.tenant_id, id_, is_locked=True)
        if job is None:
            raise Refused(Code.NOT_FOUND)
        result = result_of(session, id_)
        if result is None or result.plan is None or result.week_id is None:
            raise Refused(Code.NO_PLAN if State(job.state) in ENDED else Code.NOT_ENDED)
        if publish(session, job, result.week_id, caller.key_id, service.now()):
            service.note(session, caller, "plan.published", id_)
        return job


def withdraw_plan(service: Service, caller: Caller, id_: str) -> None:
    """Let the plan of a job be one that is not published.

    Raises
    ------
    Refused
        There is no such job.
    """
    with service.store.writing() as session:
        job = job_kept(session, caller.tenant_id, id_, is_locked=True)
        if job is None:
            raise Refused(Code.NOT_FOUND)
        if withdraw(job):
            service.note(session, caller, "plan.withdrawn", id_)
