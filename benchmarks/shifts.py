"""Fixed tasks by the fewest people: `python -m benchmarks.shifts [NAME ...] [--seconds S] [--contender C]`.

Each contender staffs each public instance of `../shared/smptsp` under the same limit on two cores, one after
the other; every staffing is checked by `optimizer.shifts`. Rows go to `benchmarks/shifts.csv` as they come,
and the tables of `benchmarks/README.md` are made from that file. Without the instances nothing is done.
"""

import argparse
import csv
import io
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from itertools import product as product_of
from pathlib import Path
from time import monotonic

from ortools.sat.python import cp_model

from benchmarks.tables import between, line, read_rows, write_rows
from optimizer.engines.options import Options
from optimizer.engines.staffing.overlaps import most_at_once
from optimizer.engines.staffing.solve import solve
from optimizer.engines.staffing.whole import statement_of
from optimizer.errors import PolyvalenceError
from optimizer.files.shifts_file import read_shifts
from optimizer.shifts import Shifts, Staffing, wrongs

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "shifts.csv", HERE / "README.md"
SHARED = HERE.parent.parent / "shared" / "smptsp"
WORKERS = 2
Found = tuple[dict[int, int], int, float]
"""Who does what, the bound, and seconds to the best."""


@dataclass(frozen=True)
class Row:
    """One contender on one instance; `published` is the best of a study of 2014."""

    name: str
    people: int
    tasks: int
    contender: str
    limit: int
    staff: int | None
    bound: int
    published: int
    to_best: float | None
    seconds: float


def product(shifts: Shifts, limit: int) -> Found | None:
    """The product."""
    started, best = monotonic(), [0.0]

    def report(_: Staffing) -> None:
        best[0] = monotonic() - started

    try:
        staffing = solve(shifts, Options(time_limit=limit, workers=WORKERS), report)
    except PolyvalenceError as error:
        print(error)
        return None
    return dict(staffing.assignment), staffing.lower_bound, best[0]


def plain(shifts: Shifts, limit: int) -> Found | None:
    """Plain CP-SAT: a Boolean for each person and task, one task at a time for who works, fewest people."""

    class Watch(cp_model.CpSolverSolutionCallback):
        def __init__(self) -> None:
            super().__init__()
            self.at = 0.0

        def on_solution_callback(self) -> None:
            self.at = self.wall_time

    stated = statement_of(shifts)
    stated.model.add(sum(stated.works) >= most_at_once(shifts))
    stated.model.minimize(sum(stated.works))
    solver, watch = cp_model.CpSolver(), Watch()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(stated.model, watch)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    pairs = ((task, one, v) for one, variables in enumerate(stated.does) for task, v in variables.items())
    return (
        {task: one for task, one, v in pairs if solver.value(v)},
        round(solver.best_objective_bound),
        watch.at,
    )


CONTENDERS: dict[str, Callable[[Shifts, int], Found | None]] = {"product": product, "plain": plain}


def instances() -> Iterator[tuple[str, int, Shifts]]:
    """Each public instance: its name, the best published in 2014, and itself."""
    index = csv.DictReader(io.StringIO((SHARED / "index.csv").read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder, tarfile.open(SHARED / "smptsp.tar.xz") as archive:
        archive.extractall(folder, filter="data")
        files = {path.stem: path for path in Path(folder).rglob("*.dat")}
        for row in index:
            yield row["name"], int(row["published_upper_bound_2014"]), read_shifts(files[row["name"]])


def run(name: str, published: int, shifts: Shifts, contender: str, limit: int) -> Row:
    """One contender on one instance; a staffing that breaks a rule is none."""
    started = monotonic()
    found = CONTENDERS[contender](shifts, limit)
    seconds = monotonic() - started
    if found and (broken := wrongs(shifts, found[0])):
        print(f"{name}, {contender}: {broken[0]}")
        found = None
    return Row(
        name,
        len(shifts.skills),
        len(shifts.tasks),
        contender,
        limit,
        len(set(found[0].values())) if found else None,
        found[1] if found else most_at_once(shifts),
        published,
        round(found[2], 1) if found else None,
        round(seconds, 1),
    )


def write(rows: list[Row]) -> None:
    """The results file and the table made from it; a row replaces the one of the same run."""
    known = {(row["name"], row["contender"], row["limit"]): row for row in read_rows(RESULTS)}
    for row in rows:
        found = {key: "" if value is None else str(value) for key, value in asdict(row).items()}
        known[row.name, row.contender, str(row.limit)] = found
    write_rows(RESULTS, [field.name for field in fields(Row)], known.values())
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(between(page, "shifts", "\n".join(_table(list(known.values())))), encoding="utf-8")


def _table(rows: list[dict[str, str]]) -> Iterator[str]:
    """A line a contender and limit, then one an instance, whose figures are those of the longest limit."""
    yield line(["contender", "limit", "instances", "proven", "most above the bound", "median s", "longest s"])
    yield line(["---"] * 7)
    for run_of in dict.fromkeys((row["contender"], row["limit"]) for row in rows):
        mine = [row for row in rows if (row["contender"], row["limit"]) == run_of]
        above = [int(row["staff"]) - int(row["bound"]) if row["staff"] else None for row in mine]
        seconds = sorted(float(row["seconds"]) for row in mine)
        most = "no staffing" if None in above else str(max(one for one in above if one is not None))
        middle = f"{seconds[len(seconds) // 2]:g}"
        yield line([*run_of, str(len(mine)), str(above.count(0)), most, middle, f"{seconds[-1]:g}"])
    yield ""
    longest: dict[tuple[str, str], dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: int(row["limit"])):
        longest[row["name"], row["contender"]] = row
    contenders = sorted({contender for _, contender in longest}, reverse=True)
    told = ("limit", "staff", "to_best", "seconds")
    names = ["name", "people", "tasks", "published"]
    yield line(
        [*names, "bound", *(f"{one}: {what}" for one in contenders for what in told)],
    )
    yield line(["---"] * (len(names) + 1 + len(told) * len(contenders)))
    for name in dict.fromkeys(row["name"] for row in rows):
        mine = [longest.get((name, contender), {}) for contender in contenders]
        bound = max(int(row["bound"]) for row in mine if row)
        facts = [next(row for row in mine if row)[what] for what in names]
        yield line([*facts, str(bound), *(row.get(what, "") for row in mine for what in told)])


def main() -> None:
    """Run the contenders and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", help="all by default")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--contender", nargs="+", choices=CONTENDERS, default=["product"])
    asked = parser.parse_args()
    if not SHARED.is_dir():
        print("the public instances are not here (../shared/smptsp), skipped")
        return
    for (name, published, shifts), contender in product_of(list(instances()), asked.contender):
        if not asked.names or name in asked.names:
            row = run(name, published, shifts, contender, asked.seconds)
            print(row, flush=True)
            write([row])


if __name__ == "__main__":
    main()
