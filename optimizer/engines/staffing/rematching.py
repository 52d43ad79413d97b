"""Search for a staffing by a given number of people: as few tasks as possible that nobody does.

A move takes tasks that run at one instant from whoever does them and gives all of them again at once, at the
least price: a person has one of them at most, so that the cheapest way is a matching. Whoever takes a task
leaves those of other instants that stand in its way; now and then the matching also chooses who is of the
team. A task that stays left weighs more with every move, until others are left in its stead.

Sources: matching neighbourhoods, of exponential size (Gutin 1999, for the travelling salesman); weights of
what stays unmet (Morris 1993, breakout).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from optimizer.engines.staffing.overlaps import cliques, overlapping
from optimizer.shifts import Shifts

Numbers = NDArray[np.int64]
UNIT = 100_000
"""What a task weighs at first; everything of a matching is counted in whole numbers."""
HEAVIER = 20_000
"""What a task left weighs more after a move."""
NOISE = 400
"""Chance of a price, below: it chooses among what is equally cheap, and never outweighs a task."""
NEVER = 1e15
"""The price of what cannot be."""
AROUND_WHAT_IS_LEFT, TEAM_CHANGES = 0.7, 0.1
"""Shares of the moves: at an instant of a task left, and with the team chosen again."""
MOVE_WORK = 5_000
"""What a move counts for besides the prices of its matching."""


@dataclass(frozen=True)
class Staffed:
    """Who does each task, those that nobody does absent, and the team, whoever has something to do or not;
    what each task weighs in a search under way."""

    assignment: dict[int, int]
    team: frozenset[int]
    weights: tuple[int, ...] = ()


@dataclass(frozen=True)
class RematchingJob:
    """Go on from a staffing for some work, counted in prices looked at."""

    shifts: Shifts
    staffed: Staffed
    work: int
    seed: int


@dataclass(frozen=True)
class Rematched:
    """The staffing with fewest tasks left that a search came by, and the last, to go on from."""

    best: Staffed
    last: Staffed


def rematched(job: RematchingJob) -> Rematched:
    """What some work reaches."""
    search = Rematching(job.shifts, job.seed)
    search.start(job.staffed)
    return search.search(job.work)


class Rematching:
    """A search under way: who does what, of what weight is what stands in whose way."""

    def __init__(self, shifts: Shifts, seed: int) -> None:
        self.shifts, self.rng = shifts, np.random.default_rng(seed)
        count = len(shifts.tasks)
        self.beside = overlapping(shifts)
        self.able = np.zeros((count, len(shifts.skills)), bool)
        for person, skills in enumerate(shifts.skills):
            self.able[list(skills), person] = True
        alone = [[task] for task in range(count) if len(self.beside[task]) == 1]
        self.at_once = [np.array(tasks) for tasks in [*cliques(shifts.tasks, range(count)), *alone]]
        self.instants: list[list[int]] = [[] for _ in range(count)]
        for instant, tasks in enumerate(self.at_once):
            for task in tasks.tolist():
                self.instants[task].append(instant)
        self.work = 0

    def start(self, staffed: Staffed) -> None:
        """Go on from a team and what it does; it has as many people as tasks run at once, at least."""
        self.in_team = np.zeros(len(self.shifts.skills), bool)
        self.in_team[list(staffed.team)] = True
        weights = staffed.weights or (UNIT,) * len(self.able)
        self.weights: Numbers = np.array(weights, np.int64)
        self.doing: Numbers = np.full(len(self.able), -1)
        self.in_the_way: Numbers = np.zeros(self.able.shape, np.int64)
        self.load: Numbers = np.zeros(len(self.in_team), np.int64)
        for task, person in staffed.assignment.items():
            self._give(task, person)

    def staffed(self) -> Staffed:
        """What was reached."""
        done = np.flatnonzero(self.doing >= 0)
        assignment = dict(zip(done.tolist(), self.doing[done].tolist(), strict=True))
        team = frozenset(np.flatnonzero(self.in_team).tolist())
        return Staffed(assignment, team, tuple(self.weights.tolist()))

    def search(self, work: int) -> Rematched:
        """What some work reaches; it ends once nothing is left."""
        end, best = self.work + work, self.staffed()
        fewest = len(self.left())
        while fewest and self.work < end:
            self._move()
            left = self.left()
            self.weights[left] += HEAVIER
            if len(left) < fewest:
                fewest, best = len(left), self.staffed()
        return Rematched(best, self.staffed())

    def left(self) -> Numbers:
        """Tasks that nobody does."""
        return np.flatnonzero(self.doing < 0)

    def _move(self) -> None:
        """Give the tasks of one instant again."""
        task = self.rng.choice(self.left())
        around = self.rng.random() < AROUND_WHAT_IS_LEFT
        tasks = self.at_once[self.rng.choice(self.instants[task] if around else len(self.at_once))]
        size = int(self.in_team.sum())
        changes_team = len(tasks) >= size or self.rng.random() < TEAM_CHANGES
        for one in tasks[self.doing[tasks] >= 0].tolist():
            self._leave(one)
        if changes_team:
            given = self._matched_with_team(tasks, size)
        else:
            given = self._matched(tasks, np.flatnonzero(self.in_team))
        for one, person in given:
            for other in self._in_the_way_of(one, person):
                self._leave(other)
            self._give(one, person)

    def _matched_with_team(self, tasks: Numbers, size: int) -> list[tuple[int, int]]:
        """Which of all people does each task. Whoever is given one is of the team, then those who do most."""
        everybody = np.arange(len(self.in_team))
        given = self._matched(tasks, everybody, max(0, size - len(tasks)), self.load)
        load = self.load + self.rng.random(len(everybody))
        load[[person for _, person in given]] = np.inf
        self._set_team(np.argsort(-load)[size:])
        return given

    def _matched(
        self, tasks: Numbers, people: Numbers, idle: int = 0, worth: Numbers | None = None
    ) -> list[tuple[int, int]]:
        """Which of some people does each task, tasks left absent, at the least weight of what is left then.

        A row a task, then one for each place of somebody who does none of them; a column a person, then one
        for each task left. Worth is what a person who has a row does at other instants, and would leave.
        """
        count, many = len(tasks), len(people)
        rows, columns = np.nonzero(self.able[np.ix_(tasks, people)])
        prices = np.full((count + idle, many + count), NEVER)
        prices[rows, columns] = self.in_the_way[tasks[rows], people[columns]]
        prices[count:, :many] = 0
        prices[:, :many] += self.rng.integers(0, NOISE, (count + idle, many))
        if worth is not None:
            prices[:, :many] -= worth
        prices[np.arange(count), many + np.arange(count)] = self.weights[tasks]
        self.work += MOVE_WORK + prices.size
        taken = linear_sum_assignment(prices)[1][:count]
        return [(int(task), int(people[one])) for task, one in zip(tasks, taken, strict=True) if one < many]

    def _set_team(self, out: Numbers) -> None:
        """Everybody but some, who leave what they do."""
        for person in out[self.in_team[out]].tolist():
            for task in np.flatnonzero(self.doing == person).tolist():
                self._leave(task)
        self.in_team[:] = True
        self.in_team[out] = False

    def _in_the_way_of(self, task: int, person: int) -> list[int]:
        if not self.in_the_way[task, person]:
            return []
        beside = self.beside[task]
        others: list[int] = beside[self.doing[beside] == person].tolist()
        return others

    def _give(self, task: int, person: int) -> None:
        self.doing[task] = person
        self.in_the_way[self.beside[task], person] += self.weights[task]
        self.load[person] += self.weights[task]

    def _leave(self, task: int) -> None:
        person = self.doing[task]
        self.in_the_way[self.beside[task], person] -= self.weights[task]
        self.load[person] -= self.weights[task]
        self.doing[task] = -1
