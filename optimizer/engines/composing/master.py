"""The cheapest team whose weeks are reached, as far as a relaxation of them tells: a bound, and a proposal.

Counts of people are decided by a master problem of few whole numbers; each week is a relaxation that says
what it pays at least with them, and by how much more or less for one more of each. These are cuts of the
master, which is solved again until no week is missed. Counts are shares first, which soon gives most cuts.
Method: the integer L-shaped method, Benders 1962, Van Slyke and Wets 1969, of convex weeks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from math import gcd, isfinite
from time import monotonic

from ortools.math_opt.python import mathopt

from optimizer.engines.composing.lacking import Refused, refused
from optimizer.engines.composing.paid import Counts, Cut, PricedWeek
from optimizer.engines.composing.problem import TeamProblem
from optimizer.engines.composing.statement import COST, TeamStatement
from optimizer.engines.solvers import rounded_up

REACHED, HAIR = 0.1, 0.01
"""Tenths above its target at which a week is reached, as less is noise of the solver; by which cuts give way
to that noise."""
NEARLY = 0.02
"""Share of its target above which a week is not missed while counts are shares."""
SLACK = 0.5
"""Share of its target by which a cut is slack in the last shares and is not kept for whole numbers."""


@dataclass(frozen=True)
class Cheapest:
    """Ask for the cheapest team within some seconds.

    `targets`: tenths of level 1 that each week may pay at most, None for a week that need not be reached.
    """

    problem: TeamProblem
    targets: tuple[int | None, ...]
    seconds: float


@dataclass(frozen=True)
class Proposed(Cheapest):
    """Ask for a team that plans are likely to reach weeks with: not for the cheapest of all, nor for a bound.

    `spares`: percent of everyone's time that each week may not use. Below a `gap` it is good enough. Only
    teams are proposed that have enough people to train for the seats of each session, which are found sooner.
    Columns that are not `preferred` are taken to be a little dearer.
    """

    spares: tuple[float, ...] = ()
    gap: float = 0.0
    preferred: frozenset[str] = frozenset()

    def spare(self, week: int) -> float:
        """Percent of time that a week may not use."""
        return self.spares[week] if self.spares else 0.0


@dataclass(frozen=True)
class Proposal:
    """How many of each column, and what they cost; what any team costs at least, where that was asked for.
    None is not known. `refused` where no team holds.
    """

    team: Mapping[str, int] | None
    cost: int | None
    bound: int
    refused: Refused | None = None


def cheapest_team(job: Cheapest) -> Proposal:
    """The cheapest team by the relaxation of its weeks."""
    started = monotonic()
    targets = {number: target for number, target in enumerate(job.targets) if target is not None}
    weeks = {number: PricedWeek(job.problem, number, _spare(job, number)) for number in targets}
    master, bound, counts = _Master(job, targets, weeks.values()), 0, None
    while True:
        solved = master.solve(job.seconds - (monotonic() - started))
        if solved.is_infeasible:
            return Proposal(None, None, 0, _refused(job, targets, started))
        bound = max(bound, solved.bound)
        left = job.seconds - (monotonic() - started)
        if solved.counts is None or left <= 0:
            return Proposal(None, None, bound)
        cuts = {number: week.cut(solved.counts, left) for number, week in weeks.items()}
        is_missed = master.learn(cuts)
        if is_missed and solved.counts != counts:
            counts = solved.counts
        elif not master.is_whole:
            master.ask_for_whole_numbers(solved.counts)
        elif is_missed:  # a cut too fine for the solver of the master
            return Proposal(None, None, bound)
        else:
            team = master.team(solved.counts)
            cost = sum(column.cost * team[column.person.id] for column in job.problem.columns)
            return Proposal(team, cost, bound)


def _spare(job: Cheapest, number: int) -> float:
    return job.spare(number) if isinstance(job, Proposed) else 0.0


def _refused(job: Cheapest, targets: Mapping[int, int], started: float) -> Refused:
    """The first week that no team reaches by itself; else one of those that none reaches together."""
    left = job.seconds - (monotonic() - started)
    for number in targets if len(targets) > 1 else ():
        alone = tuple(target if n == number else None for n, target in enumerate(job.targets))
        found = cheapest_team(replace(job, targets=alone, seconds=left)).refused
        if found:
            return found
    number = max(targets, key=lambda n: len(job.problem.weeks[n].missions))
    return refused(job.problem, number, targets[number], job.seconds, _spare(job, number))


@dataclass(frozen=True)
class _Solved:
    """Counts that cost least as far as the master knows, None where it has none in time; what any costs."""

    counts: Counts | None
    bound: int
    is_infeasible: bool = False


class _Master:
    """Counts of people and switches of sessions: the rules of the team, and what its weeks told."""

    def __init__(self, job: Cheapest, targets: Mapping[int, int], weeks: Iterable[PricedWeek]) -> None:
        self.targets, self.is_whole = targets, False
        proposed = job if isinstance(job, Proposed) else None
        self._gap = proposed.gap if proposed else 0.0
        self._step = gcd(*(column.cost for column in job.problem.columns)) or 1
        team = TeamStatement(job.problem, preferred=proposed.preferred if proposed else None)
        team.post_rules()
        for week in weeks:
            week.state_switches(team.statement, upper=0 if proposed else 1)
        self._model = mathopt.Model.from_model_proto(team.proto(COST))
        variables = list(self._model.variables())
        self._counts = {name: variables[v] for name, v in team.whole_numbers().items()}
        self._people = {who: variables[v] for who, v in team.counts.items()}
        for variable in self._counts.values():
            variable.integer = False
        self._cuts: list[tuple[int, Cut, mathopt.LinearConstraint]] = []

    def ask_for_whole_numbers(self, counts: Counts) -> None:
        """Counts are whole from now on; cuts that are far from binding with some counts are left out."""
        self.is_whole = True
        for variable in self._counts.values():
            variable.integer = True
        for number, cut, row in self._cuts:
            if cut.at(counts) < (1 - SLACK) * self.targets[number]:
                self._model.delete_linear_constraint(row)

    def solve(self, seconds: float) -> _Solved:
        """The cheapest counts."""
        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(0.01, seconds)),
            relative_gap_tolerance=self._gap if self.is_whole else 0.0,
            absolute_gap_tolerance=0.99,
        )
        result = mathopt.solve(self._model, mathopt.SolverType.HIGHS, params=parameters)
        infeasible = (
            mathopt.TerminationReason.INFEASIBLE,
            mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED,
        )
        if result.termination.reason in infeasible:
            return _Solved(None, 0, is_infeasible=True)
        dual = result.termination.objective_bounds.dual_bound
        bound = self._step * rounded_up(dual / self._step) if isfinite(dual) else 0
        if not result.has_primal_feasible_solution():
            return _Solved(None, bound)
        values = result.variable_values()
        return _Solved({name: values[variable] for name, variable in self._counts.items()}, bound)

    def learn(self, cuts: Mapping[int, Cut | None]) -> bool:
        """Take the cuts of the weeks that are missed; whether any was."""
        is_missed = False
        for number, cut in cuts.items():
            target = self.targets[number]
            tolerance = REACHED if self.is_whole else max(REACHED, NEARLY * target)
            if cut is None or cut.paid <= target + REACHED:
                continue
            is_missed = is_missed or cut.paid > target + tolerance
            scale = max(1.0, *map(abs, cut.slopes.values()))
            terms = (
                slope / scale * (self._counts[name] - cut.counts[name]) for name, slope in cut.slopes.items()
            )
            most = (target + HAIR - cut.paid) / scale
            row = self._model.add_linear_constraint(mathopt.fast_sum(terms) <= most)
            self._cuts.append((number, cut, row))
        return is_missed

    def team(self, counts: Counts) -> dict[str, int]:
        """Whole counts by the id of the person who stands for each column."""
        by_variable = {self._counts[name]: value for name, value in counts.items()}
        return {who: round(by_variable[variable]) for who, variable in self._people.items()}


@dataclass(frozen=True)
class Share:
    """Ask what a team costs at least that reaches so many of the weeks, whichever they are."""

    problem: TeamProblem
    targets: tuple[int, ...]
    weeks: int
    seconds: float


def cost_of_a_share(job: Share) -> Proposal:
    """Of any so many weeks, one is as dear as the dearest of the cheapest ones, which bounds the cost."""
    weeks, found = range(len(job.targets)), []
    for number in weeks:
        alone = tuple(target if n == number else None for n, target in enumerate(job.targets))
        found.append(cheapest_team(Cheapest(job.problem, alone, job.seconds / len(weeks))))
    refusals = [one.refused for one in found if one.refused]
    possible = sorted(one.bound for one in found if not one.refused)
    if len(possible) < job.weeks:
        return Proposal(None, None, 0, refusals[0])
    return Proposal(None, None, possible[job.weeks - 1])
