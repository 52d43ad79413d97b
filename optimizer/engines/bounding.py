"""Bounds of both levels of a block, found beside its search by relaxations, and by MIP when it is small."""

from collections.abc import Callable

import numpy as np

from optimizer.engines.aside import Aside
from optimizer.engines.guiding import NEVER_TIGHT, OF_LEVEL_2, lightened
from optimizer.engines.matrix import Matrix, Restricted
from optimizer.engines.options import Clock
from optimizer.engines.outcome import BlockOutcome, PreferencesBound
from optimizer.engines.relaxing import solve_for_proof
from optimizer.engines.solvers import Answer, Method
from optimizer.model import COMMITMENTS, PREFERENCES

SMALL = 20_000
"""Variables up to which a block is small: solved whole as well, for its values and for its bounds."""
MIP_SHARE = 0.5
"""Share of the time left that MIP may take for level 1, the rest being level 2's."""
LAST_MIP_SHARE = 0.8
"""Share of the time left that MIP may take for level 2: it says its bound at its end, and may be late."""
LAST_SHARE = 0.5
"""Share of the time left under which level 2 is bounded at the value that level 1 has then."""
LEAST_SECONDS = 2.0

Absorb = Callable[[Answer], None]


class Bounding:
    """What is left to bound, one problem after the other, until it is stopped."""

    def __init__(self, outcome: BlockOutcome, matrix: Matrix, clock: Clock, end: float) -> None:
        """`end`: seconds that the clock must have left when it stops."""
        self.outcome, self.matrix, self.clock, self.end = outcome, matrix, clock, end
        self.started_with = clock.left() - end
        self.is_small = len(matrix.lowers) <= SMALL
        self._tried: set[str] = set()
        self._under_way: tuple[Aside, Absorb] | None = None

    def stop(self) -> None:
        """End what is under way; what it has found by now is taken."""
        if self._under_way:
            aside, absorb = self._under_way
            answer = aside.answer()
            aside.stop()
            if answer is not None:
                absorb(answer)
            self._under_way = None

    def advance(self) -> bool:
        """Take what was found, start what comes next; whether something is under way beside the search.

        When deterministic nothing ever is: each problem is solved at once.
        """
        if self._under_way:
            aside, absorb = self._under_way
            answer = aside.answer()
            if answer is None:
                return True
            self._under_way = None
            absorb(answer)
        following = self._next()
        if following is None:
            return False
        problem, absorb, seconds, method = following
        start = self.outcome.values.tolist() if method is Method.MIP else None
        options = self.clock.options
        if options.deterministic:
            self.clock.spend(seconds if method is Method.MIP else 0.0)
            absorb(solve_for_proof(problem, seconds, method, options, start))
            return False
        self._under_way = Aside(problem, seconds, method, start), absorb
        return True

    def _next(self) -> tuple[Restricted, Absorb, float, Method] | None:
        left = self.clock.left() - self.end
        unhurried, reached = max(LEAST_SECONDS, self.clock.left()), self.outcome.value(COMMITMENTS)
        statement, level_1 = self.outcome.model.statement, {COMMITMENTS: 1}
        if self._is_new("level 1"):
            light = Matrix(lightened(statement, NEVER_TIGHT | OF_LEVEL_2))
            return light.whole(level_1), self._absorb_commitments, unhurried, Method.SIMPLEX
        is_proven = self.outcome.are_commitments_proven()
        if not is_proven and self.is_small and self._is_new("level 1 whole"):
            return self.matrix.whole(level_1), self._absorb_commitments, MIP_SHARE * left, Method.MIP
        is_late = left < LAST_SHARE * self.started_with
        if (is_proven or (is_late and self._is_new("late"))) and self._is_new(f"level 2 at {reached}"):
            light = Matrix(lightened(statement))
            return *self._preferences(light, reached), unhurried, Method.RELAXATION
        if is_proven and self.is_small and not self.outcome.is_proven() and self._is_new("level 2 whole"):
            return *self._preferences(self.matrix, reached), LAST_MIP_SHARE * left, Method.MIP
        return None

    def _is_new(self, problem: str) -> bool:
        """Whether a problem was not tried yet; it is from now on."""
        is_new = problem not in self._tried
        self._tried.add(problem)
        return is_new

    def _absorb_commitments(self, answer: Answer) -> None:
        outcome = self.outcome
        outcome.commitments_bound = max(outcome.commitments_bound, answer.bound or 0)
        self._absorb_values(answer)

    def _preferences(self, matrix: Matrix, most: int) -> tuple[Restricted, Absorb]:
        """Level 2 over the plans that pay at most `most` tenths at level 1, which is the last row."""
        constant = self.outcome.model.statement.constants.get(COMMITMENTS, 0)
        problem = matrix.whole({PREFERENCES: 1})
        paid = matrix.prices({COMMITMENTS: 1})
        problem = problem.with_row(np.flatnonzero(paid), paid[paid != 0], most - constant)

        def absorb(answer: Answer) -> None:
            bounds = self.outcome.preferences_bounds
            if answer.relaxed is not None:
                bounds.append(PreferencesBound(answer.relaxed, most, max(0.0, -answer.last_dual)))
            elif answer.bound is not None:
                bounds.append(PreferencesBound(answer.bound, most))
            self._absorb_values(answer)

        return problem, absorb

    def _absorb_values(self, answer: Answer) -> None:
        if answer.values is not None and len(answer.values) == len(self.outcome.values):
            self.outcome.take(np.array(answer.values, np.int64))
