"""Tabu search for a staffing by a given number of people: as few tasks as possible that nobody does.

A task left goes to the person on whose day fewest tasks stand in its way; these are left in turn. When
nothing gets better, one person leaves the team for another who would cost fewest tasks.

Method: partial colouring (PartialCol, Bloechliger and Zufferey 2008) of an interval graph whose colours are
people with lists of what they may do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.staffing.overlaps import overlapping
from optimizer.shifts import Shifts

UNABLE, FORBIDDEN = 100_000, 100
"""What stands in the way of someone who is not able to, or of a move that was just undone."""
TENURE, TENURE_SHARE = 10, 0.6
"""Moves for which what was left does not come back: a random part, and a share of the tasks left."""
PATIENCE = 3_000
"""Moves without anything better before someone leaves the team."""
AWAY = 5
"""Changes of the team before who left may come back."""


@dataclass(frozen=True)
class Staffed:
    """Who does each task, those that nobody does absent, and the team, whoever has something to do or not."""

    assignment: dict[int, int]
    team: frozenset[int]


@dataclass(frozen=True)
class TabuJob:
    """Go on from a staffing for some moves."""

    shifts: Shifts
    staffed: Staffed
    moves: int
    seed: int


def searched(job: TabuJob) -> Staffed:
    """The best that the moves reach."""
    tabu = Tabu(job.shifts, job.seed)
    tabu.start(job.staffed)
    return tabu.search(job.moves)


class Tabu:
    """A search under way: who does what, what is left, what stands in whose way."""

    def __init__(self, shifts: Shifts, seed: int) -> None:
        self.shifts, self.rng = shifts, np.random.default_rng(seed)
        self.beside = overlapping(shifts)
        self.able = np.zeros((len(shifts.tasks), len(shifts.skills)), bool)
        for person, skills in enumerate(shifts.skills):
            self.able[list(skills), person] = True
        self.in_team = np.zeros(len(shifts.skills), bool)
        self.away_until = np.zeros(len(shifts.skills), np.int64)
        self.changes = self.moves = 0

    def start(self, staffed: Staffed) -> None:
        """Go on from a team and what it does."""
        self.in_team[:] = False
        self.in_team[list(staffed.team)] = True
        self.doing: NDArray[np.int64] = np.full(len(self.able), -1)
        self.in_the_way = np.where(self.able, 0, UNABLE)
        self.kept_out = np.zeros(self.able.shape, np.int64)
        self.left = [task for task in range(len(self.able)) if task not in staffed.assignment]
        for task, person in staffed.assignment.items():
            self.doing[task] = person
            self.in_the_way[self.beside[task], person] += 1

    def staffed(self) -> Staffed:
        """What was reached."""
        done = np.flatnonzero(self.doing >= 0)
        assignment = dict(zip(done.tolist(), self.doing[done].tolist(), strict=True))
        return Staffed(assignment, frozenset(np.flatnonzero(self.in_team).tolist()))

    def search(self, moves: int) -> Staffed:
        """The best that some moves reach; they end once nothing is left."""
        best, fewest, since = self.staffed(), len(self.left), self.moves
        least, end = fewest, self.moves + moves
        while self.left and self.moves < end:
            if self.moves - since > PATIENCE or not self._move():
                self._change_the_team()
                least, since = len(self.left), self.moves
            if len(self.left) < least:
                least, since = len(self.left), self.moves
            if least < fewest:
                best, fewest = self.staffed(), least
        return best

    def _move(self) -> bool:
        """Give one task left to someone of the team; whether anybody may do any."""
        self.moves += 1
        tasks, team = np.array(self.left), np.flatnonzero(self.in_team)
        way = self.in_the_way[np.ix_(tasks, team)]
        kept_out = (self.kept_out[np.ix_(tasks, team)] > self.moves) & (way > 0)
        cost = way + FORBIDDEN * kept_out
        least = cost.min()
        if least >= UNABLE:
            return False
        rows, columns = np.nonzero(cost == least)
        chosen = int(self.rng.integers(len(rows)))
        task, person = int(tasks[rows[chosen]]), int(team[columns[chosen]])
        beside = self.beside[task]
        for other in beside[self.doing[beside] == person].tolist():
            self._leave(other)
            tenure = int(self.rng.integers(TENURE)) + int(TENURE_SHARE * len(self.left))
            self.kept_out[other, person] = self.moves + tenure
        self.doing[task] = person
        self.in_the_way[beside, person] += 1
        self.left.remove(task)
        return True

    def _leave(self, task: int) -> None:
        self.in_the_way[self.beside[task], self.doing[task]] -= 1
        self.doing[task] = -1
        self.left.append(task)

    def _change_the_team(self) -> None:
        """Someone leaves for another: the pair after which fewest tasks would be left, of a few drawn."""
        self.changes += 1
        self.moves += 1
        team, others = np.flatnonzero(self.in_team), np.flatnonzero(~self.in_team)
        others = others[self.away_until[others] <= self.changes]
        if not len(others):
            return
        left = self.able[np.array(self.left)][:, others]
        gain = left.any(axis=0).astype(float) + 0.5 * left.mean(axis=0)
        cost = np.array([self._lost_without(person, others) for person in team.tolist()]) - gain
        cost += self.rng.random(cost.shape)
        row, column = np.unravel_index(int(cost.argmin()), cost.shape)
        gone, come = int(team[row]), int(others[column])
        for task in np.flatnonzero(self.doing == gone).tolist():
            self._leave(task)
        self.in_team[gone], self.in_team[come] = False, True
        self.away_until[gone] = self.changes + AWAY

    def _lost_without(self, person: int, others: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each of some others, the tasks of someone that nobody could do at once if they left for that
        other."""
        tasks = np.flatnonzero(self.doing == person)
        team = self.in_team.copy()
        team[person] = False
        stuck = tasks[(self.in_the_way[tasks][:, team] > 0).all(axis=1)] if len(tasks) else tasks
        lost: NDArray[np.int64] = (~self.able[stuck][:, others]).sum(axis=0)
        return lost
