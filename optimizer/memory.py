"""Whether a week fits in the memory there is: said before anything starts, rather than found by a kill.

The need is estimated from what was measured on generated weeks (`benchmarks/README.md`): each process with
its libraries, the week in the two that hold it whole, and in each worker the model of a part at a time.
"""

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from optimizer.child import Engine, departement
from optimizer.engines.division import Division
from optimizer.engines.options import Options
from optimizer.errors import Problem, UnusableInput
from optimizer.week import Week

PROCESS, MISSION, VARIABLE = 130.0, 0.02, 0.004
"""Mebibytes of a process with its libraries; of a mission in a process; of a variable with its rows."""
HALF_DAYS_OF_A_WEEK = 10
MEBIBYTE = 1024**2


def refuse_too_large(week: Week, options: Options, engine: Engine) -> None:
    """Refuse a week that needs more memory than there is.

    Raises
    ------
    UnusableInput
        What it needs about, and what there is.
    """
    there = options.memory if options.memory is not None else available()
    needed = mebibytes(week, options.workers, engine)
    if there is not None and needed > there:
        found = f"il faudrait environ {round(needed)} Mio de mémoire, il y en a {round(there)}"
        expected = "moins de --workers, moins de semaines ou de territoires, ou plus de mémoire"
        raise UnusableInput([Problem("la semaine", found, expected)])


def mebibytes(week: Week, workers: int, engine: Engine) -> float:
    """About what planning a week takes, all processes together."""
    is_divided = engine is departement
    processes = 2 + workers if is_divided else 2
    models = workers if is_divided else 1
    largest = max(_variables(week, is_divided).values(), default=0)
    return PROCESS * processes + 2 * MISSION * len(week.missions) + models * VARIABLE * largest


def _variables(week: Week, is_divided: bool) -> dict[str, int]:
    """At most how many variables each part has for its missions, or each kind of service when the week is not
    divided: who could do each in each half-day."""
    division = Division(week)
    people: Counter[str] = Counter()
    missions: Counter[str] = Counter()
    for person in week.professionals:
        people.update({_block(division, service, is_divided) for service in person.service_ids})
    for mission in week.missions:
        team = division.board.teams.of_mission(mission) or ()
        missions.update({_block(division, service, is_divided) for service in team[:1]})
    half_days = HALF_DAYS_OF_A_WEEK * week.horizon.weeks
    return {block: people[block] * count * half_days for block, count in missions.items()}


def _block(division: Division, service: str, is_divided: bool) -> str:
    return division.part_of(service) if is_divided else division.week.kind_of_service[service].value


def available() -> float | None:
    """Mebibytes that this process may still take: of the machine, of its container; None when unknown."""
    found = [amount for amount in (_of_the_machine(), _of_the_container()) if amount is not None]
    return min(found, default=None)


def _of_the_machine() -> float | None:
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) / 1024
    with suppress(OSError, ValueError, AttributeError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE
    return None


def _of_the_container(folder: Path = Path("/sys/fs/cgroup")) -> float | None:
    with suppress(OSError, ValueError):
        most = (folder / "memory.max").read_text(encoding="ascii").strip()
        used = (folder / "memory.current").read_text(encoding="ascii").strip()
        return (int(most) - int(used)) / MEBIBYTE
    return None
