"""What is done for those who publish plans."""

from api.asking import job_and_result, job_to_change, week_and_plan
from api.callers import Caller
from api.given import Service
from api.problems import Code, Fault, Refused
from api.store.publishing import lock_tenant, publish, withdraw
from api.store.tables import Job
from optimizer.check import in_words
from optimizer.claims import false_claims
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
        job = job_to_change(session, caller, id_)
        if publish(session, job, week_id, caller.key_id, service.now()):
            service.note(session, caller, "plan.published", id_)
        return job


def _refuse_broken(service: Service, caller: Caller, id_: str, is_acknowledged: bool) -> str:
    """Judge a plan before anybody goes by it; the name of its week."""
    _, result = job_and_result(service, caller, id_, without=Code.NO_PLAN)
    standing = published(*week_and_plan(service, caller, result), "plan")
    broken = [in_words(one) for one in standing.verdict.hard]
    broken += false_claims(standing.week, standing.plan, standing.verdict)
    if broken and not is_acknowledged:
        faults = tuple(Fault(detail=sentence) for sentence in broken[:MOST_SHOWN])
        raise Refused(Code.PLAN_BREAKS_RULES, faults=faults)
    assert result.week_id is not None  # a result without a week has no plan
    return result.week_id


def withdraw_plan(service: Service, caller: Caller, id_: str) -> None:
    """Let the plan of a job be one that is not published.

    Raises
    ------
    Refused
        There is no such job.
    """
    with service.store.writing() as session:
        job = job_to_change(session, caller, id_)
        if withdraw(job):
            service.note(session, caller, "plan.withdrawn", id_)
