"""The cheapest team whose weeks are reached, as far as a relaxation of them tells: a bound, and a proposal.

The statement counts people: those present, who stay or leave, and posts opened. Each demand week adds what it
asks (`optimizer.model.needs`) and says that its level 1 is at most its target; the rules of a team add the
rest. Weeks that a solution already reaches are left out of the statement until one is not (row generation).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import gcd
from time import monotonic

from ortools.math_opt.python import mathopt

from optimizer.board import Board
from optimizer.engines.matrix import Matrix
from optimizer.engines.solvers import as_proto, rounded_up
from optimizer.linear import Name, Part, Statement, Variable, each, total
from optimizer.model.needs import Needs
from optimizer.team import TeamRules
from optimizer.week import Professional, Week, Window
from optimizer.words import WEEKDAY_NAMES, Profession, ServiceKind

COST, LEVEL, EXCESS = "cost", "level 1", "excess"
KEPT = 1.01
"""How much dearer a proposal takes a post to be than someone present: nobody is replaced for nothing."""
CUT = 13 * 60
"""The minute of the day that parts morning and afternoon where presence is counted."""
SHOWN = 3
"""Things that lack, named at most."""
COUNTED = ("stays", "opened", "few")
"""Variables that are whole numbers; all others are shares."""


@dataclass(frozen=True)
class Column:
    """People alike, who may be so many: someone present (`post` None), or a post; euros a year for each."""

    person: Professional
    post: str | None
    least: int
    most: int
    cost: int


@dataclass(frozen=True)
class Limit:
    """Between `least` and `most` for a sum of some columns; a French sentence says of what."""

    terms: tuple[tuple[str, int], ...]
    least: int | None
    most: int | None
    sentence: str


@dataclass(frozen=True)
class TeamProblem:
    """One team to compose: its columns, its demand weeks with everybody in them, its limits, and the services
    whose rules are its own."""

    name: str
    columns: tuple[Column, ...]
    weeks: tuple[Week, ...]
    limits: tuple[Limit, ...]
    rules: TeamRules
    forgiven: frozenset[str] = frozenset()
    two_professions: bool = True
    services: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cheapest:
    """Ask for the cheapest team within some seconds.

    `targets`: tenths of level 1 that each week may pay at most, None for a week that need not be reached.
    `spare`: percent of everyone's time that weeks may not use. Below a `gap` it is good enough.
    `is_proposal`: only teams that have enough people to train for the seats of each session, which are found
    much sooner, and whose bound is not that of all.
    """

    problem: TeamProblem
    targets: tuple[int | None, ...]
    seconds: float
    spare: float = 0.0
    gap: float = 0.0
    is_proposal: bool = False


@dataclass(frozen=True)
class Proposal:
    """How many of each column, and what they cost; what any team costs at least. None is not known.

    Where no team holds: `excess` is how far above or below which limits the nearest team would have to go;
    `week` is one that is missed, and `lacking` what costs most there with the best team that limits allow.
    """

    team: Mapping[str, int] | None
    cost: int | None
    bound: int
    is_infeasible: bool = False
    excess: tuple[tuple[str, int], ...] = ()
    week: int | None = None
    lacking: tuple[str, ...] = ()


class TeamStatement:
    """The statement of a team and of its weeks."""

    def __init__(self, problem: TeamProblem, spare: float = 0.0, keeps_present: bool = False) -> None:
        self.problem, self.spare = problem, spare
        self.statement = Statement()
        self.counts: dict[str, Variable] = {}
        for column in problem.columns:
            who = column.person.id
            name = ("stays" if column.post is None else "opened", who)
            self.counts[who] = variable = self.statement.variable(name, column.least, column.most)
            price = KEPT * column.cost if keeps_present and column.post else column.cost
            self.statement.price(COST, variable, round(price))
        self.paid: dict[int, Part] = {}
        self.excess: dict[str, Variable] = {}
        self._post_limits()
        if problem.rules.as_at_opening:
            self._post_opening()

    def add_week(self, number: int, target: int | None) -> None:
        """State what a week asks, and that it pays its target at most."""
        board = Board(self.problem.weeks[number])
        needs = Needs(
            self.statement,
            str(number),
            board,
            self.counts,
            self.problem.two_professions,
            self.problem.forgiven,
            self.spare,
        )
        self.paid[number] = [(variable, price) for variable, price in needs.paid() if price]
        if target is not None:
            self.statement.at_most(("reached", number), total(self.paid[number]), target)

    def price_week(self, number: int) -> None:
        """State what a week asks, at the price of its level 1, whatever that is."""
        self.add_week(number, None)
        for variable, price in self.paid[number]:
            self.statement.price(LEVEL, variable, price)

    def _few(self, number: int) -> list[Variable]:
        """The switches of the sessions of a week for which a team may have few people to train."""
        named = enumerate(self.statement.named)
        return [variable for variable, name in named if name[:2] == ("few", str(number))]

    def have_enough(self, number: int) -> None:
        """Leave out teams that have few people to train in a week."""
        for variable in self._few(number):
            self.statement.uppers[variable] = 0

    def _post_limits(self) -> None:
        for number, limit in enumerate(self.problem.limits):
            terms = [(self.counts[who], times) for who, times in limit.terms]
            beyond = self.statement.variable(("beyond", number), upper=0)
            self.excess[limit.sentence] = beyond
            if limit.least is not None:
                self.statement.at_least(("least", number), total(terms, [(beyond, 1)]), limit.least)
            if limit.most is not None:
                self.statement.at_most(("most", number), total(terms, [(beyond, -1)]), limit.most)

    def _post_opening(self) -> None:
        """In each half-day open to the public, an AS of a sector team for each of its sites then open."""
        for service, day, half, needed, able in openings(self.problem):
            there = each(self.counts[id_] for id_ in able)
            self.statement.at_least(("as_there", service, day, half), total(there), needed)

    # ---------------------------------------------------------------- solving

    def solve(self, level: str, seconds: float, is_relaxed: bool = False, gap: float = 0.0) -> "Solved":
        """Minimise a level by HiGHS; counts are whole unless relaxed."""
        proto = as_proto(Matrix(self.statement).whole({level: 1}), True)
        if not is_relaxed:
            del proto.variables.integers[:]
            proto.variables.integers.extend(name[0] in COUNTED for name in self.statement.named)
        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(0.01, seconds)),
            relative_gap_tolerance=gap,
            absolute_gap_tolerance=0.99,
        )
        model = mathopt.Model.from_model_proto(proto)
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
        reason = result.termination.reason
        infeasible = (
            mathopt.TerminationReason.INFEASIBLE,
            mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED,
        )
        has_values = result.has_primal_feasible_solution()
        values = list(result.variable_values().values()) if has_values else None
        dual = result.termination.objective_bounds.dual_bound
        return Solved(values, dual, reason in infeasible)


@dataclass(frozen=True)
class Solved:
    """Values of every variable, if any; a lower bound."""

    values: list[float] | None
    bound: float
    is_infeasible: bool


Opened = tuple[str, str, int, int, tuple[str, ...]]
"""A service, a weekday, a half of it, how many AS its open sites ask for, and which columns are there."""


def openings(problem: TeamProblem) -> Iterator[Opened]:
    """The half-days in which sites of a sector team are open to the public."""
    week = problem.weeks[0]
    able = [
        column.person
        for column in problem.columns
        if column.person.profession is Profession.AS and column.most
    ]
    for service in (one.id for one in week.services if one.kind is ServiceKind.SECTEUR):
        if service not in problem.services:
            continue
        mine = [person for person in able if service in person.service_ids]
        sites = [site for site in week.sites if service in site.service_ids and site.opening]
        for day, half in ((day, half) for day in WEEKDAY_NAMES[:5] for half in (0, 1)):
            if opened := sum(_is_there(site.opening, day, half) for site in sites):
                there = tuple(one.id for one in mine if _is_there(one.windows, day, half))
                yield service, day, half, opened, there


def keeps_limits(problem: TeamProblem, team: Mapping[str, int]) -> bool:
    """Whether a team keeps the limits asked for, and has its AS wherever it is open."""
    for column in problem.columns:
        if not column.least <= team.get(column.person.id, 0) <= column.most:
            return False
    for limit in problem.limits:
        reached = sum(times * team.get(who, 0) for who, times in limit.terms)
        if limit.least is not None and reached < limit.least:
            return False
        if limit.most is not None and reached > limit.most:
            return False
    if not problem.rules.as_at_opening:
        return True
    return all(sum(team.get(id_, 0) for id_ in able) >= needed for *_, needed, able in openings(problem))


def _is_there(windows: Iterable[Window], day: str, half: int) -> bool:
    """Whether hours hold some of a half-day, cut at 13:00."""
    mine = (window.minutes for window in windows if window.day == day)
    return any(begin < CUT if half == 0 else end > CUT for begin, end in mine)


def cheapest_team(job: Cheapest) -> Proposal:
    """The cheapest team by the relaxation of its weeks, those that bind added one after the other."""
    asked = [number for number, target in enumerate(job.targets) if target is not None]
    alone = {number: _alone(job, number) for number in asked}
    if hopeless := [number for number, bound in alone.items() if bound is None]:
        return _excess(job, hopeless[0])
    order = sorted(asked, key=lambda number: -(alone[number] or 0.0))
    master, started = TeamStatement(job.problem, job.spare, job.is_proposal), monotonic()
    added: list[int] = []
    step, bound, team = _step(job.problem), 0, None
    missed: int | None = order[0]
    while missed is not None:
        added.append(missed)
        master.add_week(missed, job.targets[missed])
        if job.is_proposal:
            master.have_enough(missed)
        left = job.seconds - (monotonic() - started)
        solved = master.solve(COST, left, gap=job.gap)
        if solved.is_infeasible:
            return _excess(job, missed)
        bound = max(bound, step * rounded_up(solved.bound / step))
        if solved.values is None:
            return Proposal(None, None, bound)
        team = {who: round(solved.values[variable]) for who, variable in master.counts.items()}
        missed = next((n for n in order if n not in added and not _reaches(job, team, n)), None)
    assert team is not None
    cost = sum(column.cost * team[column.person.id] for column in job.problem.columns)
    return Proposal(team, cost, bound)


@dataclass(frozen=True)
class Share:
    """Ask what a team costs at least that reaches so many of the weeks, whichever they are."""

    problem: TeamProblem
    targets: tuple[int, ...]
    weeks: int
    seconds: float


def cost_of_a_share(job: Share) -> Proposal:
    """Of any so many weeks, one is as dear as the dearest of the cheapest ones, which bounds the cost."""
    asked = Cheapest(job.problem, job.targets, job.seconds)
    alone = [_alone(asked, number) for number in range(len(job.targets))]
    possible = sorted(bound for bound in alone if bound is not None)
    if len(possible) < job.weeks:
        return _excess(asked, alone.index(None))
    step = _step(job.problem)
    return Proposal(None, None, step * rounded_up(possible[job.weeks - 1] / step))


def _step(problem: TeamProblem) -> int:
    """What costs of teams are multiples of."""
    return gcd(*(column.cost for column in problem.columns)) or 1


def _alone(job: Cheapest, number: int) -> float | None:
    """What a week alone asks, people being shares; None when no team reaches it."""
    statement = TeamStatement(job.problem, job.spare)
    statement.add_week(number, job.targets[number])
    solved = statement.solve(COST, job.seconds, is_relaxed=True)
    return None if solved.is_infeasible else solved.bound


def _reaches(job: Cheapest, team: Mapping[str, int], number: int) -> bool:
    target = job.targets[number]
    return (
        target is None or least_paid(Fixed(job.problem, team, (number,), job.seconds, job.spare))[0] <= target
    )


def _excess(job: Cheapest, number: int) -> Proposal:
    """How far beyond its limits the nearest team that reaches a week would be, and what lacks within them."""
    lacking = _lacking(job, number)
    statement = TeamStatement(job.problem, job.spare)
    for variable in statement.excess.values():
        statement.statement.uppers[variable] = 10_000
        statement.statement.price(EXCESS, variable, 1)
    statement.add_week(number, job.targets[number])
    solved = statement.solve(EXCESS, job.seconds)
    if solved.values is None:
        return Proposal(None, None, 0, True, week=number, lacking=lacking)
    excess = ((what, round(solved.values[v])) for what, v in statement.excess.items())
    return Proposal(None, None, 0, True, tuple(pair for pair in excess if pair[1]), number, lacking)


def _lacking(job: Cheapest, number: int) -> tuple[str, ...]:
    """What costs most in a week with the best team within the limits, in French."""
    statement = TeamStatement(job.problem, job.spare)
    statement.price_week(number)
    solved = statement.solve(LEVEL, job.seconds, is_relaxed=True)
    if solved.values is None:
        return ()
    paid = [(price * solved.values[v], statement.statement.named[v]) for v, price in statement.paid[number]]
    dearest = sorted((one for one in paid if one[0] > 1), key=lambda one: -one[0])
    board = Board(job.problem.weeks[number])
    return tuple(dict.fromkeys(what_lacks(name, board) for _, name in dearest))[:SHOWN]


def what_lacks(name: Name, board: Board) -> str:
    """A shortfall of a week in words: which mission, which half-day."""
    assert isinstance(name, tuple)  # as `Needs` names them
    what, _, *whom = name
    match what, whom:
        case "left" | "take" | "held", [mission, *_]:
            return f"mission {mission}"
        case "action_left" | "action", [action, *_]:
            return f"action collective {action}"
        case "absent" | "wasted", [meeting, *_]:
            return f"réunion ou formation {meeting}"
        case "uncovered" | "no_urgency", [site, int(slot)]:
            half = "après-midi" if slot % 2 else "matin"
            return f"accueil de {site}, le {board.day_of(slot):%d/%m} {half}"
        case "collective_missing", _:
            return "temps collectif"
        case _:
            return "temps d'écrits"


@dataclass(frozen=True)
class Fixed:
    """Ask what some weeks pay at least with a given team, a post that is not in it counting for none."""

    problem: TeamProblem
    team: Mapping[str, int]
    weeks: tuple[int, ...]
    seconds: float
    spare: float = 0.0


def least_paid(job: Fixed) -> list[float]:
    """The relaxation of level 1 of each week, in tenths."""
    found = []
    for number in job.weeks:
        statement = TeamStatement(job.problem, job.spare)
        for who, variable in statement.counts.items():
            statement.statement.lowers[variable] = statement.statement.uppers[variable] = job.team.get(who, 0)
        statement.statement.rows.clear()
        statement.price_week(number)
        solved = statement.solve(LEVEL, job.seconds, is_relaxed=True)
        found.append(0.0 if solved.is_infeasible else solved.bound)
    return found


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
        statement = TeamStatement(job.problem)
        statement.price_week(number)
        solved = statement.solve(LEVEL, job.seconds, is_relaxed=True)
        tenths.append(max(0, rounded_up(solved.bound)))
        again = statement.statement
        again.at_most(("reached", number), total(statement.paid[number]), tenths[-1] + 1)
        cheapest = statement.solve(COST, job.seconds, is_relaxed=True)
        values = cheapest.values or [0.0] * len(again.lowers)
        teams.append({who: values[variable] for who, variable in statement.counts.items()})
    return Floors(tuple(tenths), tuple(teams))
