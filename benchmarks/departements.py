"""The table of départements: `python -m benchmarks.departements [--seconds S] [WEEK ...]`.

Each week (`departement-60-typical`, …; see `instances/families.py`) is planned through the door, alone on the
machine. Rows go to `benchmarks/departements.csv` as they come, with each plan told on the way; the table of
`benchmarks/README.md` is made from that file.
"""

import argparse
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from time import monotonic

from benchmarks.tables import between, read_rows, table, write_rows
from instances.families import Departement, a_departement, departements
from optimizer.engines.options import Options
from optimizer.errors import PolyvalenceError
from optimizer.plan import Plan
from optimizer.solve import plan_week

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "departements.csv", HERE / "README.md"
WORKERS, SAMPLE_SECONDS = 2, 0.5
SHARES = (0.05, 0.01)
"""How near the best known value a plan must be for its time to be told."""


@dataclass(frozen=True)
class Row:
    """One week under one limit; values in points. `told` holds seconds and values of level 1, by plan."""

    week: str
    contender: str
    limit: int
    seconds: int
    commitments: float | None
    commitments_bound: float | None
    preferences: float | None
    preferences_bound: float | None
    mebibytes: int
    told: str


def product(one: Departement, limit: int) -> Row:
    """The product, through its door."""
    week, started, told = one.week(), monotonic(), []

    def on_progress(level: str, value: float, _bound: float) -> None:
        if level == "commitments":
            told.append((round(monotonic() - started, 1), value))

    plan: Plan | None = None
    with peak_memory() as memory:
        try:
            plan = plan_week(week, Options(time_limit=limit, workers=WORKERS), on_progress)
        except PolyvalenceError as error:
            print(f"{one.name}: {error}")
    levels = {level.name: level for level in plan.levels} if plan else {}
    found = [levels[name] if levels else None for name in ("commitments", "preferences")]
    return Row(
        one.name,
        "product",
        limit,
        round(monotonic() - started),
        *(value for level in found for value in ((level.value, level.bound) if level else (None, None))),
        memory[0],
        " ".join(f"{seconds:g}:{value:g}" for seconds, value in told),
    )


@contextmanager
def peak_memory() -> Iterator[list[int]]:
    """The most mebibytes that this process and those below it hold together, looked at twice a second."""
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(SAMPLE_SECONDS):
            most[0] = max(most[0], sum(_resident(pid) for pid in _family(os.getpid())))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    yield most
    over.set()
    watcher.join()


def _family(pid: int) -> Iterator[int]:
    """A process and those below it, where /proc shows them."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024**2


def write(row: Row) -> None:
    """The results file, where a row replaces the one of the same run, and the table made from it."""
    known = {(one["week"], one["contender"], one["limit"]): one for one in read_rows(RESULTS)}
    found = {key: "" if value is None else str(value) for key, value in asdict(row).items()}
    known[row.week, row.contender, str(row.limit)] = found
    write_rows(RESULTS, [field.name for field in fields(Row)], known.values())
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(between(page, "departements", _table(list(known.values()))), encoding="utf-8")


def _table(rows: list[dict[str, str]]) -> str:
    names = [field.name for field in fields(Row) if field.name != "told"]
    header = [*names, "first plan", *(f"within {share:.0%}" for share in SHARES)]
    best: dict[str, float] = {}
    for row in rows:
        best[row["week"]] = min(best.get(row["week"], float("inf")), *_values(row))
    return table(header, ([row[name] for name in names] + _times(row, best[row["week"]]) for row in rows))


def _told(row: dict[str, str]) -> list[tuple[float, float]]:
    pairs = (pair.split(":") for pair in row["told"].split())
    return [(float(seconds), float(value)) for seconds, value in pairs]


def _values(row: dict[str, str]) -> list[float]:
    return [value for _, value in _told(row)] or [float("inf")]


def _times(row: dict[str, str], best: float) -> list[str]:
    """Seconds to the first plan, and to plans within some shares of the best known."""
    told = _told(row)
    first = [f"{told[0][0]:g}" if told else ""]
    limits = [best + share * max(1.0, best) for share in SHARES]
    return first + [next((f"{at:g}" for at, value in told if value <= limit), "") for limit in limits]


def main() -> None:
    """Plan the weeks asked for, or all of one week up to 60 territories, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weeks", nargs="*")
    parser.add_argument("--seconds", type=int, default=300)
    asked = parser.parse_args()
    usual = [one.name for one in departements() if one.weeks == 1 and one.territories <= 60]
    for name in asked.weeks or usual:
        row = product(a_departement(name), asked.seconds)
        print(row, flush=True)
        write(row)


if __name__ == "__main__":
    main()
