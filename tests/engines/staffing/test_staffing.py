"""Fixed tasks by the fewest people: bounds hold, searches break no rule, small problems are proven."""

from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from optimizer.engines.options import Options
from optimizer.engines.staffing.greedy import completed, first_staffing
from optimizer.engines.staffing.overlaps import cliques, most_at_once
from optimizer.engines.staffing.rematching import Rematching, Staffed
from optimizer.engines.staffing.solve import solve, with_team_of
from optimizer.engines.staffing.whole import RelaxedJob, WholeJob, relaxed_people, staffed_by
from optimizer.errors import NoTeam
from optimizer.plan import Status
from optimizer.shifts import Shifts, Staffing, wrongs

SEEDS = range(12)
QUICK = Options(time_limit=20.0, workers=1, deterministic=True)


def some_shifts(seed: int, tasks: int = 7, people: int = 5, hours: int = 10) -> Shifts:
    """A few tasks, each of which two people at least may do."""
    rng = Random(seed)
    spans = tuple(
        (start, start + rng.randint(1, 5)) for start in (rng.randrange(hours) for _ in range(tasks))
    )
    able = [rng.sample(range(people), rng.randint(2, 3)) for _ in spans]
    skills = tuple(frozenset(t for t, who in enumerate(able) if one in who) for one in range(people))
    return Shifts(spans, skills)


def fewest(shifts: Shifts) -> int | None:
    """By trying every assignment; None when none holds."""
    able = [
        [one for one, skills in enumerate(shifts.skills) if task in skills]
        for task in range(len(shifts.tasks))
    ]
    found = (len(set(chosen)) for chosen in product(*able) if not wrongs(shifts, dict(enumerate(chosen))))
    return min(found, default=None)


def clash(shifts: Shifts, tasks: tuple[int, ...]) -> bool:
    """Whether tasks all run at some instant."""
    return max(shifts.tasks[t][0] for t in tasks) < min(shifts.tasks[t][1] for t in tasks)


@pytest.mark.parametrize("seed", SEEDS)
def test_cliques_are_the_largest_sets_of_tasks_that_run_at_once(seed: int) -> None:
    shifts = some_shifts(seed)
    sets = [
        set(tasks)
        for size in range(2, len(shifts.tasks) + 1)
        for tasks in combinations(range(len(shifts.tasks)), size)
        if clash(shifts, tasks)
    ]
    largest = [one for one in sets if not any(one < other for other in sets)]
    found = [set(one) for one in cliques(shifts.tasks, range(len(shifts.tasks)))]
    assert sorted(map(sorted, found)) == sorted(map(sorted, largest))
    assert most_at_once(shifts) == max(map(len, largest), default=1)


def test_a_task_may_start_when_another_ends() -> None:
    shifts = Shifts(((0, 5), (5, 9)), (frozenset((0, 1)),))
    assert most_at_once(shifts) == 1
    assert wrongs(shifts, {0: 0, 1: 0}) == []
    assert solve(shifts, QUICK) == Staffing(Status.OPTIMAL, 1, {0: 0, 1: 0})


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_completed_breaks_no_rule(seed: int) -> None:
    shifts = some_shifts(seed, tasks=20, people=14)
    first = first_staffing(shifts, Random(seed))
    assert all("n'est à personne" in one for one in wrongs(shifts, first))
    whole = completed(shifts, dict(list(first.items())[::2]))
    if whole is not None:
        assert wrongs(shifts, whole) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_hold_and_the_fewest_are_found(seed: int) -> None:
    shifts = some_shifts(seed)
    best = fewest(shifts)
    if best is None:
        assert staffed_by(WholeJob(shifts, len(shifts.skills), 10.0, 0)).is_infeasible
        with pytest.raises(NoTeam):
            solve(shifts, QUICK)
        return
    relaxed = relaxed_people(RelaxedJob(shifts, 10.0))
    assert relaxed is not None and relaxed <= best
    assert most_at_once(shifts) <= best
    assert staffed_by(WholeJob(shifts, best - 1, 10.0, 0)).is_infeasible
    staffing = solve(shifts, QUICK)
    assert wrongs(shifts, staffing.assignment) == []
    assert (staffing.staff, staffing.lower_bound, staffing.status) == (best, best, Status.OPTIMAL)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_search_keeps_count_of_what_stands_in_whose_way(seed: int) -> None:
    """After many moves and changes of the team, what it knows is what a fresh start would know."""
    shifts = some_shifts(seed, tasks=30, people=20)
    size = most_at_once(shifts)
    search, fresh = Rematching(shifts, seed), Rematching(shifts, seed)
    search.start(Staffed({}, frozenset(range(size))))
    for _ in range(60):
        found = search.search(1)
        assert all("n'est à personne" in one for one in wrongs(shifts, found.last.assignment))
        assert set(found.last.assignment.values()) <= found.last.team
        assert len(found.last.team) == size
    fresh.start(search.staffed())
    assert (fresh.in_the_way == search.in_the_way).all()
    assert (fresh.load == search.load).all()
    assert fresh.left().tolist() == search.left().tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_matching_leaves_the_least(seed: int) -> None:
    """Tasks of one instant given again to a team: no other way of giving them leaves less weight, those that
    must go for it counted."""
    shifts, rng = some_shifts(seed, tasks=14, people=6), Random(seed)
    first = first_staffing(shifts, rng)
    weights = tuple(rng.randint(1, 5) * 100_000 for _ in shifts.tasks)
    search = Rematching(shifts, seed)

    def lost(given: dict[int, int], kept: dict[int, int], tasks: list[int]) -> int:
        gone = {
            other
            for task, person in given.items()
            for other, doing in kept.items()
            if doing == person and clash(shifts, (task, other))
        }
        return sum(weights[task] for task in [*gone, *(one for one in tasks if one not in given)])

    for at_once in search.at_once:
        tasks = at_once.tolist()
        kept = {task: one for task, one in first.items() if task not in tasks}
        search.start(Staffed(kept, frozenset(range(6)), weights))
        found = lost(dict(search._matched(at_once, np.arange(6))), kept, tasks)
        able = [[None, *np.flatnonzero(search.able[task]).tolist()] for task in tasks]
        ways = (
            {task: one for task, one in zip(tasks, chosen, strict=True) if one is not None}
            for chosen in product(*able)
        )
        assert found == min(lost(way, kept, tasks) for way in ways if len(set(way.values())) == len(way))


