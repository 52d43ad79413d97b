"""The quality table: `python -m benchmarks.quality [--seconds S] [--seeds N] [--contender NAME] [WEEK ...]`.

Each contender plans each week under the same wall-clock limit and number of workers, one after the other,
with seeds 0 to N - 1; every plan is judged by `optimizer.check`. Rows go to `benchmarks/quality.csv` as
they come (a week planned again with a seed replaces its row) and the table of `benchmarks/README.md` is made
from that file: the median of the seeds, the best and the worst where they differ.
"""

import argparse
import resource
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from itertools import product as product_of
from pathlib import Path
from statistics import median
from time import monotonic

from benchmarks import interval_model
from benchmarks.machine import machine
from benchmarks.tables import between, line, read_rows, table, write_rows
from instances import best
from instances.families import instance, instances
from optimizer.check import judge
from optimizer.engines.options import Options
from optimizer.errors import PolyvalenceError
from optimizer.files.reading import read_week
from optimizer.plan import Plan
from optimizer.solve import plan_week
from optimizer.week import Week

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "quality.csv", HERE / "README.md"
BEST_PAGE = HERE.parent / "instances" / "README.md"
EXAMPLES = {"exemple": HERE.parent / "instances" / "exemple"}
SHARED = HERE.parent.parent / "shared" / "exemple-mds"
WORKERS = 2


@dataclass(frozen=True)
class Row:
    """One contender on one week; values in points, `mebibytes` the peak of the process and its children."""

    week: str
    contender: str
    seed: int
    limit: int
    seconds: int
    commitments: float | None
    commitments_bound: float | None
    preferences: float | None
    preferences_bound: float | None
    passed: bool
    mebibytes: int


def weeks(names: list[str]) -> Iterator[tuple[str, Week]]:
    """The weeks asked for, or all: the frozen ones, the example, and the shared folder when it is there."""
    folders = EXAMPLES | ({"exemple-mds": SHARED} if SHARED.is_dir() else {})
    for name in names or [*(one.name for one in instances()), *folders]:
        if name in folders:
            yield name, read_week(folders[name]).week
        elif name == "exemple-mds":
            print("exemple-mds: the shared folder is not here, skipped")
        else:
            yield name, instance(name).week()


def product(name: str, week: Week, limit: int, seed: int) -> Row:
    """The product, through its door."""
    started = monotonic()
    try:
        plan: Plan | None = plan_week(week, Options(time_limit=limit, workers=WORKERS, seed=seed))
    except PolyvalenceError as error:
        print(f"{name}: {error}")
        plan = None
    if plan and any(name == one.name for one in instances()):
        best.keep(name, plan)
    return _row((name, "product", seed), week, limit, monotonic() - started, plan, None)


def intervals(name: str, week: Week, limit: int, seed: int) -> Row:
    """The textbook interval model; its bound is that of its own, narrower, problem."""
    started = monotonic()
    plan, bound = interval_model.solve(week, limit, WORKERS, seed)
    return _row((name, "intervals", seed), week, limit, monotonic() - started, plan, bound)


CONTENDERS = {"product": product, "intervals": intervals}


def _row(
    run: tuple[str, str, int], week: Week, limit: int, seconds: float, plan: Plan | None, bound: float | None
) -> Row:
    verdict = judge(week, plan) if plan else None
    levels = {level.name: level for level in plan.levels} if plan else {}
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Row(
        *run,
        limit,
        round(seconds),
        verdict.value("commitments") / 10 if verdict else None,
        levels["commitments"].bound if levels else bound,
        verdict.value("preferences") / 10 if verdict else None,
        levels["preferences"].bound if levels else None,
        bool(verdict and verdict.passed),
        peak // 1024,
    )


def write(rows: list[Row]) -> None:
    """The results file and the table made from it; a row replaces the one of the same run."""
    known = {(row["week"], row["contender"], row["seed"]): row for row in read_rows(RESULTS)}
    for row in rows:
        found = {key: "" if v is None else str(v) for key, v in asdict(row).items()}
        known[row.week, row.contender, str(row.seed)] = found
    write_rows(RESULTS, [field.name for field in fields(Row)], known.values())
    page = PAGE.read_text(encoding="utf-8")
    page = between(page, "quality", "\n".join(_table(list(known.values()))))
    PAGE.write_text(between(page, "machine", f"{machine().sentence()}; {WORKERS} workers."), encoding="utf-8")
    _write_best()


def _table(rows: list[dict[str, str]]) -> Iterator[str]:
    """A line a week and contender: the median over the seeds, with the best and the worst."""
    names = [field.name for field in fields(Row)]
    yield line(["seeds" if name == "seed" else name for name in names])
    yield line(["---"] * len(names))
    for run in dict.fromkeys((row["week"], row["contender"]) for row in rows):
        runs = [row for row in rows if (row["week"], row["contender"]) == run]
        yield line([_over_seeds(name, [row[name] for row in runs]) for name in names])


def _over_seeds(name: str, found: list[str]) -> str:
    if name == "seed":
        return str(len(found))
    if name == "passed":
        return str(all(text == "True" for text in found))
    told = [text for text in found if text]
    if name in ("week", "contender", "limit") or not told:
        return found[0]
    values = [float(text) for text in told]
    middle = f"{median(values):g}"
    spread = f" ({min(values):g} to {max(values):g})" if min(values) < max(values) else ""
    return middle + spread


def _write_best() -> None:
    """The table of the best plans known, in the page of the instances."""
    page = BEST_PAGE.read_text(encoding="utf-8")
    names = [field.name for field in fields(best.Best)]
    rows = ([str(value) for value in asdict(one).values()] for one in best.best_known().values())
    BEST_PAGE.write_text(between(page, "best", table(names, rows)), encoding="utf-8")


def main() -> None:
    """Run the contenders and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weeks", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--contender", choices=CONTENDERS, help="one of them; all by default")
    asked = parser.parse_args()
    contenders = [asked.contender] if asked.contender else list(CONTENDERS)
    for name, week in weeks(asked.weeks):
        for contender, seed in product_of(contenders, range(asked.seeds)):
            row = CONTENDERS[contender](name, week, asked.seconds, seed)
            print(row, flush=True)
            write([row])


if __name__ == "__main__":
    main()
