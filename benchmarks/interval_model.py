"""The textbook interval model, as a peer: starts, optional intervals, no-overlap, cumulative rooms.

Written the way a scheduling course would, in good faith, for level 1 alone. It restricts the problem:
travel is a padding from and to one's own site, nobody teleworks, a report is cut into parts of two hours,
someone on reception duty keeps its first half free, writing is one block a free stretch and collective
time two blocks a week. So its bound is that of the restricted model: no bound on the problem.
"""

import logging

from ortools.sat.python import cp_model

from benchmarks.interval_base import Timetable
from benchmarks.interval_missions import add_actions, add_evaluations, add_missions
from benchmarks.interval_plan import plan_of
from benchmarks.interval_presence import (
    add_collective_time,
    add_meetings,
    add_reception,
    add_urgency_hours,
    add_writing,
)
from optimizer.plan import Plan
from optimizer.week import Week

log = logging.getLogger(__name__)


def solve(week: Week, seconds: float, workers: int, seed: int) -> tuple[Plan | None, float]:
    """A plan (none when the limit came first), and the bound of this model on level 1, in points."""
    table, solver = build(week), cp_model.CpSolver()
    status = search(table, solver, seconds, workers, seed)
    log.info(
        "%s, value %s, bound %s",
        solver.status_name(status),
        solver.objective_value,
        solver.best_objective_bound,
    )
    bound = max(0.0, solver.best_objective_bound / 10)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, bound
    return plan_of(table, solver), bound


def search(
    table: Timetable, solver: cp_model.CpSolver, seconds: float, workers: int, seed: int
) -> cp_model.CpSolverStatus:
    """What the solver ends with after some seconds; it then holds the solution."""
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.cp_model_probing_level = 0  # ten seconds a pass on twenty people
    return solver.solve(table.cp)


def build(week: Week) -> Timetable:
    """The model of a week."""
    table = Timetable(week)
    add_missions(table)
    add_evaluations(table)
    add_actions(table)
    add_reception(table)
    add_meetings(table)
    add_urgency_hours(table)
    add_writing(table)
    add_collective_time(table)
    add_presence(table)
    add_rooms(table)
    start_empty(table)
    table.cp.minimize(sum(table.prices))
    return table


def add_presence(table: Timetable) -> None:
    """Nobody does two things at once; their hours are in the starts."""
    for taken in (*table.busy.values(), *table.around_duty.values()):
        table.cp.add_no_overlap(taken)


def start_empty(table: Timetable) -> None:
    """The plan that holds nothing, as a hint: without it the first plan takes most of the time."""
    for task in table.tasks.values():
        for literal in (task.held, *task.people.values()):
            table.cp.add_hint(literal, 0)
    people = {literal.index for task in table.tasks.values() for literal in task.people.values()}
    for block in table.blocks:
        if block.kept.index not in people:  # preparation is kept by who leads
            table.cp.add_hint(block.kept, 0)


def add_rooms(table: Timetable) -> None:
    """As many at once as there are rooms of that kind; an action's own room is left to it."""
    for intervals in table.named_rooms.values():
        table.cp.add_no_overlap(intervals)
    for (site, kind), intervals in table.rooms.items():
        rooms = table.board.rooms(site, kind)
        named = [taken for room in rooms for taken in table.named_rooms[room]]
        demands = [1] * (len(intervals) + len(named))
        table.cp.add_cumulative(intervals + named, demands, len(rooms))
