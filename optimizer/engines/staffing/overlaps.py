"""Tasks that run at once."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from optimizer.shifts import Shifts

Task = tuple[int, int]


def cliques(tasks: tuple[Task, ...], among: Iterable[int]) -> list[list[int]]:
    """The largest sets of some tasks that run at once, each contained in no other; two tasks at least."""
    found: list[list[int]] = []
    running: list[int] = []
    for task in sorted(among, key=lambda task: tasks[task]):
        start = tasks[task][0]
        still = [one for one in running if tasks[one][1] > start]
        if len(still) < len(running) and len(running) > 1:
            found.append(running)
        running = [*still, task]
    return [*found, running] if len(running) > 1 else found


def most_at_once(shifts: Shifts) -> int:
    """The most tasks that run at once: no fewer people can do them."""
    return max(map(len, cliques(shifts.tasks, range(len(shifts.tasks)))), default=1)


def too_few_for(shifts: Shifts) -> tuple[list[int], int] | None:
    """Tasks that run at once and that too few people can do, with how many can; None when every instant has
    its people.

    Method: augmenting paths (Kuhn 1955); where one fails, the tasks reached lack people (Hall 1935).
    """
    able: list[list[int]] = [[] for _ in shifts.tasks]
    for person, skills in enumerate(shifts.skills):
        for task in skills:
            able[task].append(person)
    for at_once in cliques(shifts.tasks, range(len(shifts.tasks))):
        has: dict[int, int] = {}
        for task in at_once:
            reached = _reached(task, able, has)
            if reached is not None:
                return sorted(reached), len(reached) - 1
    return None


def _reached(task: int, able: list[list[int]], has: dict[int, int]) -> set[int] | None:
    """Give a task to someone, moving others if needed; the tasks reached when nobody is left."""
    came: dict[int, int] = {}
    reached, waiting = {task}, [task]
    while waiting:
        one = waiting.pop(0)
        for person in able[one]:
            if person in came:
                continue
            came[person] = one
            if person not in has:
                _give(person, came, has)
                return None
            reached.add(has[person])
            waiting.append(has[person])
    return reached


def _give(person: int, came: dict[int, int], has: dict[int, int]) -> None:
    """Along the path that led to someone free, each task goes to the next person."""
    doing = {task: one for one, task in has.items()}
    while True:
        task = came[person]
        before = doing.get(task)
        has[person] = task
        if before is None:
            return
        person = before


def overlapping(shifts: Shifts) -> list[NDArray[np.int64]]:
    """For each task, those that run at some time of it, itself among them."""
    starts, ends = np.array(shifts.tasks, np.int64).T
    return [np.flatnonzero((starts < end) & (ends > start)) for start, end in shifts.tasks]
