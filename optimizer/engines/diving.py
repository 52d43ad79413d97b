"""Where a relaxation leads once what gathers people is decided: when meetings and actions are held, by whom.

What is nearest to a decision is rounded, then the relaxation is solved again from where it was. Rounding
meetings first costs the relaxation little; half-days filled one after the other leave people out of them.

Method: relax-and-fix by diving (Berthold 2006, on primal heuristics).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.matrix import Restricted
from optimizer.engines.options import Clock
from optimizer.engines.relaxing import Basis, Relaxation, Relaxing
from optimizer.linear import Name, Statement, Variable
from optimizer.model import BucketModel
from optimizer.words import Profession

TINY = 1e-6
LIKELY = 0.3
"""What is nearer to 1 than this is rounded with others, what is further away alone."""
Group = Sequence[Variable]
Numbers = NDArray[np.float64] | NDArray[np.int64]


def dive(
    model: BucketModel, problem: Restricted, basis: Basis, clock: Clock, until: float
) -> Relaxation | None:
    """The relaxation of a problem of the model's variables once what gathers people is decided.

    `basis` is that of its relaxation. What is not decided when the clock has `until` seconds left stays so.
    None when no time is left for anything.
    """
    relaxing = Relaxing(problem, basis)
    found = relaxing.solve(clock.left())
    for groups in _gatherings(model):
        while found and clock.left() > until and (chosen := _nearest(groups, found)):
            found = _rounded(relaxing, chosen, clock)
    return found


def _rounded(relaxing: Relaxing, chosen: list[Variable], clock: Clock) -> Relaxation | None:
    """The relaxation with some variables at 1; where that cannot be, with the first alone, or without it."""
    for variable in chosen:
        relaxing.fix(variable, 1)
    found = relaxing.solve(clock.left())
    if found:
        return found
    for variable in chosen[1:]:
        relaxing.free(variable)
    if found := relaxing.solve(clock.left()) if len(chosen) > 1 else None:
        return found
    relaxing.fix(chosen[0], 0)
    return relaxing.solve(clock.left())


def _nearest(groups: list[Group], found: Relaxation) -> list[Variable]:
    """Of half the groups where nothing is decided yet, the variable nearest to 1."""
    halfway = [[v for v in group if TINY < found.values[v] < 1 - TINY] for group in groups]
    nearest = [max(group, key=lambda v: found.values[v]) for group in halfway if group]
    nearest.sort(key=lambda v: -found.values[v])
    likely = sum(found.values[v] >= LIKELY for v in nearest)
    return nearest[: max(1, min(likely, (len(nearest) + 1) // 2))] if nearest else []


def _gatherings(model: BucketModel) -> Iterator[list[Group]]:
    """What is to be decided: when everything is held, then by whom; by groups of which one is chosen."""
    held: list[Group] = [list(starts.values()) for starts in model.meeting_held.values()]
    for id_, slots in model.action_held.items():
        held.append([*slots.values(), model.action_unplaced[id_]])
    yield held
    leads: dict[tuple[str, Profession], list[Variable]] = defaultdict(list)
    for id_, led in model.lead.items():
        for (_, _, profession), variable in led.items():
            leads[id_, profession].append(variable)
    attends: list[Group] = [
        list(starts.values()) for people in model.attend.values() for starts in people.values()
    ]
    yield [*leads.values(), *attends]


def decided(model: BucketModel, values: Numbers) -> frozenset[Name]:
    """The names of the variables of gatherings that are at 0 or 1 in some values."""
    variables = [v for groups in _gatherings(model) for group in groups for v in group]
    return frozenset(model.statement.named[v] for v in variables if not TINY < values[v] < 1 - TINY)


def near(statement: Statement, relaxation: Relaxation, most: int) -> tuple[frozenset[Name], frozenset[Name]]:
    """The names of what a relaxation uses, and of what has a reduced cost of `most` or less."""
    used = np.flatnonzero(relaxation.values > TINY).tolist()
    nearly = np.flatnonzero(relaxation.reduced_costs <= most).tolist()
    return frozenset(statement.named[v] for v in used), frozenset(statement.named[v] for v in nearly)
