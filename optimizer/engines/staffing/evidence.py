"""The whole of each demand week with the composed team: the plans of its teams as one, judged."""

from dataclasses import dataclass

from optimizer.board import Board
from optimizer.engines.assembling import mended, with_bounds
from optimizer.engines.departement import joined
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.plan import Plan
from optimizer.week import Week


@dataclass(frozen=True)
class WholeJob:
    """Put the plans of the teams of a week together; no team pays less than `floor` tenths at level 1."""

    week: Week
    plans: tuple[Plan, ...]
    floor: int


def whole_plan(job: WholeJob) -> Plan:
    """One plan, mended where teams broke a rule together, with the judge's word and a bound of level 1."""
    plan = joined(job.week, list(job.plans))
    plan, verdict = mended(Board(job.week), plan, {row.mission_id for row in plan.queue})
    bounds = {COMMITMENTS: min(job.floor, verdict.value(COMMITMENTS)), PREFERENCES: 0}
    return with_bounds(plan, verdict, bounds)
