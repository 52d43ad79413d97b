"""One statement, two solvers: HiGHS through MathOpt for bounds, CP-SAT for everything with a clock.

Both take the same `Restricted` statement: some variables free, the others kept at given values.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from math import ceil

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model, cp_model_helper

from optimizer.engines.matrix import FAR, Integers, Restricted
from optimizer.engines.tightening import tightened

LARGE = 10_000
"""Variables beyond which a relaxation goes to the interior point method: the simplex takes two to four times
longer on overloaded weeks."""
UNHURRIED_SECONDS = 3600.0
"""A limit that no relaxation of the field meets: what ends before it does not depend on the clock."""


class Method(Enum):
    """How a bound is found: a MIP, or a relaxation by HiGHS, with the dual price of its last row, or by the
    simplex of Glop, sooner."""

    MIP = "mip"
    RELAXATION = "relaxation"
    SIMPLEX = "simplex"


@dataclass(frozen=True)
class Answer:
    """What a solver says: values of the free variables if any, a lower bound in tenths, and whether it is
    proven.

    A relaxation also says its own value in tenths and the dual price of its last row.
    """

    values: list[int] | None
    bound: int | None
    is_optimal: bool
    is_infeasible: bool = False
    relaxed: float | None = None
    last_dual: float = 0.0


def solve_with_cp_sat(
    problem: Restricted,
    start: Sequence[int] | None,
    seconds: float,
    workers: int,
    seed: int,
    deterministic: bool,
    is_for_proof: bool = False,
) -> Answer:
    """CP-SAT on a restricted statement, from a first plan when there is one.

    One worker hurries to a better plan, or `is_for_proof` follows the reduced costs of the relaxation until
    nothing better is left.
    """
    tight = tightened(problem)
    if tight is None:
        return Answer(None, None, False, is_infeasible=True)
    problem = tight.problem
    start = None if start is None else [start[kept] for kept in tight.kept.tolist()]
    model = _as_cp_model(problem, start)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    if is_for_proof:
        solver.parameters.subsolvers.append("reduced_costs")
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
    elif workers == 1:
        _hurry(solver.parameters)
    if deterministic:
        solver.parameters.max_deterministic_time = seconds
        solver.parameters.interleave_search = workers > 1
    else:
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Answer(None, None, False, is_infeasible=True)
    found = solver.best_objective_bound
    bound = bound_of(problem, found) if abs(found) < FAR else None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, bound, False)
    values = tight.values(list(solver.response_proto.solution))
    return Answer(values, bound, status == cp_model.OPTIMAL)


def _as_cp_model(problem: Restricted, start: Sequence[int] | None) -> cp_model.CpModel:
    """A restricted statement as CP-SAT reads it, its prices as the objective, without their offset."""
    model = cp_model.CpModel()
    proto = model.proto
    for lower, upper in zip(problem.lowers.tolist(), problem.uppers.tolist(), strict=True):
        proto.variables.add().domain.extend([lower, upper])
    columns, coefficients, starts = (
        problem.columns.tolist(),
        problem.coefficients.tolist(),
        problem.row_starts.tolist(),
    )
    sides = zip(problem.row_lowers.tolist(), problem.row_uppers.tolist(), strict=True)
    for row, (lower, upper) in enumerate(sides):
        linear = proto.constraints.add().linear
        linear.vars.extend(columns[starts[row] : starts[row + 1]])
        linear.coeffs.extend(coefficients[starts[row] : starts[row + 1]])
        linear.domain.extend([lower, upper])
    priced = np.flatnonzero(problem.prices)
    proto.objective.vars.extend(priced.tolist())
    proto.objective.coeffs.extend(problem.prices[priced].tolist())
    if start is not None:
        proto.solution_hint.vars.extend(range(len(start)))
        proto.solution_hint.values.extend(start)
    return model


def _hurry(parameters: cp_model_helper.SatParameters) -> None:
    """One worker leans on the relaxation and spends little on looking at the statement, a small one."""
    parameters.linearization_level = 2
    parameters.search_branching = cp_model.PSEUDO_COST_SEARCH
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    parameters.max_presolve_iterations = 1
    parameters.find_big_linear_overlap = False
    parameters.merge_at_most_one_work_limit = 0
    parameters.merge_no_overlap_work_limit = 0
    parameters.presolve_bve_threshold = 0


def solve_with_highs(problem: Restricted, seconds: float, is_relaxed: bool = False) -> Answer:
    """HiGHS through MathOpt; `is_relaxed` drops integrality, for a bound at once."""
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.01, seconds)),
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.99,
    )
    model = mathopt.Model.from_model_proto(as_proto(problem, is_relaxed))
    if is_relaxed and len(problem.free) > LARGE:
        parameters.lp_algorithm = mathopt.LPAlgorithm.BARRIER
        with suppress(Exception):  # a failure of the interior point method comes as one of several errors
            return _answer(problem, mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters), True)
        parameters.lp_algorithm = None
    return _answer(problem, mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters), is_relaxed)


def as_proto(problem: Restricted, is_relaxed: bool) -> model_pb2.ModelProto:
    """A restricted statement as MathOpt reads it, its prices as the objective, without their offset."""
    proto = model_pb2.ModelProto()
    size = len(problem.free)
    proto.variables.ids.extend(range(size))
    proto.variables.lower_bounds.extend(problem.lowers.astype(float).tolist())
    proto.variables.upper_bounds.extend(problem.uppers.astype(float).tolist())
    proto.variables.integers.extend([not is_relaxed] * size)
    rows = len(problem.row_lowers)
    proto.linear_constraints.ids.extend(range(rows))
    lowers = np.where(problem.row_lowers <= -FAR, -np.inf, problem.row_lowers.astype(float))
    uppers = np.where(problem.row_uppers >= FAR, np.inf, problem.row_uppers.astype(float))
    proto.linear_constraints.lower_bounds.extend(lowers.tolist())
    proto.linear_constraints.upper_bounds.extend(uppers.tolist())
    order = np.lexsort((problem.columns, _row_of_each(problem)))
    proto.linear_constraint_matrix.row_ids.extend(_row_of_each(problem)[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(problem.columns[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(problem.coefficients[order].astype(float).tolist())
    priced = np.flatnonzero(problem.prices)
    proto.objective.linear_coefficients.ids.extend(priced.tolist())
    proto.objective.linear_coefficients.values.extend(problem.prices[priced].astype(float).tolist())
    return proto


def rounded_up(bound: float) -> int:
    """A bound raised to the next integer; solver noise is forgiven."""
    return ceil(bound - 1e-5 * max(1.0, abs(bound)))


def bound_of(problem: Restricted, bound: float) -> int:
    """A bound raised to the next value that prices can add up to."""
    step = int(np.gcd.reduce(problem.prices)) or 1
    return step * rounded_up(bound / step) + problem.offset


def _row_of_each(problem: Restricted) -> Integers:
    return np.repeat(np.arange(len(problem.row_lowers)), np.diff(problem.row_starts))


def _answer(problem: Restricted, result: mathopt.SolveResult, is_relaxed: bool) -> Answer:
    reason = result.termination.reason
    if reason == mathopt.TerminationReason.INFEASIBLE:
        return Answer(None, None, False, is_infeasible=True)
    is_optimal = reason == mathopt.TerminationReason.OPTIMAL
    dual = result.termination.objective_bounds.dual_bound
    bound = bound_of(problem, dual) if np.isfinite(dual) else None
    if is_relaxed:
        if not is_optimal:
            return Answer(None, None, False)
        duals = result.dual_values()
        last = list(duals.values())[-1] if duals else 0.0
        return Answer(None, bound, False, relaxed=dual + problem.offset, last_dual=last)
    values = None
    if result.has_primal_feasible_solution():
        values = [round(value) for value in result.variable_values().values()]
    return Answer(values, bound, is_optimal)
