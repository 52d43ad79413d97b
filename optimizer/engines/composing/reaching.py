"""What is asked of a worker about one week of a team: a plan that reaches its target."""

from dataclasses import dataclass, replace

from optimizer.check import judge
from optimizer.engines.composing.lanes import Answers
from optimizer.engines.composing.paid import Fixed, least_paid
from optimizer.engines.part_jobs import PartPlan, PlanJob, first_plan, plan_part
from optimizer.engines.solvers import rounded_up
from optimizer.plan import Plan, Status

AT_ONCE = 1.0
"""The limit that the half-days of a plan at once are timed under, in seconds."""


@dataclass(frozen=True)
class Reach:
    """Plan a week until it pays so many tenths at most; the search goes on below, to the floor of the plan's
    job, as clock times lose some of what half-days hold."""

    target: int
    plan: PlanJob


def plan_to_reach(job: Reach) -> PartPlan | None:
    """A plan at once where that is enough, else the best found in the time given; None where the judge
    refuses it."""
    found = None
    if job.plan.start is None:
        found = first_plan(replace(job.plan, options=replace(job.plan.options, time_limit=AT_ONCE)))
    if found is None or found.commitments > job.target:
        searched = plan_part(job.plan)
        found = searched if found is None else min(found, searched, key=lambda plan: plan.prices)
    return found if judge(job.plan.week, found.plan).passed else None


def plan_of_nobody(job: Fixed) -> PartPlan:
    """A plan without a row, at the price of all that is left."""
    (paid,) = least_paid(job)
    return PartPlan(Plan(status=Status.FEASIBLE), rounded_up(paid), 0)


def plans_by_week(answers: Answers) -> dict[int, PartPlan]:
    """The plans among the answers of a batch."""
    return {
        name: done.answer
        for name, done in answers.items()
        if isinstance(name, int) and isinstance(done.answer, PartPlan)
    }
