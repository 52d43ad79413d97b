"""Fixed tasks for named people: the shift minimisation personnel task scheduling problem (SMPTSP).

Each task has a start and an end and is done by one qualified person; a person does one task at a time, and
one may start when another ends. The smallest number of people is wanted: the published core of composing a
team. Source: Krishnamoorthy, Ernst and Baatar, European Journal of Operational Research 219, 2012.
"""

import itertools
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optimizer.plan import Status


@dataclass(frozen=True)
class Shifts:
    """Tasks and people, each counted from 0: (start, end) of each task, in minutes, the end not included; the
    tasks that each person may do."""

    tasks: tuple[tuple[int, int], ...]
    skills: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Staffing:
    """Who does each task; no fewer people than `lower_bound` could do them all."""

    status: Status
    lower_bound: int
    assignment: Mapping[int, int]

    @property
    def staff(self) -> int:
        """How many people have something to do."""
        return len(set(self.assignment.values()))


def pairs_at_once(tasks: Sequence[tuple[int, int]]) -> int:
    """How many pairs of tasks run at some time together."""
    ends = sorted(end for _, end in tasks)
    return sum(
        number - bisect_right(ends, start) for number, start in enumerate(sorted(start for start, _ in tasks))
    )


def wrongs(shifts: Shifts, assignment: Mapping[int, int]) -> list[str]:
    """Every rule that an assignment breaks, one French sentence each. It shares nothing with the engine."""
    found = []
    days: dict[int, list[tuple[int, int, int]]] = {}
    for task, (start, end) in enumerate(shifts.tasks):
        person = assignment.get(task)
        if person is None:
            found.append(f"la tâche {task} n'est à personne")
        elif not 0 <= person < len(shifts.skills):
            found.append(f"la tâche {task} est à {person}, qui n'existe pas")
        elif task not in shifts.skills[person]:
            found.append(f"{person} n'a pas la qualification de la tâche {task}")
        else:
            days.setdefault(person, []).append((start, end, task))
    for person, rows in days.items():
        rows.sort()
        for (_, end, before), (start, _, after) in itertools.pairwise(rows):
            if start < end:
                found.append(f"{person} fait les tâches {before} et {after} en même temps")
    return found + [
        f"la tâche {task} n'existe pas" for task in sorted(set(assignment) - set(range(len(shifts.tasks))))
    ]
