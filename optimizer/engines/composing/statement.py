"""The linear statement of a team: how many of each column there are, its limits, what its weeks ask of it."""

from collections.abc import Collection

from ortools.math_opt import model_pb2

from optimizer.board import Board
from optimizer.engines.composing.problem import TeamProblem, openings
from optimizer.engines.matrix import Matrix
from optimizer.engines.relaxing import Relaxation, relax
from optimizer.engines.solvers import as_proto
from optimizer.linear import Name, Part, Row, Statement, Variable, each, total
from optimizer.model.needs import Needs

COST, LEVEL, EXCESS = "cost", "level 1", "excess"
DEARER = 1.01
"""How much dearer a proposal takes a column to be than one that is preferred."""
COUNTED = ("stays", "opened", "few")
"""Variables that are whole numbers; all others are shares."""


class TeamStatement:
    """The statement of a team and of its weeks, with its own rules once they are posted."""

    def __init__(
        self, problem: TeamProblem, spare: float = 0.0, preferred: Collection[str] | None = None
    ) -> None:
        """`spare`: percent of everyone's time that weeks may not use. `preferred`: columns that are had at
        their cost, the others a little dearer: nobody is replaced for nothing; all at their cost if None."""
        self.problem, self.spare = problem, spare
        self.statement = Statement()
        self.counts: dict[str, Variable] = {}
        for column in problem.columns:
            who = column.person.id
            name = ("stays" if column.post is None else "opened", who)
            self.counts[who] = variable = self.statement.variable(name, column.least, column.most)
            is_dearer = preferred is not None and who not in preferred
            self.statement.price(COST, variable, round(DEARER * column.cost if is_dearer else column.cost))
        self.paid: dict[int, Part] = {}
        self.excess: dict[str, Variable] = {}

    def add_week(self, number: int) -> None:
        """State what a week asks."""
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

    def reach(self, number: int, target: int) -> None:
        """A week pays its target at most, in tenths of level 1."""
        self.statement.at_most(("reached", number), total(self.paid[number]), target)

    def price(self, number: int) -> None:
        """A week is to be had at the price of its level 1, whatever that is."""
        for variable, price in self.paid[number]:
            self.statement.price(LEVEL, variable, price)

    def post_rules(self) -> None:
        """State the limits of the team, and that an AS is there wherever it is open to the public."""
        self._post_limits()
        if self.problem.rules.as_at_opening:
            self._post_opening()

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

    def whole_numbers(self) -> dict[Name, Variable]:
        """The variables that are whole numbers, by name: counts of people, and switches of sessions."""
        return {name: v for v, name in enumerate(self.statement.named) if is_counted(name)}

    def rows_apart(self) -> tuple[list[Row], list[Row]]:
        """The rows that hold whole numbers alone, and the others."""
        mine = set(self.whole_numbers().values())
        alone = [row.terms.keys() <= mine for row in self.statement.rows]
        whole = [row for row, is_alone in zip(self.statement.rows, alone, strict=True) if is_alone]
        return whole, [row for row, is_alone in zip(self.statement.rows, alone, strict=True) if not is_alone]

    def relaxed(self, level: str, seconds: float) -> Relaxation | None:
        """A level minimised, people being shares; None where nothing holds, or not in time."""
        return relax(Matrix(self.statement).whole({level: 1}), seconds)

    def proto(self, level: str) -> model_pb2.ModelProto:
        """A level to minimise with whole people, as MathOpt reads it."""
        proto = as_proto(Matrix(self.statement).whole({level: 1}), True)
        del proto.variables.integers[:]
        proto.variables.integers.extend(map(is_counted, self.statement.named))
        return proto


def is_counted(name: Name) -> bool:
    """Whether a variable of this name is a whole number."""
    return name[0] in COUNTED
