"""What demand weeks pay at least by a relaxation, for people who are counted: their values and slopes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from optimizer.engines.composing.problem import TeamProblem
from optimizer.engines.composing.statement import COST, LEVEL, TeamStatement
from optimizer.engines.matrix import Matrix
from optimizer.engines.relaxing import Relaxing
from optimizer.engines.solvers import rounded_up
from optimizer.linear import Name, Row, Statement, Variable

Counts = Mapping[Name, float]
"""How many of each column there are, and the switches of sessions, by the names of a statement."""


@dataclass(frozen=True)
class Cut:
    """A week pays `paid` tenths with some counts, and `slopes` more or less for each unit more of them, at
    least: what it pays is convex."""

    counts: Counts
    paid: float
    slopes: Counts

    def at(self, counts: Counts) -> float:
        """What it says that the week pays at least with other counts."""
        return self.paid + sum(slope * (counts[n] - self.counts[n]) for n, slope in self.slopes.items())


class PricedWeek:
    """What a week pays at least, by how many of each column there are.

    The relaxation of the week with counts given; its reduced costs are slopes.
    """

    def __init__(self, problem: TeamProblem, number: int, spare: float = 0.0) -> None:
        team = TeamStatement(problem, spare)
        team.add_week(number)
        team.price(number)
        self._variables = team.whole_numbers()
        self.switches = [name for name in self._variables if name[0] == "few"]
        rows, others = team.rows_apart()
        words = {variable: name for name, variable in self._variables.items()}
        self.rows = [_RowOfCounts({words[v]: times for v, times in row.terms.items()}, row) for row in rows]
        self._problem = Matrix(replace(team.statement, rows=others)).whole({LEVEL: 1})
        self._relaxing = Relaxing(self._problem)

    def state_switches(self, statement: Statement, upper: int) -> None:
        """State the switches, and the rows that bind them to counts, where counts are stated already."""
        known: dict[Name, Variable] = {name: v for v, name in enumerate(statement.named)}
        for name in self.switches:
            known[name] = statement.variable(name, upper=upper)
        for one in self.rows:
            terms = {known[name]: times for name, times in one.terms.items()}
            statement.row(one.row.named, terms, one.row.lower, one.row.upper)

    def cut(self, counts: Counts, seconds: float) -> Cut | None:
        """What it pays with some counts, which may be shares; None where that is not known in time."""
        mine = {name: counts[name] for name in self._variables}
        for name, variable in self._variables.items():
            self._relaxing.fix(variable, mine[name])
        found = self._relaxing.solve(seconds)
        if found is None:
            return None
        slopes = {name: float(found.reduced_costs[v]) for name, v in self._variables.items()}
        return Cut(mine, float(self._problem.prices @ found.values), slopes)

    def least_paid(self, team: Mapping[str, int], seconds: float) -> float:
        """What it pays with a team, a column that is not in it counting for none; 0 where that is not known
        in time."""
        people = [name for name in self._variables if name not in self.switches]
        counts = {name: float(team.get(str(name[1]), 0)) for name in people}
        cut = self.cut(self.switched(counts), seconds)
        return 0.0 if cut is None else cut.paid

    def switched(self, counts: Counts) -> dict[Name, float]:
        """Counts of people with the switches that they allow: few people are to be trained wherever they are
        few, which costs no more."""
        found = {name: counts.get(name, 1.0) for name in self._variables}
        for one in self.rows:
            if not one.holds(found):
                found.update((name, 0.0) for name in self.switches if name in one.terms)
        return found


@dataclass(frozen=True)
class _RowOfCounts:
    """A row of a week's statement that holds counts and switches alone, by their names."""

    terms: Mapping[Name, int]
    row: Row

    def holds(self, counts: Counts) -> bool:
        """Whether some counts keep it."""
        total = sum(times * counts[name] for name, times in self.terms.items())
        lower, upper = self.row.lower, self.row.upper
        return (lower is None or total >= lower) and (upper is None or total <= upper)


@dataclass(frozen=True)
class Fixed:
    """Ask what some weeks pay at least with a given team, a post that is not in it counting for none."""

    problem: TeamProblem
    team: Mapping[str, int]
    weeks: tuple[int, ...]
    seconds: float


def least_paid(job: Fixed) -> list[float]:
    """The relaxation of level 1 of each week, in tenths; 0 where it is not known in time."""
    return [PricedWeek(job.problem, number).least_paid(job.team, job.seconds) for number in job.weeks]


@dataclass(frozen=True)
class Unlimited:
    """Ask what each week pays at least whatever team it has."""

    problem: TeamProblem
    seconds: float


@dataclass(frozen=True)
class Floors:
    """Tenths of level 1 that each week pays at least whatever its team, and how many of each column that
    takes."""

    tenths: tuple[int, ...]
    teams: tuple[Mapping[str, float], ...] = field(default=())


def floors_of(job: Unlimited) -> Floors:
    """The relaxation of level 1 of each week with as many posts as it takes, then the cheapest of those."""
    tenths, teams = [], []
    for number in range(len(job.problem.weeks)):
        team = TeamStatement(job.problem)
        team.post_rules()
        team.add_week(number)
        team.price(number)
        least = team.relaxed(LEVEL, job.seconds)
        tenths.append(max(0, rounded_up(least.bound)) if least else 0)
        team.reach(number, tenths[-1] + 1)
        cheapest = team.relaxed(COST, job.seconds)
        values = cheapest.values.tolist() if cheapest else [0.0] * len(team.statement.named)
        teams.append({who: values[variable] for who, variable in team.counts.items()})
    return Floors(tuple(tenths), tuple(teams))
