"""What is done for those who publish plans."""

import json

from api.callers import Caller
from api.given import Service
from api.problems import Code, Fault, Refused
from api.store.jobs import job_kept, result_of
from api.store.publishing import lock_tenant, publish, withdraw
from api.store.tables import Job
from api.store.weeks import week_kept, week_of
from api.words import ENDED, State
from optimizer.check import in_words
from optimizer.claims import false_claims
from optimizer.files.plan_json import plan_of
from optimizer.published import published

MOST_SHOWN = 100


def publish_plan(service: Service, caller: Caller, id_: str, is_acknowledged: bool) -> Job:
    """The job whose plan is now the published one of its week.

    Raises
    ------
    Refused
        There is no such job, it has no plan, or one that breaks rules and nobody acknowledged it.
    UnusableInput
        The plan gives somebody what is never theirs: nobody may acknowledge that.
    """
    week_id = _refuse_broken(service, caller, id_, is_acknowledged)
    with service.store.writing() as session:
        lock_tenant(session, caller.tenant_id)  # of two plans that are published at once, one is the last
        job = job_kept(session, caller.tenant_id, id_, is_locked=True)
        if job is None:
            raise Refused(Code.NOT_FOUND)
        if publish(session, job, week_id, caller.key_id, service.now()):
            service.note(session, caller, "plan.published", id_)
        return job


def _refuse_broken(service: Service, caller: Caller, id_: str, is_acknowledged: bool) -> str:
    """Judge a plan before anybody goes by it; the name of its week."""
    with service.store.reading() as session:
        job = job_kept(session, caller.tenant_id, id_)
        if job is None:
            raise Refused(Code.NOT_FOUND)
        result = result_of(session, id_)
        if result is None or result.plan is None or result.week_id is None:
            raise Refused(Code.NO_PLAN if State(job.state) in ENDED else Code.NOT_ENDED)
        kept = week_kept(session, caller.tenant_id, result.week_id)
    assert kept is not None
    standing = published(week_of(kept), plan_of(json.loads(result.plan), "plan"), "plan")
    broken = [in_words(one) for one in standing.verdict.hard]
    broken += false_claims(standing.week, standing.plan, standing.verdict)
    if broken and not is_acknowledged:
        faults = tuple(Fault(detail=sentence) for sentence in broken[:MOST_SHOWN])
        raise Refused(Code.PLAN_BREAKS_RULES, faults=faults)
    return result.week_id


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
