"""Tables of départements: `python -m benchmarks.departements [WEEK ...] [--seconds S] [--contender NAME]`.

Each week (`departement-60-typical`, …; see `instances/families.py`) is planned by each contender (see
`benchmarks/peers`), one after the other, alone on the machine, and every plan is judged by `optimizer.check`.
Without a week: all of `RUNS`, some four hours. `--tables` only makes the tables and the plot again.

Rows go to `benchmarks/departements.csv` as they come, with each plan told on the way. From that file are made
the tables of `benchmarks/README.md`, the plot of growth, and the best known values of `instances/README.md`.
"""

import argparse
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from itertools import product as product_of
from pathlib import Path
from time import monotonic

from benchmarks import growth
from benchmarks.peers import CONTENDERS
from benchmarks.tables import between, read_rows, table, write_rows
from instances import best
from instances.families import a_departement, departements
from optimizer.check import judge
from optimizer.week import Week

HERE = Path(__file__).parent
RESULTS, PAGE, PLOT = HERE / "departements.csv", HERE / "README.md", HERE / "growth.svg"
BEST_PAGE = HERE.parent / "instances" / "README.md"
SAMPLE_SECONDS = 0.5
SHARES = (0.05, 0.01)
"""How near the best known value a plan must be for its time to be told."""
PEERS_AT = [("departement-5-typical", 60), ("departement-20-typical", 60)]
PEERS_AT += [("departement-60-typical", 60), ("departement-60-typical", 300)]
"""Weeks and limits at which the product meets its peers."""
RUNS = [(one.name, "product", growth.LIMITS[one.territories] * one.weeks) for one in departements()]
RUNS += [(name, contender, limit) for name, limit in PEERS_AT for contender in CONTENDERS]
"""What the tables hold: weeks, contenders and limits in seconds."""


@dataclass(frozen=True)
class Row:
    """One week under one limit; values in points.

    `told` holds seconds and values of level 1, by plan; `spent` steps and seconds of one core. `note` says
    why there is no plan, or what a value leaves out.
    """

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
    spent: str = ""
    note: str = ""


def run(name: str, week: Week, contender: str, limit: int) -> Row:
    """One contender on one week; a plan that breaks a rule counts as none, and the note says so."""
    started = monotonic()
    with peak_memory() as memory:
        answer = CONTENDERS[contender](week, limit)
    seconds, told, note = round(monotonic() - started), answer.told, answer.note
    commitments: float | None = None
    preferences: float | None = None
    verdict = judge(week, answer.plan) if answer.plan else None
    if verdict and verdict.passed:
        commitments, preferences = verdict.value("commitments") / 10, verdict.value("preferences") / 10
        told = told or [(float(seconds), commitments)]
    elif verdict:
        broken = sorted({violation.rule for violation in verdict.hard})
        note = f"refused by the judge ({', '.join(broken)}); {note}"
    return Row(
        name,
        contender,
        limit,
        seconds,
        commitments,
        answer.commitments_bound,
        preferences,
        answer.preferences_bound,
        memory[0],
        " ".join(f"{at:g}:{value:g}" for at, value in told),
        " ".join(f"{step.replace(' ', '_')}:{taken:.1f}" for step, taken in answer.spent.items()),
        note,
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
    """The results file, where a row replaces the one of the same run, and what is made from it."""
    known = {(one["week"], one["contender"], one["limit"]): one for one in read_rows(RESULTS)}
    found = {key: "" if value is None else str(value) for key, value in asdict(row).items()}
    known[row.week, row.contender, str(row.limit)] = found
    write_rows(RESULTS, [field.name for field in fields(Row)], known.values())
    if row.contender == "product" and row.commitments is not None and row.preferences is not None:
        bounds = row.commitments_bound or 0.0, row.preferences_bound or 0.0
        values = best.Best(row.week, row.commitments, bounds[0], row.preferences, bounds[1])
        best.keep_values(values, best.DEPARTEMENTS_INDEX)
    write_tables()


def write_tables() -> None:
    """The tables, and the plot of growth where matplotlib is there, from the results file."""
    rows = read_rows(RESULTS)
    page = between(PAGE.read_text(encoding="utf-8"), "departements", _table(rows))
    PAGE.write_text(between(page, "growth", growth.as_table(rows)), encoding="utf-8")
    growth.plot(rows, PLOT)
    names = [field.name for field in fields(best.Best)]
    known = best.best_known(best.DEPARTEMENTS_INDEX).values()
    page = BEST_PAGE.read_text(encoding="utf-8")
    text = table(names, ([str(value) for value in asdict(one).values()] for one in known))
    BEST_PAGE.write_text(between(page, "best-departements", text), encoding="utf-8")


def _table(rows: list[dict[str, str]]) -> str:
    names = [field.name for field in fields(Row) if field.name not in ("told", "spent", "note")]
    header = [*names, "gap", "first plan", *(f"within {share:.0%}" for share in SHARES), "note"]
    best: dict[str, float] = {}
    for row in rows:
        best[row["week"]] = min(best.get(row["week"], float("inf")), *_values(row))
    lines = (
        [*(row[name] for name in names), _gap(row), *_times(row, best[row["week"]]), row.get("note") or ""]
        for row in rows
    )
    return table(header, lines)


def _gap(row: dict[str, str]) -> str:
    """What of the value of level 1 the bound leaves unproven."""
    if not row["commitments"] or not row["commitments_bound"]:
        return ""
    value, bound = float(row["commitments"]), float(row["commitments_bound"])
    return f"{max(0.0, value - bound) / max(1.0, value):.0%}"


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
    """Plan the weeks asked for, or all, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    names = [one.name for one in departements()]
    parser.add_argument("weeks", nargs="*", help=f"some of {', '.join(names)}")
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--contender", nargs="+", choices=CONTENDERS, default=["product"])
    parser.add_argument("--tables", action="store_true")
    asked = parser.parse_args()
    if unknown := [name for name in asked.weeks if name not in names]:
        parser.error(f"no such week: {', '.join(unknown)} (see --help)")
    wanted = [(name, one, asked.seconds) for name, one in product_of(asked.weeks, asked.contender)]
    if asked.tables:
        write_tables()
    for name, contender, limit in () if asked.tables else wanted or dict.fromkeys(RUNS):
        row = run(name, a_departement(name).week(), contender, limit)
        print(row, flush=True)
        write(row)


if __name__ == "__main__":
    main()
