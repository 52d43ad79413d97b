"""What is asked of a worker about one part, by value: a plan for it, or bounds of it."""

from dataclasses import dataclass, field
from time import monotonic

from optimizer.board import Board
from optimizer.engines.assembling import put_together
from optimizer.engines.benders import settle
from optimizer.engines.levels import build
from optimizer.engines.matrix import Integers, Matrix
from optimizer.engines.options import Clock, Options
from optimizer.engines.outcome import LEXICOGRAPHIC, BlockOutcome
from optimizer.engines.search import Search, nothing_beside
from optimizer.engines.solvers import solve_relaxation
from optimizer.linear import Statement
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.plan import Plan
from optimizer.week import Week

CLOCK_SHARE, LAST_SHARE = 0.3, 0.1
"""Share of a part's time kept for clock times, cuts and the judge; for the judge alone."""


@dataclass(frozen=True)
class PlanJob:
    """Plan a part within some seconds, going on from values reached before."""

    week: Week
    options: Options
    start: Integers | None = None


@dataclass(frozen=True)
class PartPlan:
    """A judged plan of a part with the judge's prices, in tenths, and values to go on from."""

    plan: Plan
    commitments: int
    preferences: int
    values: Integers
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def prices(self) -> tuple[int, int]:
        """Level 1, then level 2."""
        return self.commitments, self.preferences


def plan_part(job: PlanJob) -> PartPlan:
    """A judged plan of a part."""
    clock, spent = Clock(job.options), Stopwatch()
    board = Board(job.week)
    model = build(board, frozenset(job.week.professional))
    search, size = Search(model, LEXICOGRAPHIC, clock), len(model.statement.lowers)
    spent.count("building")
    limit = job.options.time_limit
    if job.start is None:
        outcome = BlockOutcome(model, search.nothing())
        search.construct(outcome, CLOCK_SHARE * limit, nothing_beside)
    else:
        outcome = BlockOutcome(model, job.start)
    search.improve(outcome, CLOCK_SHARE * limit)
    spent.count("searching")
    timed = settle(outcome, search, LAST_SHARE * limit)
    spent.count("timing")
    plan, verdict = put_together(board, [timed])
    spent.count("judging")
    prices = verdict.value(COMMITMENTS), verdict.value(PREFERENCES)
    return PartPlan(plan, *prices, outcome.values[:size], spent.seconds)


@dataclass(frozen=True)
class BoundJob:
    """Bound a part, in its relaxed week.

    `visitors` are counted by another part: what they cost is forgiven here. Where someone of the part also
    works elsewhere (`is_shared`), shares of load are forgiven too: they depend on what is done there.
    `seats` gives the price of a seat of a session, in tenths. `weight` is that of level 1 where both levels are
    bounded together.
    """

    week: Week
    visitors: frozenset[str]
    is_shared: bool
    seats: dict[str, int]
    weight: int
    seconds: float


@dataclass(frozen=True)
class PartBounds:
    """Lower bounds, in tenths: of level 1, and of `weight` times level 1 plus level 2; None is not known."""

    commitments: int | None
    together: int | None
    seconds: dict[str, float] = field(default_factory=dict)


def bound_part(job: BoundJob) -> PartBounds:
    """The relaxations of a part."""
    spent, clock = Stopwatch(), Clock(Options(time_limit=job.seconds))
    model = build(Board(job.week), frozenset(job.week.professional))
    forgive(model.statement, job.visitors, "load_deviation" if job.is_shared else "")
    for variable, name in enumerate(model.statement.named):
        if name[0] == "wasted_seats" and name[1] in job.seats:
            model.statement.levels[COMMITMENTS][variable] = job.seats[name[1]]
    spent.count("building")
    matrix = Matrix(model.statement)
    commitments = solve_relaxation(matrix.whole({COMMITMENTS: 1}), clock.left()).bound
    together = solve_relaxation(matrix.whole({COMMITMENTS: job.weight, PREFERENCES: 1}), clock.left()).bound
    spent.count("bounding")
    return PartBounds(commitments, together, spent.seconds)


def forgive(statement: Statement, people: frozenset[str], kind: str) -> None:
    """Take away every price of a kind, and every price that names one of some people."""
    named = enumerate(statement.named)
    free = {v for v, name in named if name[0] == kind or not people.isdisjoint(map(str, name[1:]))}
    for level, prices in statement.levels.items():
        statement.levels[level] = {v: price for v, price in prices.items() if v not in free}


class Stopwatch:
    """Seconds spent, step by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = monotonic()

    def count(self, step: str) -> None:
        """Count what went by since the last step."""
        now = monotonic()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._since
        self._since = now
