"""Large neighbourhood search on the bucket stage: a few half-days are freed and solved again, exactly.

Method: Shaw 1998; sizes adapt so that most sub-problems are closed within their time.
"""

from collections.abc import Callable
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from random import Random

import numpy as np

from optimizer.engines.neighbourhoods import OPERATORS, Neighbourhood, each_day
from optimizer.engines.options import Clock
from optimizer.engines.solvers import Answer, Integers, Matrix, solve_for_proof, solve_with_cp_sat
from optimizer.errors import SolverLost
from optimizer.model import BucketModel
from optimizer.tasks import Key

SUB_SOLVE_SECONDS = 2.0
CONSTRUCTION_SECONDS = 3.0
RESETTLE_SECONDS = 4.0
SMALLEST, FIRST_SIZE, LARGEST = 6, 16, 80
"""Half-days freed at once: least, at first, most."""
GROWTH = 1.15
"""How the size of a kind of neighbourhood grows when one is closed, and shrinks when it is not."""


class Search:
    """The moves that improve values of a bucket statement."""

    def __init__(self, model: BucketModel, matrix: Matrix, clock: Clock) -> None:
        self.model, self.matrix, self.clock = model, matrix, clock
        self.rng = Random(clock.options.seed)
        self.owner = owners(model)
        self.is_shared = np.ones(len(matrix.lowers), bool)
        self.is_shared[list(self.owner)] = False
        self.sizes = [float(FIRST_SIZE)] * len(OPERATORS)
        self.paid: Integers = np.zeros(0, np.int64)

    def free(self, keys: Neighbourhood) -> Integers:
        """The variables that a neighbourhood frees: its own, and those of no half-day that share a row
        with them."""
        return self._with_shared(np.array([v for v, key in self.owner.items() if key in keys], np.int64))

    def _with_shared(self, owned: Integers) -> Integers:
        is_free = np.zeros(len(self.is_shared), bool)
        is_free[owned] = True
        touched = np.zeros(len(self.matrix.row_lowers), bool)
        for _ in range(2):  # a shortfall, then what hangs on it: a deviation on its sum
            touched[self.matrix.rows[is_free[self.matrix.columns]]] = True
            near = self.matrix.columns[touched[self.matrix.rows]]
            is_free[near[self.is_shared[near]]] = True
        return np.flatnonzero(is_free)

    def keys_around_a_price(self) -> list[Key]:
        """The half-days whose variables share a row with one priced variable, drawn by what it costs.


        When few do, those around another variable of its rows are added: a seat lost leads to who could
        attend, and to
        the half-days that would take.
        """
        if not len(self.paid) or not self.paid.sum():
            return []
        drawn = self.rng.choices(range(len(self.paid)), weights=self.paid.tolist())[0]
        near = self._near(drawn)
        keys = {self.owner[v] for v in near if v in self.owner}
        shared = [v for v in near if v not in self.owner and v != drawn]
        if shared and len(keys) < SMALLEST:
            keys |= {self.owner[v] for v in self._near(self.rng.choice(shared)) if v in self.owner}
        return sorted(keys)

    def _near(self, variable: int) -> list[int]:
        """The variables that share a row with one."""
        rows = np.zeros(len(self.matrix.row_lowers), bool)
        rows[self.matrix.rows[self.matrix.columns == variable]] = True
        near: list[int] = np.unique(self.matrix.columns[rows[self.matrix.rows]]).tolist()
        return near

    # ----------------------------------------------------------------- moves

    def move(
        self, values: Integers, keys: Neighbourhood, weights: dict[str, int], seconds: float
    ) -> tuple[Integers, bool]:
        """The values after solving one neighbourhood again, never worse; and whether it was closed."""
        free = self.free(keys)
        answer = self._solve(free, values, weights, min(seconds, max(0.1, self.clock.left())), 1)
        return self._better(values, values, free, answer, weights), _is_closed(answer)

    def _better(
        self, values: Integers, base: Integers, free: Integers, answer: Answer, weights: dict[str, int]
    ) -> Integers:
        """What an answer found from `base` makes of the values, which may have changed; or the values."""
        if answer.values is None:
            return values
        found, prices = np.array(answer.values, np.int64), self.matrix.prices(weights)
        moved = values.copy()
        moved[free] += found - base[free]
        if (prices * moved).sum() <= (prices * values).sum() and (values is base or self.matrix.holds(moved)):
            return moved
        moved = base.copy()
        moved[free] = found
        return moved if (prices * moved).sum() < (prices * values).sum() else values

    def improve(
        self, values: Integers, weights: dict[str, int], until: float, is_done: Callable[[Integers], bool]
    ) -> Integers:
        """Moves, one a worker at a time, until the clock has `until` seconds left or nothing is left to gain.

        When deterministic, workers wait for one another and their answers are taken in order.
        """
        turn, prices, options = 0, self.matrix.prices(weights), self.clock.options
        first = ALL_COMPLETED if options.deterministic else FIRST_COMPLETED
        under_way: dict[Future[Answer], tuple[int, Integers, Integers]] = {}
        with ThreadPoolExecutor(options.workers) as pool:
            while self.clock.left() > until and not is_done(values):
                if not under_way or not options.deterministic:
                    self.paid = np.maximum(prices * values, 0)
                while len(under_way) < options.workers:
                    which = turn % len(OPERATORS)
                    free = self.free(OPERATORS[which](self, round(self.sizes[which])))
                    seconds = min(SUB_SOLVE_SECONDS, max(0.1, self.clock.left() - until))
                    move = pool.submit(self._solve, free, values, weights, seconds, 1)
                    under_way[move] = which, free, values
                    turn += 1
                ended = wait(under_way, return_when=first).done
                for move in [move for move in under_way if move in ended]:
                    which, free, base = under_way.pop(move)
                    values = self._better(values, base, free, move.result(), weights)
                    scaled = self.sizes[which] * (GROWTH if _is_closed(move.result()) else 1 / GROWTH)
                    self.sizes[which] = min(LARGEST, max(SMALLEST, scaled))
        for move, (_, free, base) in under_way.items():
            values = self._better(values, base, free, move.result(), weights)
        return values

    def construct(self, values: Integers, weights: dict[str, int], until: float) -> Integers:
        """A first plan, built one day after the other."""
        for keys in each_day(self.model):
            if self.clock.left() <= until:
                break
            values, _ = self.move(values, keys, weights, CONSTRUCTION_SECONDS)
        return values

    def round_relaxation(
        self, values: Integers, relaxed: list[float], weights: dict[str, int], seconds: float
    ) -> Integers:
        """The best values within the support of a relaxed solution (RENS, Berthold 2014), when it beats
        `values`."""
        support = np.flatnonzero(np.array(relaxed) > 1e-6)
        free = np.unique(np.concatenate((support, np.flatnonzero(self.is_shared))))
        problem = self.matrix.restrict(free, np.zeros_like(values), weights)
        self.clock.spend(seconds)
        answer = solve_for_proof(problem, seconds, self.clock.options)
        if answer.values is None:
            return values
        rounded = np.zeros_like(values)
        rounded[free] = answer.values
        prices = self.matrix.prices(weights)
        return rounded if (prices * rounded).sum() < (prices * values).sum() else values

    def combine(
        self, values: Integers, relaxed: list[float], weights: dict[str, int], seconds: float
    ) -> Integers:
        """The best of what `values` or a relaxed solution use (RINS, Danna, Rothberg and Le Pape 2005)."""
        used = np.flatnonzero((np.array(relaxed) > 1e-6) | (values > 0))
        free = np.unique(np.concatenate((used, np.flatnonzero(self.is_shared))))
        answer = self._solve(free, values, weights, seconds, self.clock.options.workers)
        if answer.values is None:
            return values
        combined = values.copy()
        combined[free] = answer.values
        prices = self.matrix.prices(weights)
        return combined if (prices * combined).sum() <= (prices * values).sum() else values

    def repair(self, values: Integers, weights: dict[str, int]) -> Integers:
        """Values that hold, changing only tours and what belongs to no half-day."""
        tours = [v for tours in self.model.tours.values() for _, v in tours]
        if self.model.week.pins:
            tours = list(range(len(self.is_shared)))  # what is pinned is not in an empty plan
        free = np.unique(np.concatenate((np.flatnonzero(self.is_shared), np.array(tours, np.int64))))
        problem = self.matrix.restrict(free, values, weights)
        answer = solve_with_cp_sat(problem, None, 20.0, 1, self.clock.options.seed, True)
        if answer.values is None:
            raise SolverLost("le modèle n'accepte pas un plan de départ")
        repaired = values.copy()
        repaired[free] = answer.values
        return repaired

    def resettle(self, values: Integers, keys: Neighbourhood, weights: dict[str, int]) -> Integers | None:
        """Values that hold again once rows were added, changing a neighbourhood; None when it does not
        suffice."""
        free = self.free(keys)
        answer = self._solve(free, values, weights, RESETTLE_SECONDS, 1)
        if answer.values is None:
            return None
        settled = values.copy()
        settled[free] = answer.values
        return settled

    def _solve(
        self, free: Integers, values: Integers, weights: dict[str, int], seconds: float, workers: int
    ) -> Answer:
        options = self.clock.options
        self.clock.spend(seconds)
        problem = self.matrix.restrict(free, values, weights)
        start = values[free].tolist()
        return solve_with_cp_sat(problem, start, seconds, workers, options.seed, options.deterministic)


def _is_closed(answer: Answer) -> bool:
    return answer.is_optimal or answer.is_infeasible


def owners(model: BucketModel) -> dict[int, Key]:
    """The half-day that each variable belongs to; those of no half-day are absent."""
    owner: dict[int, Key] = {}
    for taken in (*model.take.values(), *model.part_minutes.values()):
        owner |= {variable: key for key, variable in taken.items()}
    for leads in model.lead.values():
        owner |= {variable: (person, slot) for (person, slot, _), variable in leads.items()}
    for key, reserved in model.reserved.items():
        singles = (
            reserved.writing,
            reserved.writing_held,
            reserved.collective,
            reserved.collective_held,
            reserved.preparation,
        )
        owner |= {variable: key for variable in singles if variable is not None}
        owner |= dict.fromkeys((*reserved.urgency.values(), *reserved.reception.values()), key)
    for key, tours in model.tours.items():
        owner |= {variable: key for _, variable in tours}
    owner |= {variable: key for key, variable in model.on_site.items()}
    return owner
