"""The frozen weeks: one registry, one loader, one way to make them again (`python -m instances.families`)."""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from instances.generator import Load, generate
from optimizer.week import Week

FROZEN = Path(__file__).parent / "frozen"
INDEX = FROZEN / "index.csv"
SIZES = (6, 12, 20, 30)
WEEKS, SEED = 2, 1


@dataclass(frozen=True)
class Instance:
    """A frozen week; `sha256` is that of the JSON inside the compressed file."""

    name: str
    people: int
    load: Load
    weeks: int
    seed: int
    sha256: str

    @property
    def path(self) -> Path:
        """Where the week is kept."""
        return FROZEN / f"{self.name}.json.gz"

    def text(self) -> bytes:
        """The JSON of the week."""
        return gzip.decompress(self.path.read_bytes())

    def week(self) -> Week:
        """The week."""
        return Week.model_validate_json(self.text())


@cache
def instances() -> tuple[Instance, ...]:
    """Every frozen week, smallest first."""
    rows = csv.DictReader(INDEX.read_text(encoding="utf-8").splitlines(), delimiter=";")
    return tuple(
        Instance(
            name=row["name"],
            people=int(row["people"]),
            load=Load(row["load"]),
            weeks=int(row["weeks"]),
            seed=int(row["seed"]),
            sha256=row["sha256"],
        )
        for row in rows
    )


def instance(name: str) -> Instance:
    """The frozen week of that name, such as `12-typical`."""
    return next(one for one in instances() if one.name == name)


def canonical(week: Week) -> bytes:
    """The JSON of a week: what differs from a default, and the organisation in full."""
    fields = week.model_dump(mode="json", exclude_defaults=True)
    fields["schema_version"] = week.schema_version
    fields["organisation"] = week.organisation.model_dump(mode="json")
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def freeze() -> None:
    """Make every frozen week again, and the index."""
    FROZEN.mkdir(exist_ok=True)
    made = [_frozen(people, load) for people in SIZES for load in Load]
    INDEX.write_text("\n".join(_lines(made)) + "\n", encoding="utf-8")
    instances.cache_clear()


def _frozen(people: int, load: Load) -> Instance:
    text = canonical(generate(people, WEEKS, load, SEED))
    digest = hashlib.sha256(text).hexdigest()
    made = Instance(f"{people:02d}-{load.value}", people, load, WEEKS, SEED, digest)
    made.path.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))
    return made


def _lines(made: Iterable[Instance]) -> list[str]:
    rows = [f"{i.name};{i.people};{i.load.value};{i.weeks};{i.seed};{i.sha256}" for i in made]
    return ["name;people;load;weeks;seed;sha256", *rows]


if __name__ == "__main__":
    freeze()
