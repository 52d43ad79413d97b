"""What a plan means to the model: the values of its decisions, what it refuses, what it charges by rule.

Decisions (who, which half-day, what is reserved) are read from the plan; everything that follows from them
(tours, shortfalls, switches) is left to a small solve, level 1 before level 2.
"""

from collections import Counter
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from optimizer.board import Board
from optimizer.engines.decisions_of_plan import decisions_of
from optimizer.linear import Statement, Variable
from optimizer.model import COMMITMENTS, PREFERENCES, BucketModel, Key
from optimizer.model.variables import create_variables
from optimizer.plan import Plan, Queued, Reason, Unserved
from optimizer.rules import RULES
from optimizer.week import Week

SOLVE_SECONDS = 20.0


@dataclass
class Meaning:
    """A plan read by the model: the value of each decision, and what no variable can say."""

    model: BucketModel
    by_rule: dict[str, dict[str, dict[Variable, int]]]
    values: dict[Variable, int] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)


@dataclass
class Opinion:
    """What the model thinks of a plan: why it refuses it, else its price by rule at each level, in tenths."""

    refusals: list[str]
    prices: dict[str, Counter[str]] = field(default_factory=dict)
    posts: dict[Key, str | None] = field(default_factory=dict)

    def value(self, level: str) -> int:
        """The price of a level."""
        return self.prices[level].total()


def opinion_of(week: Week, plan: Plan) -> Opinion:
    """What the bucket stage thinks of a plan."""
    meaning = meaning_of(week, plan)
    if meaning.unsaid:
        return Opinion(meaning.unsaid)
    statement = meaning.model.statement
    values, bound = dict(meaning.values), None
    for level in (COMMITMENTS, PREFERENCES):
        found = cheapest(statement, meaning.values, level, bound)
        if found is None:
            return Opinion(_broken(statement, meaning.values))
        values, bound = found, statement.value(COMMITMENTS, found)
    prices = {
        level: Counter(
            {code: sum(price * values[v] for v, price in charged.items()) for code, charged in codes.items()}
        )
        for level, codes in meaning.by_rule.items()
    }
    for level, constant in statement.constants.items():
        prices[level]["caseload"] += constant
    posts = {
        key: tour.post
        for key, tours in meaning.model.tours.items()
        for tour, variable in tours
        if tour is not None and values[variable]
    }
    return Opinion([], prices, posts)


def model_of(week: Week) -> tuple[BucketModel, dict[str, dict[str, dict[Variable, int]]]]:
    """The whole model of a week, with what each rule charges at each level."""
    model = BucketModel(Board(week))
    create_variables(model)
    charged: dict[str, dict[str, dict[Variable, int]]] = {COMMITMENTS: {}, PREFERENCES: {}}
    for rule in RULES:
        before = {level: dict(model.statement.levels.get(level, {})) for level in charged}
        model.post([rule])
        for level, by_code in charged.items():
            after = model.statement.levels.get(level, {})
            more = {v: price - before[level].get(v, 0) for v, price in after.items()}
            found = {v: price for v, price in more.items() if price}
            if found or rule.level == level:
                by_code[rule.code] = found
    return model, charged


def meaning_of(week: Week, plan: Plan) -> Meaning:
    """The decisions of a plan, as values of the model's variables."""
    model, charged = model_of(week)
    found = decisions_of(model, plan)
    return Meaning(model, charged, found.values, found.unsaid)


def cheapest(
    statement: Statement, fixed: dict[Variable, int], level: str, commitments: int | None
) -> dict[Variable, int] | None:
    """The cheapest values at a level that agree with the decisions, level 1 kept when it is given."""
    model, variables = _as_cp_sat(statement, fixed)
    for row in statement.rows:
        total = sum(coefficient * variables[v] for v, coefficient in row.terms.items())
        lower, upper = row.lower, row.upper
        model.add_linear_constraint(
            total, -(10**9) if lower is None else lower, 10**9 if upper is None else upper
        )
    prices = statement.levels.get(level, {})
    if commitments is not None:
        first = statement.levels.get(COMMITMENTS, {})
        constant = statement.constants.get(COMMITMENTS, 0)
        model.add(sum(price * variables[v] for v, price in first.items()) + constant <= commitments)
    model.minimize(sum(price * variables[v] for v, price in prices.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = SOLVE_SECONDS
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    if status == cp_model.INFEASIBLE:
        return None
    return {v: solver.value(variable) for v, variable in enumerate(variables)}


def _broken(statement: Statement, fixed: dict[Variable, int]) -> list[str]:
    """The fewest rows that the decisions break."""
    model, variables = _as_cp_sat(statement, fixed)
    broken = []
    for row in statement.rows:
        total = sum(coefficient * variables[v] for v, coefficient in row.terms.items())
        is_broken = model.new_bool_var(row.name)
        lower, upper = row.lower, row.upper
        model.add_linear_constraint(
            total, -(10**9) if lower is None else lower, 10**9 if upper is None else upper
        ).only_enforce_if(~is_broken)
        broken.append((row.name, is_broken))
    model.minimize(sum(is_broken for _, is_broken in broken))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = SOLVE_SECONDS
    if solver.solve(model) == cp_model.INFEASIBLE:
        return ["une variable hors de ses bornes"]
    return [name for name, is_broken in broken if solver.value(is_broken)]


def _as_cp_sat(
    statement: Statement, fixed: dict[Variable, int]
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    variables = []
    for v, name in enumerate(statement.names):
        variable = model.new_int_var(statement.lowers[v], statement.uppers[v], name)
        if v in fixed:
            model.add(variable == fixed[v])
        variables.append(variable)
    return model, variables


def answered(week: Week, plan: Plan) -> Plan:
    """The plan with an answer for each thing that has none: a request queued at once, the rest unserved."""
    known = {row.mission_id for row in (*plan.assignments, *plan.queue, *plan.unserved)}
    after = week.calendar.first_day_after
    sessions = [meeting for meeting in week.meetings if meeting.seats is not None]
    missing = [item for item in (*week.missions, *week.actions, *sessions) if item.id not in known]
    queue = [item for item in missing if week.types[item.type].request]
    reason = Reason.NO_CAPACITY
    return plan.model_copy(
        update={
            "queue": (*plan.queue, *(Queued(mission_id=m.id, date=after, reason=reason) for m in queue)),
            "unserved": (
                *plan.unserved,
                *(
                    Unserved(mission_id=m.id, reason=reason, earliest_date=after)
                    for m in missing
                    if m not in queue
                ),
            ),
        }
    )
