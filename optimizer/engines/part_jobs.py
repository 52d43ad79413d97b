"""What is asked of a worker about one part, by value: a plan for it, or bounds of it."""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np

from optimizer.board import Board
from optimizer.engines.assembling import put_together
from optimizer.engines.at_once import at_once
from optimizer.engines.benders import settle
from optimizer.engines.guiding import (
    NEVER_TIGHT,
    OF_LEVEL_2,
    WEIGHT,
    Guiding,
    Names,
    lightened,
)
from optimizer.engines.levels import build
from optimizer.engines.matrix import Integers, Matrix
from optimizer.engines.options import Clock, Options
from optimizer.engines.outcome import LEXICOGRAPHIC, BlockOutcome
from optimizer.engines.relaxing import relax
from optimizer.engines.search import Search
from optimizer.engines.stopwatch import Stopwatch
from optimizer.linear import Name, Statement
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.plan import Plan
from optimizer.week import Week

LOGGER = logging.getLogger(__name__)
CLOCK_SHARE, LAST_SHARE = 0.3, 0.1
"""Share of a part's time kept for clock times, cuts and the judge; for the judge alone."""
LEAST_SHARE = 0.3
"""Share of a part's time that the search has, however long its statement and its relaxation took."""
WORTH_CUTS, LAST_SECONDS = 20.0, 0.5
"""Seconds of a job from which what the clock refuses is worth cutting; kept for the clock in others, by
week."""
MENDING_SECONDS, WORTH_MENDING = 1.5, 300
"""Seconds of a short job for cutting half-days in which the clock loses as many tenths."""
TINY = 4_000
"""Variables up to which a whole part is one move after its guided plan."""
LONG = 1e9
"""More seconds than are ever left: nothing goes on."""


OF_PLACES = {
    *("goes_there", "needs_a_post", "reception_post", "saves_on_its_tour", "time_at_homes"),
    *("lunch", "lunch_floor", "tele_away", "kept_takes", "kept_referent", "kept_once"),
    *("writing_held", "writing_least", "collective_held", "collective_least", "collective_beside"),
}
OF_TEAMS = {"time_at"}
"""Rows about where people go, whom they meet and in what pieces they write: the bound of level 1 of several
weeks does without, in a tenth of the time and nearly unchanged (measured); the time at each place besides,
where a team of SECTEUR also has shares of time, but not in a pole, whose bound it is."""
OF_A_MISSION = {"take"}
"""Kinds of variables priced for a mission, which is one part's, whoever they name."""


@dataclass(frozen=True)
class BoundJob:
    """Bound a part, in its relaxed week.

    What `visitors` cost is forgiven: another part counts them. Where someone of the part also works elsewhere
    (`is_shared`), shares of load are forgiven too: they depend on what is done there. A seat of
    `free_sessions` is lost at no price: another part may have it. Neither has one of `joint_actions`, whose
    leaders need not be complete here, nor has what is needed at `foreign_sites`. `is_together` bounds both
    levels together, rather than level 1.
    """

    week: Week
    visitors: frozenset[str]
    is_shared: bool
    free_sessions: frozenset[str]
    joint_actions: frozenset[str]
    foreign_sites: frozenset[str]
    is_together: bool
    seconds: float


@dataclass(frozen=True)
class PartBounds:
    """Lower bounds, in tenths: of level 1, and of WEIGHT times level 1 plus level 2; None is not known."""

    commitments: int | None = None
    together: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def with_those_of(self, other: "PartBounds") -> "PartBounds":
        """What is known of either."""
        return PartBounds(
            self.commitments if other.commitments is None else other.commitments,
            self.together if other.together is None else other.together,
        )


@dataclass(frozen=True)
class PlanJob:
    """Plan a part within some seconds: along its relaxation, or on from values reached before with a guide
    and with the sizes that moves had then.

    At the `floor` level 1 is the best that it can be, in tenths. `is_hurried` where the seconds are few for
    the part: its relaxation is lighter. `has_preferences`: whether level 2 matters.
    """

    week: Week
    options: Options
    floor: int = -1
    guide: Names | None = None
    start: dict[int, int] | None = None
    sizes: tuple[float, ...] = ()
    is_hurried: bool = False
    has_preferences: bool = True


