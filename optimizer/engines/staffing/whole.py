"""The whole problem at once, for CP-SAT and for a relaxation."""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from optimizer.engines.matrix import Matrix
from optimizer.engines.relaxing import relax
from optimizer.engines.staffing.overlaps import cliques
from optimizer.engines.staffing.rematching import Staffed
from optimizer.linear import Statement
from optimizer.shifts import Shifts

LEVEL = "people"


@dataclass(frozen=True)
class WholeJob:
    """Find a staffing by so many people at most within some seconds, deterministic or of the wall."""

    shifts: Shifts
    people: int
    seconds: float
    seed: int
    is_deterministic: bool = False


@dataclass(frozen=True)
class Whole:
    """What was found, if anything; whether there is none, and then which tasks everybody together leaves."""

    found: Staffed | None
    is_infeasible: bool
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class Stated:
    """A statement with its Booleans: for each person who works; for each task that someone may do, by person;
    for each task that may be left, in order."""

    model: cp_model.CpModel
    works: list[cp_model.IntVar]
    does: list[dict[int, cp_model.IntVar]]
    left: list[cp_model.IntVar]


def statement_of(shifts: Shifts, may_leave: bool = False) -> Stated:
    """Who does a task works; of tasks that run at once a person does one at most; all are done, unless they
    may be left."""
    model = cp_model.CpModel()
    works = [model.new_bool_var("") for _ in shifts.skills]
    does = [{task: model.new_bool_var("") for task in sorted(skills)} for skills in shifts.skills]
    left = [model.new_bool_var("") for _ in shifts.tasks] if may_leave else []
    for person, variables in enumerate(does):
        for at_once in cliques(shifts.tasks, variables):
            model.add(sum(variables[task] for task in at_once) <= works[person])
        for variable in variables.values():
            model.add_implication(variable, works[person])
    for task in range(len(shifts.tasks)):
        doers = [variables[task] for variables in does if task in variables]
        model.add_exactly_one([*doers, *left[task : task + 1]])
    return Stated(model, works, does, left)


def staffed_by(job: WholeJob) -> Whole:
    """A staffing of the whole at once by CP-SAT."""
    stated, solver = statement_of(job.shifts), _solver(job)
    stated.model.add(sum(stated.works) <= job.people)
    status = solver.solve(stated.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        is_infeasible = status == cp_model.INFEASIBLE
        is_everybody = job.people >= len(job.shifts.skills)
        return Whole(None, is_infeasible, _left_by_everybody(job) if is_infeasible and is_everybody else ())
    found = {
        task: person
        for person, variables in enumerate(stated.does)
        for task, variable in variables.items()
        if solver.value(variable)
    }
    return Whole(Staffed(found, frozenset(found.values())), is_infeasible=False)


def _left_by_everybody(job: WholeJob) -> tuple[int, ...]:
    """The fewest tasks found that everybody together leaves; none where the limit comes first."""
    stated, solver = statement_of(job.shifts, may_leave=True), _solver(job)
    stated.model.minimize(sum(stated.left))
    if solver.solve(stated.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return ()
    return tuple(task for task, is_left in enumerate(stated.left) if solver.value(is_left))


def _solver(job: WholeJob) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if job.is_deterministic:
        solver.parameters.max_deterministic_time = job.seconds
    else:
        solver.parameters.max_time_in_seconds = job.seconds
    solver.parameters.random_seed = job.seed
    return solver


@dataclass(frozen=True)
class RelaxedJob:
    """Bound the number of people within some seconds."""

    shifts: Shifts
    seconds: float


def relaxed_people(job: RelaxedJob) -> int | None:
    """How many people work at least, by the relaxation of the same problem; None when it does not end."""
    statement, shifts = Statement(), job.shifts
    works = [statement.variable(("works", person)) for person in range(len(shifts.skills))]
    doing: list[dict[int, int]] = [{} for _ in shifts.tasks]
    for person, skills in enumerate(shifts.skills):
        variables = {task: statement.variable(("does", person, task)) for task in sorted(skills)}
        for task, variable in variables.items():
            doing[task][variable] = 1
        alone = set(variables)
        for number, at_once in enumerate(cliques(shifts.tasks, variables)):
            alone -= set(at_once)
            terms = {variables[task]: 1 for task in at_once} | {works[person]: -1}
            statement.at_most(("at_once", person, number), terms, 0)
        for task in alone:
            statement.at_most(("works", person, task), {variables[task]: 1, works[person]: -1}, 0)
        statement.price(LEVEL, works[person], 1)
    for task, terms in enumerate(doing):
        statement.at_least(("done", task), terms, 1)
    relaxed = relax(Matrix(statement).whole({LEVEL: 1}), job.seconds)
    return None if relaxed is None else relaxed.bound
