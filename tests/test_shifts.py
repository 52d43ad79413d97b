"""The check of a staffing finds each rule broken, and nothing else."""

from itertools import combinations
from random import Random

import pytest

from optimizer.shifts import Shifts, pairs_at_once, wrongs

SHIFTS = Shifts(((0, 60), (30, 90), (60, 120)), (frozenset((0, 2)), frozenset((1,)), frozenset((0, 1, 2))))


def test_a_staffing_that_holds_has_no_wrong() -> None:
    assert wrongs(SHIFTS, {0: 0, 1: 1, 2: 0}) == []


@pytest.mark.parametrize(
    ("assignment", "told"),
    [
        ({0: 0, 1: 1}, "la tâche 2 n'est à personne"),
        ({0: 0, 1: 1, 2: 7}, "la tâche 2 est à 7, qui n'existe pas"),
        ({0: 0, 1: 0, 2: 2}, "0 n'a pas la qualification de la tâche 1"),
        ({0: 2, 1: 2, 2: 0}, "2 fait les tâches 0 et 1 en même temps"),
        ({0: 0, 1: 1, 2: 0, 3: 0}, "la tâche 3 n'existe pas"),
    ],
)
def test_each_rule_broken_is_told(assignment: dict[int, int], told: str) -> None:
    assert wrongs(SHIFTS, assignment) == [told]


@pytest.mark.parametrize("seed", range(6))
def test_pairs_that_run_at_once_are_counted(seed: int) -> None:
    rng = Random(seed)
    tasks = [(start, start + rng.randint(1, 9)) for start in (rng.randrange(30) for _ in range(25))]
    at_once = sum(one[0] < other[1] and other[0] < one[1] for one, other in combinations(tasks, 2))
    assert pairs_at_once(tasks) == at_once
