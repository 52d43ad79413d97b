"""Statements without integrality, by Glop: values, reduced costs, a basis to go on from.

MathOpt is asked in its protocol buffers: putting a relaxation in its Python objects took three times longer
than solving it again from a basis.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from ortools.glop import parameters_pb2 as glop_pb2
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
    sparse_containers_pb2,
)
from ortools.math_opt.core.python import solver
from pybind11_abseil.status import StatusNotOk

from optimizer.engines.matrix import Integers, Restricted
from optimizer.engines.options import Options
from optimizer.engines.solvers import (
    UNHURRIED_SECONDS,
    Answer,
    Method,
    as_proto,
    bound_of,
    solve_with_cp_sat,
    solve_with_highs,
)

Reals = NDArray[np.float64]
Basis: TypeAlias = solution_pb2.BasisProto
"""Where the simplex ended: the status of each variable and of each row."""


@dataclass(frozen=True)
class Relaxation:
    """A statement without integrality: its bound in tenths, and for each variable its value and its reduced
    cost, in tenths, without end for those that keep their value; its basis."""

    bound: int
    values: Reals
    reduced_costs: Reals
    basis: Basis | None


MOST_STEPS = 1_000
"""Steps of the dual simplex from a basis, after which it is sooner to begin anew: most ends take under 300
(0.3 s), some 14,000 to 22,000 (4 to 7 s), where anew is 0.5 s (measured)."""
ENDS = (
    result_pb2.TERMINATION_REASON_OPTIMAL,
    result_pb2.TERMINATION_REASON_INFEASIBLE,
    result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
)
"""How a relaxation that was solved ends."""


class Relaxing:
    """A relaxation solved again each time that variables are fixed, by the dual simplex.

    `basis` is where the problem's own relaxation ended, if it was solved: each solve starts from where the
    one before did, or anew where that takes too many steps.
    """

    def __init__(self, problem: Restricted, basis: Basis | None = None) -> None:
        self.problem = problem
        self._start, self._is_begun = basis, basis is not None
        self._proto = as_proto(problem, True)
        self._changed: dict[int, tuple[float, float]] = {}
        self._solver = self._new_solver()

    def fix(self, variable: int, value: float) -> None:
        """Let a variable have one value from now on."""
        self._changed[self._place(variable)] = value, value

    def free(self, variable: int) -> None:
        """Take back what was fixed."""
        place = self._place(variable)
        self._changed[place] = self.problem.lowers[place], self.problem.uppers[place]

    def _place(self, variable: int) -> int:
        return int(np.searchsorted(self.problem.free, variable))

    def solve(self, seconds: float) -> Relaxation | None:
        """The relaxation as it is now; None when there is none, or not in time."""
        update = self._update()
        try:
            if not self._is_begun:
                return self._anew(seconds)
            answer = self._go_on(update, seconds)
            if answer.termination.reason not in ENDS:
                return self._anew(seconds)
        except StatusNotOk:
            return None
        return _relaxation(self.problem, answer)

    def _go_on(
        self, update: model_update_pb2.ModelUpdateProto, seconds: float
    ) -> result_pb2.SolveResultProto:
        parameters = _within(seconds)
        parameters.iteration_limit = MOST_STEPS
        parameters.glop.CopyFrom(glop_pb2.GlopParameters(use_preprocessing=False, use_dual_simplex=True))
        start = model_parameters_pb2.ModelSolveParametersProto()
        if self._start is not None:
            start.initial_basis.CopyFrom(self._start)
            self._start = None
        self._solver.update(update)
        return self._solver.solve(
            parameters, start, None, callback_pb2.CallbackRegistrationProto(), None, None
        )

    def _anew(self, seconds: float) -> Relaxation | None:
        """The relaxation from nothing; what follows goes on from there."""
        found = _relaxation(self.problem, _from_nothing(self._proto, seconds))
        self._start, self._solver = found.basis if found else None, self._new_solver()
        self._is_begun = found is not None
        return found

    def _new_solver(self) -> solver.Solver:
        return solver.new(
            parameters_pb2.SOLVER_TYPE_GLOP, self._proto, parameters_pb2.SolverInitializerProto()
        )

    def _update(self) -> model_update_pb2.ModelUpdateProto:
        """What changed since the last solve, which the statement to begin anew from learns as well."""
        update, variables = model_update_pb2.ModelUpdateProto(), sorted(self._changed)
        for variable in variables:
            lower, upper = self._changed[variable]
            self._proto.variables.lower_bounds[variable] = lower
            self._proto.variables.upper_bounds[variable] = upper
        bounds = [self._changed[variable] for variable in variables]
        update.variable_updates.lower_bounds.ids.extend(variables)
        update.variable_updates.lower_bounds.values.extend(lower for lower, _ in bounds)
        update.variable_updates.upper_bounds.ids.extend(variables)
        update.variable_updates.upper_bounds.values.extend(upper for _, upper in bounds)
        self._changed.clear()
        return update


def relax(problem: Restricted, seconds: float) -> Relaxation | None:
    """The relaxation of a statement by the simplex of Glop, None when it is not solved in time."""
    try:
        answer = _from_nothing(as_proto(problem, True), seconds)
    except StatusNotOk:  # a failure of the solver: no bound is known then
        return None
    return _relaxation(problem, answer)


def _from_nothing(statement: model_pb2.ModelProto, seconds: float) -> result_pb2.SolveResultProto:
    return solver.solve(
        statement,
        parameters_pb2.SOLVER_TYPE_GLOP,
        parameters_pb2.SolverInitializerProto(),
        _within(seconds),
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )


def solve_for_proof(
    problem: Restricted,
    seconds: float,
    method: Method,
    options: Options | None = None,
    start: Sequence[int] | None = None,
) -> Answer:
    """What a method proves of a problem: CP-SAT for a MIP, from values that hold if they are known;
    relaxations are unhurried under the deterministic limit of some options."""
    is_deterministic = options is not None and options.deterministic
    if method is Method.MIP:
        seed = options.seed if options else 0
        return solve_with_cp_sat(problem, start, seconds, 1, seed, is_deterministic, is_for_proof=True)
    limit = UNHURRIED_SECONDS if is_deterministic else seconds
    if method is Method.SIMPLEX:
        relaxed = relax(problem, limit)
        return Answer(None, relaxed.bound if relaxed else None, False)
    return solve_with_highs(problem, limit, is_relaxed=method is Method.RELAXATION)


def _within(seconds: float) -> parameters_pb2.SolveParametersProto:
    parameters = parameters_pb2.SolveParametersProto()
    parameters.time_limit.FromTimedelta(timedelta(seconds=max(0.01, seconds)))
    return parameters


def _relaxation(problem: Restricted, answer: result_pb2.SolveResultProto) -> Relaxation | None:
    if answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    solution = answer.solutions[0]
    return Relaxation(
        bound_of(problem, answer.termination.objective_bounds.dual_bound),
        _among(problem, problem.around, solution.primal_solution.variable_values),
        _among(problem, np.inf, solution.dual_solution.reduced_costs),
        solution.basis if solution.HasField("basis") else None,
    )


def _among(
    problem: Restricted, others: Integers | float, known: sparse_containers_pb2.SparseDoubleVectorProto
) -> Reals:
    """What is known of the free variables, among all the others."""
    whole = np.full(len(problem.around), others, np.float64)
    whole[problem.free] = _dense(known, len(problem.free))
    return whole


def _dense(known: sparse_containers_pb2.SparseDoubleVectorProto, size: int) -> Reals:
    values = np.zeros(size)
    values[_array(known.ids, np.int64)] = _array(known.values, np.float64)
    return values


def _array(numbers: Iterable[float], kind: type[np.generic]) -> NDArray[np.generic]:
    return np.fromiter(numbers, kind)