def test_a_team_of_another_size_keeps_those_who_do_most() -> None:
    spans = ((0, 1), (1, 2), (2, 3), (3, 4))
    shifts = Shifts(spans, (frozenset((0,)), frozenset((1, 2)), frozenset((3,)), frozenset((0, 1, 2, 3))))
    staffed = Staffed({0: 0, 1: 1, 2: 1}, frozenset((0, 1)), (7, 7, 7, 7))
    assert with_team_of(shifts, staffed, 2) == staffed
    assert with_team_of(shifts, staffed, 1) == Staffed({1: 1, 2: 1}, frozenset((1,)), (7, 7, 7, 7))
    assert with_team_of(shifts, staffed, 3).team == {0, 1, 3}


def test_tasks_that_nobody_can_do_together_have_no_staffing() -> None:
    shifts = Shifts(((0, 5), (0, 5)), (frozenset((0, 1)),))
    with pytest.raises(NoTeam, match=r"de 0 à 5 les tâches 0, 1 ont lieu ensemble : 2 tâches, 1 personne"):
        solve(shifts, QUICK)


def test_enough_people_at_each_instant_may_still_be_too_few() -> None:
    """The middle task takes the time of whoever could do it: the first's person, or the last's."""
    shifts = Shifts(((0, 4), (3, 7), (6, 9)), (frozenset((0, 1)), frozenset((1, 2))))
    with pytest.raises(NoTeam, match=r"pas tous les instants ensemble : la tâche [012] reste"):
        solve(shifts, QUICK)
    third = Shifts(shifts.tasks, (*shifts.skills, frozenset((1,))))
    assert solve(third, QUICK).staff == 3


def test_as_many_tasks_are_named_as_everybody_leaves() -> None:
    """The same twice, far from each other in time."""
    spans = tuple(
        (begin + shift, end + shift) for shift in (0, 100) for begin, end in ((0, 4), (3, 7), (6, 9))
    )
    shifts = Shifts(spans, (frozenset((0, 1, 3, 4)), frozenset((1, 2, 4, 5))))
    with pytest.raises(NoTeam, match=r"les tâches [012], [345] restent ; .* pour chacune"):
        solve(shifts, QUICK)


def test_the_same_staffing_comes_again_when_deterministic() -> None:
    shifts = some_shifts(1, tasks=60, people=25, hours=60)
    limits = Options(time_limit=5.0, workers=2, deterministic=True, seed=3)
    assert solve(shifts, limits) == solve(shifts, limits)


def test_better_staffings_are_told_as_they_come() -> None:
    told: list[Staffing] = []
    shifts = some_shifts(2, tasks=60, people=25, hours=60)
    last = solve(shifts, QUICK, told.append)
    counts = [one.staff for one in told]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == last.staff
