"""A first staffing: tasks in order of start, each to whoever of those at work was free last, else to someone
new who may do most."""

from random import Random

from optimizer.shifts import Shifts

NOISE = 0.5
"""How much of a choice chance may change, at most."""


def first_staffing(shifts: Shifts, rng: Random) -> dict[int, int]:
    """Who does each task; tasks for which nobody was left are absent."""
    able: list[list[int]] = [[] for _ in shifts.tasks]
    for person, skills in enumerate(shifts.skills):
        for task in skills:
            able[task].append(person)
    noise = NOISE * rng.random()
    free_from: dict[int, int] = {}
    found: dict[int, int] = {}
    for task in sorted(range(len(shifts.tasks)), key=lambda task: (shifts.tasks[task][0], len(able[task]))):
        start, end = shifts.tasks[task]
        at_work = [one for one in able[task] if one in free_from and free_from[one] <= start]
        new = [one for one in able[task] if one not in free_from]
        if at_work:
            person = max(at_work, key=lambda one: (1 + free_from[one]) * (1 + noise * rng.random()))
        elif new:
            person = max(new, key=lambda one: len(shifts.skills[one]) * (1 + noise * rng.random()))
        else:
            continue
        found[task], free_from[person] = person, end
    return found


def completed(shifts: Shifts, assignment: dict[int, int]) -> dict[int, int] | None:
    """An assignment with what nobody does given to whoever is free, else to someone new who takes most of it;
    None when somebody must move for that."""
    found, days = dict(assignment), _days(assignment)
    left = [task for task in range(len(shifts.tasks)) if task not in found]
    while left:
        taken = {
            person: [
                task
                for task in left
                if task in shifts.skills[person] and _is_free(shifts, days, person, task)
            ]
            for person in range(len(shifts.skills))
        }
        person = max(taken, key=lambda one: (bool(taken[one]), one in days, len(taken[one])))
        if not taken[person]:
            return None
        for task in taken[person]:
            if _is_free(shifts, days, person, task):
                days.setdefault(person, []).append(task)
                found[task] = person
        left = [task for task in left if task not in found]
    return found


def _days(assignment: dict[int, int]) -> dict[int, list[int]]:
    days: dict[int, list[int]] = {}
    for task, person in assignment.items():
        days.setdefault(person, []).append(task)
    return days


def _is_free(shifts: Shifts, days: dict[int, list[int]], person: int, task: int) -> bool:
    start, end = shifts.tasks[task]
    return all(shifts.tasks[one][1] <= start or end <= shifts.tasks[one][0] for one in days.get(person, ()))
