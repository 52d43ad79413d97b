"""The cheapest set that holds one element at least of each of some sets (minimum hitting set), by CP-SAT.

Minimal conflicts and minimal changes are each the hitting sets of the other: Reiter 1987.
"""

from collections.abc import Collection, Mapping
from typing import TypeVar

from ortools.sat.python import cp_model

Element = TypeVar("Element")
EFFORT = 5.0
"""Deterministic seconds, far more than what explanations take."""


def smallest_hitting_set(
    sets: Collection[frozenset[Element]], weights: Mapping[Element, int]
) -> frozenset[Element] | None:
    """The hitting set of least weight found, the least there is but for a limit; None when a set is empty."""
    smallest = _minimal(sets)
    if not all(smallest):
        return None
    model = cp_model.CpModel()
    order = {one: index for index, one in enumerate(weights)}
    elements = sorted(frozenset().union(*smallest), key=order.__getitem__)
    chosen = {one: model.new_bool_var("") for one in elements}
    for one in smallest:
        model.add_at_least_one(chosen[element] for element in sorted(one, key=order.__getitem__))
    model.minimize(sum(weights[one] * variable for one, variable in chosen.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return frozenset(elements)
    return frozenset(one for one, variable in chosen.items() if solver.value(variable))


def _minimal(sets: Collection[frozenset[Element]]) -> list[frozenset[Element]]:
    """The sets that hold no other."""
    found: list[frozenset[Element]] = []
    for one in sorted(set(sets), key=len):
        if not any(other <= one for other in found):
            found.append(one)
    return found
