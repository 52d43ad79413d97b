"""Large neighbourhood search on the bucket stage: a few half-days are freed and solved again, exactly."""

from collections.abc import Callable
from random import Random

import numpy as np

from optimizer.engines.neighbourhoods import OPERATORS, Neighbourhood, each_day
from optimizer.engines.options import Clock
from optimizer.engines.solvers import Integers, Matrix, solve_with_cp_sat
from optimizer.errors import SolverLost
from optimizer.model import BucketModel
from optimizer.tasks import Key

SUB_SOLVE_SECONDS = 3.0
RESETTLE_SECONDS = 4.0


class Search:
    """An incumbent of a bucket statement and the moves that improve it."""

    def __init__(self, model: BucketModel, matrix: Matrix, clock: Clock) -> None:
        self.model, self.matrix, self.clock = model, matrix, clock
        self.rng = Random(clock.options.seed)
        self.owner = owners(model)
        self.free_always = np.array(
            [v for v in range(len(matrix.lowers)) if v not in self.owner], np.int64
        )

    def free(self, keys: Neighbourhood) -> Integers:
        """The variables that a neighbourhood frees."""
        owned = [v for v, key in self.owner.items() if key in keys]
        return np.sort(np.concatenate((np.array(owned, np.int64), self.free_always)))

    def move(self, values: Integers, keys: Neighbourhood, weights: dict[str, int], seconds: float) -> Integers:
        """The values after solving one neighbourhood again; never worse."""
        free = self.free(keys)
        problem = self.matrix.restrict(free, values, weights)
        options = self.clock.options
        seconds = min(seconds, max(0.1, self.clock.left()))
        self.clock.spend(seconds)
        answer = solve_with_cp_sat(
            problem, values[free].tolist(), seconds, options.workers, options.seed, options.deterministic
        )
        if answer.values is None:
            return values
        moved = values.copy()
        moved[free] = answer.values
        prices = self.matrix.prices(weights)
        return moved if (prices * moved).sum() <= (prices * values).sum() else values

    def repair(self, values: Integers, weights: dict[str, int]) -> Integers:
        """Values that hold, changing only what belongs to no half-day, and the tours."""
        keys = frozenset[Key]()
        owned = [v for tours in self.model.tours.values() for _, v in tours]
        free = np.unique(np.concatenate((self.free(keys), np.array(owned, np.int64))))
        problem = self.matrix.restrict(free, values, weights)
        answer = solve_with_cp_sat(problem, None, 20.0, self.clock.options.workers, self.clock.options.seed, False)
        if answer.values is None:
            raise SolverLost("le modèle n'accepte pas un plan vide")
        repaired = values.copy()
        repaired[free] = answer.values
        return repaired

    def resettle(self, values: Integers, keys: Neighbourhood, weights: dict[str, int]) -> Integers:
        """Values that hold again once rows were added, changing a neighbourhood."""
        free = self.free(keys)
        problem = self.matrix.restrict(free, values, weights)
        options = self.clock.options
        answer = solve_with_cp_sat(
            problem, values[free].tolist(), RESETTLE_SECONDS, options.workers, options.seed, options.deterministic
        )
        self.clock.spend(RESETTLE_SECONDS)
        if answer.values is None:
            return values
        settled = values.copy()
        settled[free] = answer.values
        return settled

    def improve(
        self,
        values: Integers,
        weights: dict[str, int],
        until: float,
        is_done: Callable[[Integers], bool],
    ) -> Integers:
        """Moves, one after the other, until the clock has `until` seconds left or nothing is left to gain."""
        turn = 0
        while self.clock.left() > until and not is_done(values):
            operator = OPERATORS[turn % len(OPERATORS)]
            values = self.move(values, operator(self.model, self.rng), weights, SUB_SOLVE_SECONDS)
            turn += 1
        return values

    def construct(self, values: Integers, weights: dict[str, int], until: float) -> Integers:
        """A first plan, built one day after the other."""
        for keys in each_day(self.model):
            if self.clock.left() <= until:
                break
            values = self.move(values, keys, weights, SUB_SOLVE_SECONDS)
        return values


def owners(model: BucketModel) -> dict[int, Key]:
    """The half-day that each variable belongs to; those of no half-day are absent."""
    owner: dict[int, Key] = {}
    for taken in (*model.take.values(), *model.part_minutes.values()):
        owner |= {variable: key for key, variable in taken.items()}
    for leads in model.lead.values():
        owner |= {variable: (person, slot) for (person, slot, _), variable in leads.items()}
    for key, reserved in model.reserved.items():
        singles = (reserved.writing, reserved.collective, reserved.collective_held, reserved.preparation)
        owner |= {variable: key for variable in singles if variable is not None}
        owner |= {v: key for v in (*reserved.urgency.values(), *reserved.reception.values())}
    for key, tours in model.tours.items():
        owner |= {variable: key for _, variable in tours}
    owner |= {variable: key for key, variable in model.on_site.items()}
    return owner
