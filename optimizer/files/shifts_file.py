"""The public `.dat` form of SMPTSP instances: `Jobs = n` and n lines `start end`, then `Qualifications = m`
and m lines `count: task indices`, counted from 0; lines that start with # say nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import told_in_french
from optimizer.files.sheets import MAX_ROWS
from optimizer.shifts import Shifts, pairs_at_once

MOST_BYTES = 50_000_000
SHOWN = 20
"""Problems told at most; the others are counted."""
HEADING = re.compile(r"(Type|Jobs|Qualifications)\s*=\s*(-?[0-9]{1,9})", re.IGNORECASE)
TASK = re.compile(r"(-?[0-9]{1,12})\s+(-?[0-9]{1,12})")
PERSON = re.compile(r"([0-9]{1,9})\s*:(.*)")
INDEX = re.compile(r"-?[0-9]{1,9}")
MOST_PAIRS = 20_000_000
"""Pairs of tasks that run at once, or of a task and a person, up to which memory holds them."""
Line = tuple[int, str]
"""A line that says something, and its number in the file, from 1."""


def read_shifts(path: Path) -> Shifts:
    """Tasks and people of a file.

    Raises
    ------
    UnusableInput
        The file cannot be read, counts are wrong, a task ends before it starts or nobody can do it, an index
        is unknown or repeated, someone can do nothing: each with its line.
    """
    if not path.is_file():
        raise UnusableInput([Problem(str(path), "aucun fichier à cet endroit", "un fichier .dat")])
    with told_in_french(path):
        if path.stat().st_size > MOST_BYTES:
            raise UnusableInput([Problem(str(path), "un fichier trop grand", "50 Mo au plus")])
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    reading = _Reading(path.name, text)
    shifts = reading.shifts()
    if problems := reading.problems:
        more = len(problems) - SHOWN
        rest = [Problem(str(path), f"{more} autre(s) problème(s)", "aucun")] if more > 0 else []
        raise UnusableInput(problems[:SHOWN] + rest)
    return shifts


class _Reading:
    """A file under way."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
        self.lines: list[Line] = [(number, line) for number, line in numbered if line and line[0] != "#"]
        self.problems: list[Problem] = []

    def shifts(self) -> Shifts:
        """What the lines say; problems are listed beside."""
        parts: dict[str, tuple[Line, list[Line]]] = {}
        rows: list[Line] = []
        for number, line in self.lines:
            if heading := HEADING.fullmatch(line):
                name, rows = heading[1].lower(), []
                if name in parts:
                    self._wrong(number, f"« {line} » une deuxième fois", "une fois")
                parts[name] = ((number, heading[2]), rows)
            elif parts:
                rows.append((number, line))
            else:
                self._wrong(number, f"« {line[:40]} »", "Type = 1, Jobs = … ou Qualifications = …")
        if "type" in parts and parts["type"][0][1] != "1":
            self._wrong(parts["type"][0][0], f"Type = {parts['type'][0][1]}", "Type = 1")
        tasks = tuple(self._tasks(self._counted(parts, "jobs", "Jobs")))
        skills = tuple(self._people(self._counted(parts, "qualifications", "Qualifications"), len(tasks)))
        if not self.problems:
            self._without_anybody(parts["jobs"][1], skills)
            self._too_large(tasks, len(skills))
        return Shifts(tasks, skills)

    def _too_large(self, tasks: tuple[tuple[int, int], ...], people: int) -> None:
        """Before anything that grows with pairs is made."""
        pairs = max(len(tasks) * people, pairs_at_once(tasks))
        if pairs > MOST_PAIRS:
            found = f"{len(tasks)} tâches et {people} personnes, soit {pairs} couples à comparer"
            self.problems.append(Problem(self.name, found, f"au plus {MOST_PAIRS}"))

    def _wrong(self, number: int, found: str, expected: str) -> None:
        self.problems.append(Problem(f"{self.name}, ligne {number}", found, expected))

    def _counted(self, parts: dict[str, tuple[Line, list[Line]]], key: str, name: str) -> list[Line]:
        """The lines of a part, as many as it says."""
        if key not in parts:
            self.problems.append(Problem(self.name, f"aucune ligne « {name} = … »", "une"))
            return []
        (number, count), rows = parts[key]
        if len(rows) != int(count) or not 0 < len(rows) <= MAX_ROWS:
            self._wrong(number, f"{name} = {count}, puis {len(rows)} ligne(s)", f"autant, de 1 à {MAX_ROWS}")
        return rows

    def _tasks(self, rows: list[Line]) -> Iterator[tuple[int, int]]:
        for number, line in rows:
            task = TASK.fullmatch(line)
            start, end = (int(task[1]), int(task[2])) if task else (0, 1)
            if task is None:
                self._wrong(number, f"« {line[:40]} »", "un début et une fin, en minutes")
            elif end <= start:
                self._wrong(number, f"une tâche de {start} à {end}", "une fin après son début")
            yield start, end

    def _people(self, rows: list[Line], tasks: int) -> Iterator[frozenset[int]]:
        for number, line in rows:
            person = PERSON.fullmatch(line)
            if person is None or not all(map(INDEX.fullmatch, person[2].split())):
                self._wrong(number, f"« {line[:40]} »", "un nombre, « : », puis des tâches, comme « 2: 0 5 »")
                continue
            named = [int(index) for index in person[2].split()]
            known = frozenset(index for index in named if 0 <= index < tasks)
            if int(person[1]) != len(named):
                self._wrong(number, f"{person[1]} tâche(s) annoncée(s), {len(named)} nommée(s)", "autant")
            elif not named:
                self._wrong(number, "quelqu'un qui ne peut rien faire", "une tâche au moins")
            elif unknown := [index for index in named if index not in known]:
                self._wrong(number, f"la tâche {unknown[0]}", f"une tâche de 0 à {tasks - 1}")
            elif len(known) < len(named):
                twice = next(index for index in named if named.count(index) > 1)
                self._wrong(number, f"la tâche {twice} deux fois", "une fois")
            yield known

    def _without_anybody(self, rows: list[Line], skills: tuple[frozenset[int], ...]) -> None:
        able = frozenset().union(*skills)
        for task, (number, line) in enumerate(rows):
            if task not in able:
                self._wrong(number, f"la tâche {task} ({line}), que personne ne peut faire", "quelqu'un")
