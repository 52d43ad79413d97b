"""A first plan along a relaxation of both levels: where it leads once what gathers people is decided there.

Method: kernel search, Angelelli, Mansini and Speranza 2010; several weeks are begun one after the other
(rolling horizon).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

import numpy as np

from optimizer.engines.diving import decided, dive, near
from optimizer.engines.matrix import Flags, Matrix
from optimizer.engines.outcome import BlockOutcome
from optimizer.engines.relaxing import relax
from optimizer.engines.search import Guide, Search, nothing_beside
from optimizer.engines.solvers import UNHURRIED_SECONDS
from optimizer.engines.stopwatch import Stopwatch
from optimizer.linear import Name, Statement
from optimizer.model import COMMITMENTS, PREFERENCES

WEIGHT = 3
"""Weight of level 1 where both levels are relaxed together: that of all parts, so that their bounds add
up."""
DIVING_SHARE, RELAXATION_SHARE = 0.15, 0.5
"""Share of the time after which a dive decides nothing more; share of what is left that a relaxation may
take, where the limit is strict."""
KERNEL_SHARE = 0.7
"""Share of the search that stays within what the relaxation nearly uses."""
NEARLY_USED = 5
"""Reduced cost, in tenths, up to which a variable is in the kernel of the search."""
NEVER_TIGHT = {
    *("no_way_beside", "count", "visits_at", "longer", "lunch_duty", "attend_held"),
    *("by_the_pair", "two_professions", "part_is_long_enough"),
}
"""Rows that a relaxation does without: half of its time for a thousandth of its bound (measured)."""
GATHERING = {"attend_held", "by_the_pair", "two_professions", "no_way_beside"}
"""Those of them that a guide needs: without them people attend one meeting at several times, and anyone does
a part of anyone's evaluation, and actions are led beside a meeting that leaves no room for them."""
OF_LEVEL_2 = {"load_of", "trip_of", "saves_from_second_visits", "tele_for", "change"}
"""Rows that price shares of load, trips, telework and changes of post: bounds of level 1 do without, and a
hurried dive, in half of the time; preferences are then a tenth dearer (measured)."""


@dataclass(frozen=True)
class Names:
    """The variables that relaxations of both levels use, those that they nearly use, and those that are
    decided in what is used, by their names."""

    used: frozenset[Name] = frozenset()
    nearly: frozenset[Name] = frozenset()
    decided: frozenset[Name] = frozenset()

    def guide(self, statement: Statement) -> Guide:
        """The same for the variables of a model, all of which were the relaxation's to decide."""
        named = statement.named
        used, nearly, decided = (
            np.array([name in names for name in named]) for names in (self.used, self.nearly, self.decided)
        )
        return Guide(used, used | nearly, decided, np.ones(len(named), bool))

    def with_those_of(self, other: "Names") -> "Names":
        """What either uses, nearly uses or decides."""
        return Names(self.used | other.used, self.nearly | other.nearly, self.decided | other.decided)


@dataclass(frozen=True)
class Guiding:
    """The first plan of a search, and its moves along what the relaxation nearly uses.

    `seconds` is what the whole may take, of which a share is the dive's; the search has a share of it at
    `least`, however long the relaxation took, none where the limit is strict. `is_hurried` makes the
    relaxation lighter.
    """

    search: Search
    outcome: BlockOutcome
    seconds: float
    least: float = 0.0
    is_hurried: bool = False
    beside: Callable[[], bool] = nothing_beside
    spent: Stopwatch = field(default_factory=Stopwatch)

    def start(self, until: float) -> Names | None:
        """First values, a week after the other, each along its relaxation; what the relaxations use.

        None where a relaxation did not end: the values are then those of a search without a guide.
        """
        model, search = self.outcome.model, self.search
        weeks, names = model.week.horizon.weeks, Names()
        for week in range(weeks):
            days = set(model.board.calendar.days_of_week(week))
            half_days = frozenset(key for key, half_day in model.half_days.items() if half_day.day in days)
            window = np.full(len(model.statement.lowers), weeks == 1)
            window[search.free(half_days)] = True
            self.beside()
            found = self._dive(window, until)
            if found is None:
                search.leave_the_kernel()
                search.construct(self.outcome, until, self.beside)
                return None
            left = max(0.0, search.clock.left() - until)
            end = until + left * (1 - 1 / (weeks - week + (weeks > 1)))  # as long at the end for all of them
            guide = replace(found.guide(model.statement), window=window)
            search.construct_with(guide, self.outcome, end, half_days, self.beside)
            self.spent.count("searching")
            names = names.with_those_of(found)
        return names

    def improve(
        self,
        names: Names | None,
        until: float,
        is_enough: Callable[[BlockOutcome], bool] = BlockOutcome.is_proven,
    ) -> None:
        """Moves along what relaxations nearly use for a share of the time, where any says so, then any."""
        search, outcome = self.search, self.outcome
        if names:
            search.stay_within(names.guide(outcome.model.statement))
            within = (1 - KERNEL_SHARE) * max(0.0, search.clock.left() - until)
            search.improve(outcome, until + within, self.beside, is_enough)
            search.leave_the_kernel()
        search.improve(outcome, until, self.beside, is_enough)

    def _dive(self, window: Flags, until: float) -> Names | None:
        """What the relaxation of a window uses, once what gathers people is decided where it can be."""
        model, clock, share = self.outcome.model, self.search.clock, window.mean()
        spared = (NEVER_TIGHT - GATHERING) | (OF_LEVEL_2 if self.is_hurried else set())
        statement = lightened(model.statement, spared)
        weights = {COMMITMENTS: WEIGHT, PREFERENCES: 1}
        problem = Matrix(statement).restrict(np.flatnonzero(window), self.outcome.values, weights)
        relaxed = relax(problem, self._relaxation_seconds(share, until))
        clock.extend(self.least * self.seconds * share)
        if relaxed is None:
            return None
        used, nearly = near(statement, relaxed, NEARLY_USED)
        self.spent.count("relaxing")
        last = clock.left() - DIVING_SHARE * self.seconds * share
        found = dive(model, problem, relaxed.basis, clock, last) if relaxed.basis else None
        self.spent.count("diving")
        if found is None:
            return Names(used, nearly)
        used_then, nearly_then = near(statement, found, NEARLY_USED)
        return Names(used_then, used | nearly | nearly_then, decided(model, found.values))

    def _relaxation_seconds(self, share: float, until: float) -> float:
        clock = self.search.clock
        if clock.options.deterministic:
            return UNHURRIED_SECONDS
        if self.least:
            return max(clock.left(), self.seconds * share)
        return RELAXATION_SHARE * max(0.0, clock.left() - until)


def lightened(statement: Statement, spared: Collection[str] = NEVER_TIGHT) -> Statement:
    """A statement without the rows that its relaxation is spared."""
    return replace(statement, rows=[row for row in statement.rows if row.named[0] not in spared])
