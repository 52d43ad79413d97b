"""The textbook interval model on the whole week at once: see `benchmarks/interval_model.py`.

It knows the teams, and plans level 1 alone. Its bound is that of a narrower problem: it is told in the note,
and is no bound of the table.
"""

from time import monotonic

from ortools.sat.python import cp_model

from benchmarks import interval_model
from benchmarks.interval_plan import plan_of
from benchmarks.peers.answer import WORKERS, Answer
from benchmarks.peers.apart import Lost, apart
from optimizer.plan import Plan
from optimizer.week import Week

KEPT_SHARE, GRACE_SHARE = 0.15, 0.5
"""Shares of the limit: kept to write the plan down, and granted beyond it before the process is ended."""


def plan(week: Week, limit: int) -> Answer:
    """The plan of the model, and what became of it."""
    try:
        found, note = apart(solve, (week, limit), (1 + GRACE_SHARE) * limit)
    except Lost as lost:
        return Answer(note=str(lost))
    return Answer(found, note=note)


def solve(week: Week, limit: int) -> tuple[Plan | None, str]:
    """A plan if the solver finds one in what building the model leaves of the limit."""
    started = monotonic()
    table = interval_model.build(week)
    left = (1 - KEPT_SHARE) * limit - (monotonic() - started)
    if left <= 0:
        return None, "the limit came while the model was built"
    solver = cp_model.CpSolver()
    status = interval_model.search(table, solver, left, WORKERS, seed=0)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, f"the solver has no plan in {left:.0f} s"
    bound = max(0.0, solver.best_objective_bound / 10)
    return plan_of(table, solver), f"bound of its narrower problem: {bound:g}"