@dataclass(frozen=True)
class PartPlan:
    """A judged plan of a part with the judge's prices, in tenths; values to go on from, but for zeros, with
    what guided the search and the sizes of its moves."""

    plan: Plan
    commitments: int
    preferences: int
    values: dict[int, int] | None = None
    guide: Names | None = None
    sizes: tuple[float, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def prices(self) -> tuple[int, int]:
        """Level 1, then level 2."""
        return self.commitments, self.preferences


def first_plan(job: PlanJob) -> PartPlan:
    """A plan at once; pins need the model: what they decide comes first."""
    if job.week.pins:
        return replace(_Planning(job).written_down(LONG), values=None)
    spent = Stopwatch()
    plan, verdict = at_once(Board(job.week), job.options, spent)
    return PartPlan(plan, verdict.value(COMMITMENTS), verdict.value(PREFERENCES), seconds=spent.seconds)


def plan_part(job: PlanJob) -> PartPlan:
    """The best plan of a part found in the time given."""
    planning = _Planning(job)
    guide = planning.search_on(job.guide)
    sizes = tuple(planning.search.sizes)
    return replace(planning.written_down(LAST_SHARE * job.options.time_limit), guide=guide, sizes=sizes)


class _Planning:
    """A part under way."""

    def __init__(self, job: PlanJob) -> None:
        self.job, self.clock, self.spent = job, Clock(job.options), Stopwatch()
        self.board = Board(job.week)
        model = build(self.board, frozenset(job.week.professional), job.has_preferences)
        self.size = len(model.statement.lowers)
        self.search = Search(model, LEXICOGRAPHIC, self.clock)
        started = None if job.start is None else self._values(job.start)
        self.is_started = started is not None
        if self.is_started and job.sizes:
            self.search.sizes = list(job.sizes)
        self.outcome = BlockOutcome(model, self.search.nothing() if started is None else started)
        self.guiding = Guiding(
            self.search, self.outcome, job.options.time_limit, LEAST_SHARE, job.is_hurried, spent=self.spent
        )
        self.spent.count("building")

    def _values(self, known: dict[int, int]) -> Integers | None:
        """Values to go on from, when the model accepts them."""
        values = np.zeros(self.size, np.int64)
        if not all(0 <= variable < self.size for variable in known):
            return None
        values[list(known)] = list(known.values())
        return values if self.search.matrix.holds(values) else None

    def search_on(self, names: Names | None) -> Names | None:
        """Better values, first from nothing where nothing is known yet; what relaxations use, or did."""
        limit, weeks = self.job.options.time_limit, self.job.week.horizon.weeks
        self.clock.extend(LEAST_SHARE * limit)
        until = CLOCK_SHARE * limit
        if limit < WORTH_CUTS:
            until = min(until, LAST_SECONDS * weeks)
        if not self.is_started:
            names = self.guiding.start(until)
            if names and self.size <= TINY:
                self.search.search_whole(self.outcome, until)
        self.guiding.improve(names, until, self._is_enough)
        self.spent.count("searching")
        return names

    def _is_enough(self, outcome: BlockOutcome) -> bool:
        """Whether level 1 is at its bound, or the whole was solved: the time left is worth more to others."""
        is_solved = self.search.is_closed or outcome.is_proven()
        return is_solved or outcome.value(COMMITMENTS) <= self.job.floor

    def written_down(self, until: float) -> PartPlan:
        """The values with clock times, as a judged plan."""
        if self.job.options.time_limit < WORTH_CUTS:
            self.clock.extend(MENDING_SECONDS)
            timed = settle(self.outcome, self.search, 0.0, worth=WORTH_MENDING)
        else:
            timed = settle(self.outcome, self.search, until)
        self.spent.count("timing")
        plan, verdict = put_together(self.board, [timed])
        self.spent.count("judging")
        prices = verdict.value(COMMITMENTS), verdict.value(PREFERENCES)
        values = {
            v: int(self.outcome.values[v]) for v in np.flatnonzero(self.outcome.values[: self.size]).tolist()
        }
        return PartPlan(plan, *prices, values, seconds=self.spent.seconds)


def bound_part(job: BoundJob) -> PartBounds:
    """The relaxation of a part, at level 1 or at both levels together."""
    spent = Stopwatch()
    model = build(Board(job.week), frozenset(job.week.professional))
    forgive(model.statement, job.visitors)
    if job.is_shared:
        forgive(model.statement, model.people, "load_deviation")
    forgive(model.statement, job.free_sessions, "wasted_seats")
    forgive(model.statement, _with_series(job) | job.foreign_sites)
    weights, spared = {COMMITMENTS: WEIGHT, PREFERENCES: 1}, NEVER_TIGHT
    if not job.is_together:
        weights, spared = {COMMITMENTS: 1}, NEVER_TIGHT | OF_LEVEL_2
        if job.week.horizon.weeks > 1:
            spared = spared | OF_PLACES | (OF_TEAMS if model.sector_people else set())
    statement = lightened(model.statement, spared)
    rows = [row for row in statement.rows if not _completes(row.named, job.joint_actions)]
    problem = Matrix(replace(statement, rows=rows)).whole(weights)
    spent.count("building")
    relaxed = relax(problem, job.seconds)
    spent.count("bounding")
    bound = relaxed.bound if relaxed else None
    if job.is_together:
        return PartBounds(together=bound, seconds=spent.seconds)
    return PartBounds(commitments=bound, seconds=spent.seconds)


def _with_series(job: BoundJob) -> frozenset[str]:
    """The joint actions of a job, and their series."""
    actions = (action for action in job.week.actions if action.id in job.joint_actions)
    return job.joint_actions.union(action.series for action in actions if action.series)


def _completes(named: Name, joint_actions: Collection[str]) -> bool:
    """Whether a row says that a joint action has all its leaders."""
    return named[0] == "leaders" and named[1] in joint_actions


def forgive(statement: Statement, whom: Collection[str], kind: str | None = None) -> None:
    """Take away the prices that name one of some people, items or sites: of one kind, or all but what a
    mission costs whoever does it."""
    named = enumerate(statement.named) if whom else ()
    free = {
        v
        for v, name in named
        if (name[0] == kind if kind else name[0] not in OF_A_MISSION) and any(one in whom for one in name[1:])
    }
    for level, prices in statement.levels.items():
        statement.levels[level] = {v: price for v, price in prices.items() if v not in free}
