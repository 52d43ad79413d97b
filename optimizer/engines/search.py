"""Large neighbourhood search on the bucket stage: a few half-days are freed and solved again, exactly.

Method: Shaw 1998; sizes adapt so that most sub-problems are closed within their time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import chain, cycle, islice, takewhile
from random import Random

import numpy as np

from optimizer.engines.matrix import Flags, Integers, Matrix
from optimizer.engines.neighbourhoods import OPERATORS, Neighbourhood, Operator, in_order_of_time
from optimizer.engines.options import Clock
from optimizer.engines.outcome import BlockOutcome
from optimizer.engines.solvers import Answer, solve_with_cp_sat, solve_with_highs
from optimizer.errors import ContradictoryWeek, SolverLost
from optimizer.model import BucketModel
from optimizer.tasks import Key

MOVE_SECONDS = 0.5
"""What one move may take: long enough for most, short enough to make hundreds."""
SKELETON_SECONDS, CHUNK_SECONDS, NOTHING_SECONDS = 3.0, 1.0, 20.0
GATHER_SECONDS, SUPPORT_CHUNK, SUPPORT_CHUNK_SECONDS = 1.0, 16, 0.5
"""A first plan of what a relaxation uses: seconds for what is decided there; half-days at a time, seconds
of each."""
MEETINGS = ("meeting_held", "attend")
"""What of what gathers people is decided where all of it cannot be."""
KERNEL_CHUNK, GUIDED_MOVE_SECONDS = 12, 0.2
"""Half-days decided at a time within the kernel of a relaxation; seconds of a move there."""
WHOLE_SHARE = 0.3
"""Share of the time left that everything as one move may take."""
CHUNK = 8
"""Half-days that a first plan decides at a time."""
SMALLEST, FIRST_SIZE, LARGEST = 6, 12, 80
"""Half-days freed at once: least, at first, most."""
GROWTH = 1.15
"""How the size of a kind of neighbourhood grows when one is closed, and shrinks when it is not."""


@dataclass(frozen=True)
class Move:
    """Variables to decide again, within some seconds; `kind` is the operator whose size learns from it."""

    free: Integers
    seconds: float
    kind: int | None = None


@dataclass(frozen=True)
class Guide:
    """Which variables a relaxation uses, which it uses or nearly uses, which are decided there, and which
    were its own to decide; a flag a variable."""

    support: Flags
    kernel: Flags
    decided: Flags
    window: Flags


def nothing_beside() -> bool:
    """Nothing goes on beside the search."""
    return False


class Search:
    """The moves that improve values of a bucket statement; `values` are those that the next move starts
    from, `paid` what each of them costs."""

    def __init__(
        self,
        model: BucketModel,
        weights: dict[str, int],
        clock: Clock,
        operators: tuple[Operator, ...] = OPERATORS,
    ) -> None:
        self.model, self.weights, self.clock, self.operators = model, weights, clock, operators
        self.rng = Random(clock.options.seed)
        self.sizes = [float(FIRST_SIZE)] * len(operators)
        self.values: Integers = np.zeros(0, np.int64)
        self.paid: Integers = np.zeros(0, np.int64)
        self.kernel: Flags | None = None
        self.move_seconds = MOVE_SECONDS
        self.drawn_by = weights
        self.read_again()

    def read_again(self) -> None:
        """Take in the variables and rows that were added to the statement: nothing is solved whole yet."""
        self.is_closed = False
        self.matrix = Matrix(self.model.statement)
        self.owner = owners(self.model)
        self.is_shared = np.ones(len(self.matrix.lowers), bool)
        self.is_shared[list(self.owner)] = False

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

    def _move(self, free: Integers, outcome: BlockOutcome, seconds: float, kind: int | None = None) -> Move:
        """A move of what is free within the kernel: what is outside it keeps its value of 0."""
        if self.kernel is not None:
            is_kept = np.ones(len(self.is_shared), bool)
            is_kept[: len(self.kernel)] = self.kernel
            free = free[is_kept[free] | self.is_shared[free] | (outcome.values[free] != 0)]
        return Move(free, seconds, kind)

    def keys_around_a_price(self) -> list[Key]:
        """The half-days whose variables share a row with one priced variable, drawn by what it costs.

        When few do, those around another variable of its rows are added: a seat lost leads to who could
        attend, and to the half-days that would take.
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

    def improve(
        self,
        outcome: BlockOutcome,
        until: float,
        beside: Callable[[], bool] = nothing_beside,
        is_enough: Callable[[BlockOutcome], bool] = BlockOutcome.is_proven,
    ) -> None:
        """Moves until the clock has `until` seconds left, or the outcome is enough."""
        self._run(outcome, takewhile(lambda _: not is_enough(outcome), self._moves(outcome)), until, beside)

    def construct(self, outcome: BlockOutcome, until: float, beside: Callable[[], bool]) -> None:
        """A first plan: what binds people together, then everything, a few half-days at a time in order of
        time, twice."""
        self._run(outcome, iter([Move(self._skeleton(), SKELETON_SECONDS)]), until, beside)
        half_days = self.model.half_days
        chunks = [keys for shift in (0, CHUNK // 2) for keys in in_order_of_time(half_days, CHUNK, shift)]
        self._run(outcome, (Move(self.free(keys), CHUNK_SECONDS) for keys in chunks), until, beside)

    def construct_with(
        self,
        guide: Guide,
        outcome: BlockOutcome,
        until: float,
        half_days: Neighbourhood,
        beside: Callable[[], bool] = nothing_beside,
    ) -> None:
        """A first plan of some half-days from a relaxation: what binds people together, then half-days in
        order of time, within what it uses; then half-days again within what it nearly uses. The search stays
        within that kernel.

        Method: kernel search, Angelelli, Mansini and Speranza 2010.
        """
        self.kernel = guide.support
        decided = self._gather(guide, outcome)
        chunks = in_order_of_time(half_days, SUPPORT_CHUNK, SUPPORT_CHUNK // 3)
        moves = self._in_turn(outcome, chunks, SUPPORT_CHUNK_SECONDS, decided)
        self._run(outcome, moves, until, beside)
        self.stay_within(guide)
        chunks = in_order_of_time(half_days, KERNEL_CHUNK, KERNEL_CHUNK // 3)
        self._run(outcome, self._in_turn(outcome, chunks, GUIDED_MOVE_SECONDS, decided), until, beside)

    def _gather(self, guide: Guide, outcome: BlockOutcome) -> Flags:
        """Hold what the guide says is held, with whom it says, or its meetings alone, where something holds
        with it; a flag for each variable decided so."""
        kinds = np.array([name[0] for name in self.model.statement.named])
        for decided in (guide.decided, guide.decided & np.isin(kinds, MEETINGS)):
            values = self._with_decided(guide, outcome.values, decided)
            if values is not None:
                outcome.values, decided_so = values
                return decided_so
        return np.zeros_like(guide.decided)

    def _with_decided(self, guide: Guide, values: Integers, decided: Flags) -> tuple[Integers, Flags] | None:
        """Values that hold with what is decided, and what of it could be.

        What breaks rows together is left to the search: the relaxation does without some of them.
        """
        wanted, decided = np.where(decided, guide.support, values), decided.copy()
        skeleton = np.zeros(len(decided), bool)
        skeleton[self._skeleton()] = True
        skeleton &= guide.window
        while (broken := self.matrix.broken_whatever(skeleton & ~decided, wanted)).any():
            together = self.matrix.columns[broken[self.matrix.rows]]
            decided[together], wanted[together] = False, values[together]
        undecided = skeleton & ~decided
        within = undecided & (guide.support | self.is_shared | (values != 0))
        for is_free in (within, undecided):
            if self.matrix.broken_whatever(is_free, wanted).any():
                continue
            free = np.flatnonzero(is_free)
            self.clock.spend(GATHER_SECONDS)
            answer = self._solve(free, wanted, GATHER_SECONDS)
            if answer.values is not None:
                wanted[free] = answer.values
                return wanted, decided
        return None

    def leave_the_kernel(self) -> None:
        """Move anything again."""
        self.kernel, self.move_seconds = None, MOVE_SECONDS

    def stay_within(self, guide: Guide) -> None:
        """Move only what is in the kernel of a relaxation from now on, in shorter moves."""
        self.kernel, self.move_seconds = guide.kernel, GUIDED_MOVE_SECONDS

    def _in_turn(
        self, outcome: BlockOutcome, chunks: Iterator[Neighbourhood], seconds: float, decided: Flags
    ) -> Iterator[Move]:
        for keys in chunks:
            free = self.free(keys)
            yield self._move(free[~decided[free]], outcome, seconds)

    def search_whole(
        self, outcome: BlockOutcome, until: float, beside: Callable[[], bool] = nothing_beside
    ) -> None:
        """Everything as one move, for a share of the time left, among the others for as long as it takes."""
        seconds = WHOLE_SHARE * max(0.0, self.clock.left() - until)
        end = self.clock.left() - seconds
        others = takewhile(
            lambda _: self.clock.left() > end and not (self.is_closed or outcome.is_proven()),
            self._moves(outcome),
        )
        whole = Move(np.arange(len(self.is_shared)), seconds)
        self._run(outcome, chain([whole], others), until, beside)

    def _skeleton(self) -> Integers:
        """Everything but the missions taken."""
        missions = [
            v
            for taken in (*self.model.take.values(), *self.model.part_minutes.values())
            for v in taken.values()
        ]
        free = np.ones(len(self.is_shared), bool)
        free[missions] = False
        return np.flatnonzero(free)

    def _moves(self, outcome: BlockOutcome) -> Iterator[Move]:
        for kind in cycle(range(len(self.operators))):
            self.values = outcome.values
            self.paid = np.maximum(self.matrix.prices(self.drawn_by) * self.values, 0)
            free = self.free(self.operators[kind](self, round(self.sizes[kind])))
            yield self._move(free, outcome, self.move_seconds, kind)

    def _run(
        self, outcome: BlockOutcome, moves: Iterator[Move], until: float, beside: Callable[[], bool]
    ) -> None:
        """Make moves, one a worker at a time; a worker is left to what goes on beside.

        When deterministic, workers wait for one another and their answers are taken in order.
        """
        options = self.clock.options
        first = ALL_COMPLETED if options.deterministic else FIRST_COMPLETED
        under_way: dict[Future[Answer], tuple[Move, Integers]] = {}
        with ThreadPoolExecutor(options.workers) as pool:
            while self.clock.left() > until:
                workers = max(1, options.workers - beside())
                for move in islice(moves, max(0, workers - len(under_way))):
                    seconds = min(move.seconds, max(0.1, self.clock.left() - until))
                    under_way[pool.submit(self._solve, move.free, outcome.values, seconds)] = (
                        move,
                        outcome.values,
                    )
                    self.clock.spend(seconds)
                if not under_way:
                    break
                ended = wait(under_way, return_when=first).done
                for future in [future for future in under_way if future in ended]:
                    self._absorb(outcome, future.result(), *under_way.pop(future))
        for future, (move, base) in under_way.items():
            self._absorb(outcome, future.result(), move, base)

    def _absorb(self, outcome: BlockOutcome, answer: Answer, move: Move, base: Integers) -> None:
        """Take what an answer found from `base` makes of the values, which may have changed since."""
        if move.kind is not None:
            is_closed = answer.is_optimal or answer.is_infeasible
            size = self.sizes[move.kind] * (GROWTH if is_closed else 1 / GROWTH)
            self.sizes[move.kind] = min(LARGEST, max(SMALLEST, size))
        if answer.is_optimal and len(move.free) == len(self.is_shared):
            self.is_closed = True
        if answer.values is None:
            return
        found, prices, values = (
            np.array(answer.values, np.int64),
            self.matrix.prices(self.weights),
            outcome.values,
        )
        moved = values.copy()
        moved[move.free] += found - base[move.free]
        if (prices * moved).sum() <= (prices * values).sum() and (values is base or self.matrix.holds(moved)):
            outcome.values = moved
            return
        moved = base.copy()
        moved[move.free] = found
        if (prices * moved).sum() < (prices * values).sum():
            outcome.values = moved

    def nothing(self) -> Integers:
        """Values of a plan that does nothing, but for what is pinned and its people.

        The half-days of those pinned are freed first; then everything is, for values of any price.

        Raises
        ------
        ContradictoryWeek
            Two solvers find that the pins cannot be kept.
        SolverLost
            No values are found.
        """
        lowers = np.array(self.matrix.statement.lowers, np.int64)
        tours = np.array([v for tours in self.model.tours.values() for _, v in tours], np.int64)
        pinned = {person for pin in self.model.week.pins for person in pin.professional_ids}
        of_the_pinned = self.free(frozenset(key for key in self.model.half_days if key[0] in pinned))
        few = np.unique(np.concatenate((np.flatnonzero(self.is_shared), tours, of_the_pinned)))
        attempts = [(few, self.weights), (np.arange(len(lowers)), {})] if pinned else [(few, self.weights)]
        for free, weights in attempts:
            problem = self.matrix.restrict(free, lowers, weights)
            answer = solve_with_cp_sat(problem, None, NOTHING_SECONDS, 1, self.clock.options.seed, True)
            if answer.values is not None:
                lowers[free] = answer.values
                return lowers
        if answer.is_infeasible and solve_with_highs(problem, NOTHING_SECONDS).is_infeasible:
            kept = ", ".join(pin.item_id for pin in self.model.week.pins)
            raise ContradictoryWeek([f"épingles : {kept} ne tiennent pas avec les règles de la semaine"])
        raise SolverLost("le modèle n'accepte pas un plan de départ")

    def resettle(self, values: Integers, keys: Neighbourhood, seconds: float) -> Integers | None:
        """Values that hold again once rows were added, changing a neighbourhood; None when none is found."""
        free = self.free(keys)
        self.clock.spend(seconds)
        answer = self._solve(free, values, seconds)
        if answer.values is None:
            return None
        settled = values.copy()
        settled[free] = answer.values
        return settled

    def _solve(self, free: Integers, values: Integers, seconds: float) -> Answer:
        options = self.clock.options
        problem, start = self.matrix.restrict(free, values, self.weights), values[free].tolist()
        return solve_with_cp_sat(problem, start, seconds, 1, options.seed, options.deterministic)


def owners(model: BucketModel) -> dict[int, Key]:
    """The half-day that each variable belongs to; those of no half-day are absent."""
    owner: dict[int, Key] = {}
    for taken in (*model.take.values(), *model.part_minutes.values()):
        owner |= {variable: key for key, variable in taken.items()}
    for leads in model.lead.values():
        owner |= {variable: (person, slot) for (person, slot, _), variable in leads.items()}
    for key, reserved in model.reserved.items():
        owner |= dict.fromkeys(reserved.variables(), key)
    for key, tours in model.tours.items():
        owner |= {variable: key for _, variable in tours}
    owner |= {variable: key for key, variable in model.on_site.items()}
    owner |= {variable: key for key, added in model.time.sums.items() for variable in added}
    return owner
