"""The best plan known of each frozen week, with its bounds: what a change of the engine is compared with.

Plans are kept in `frozen/best/<name>.json.gz`; values and bounds, in points, in `frozen/best.csv`. Of
départements only values and bounds are kept, in `frozen/best_departements.csv`.
"""

import csv
import gzip
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from instances.families import FROZEN
from optimizer.plan import Plan

PLANS, INDEX = FROZEN / "best", FROZEN / "best.csv"
DEPARTEMENTS_INDEX = FROZEN / "best_departements.csv"


@dataclass(frozen=True)
class Best:
    """Value and bound per level of the best plan known of a week, in points."""

    name: str
    commitments: float
    commitments_bound: float
    preferences: float
    preferences_bound: float

    @property
    def path(self) -> Path:
        """Where the plan is kept."""
        return PLANS / f"{self.name}.json.gz"

    def plan(self) -> Plan:
        """The plan."""
        return Plan.model_validate_json(gzip.decompress(self.path.read_bytes()))


def best_known(index: Path = INDEX) -> dict[str, Best]:
    """By name of the week."""
    if not index.is_file():
        return {}
    rows = csv.DictReader(index.read_text(encoding="utf-8").splitlines(), delimiter=";")
    kept = (Best(row.pop("name"), **{key: float(value) for key, value in row.items()}) for row in rows)
    return {one.name: one for one in kept}


def keep(name: str, plan: Plan) -> bool:
    """Keep a judged plan when it is better than the one known, and its bound of level 1 in any case."""
    levels = {level.name: level for level in plan.levels}
    commitments, preferences = levels["commitments"], levels["preferences"]
    found = Best(name, commitments.value, commitments.bound, preferences.value, preferences.bound)
    is_better = keep_values(found)
    if is_better:
        PLANS.mkdir(exist_ok=True)
        found.path.write_bytes(gzip.compress(plan.model_dump_json().encode(), compresslevel=9, mtime=0))
    return is_better


def keep_values(found: Best, index: Path = INDEX) -> bool:
    """Keep the values of a judged plan when they are better than those known; whether they are.

    The higher bound of level 1 is kept in any case. A bound of level 2 speaks of the plans no worse at level
    1: it goes with the plan it was found for.
    """
    known = best_known(index)
    before = known.get(found.name)
    is_better = before is None or _rank(found) < _rank(before)
    best = found if is_better or before is None else before
    bound = max(found.commitments_bound, before.commitments_bound if before else 0.0)
    known[found.name] = Best(**asdict(best) | {"commitments_bound": bound})
    _write(known.values(), index)
    return is_better


def _rank(best: Best) -> tuple[float, float, float]:
    return best.commitments, best.preferences, -best.preferences_bound


def _write(kept: Iterable[Best], index: Path) -> None:
    names = [field.name for field in fields(Best)]
    lines = (
        ";".join(str(value) for value in asdict(one).values()) for one in sorted(kept, key=lambda b: b.name)
    )
    index.write_text("\n".join([";".join(names), *lines]) + "\n", encoding="utf-8")
