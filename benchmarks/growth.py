"""How time, memory and gap grow with a département, as a table and a plot, from the rows of départements."""

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.tables import table
from instances.families import Departement, a_departement
from instances.figures import Load

LIMITS = {1: 15, 5: 30, 20: 100, 60: 300, 200: 900}
"""Seconds for one week, by territories: about five a territory."""
STEPS = {
    "building": ("building",),
    "bounding": ("bounding",),
    "solving": ("fitting", "relaxing", "diving", "searching"),
    "timing": ("timing",),
    "judging": ("judging", "judging_the_whole"),
}
"""Where time goes, by the steps that the engine tells; the rest is reading, starting and waiting."""
WORKERS = 2
Row = dict[str, str]


def of_growth(rows: Sequence[Row]) -> list[tuple[Departement, Row]]:
    """The rows of the product on one typical week, each size under its limit, smallest first."""
    found = []
    for row in rows:
        week = a_departement(row["week"])
        is_typical = week.load is Load.TYPICAL and week.weeks == 1 and row["contender"] == "product"
        if is_typical and int(row["limit"]) == LIMITS[week.territories] and row["commitments"]:
            found.append((week, row))
    return sorted(found, key=lambda one: one[0].territories)


def as_table(rows: Sequence[Row]) -> str:
    """A line a size: people and missions, time, memory, gaps by territory, and where the cores' time went."""
    header = ["territories", "people", "missions", "limit", "seconds", "first plan", "MiB"]
    header += ["over the bound, by territory", "preferences by territory", *STEPS]
    lines = (
        [
            *(str(number) for number in (week.territories, week.people, week.missions)),
            *(row["limit"], row["seconds"], row["told"].split(":")[0], row["mebibytes"]),
            f"{_gap(week, row):.0f}",
            f"{float(row['preferences']) / week.territories:.0f}",
            *_shares(row),
        ]
        for week, row in of_growth(rows)
    )
    return table(header, lines)


def _gap(week: Departement, row: Row) -> float:
    """Points of level 1 over the bound, a territory."""
    return (float(row["commitments"]) - float(row["commitments_bound"])) / week.territories


def _shares(row: Row) -> list[str]:
    """What each step took of the cores' time."""
    told = dict(pair.split(":") for pair in row.get("spent", "").split())
    if not told:
        return [""] * len(STEPS)
    whole = WORKERS * float(row["seconds"])
    return [f"{sum(float(told.get(one, 0)) for one in steps) / whole:.0%}" for steps in STEPS.values()]


def plot(rows: Sequence[Row], path: Path) -> None:
    """Time, memory and gap by territories, one above the other; nothing without matplotlib or rows."""
    found = of_growth(rows)
    try:
        import matplotlib
    except ImportError:
        print("matplotlib is not there (pip install -e .[research]): the plot of growth is not made again")
        return
    if not found:
        return
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "growth"
    from matplotlib import pyplot

    curves: dict[str, dict[str, Callable[[Departement, Row], float]]] = {
        "seconds": {
            "until the end": lambda _, row: float(row["seconds"]),
            "until the first plan": lambda _, row: float(row["told"].split(":")[0]),
        },
        "memory, MiB": {"all processes": lambda _, row: float(row["mebibytes"])},
        "points over the bound": {"a territory, level 1": _gap},
    }
    figure, axes = pyplot.subplots(len(curves), 1, sharex=True, figsize=(6.4, 8))
    sizes = [week.territories for week, _ in found]
    for one, (title, lines) in zip(axes, curves.items(), strict=True):
        for label, value in lines.items():
            one.plot(sizes, [value(week, row) for week, row in found], marker="o", label=label)
        one.set_ylabel(title)
        one.set_xscale("log")
        one.set_ylim(bottom=0)
        one.grid(visible=True, alpha=0.3)
        one.legend()
    axes[-1].set_xticks(sizes, [str(size) for size in sizes])
    axes[-1].minorticks_off()
    axes[-1].set_xlabel("territories, one typical week")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
