"""Why no team reaches a week within the limits asked for: what lacks, and how far beyond it would go."""

from dataclasses import dataclass
from datetime import timedelta

from ortools.math_opt.python import mathopt

from optimizer.board import Board
from optimizer.engines.composing.problem import TeamProblem
from optimizer.engines.composing.statement import EXCESS, LEVEL, TeamStatement
from optimizer.linear import Name

SHOWN = 3
"""Things that lack, named at most."""
FARTHEST = 10_000
"""People that a limit may be passed by, when it is asked how far."""


@dataclass(frozen=True)
class Refused:
    """No team holds: `excess` is how far above or below which limits the nearest one would have to go; `week`
    is one that is missed, and `lacking` what costs most there with the best team that limits allow."""

    week: int
    excess: tuple[tuple[str, int], ...] = ()
    lacking: tuple[str, ...] = ()


def refused(problem: TeamProblem, week: int, target: int, seconds: float, spare: float = 0.0) -> Refused:
    """How far beyond its limits the nearest team that reaches a week would be, and what lacks within them."""
    team = TeamStatement(problem, spare)
    team.post_rules()
    for variable in team.excess.values():
        team.statement.uppers[variable] = FARTHEST
        team.statement.price(EXCESS, variable, 1)
    team.add_week(week)
    team.reach(week, target)
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.01, seconds)))
    model = mathopt.Model.from_model_proto(team.proto(EXCESS))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    lacking = _lacking(problem, week, seconds, spare)
    if not result.has_primal_feasible_solution():
        return Refused(week, (), lacking)
    values = list(result.variable_values().values())
    excess = ((what, round(values[variable])) for what, variable in team.excess.items())
    return Refused(week, tuple(pair for pair in excess if pair[1]), lacking)


def _lacking(problem: TeamProblem, number: int, seconds: float, spare: float) -> tuple[str, ...]:
    """What costs most in a week with the best team within the limits, in French."""
    team = TeamStatement(problem, spare)
    team.post_rules()
    team.add_week(number)
    team.price(number)
    solved = team.relaxed(LEVEL, seconds)
    if solved is None:
        return ()
    paid = [(price * solved.values[v], team.statement.named[v]) for v, price in team.paid[number]]
    dearest = sorted((one for one in paid if one[0] > 1), key=lambda one: -one[0])
    board = Board(problem.weeks[number])
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
