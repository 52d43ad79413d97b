"""The frozen weeks: one registry, one loader, one way to make them again (`python -m instances.families`)."""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

from instances.departement import departement
from instances.generator import Load, generate
from optimizer.week import Week

FROZEN = Path(__file__).parent / "frozen"
INDEX = FROZEN / "index.csv"
SIZES = (6, 12, 20, 30)
WEEKS, SEED = 2, 1
DEPARTEMENTS = FROZEN / "departements.csv"
TERRITORIES, KEPT = (1, 5, 20, 60, 200), 20
HORIZONS = (1, 4)


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


@dataclass(frozen=True)
class Departement:
    """A département by its recipe; kept as a file up to `KEPT` territories. `sha256` is that of its JSON."""

    name: str
    territories: int
    load: Load
    weeks: int
    seed: int
    people: int
    missions: int
    sha256: str

    @property
    def path(self) -> Path | None:
        """Where the week is kept, when it is."""
        return FROZEN / f"{self.name}.json.gz" if self.territories <= KEPT else None

    def text(self) -> bytes:
        """The JSON of the week."""
        if self.path:
            return gzip.decompress(self.path.read_bytes())
        return canonical(departement(self.territories, self.weeks, self.load, self.seed))

    def week(self) -> Week:
        """The week."""
        return Week.model_validate_json(self.text())


@cache
def departements() -> tuple[Departement, ...]:
    """Every département, smallest first."""
    rows = csv.DictReader(DEPARTEMENTS.read_text(encoding="utf-8").splitlines(), delimiter=";")
    return tuple(
        Departement(
            name=row["name"],
            territories=int(row["territories"]),
            load=Load(row["load"]),
            weeks=int(row["weeks"]),
            seed=int(row["seed"]),
            people=int(row["people"]),
            missions=int(row["missions"]),
            sha256=row["sha256"],
        )
        for row in rows
    )


def a_departement(name: str) -> Departement:
    """The département of that name, such as `departement-20-typical`, or `departement-5-low-4w` for four
    weeks."""
    return next(one for one in departements() if one.name == name)


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
    shapes = [(size, weeks, load) for size in TERRITORIES for weeks in HORIZONS for load in Load]
    lines = (_line(_departement(*shape)) for shape in shapes)
    header = ";".join(field.name for field in fields(Departement))
    DEPARTEMENTS.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    departements.cache_clear()


def _departement(territories: int, weeks: int, load: Load) -> Departement:
    week = departement(territories, weeks, load, SEED)
    text = canonical(week)
    made = Departement(
        name=f"departement-{territories}-{load.value}" + (f"-{weeks}w" if weeks > 1 else ""),
        territories=territories,
        load=load,
        weeks=weeks,
        seed=SEED,
        people=len(week.professionals),
        missions=len(week.missions),
        sha256=hashlib.sha256(text).hexdigest(),
    )
    if made.path:
        made.path.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))
    return made


def _line(made: Departement) -> str:
    return ";".join(str(value) for value in asdict(made).values())


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
