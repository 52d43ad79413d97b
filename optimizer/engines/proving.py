"""A proof that goes on beside a search, in a thread of its own, or after one another when deterministic."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from optimizer.engines.matrix import Restricted
from optimizer.engines.options import Clock
from optimizer.engines.solvers import Answer, solve_with_cp_sat

LEAST_SECONDS = 1.0
"""Seconds that a proof asks for at least."""


@dataclass(frozen=True)
class Beside:
    """A proof that goes on beside a search; none when it was made before."""

    proof: Future[Answer] | None = None

    def is_running(self) -> bool:
        """Whether it takes a worker."""
        return self.proof is not None and self.proof.running()

    def is_done(self) -> bool:
        """Whether the search need not go on."""
        return self.proof is not None and self.proof.done()


def prove_beside(
    clock: Clock, until: float, prove: Callable[[float], Answer], search: Callable[[Beside], None]
) -> Answer:
    """What a proof finds before the clock has `until` seconds left, a search at work beside it; after it,
    when deterministic."""
    seconds = max(LEAST_SECONDS, clock.left() - until)
    if clock.options.deterministic:
        found = prove(seconds)
        search(Beside())
        return found
    with ThreadPoolExecutor(1) as pool:
        proof = pool.submit(prove, seconds)
        search(Beside(proof))
        return proof.result()


def prove_by_cp_sat(clock: Clock, problem: Restricted, start: list[int] | None, seconds: float) -> Answer:
    """CP-SAT, by itself, from values that hold if there are."""
    options = clock.options
    if options.deterministic:
        clock.spend(seconds)
    return solve_with_cp_sat(problem, start, seconds, 1, options.seed, options.deterministic, True)
