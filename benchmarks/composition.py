"""Teams composed on demand weeks: `python -m benchmarks.composition [NAME ...] [--seconds S]`.

A name is `house-PEOPLE-WEEKS` or `departement-TERRITORIES-WEEKS`: so many draws of the demand of one
generated organisation (typical load, seed 1), each a week. Without a name: all of `RUNS`. Teams start from
the one present, nobody having to stay. Each row is checked (`optimizer.team_check`) before it is written to
`benchmarks/composition.csv`, from which the table of `benchmarks/README.md` is made.
"""

import argparse
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from time import monotonic

from benchmarks.departements import peak_memory
from benchmarks.tables import between, read_rows, table, write_rows
from instances.departement import departement
from instances.figures import Load
from instances.generator import generate
from optimizer.compose import compose_team
from optimizer.engines.options import Options
from optimizer.errors import PolyvalenceError
from optimizer.scenarios import Scenario
from optimizer.team import FULL_TIME_COST, TeamRequest

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "composition.csv", HERE / "README.md"
RUNS = {
    **{f"house-{people}-10": 300 for people in (8, 12, 23, 40)},
    **{f"house-23-{weeks}": 300 for weeks in (1, 3, 20)},
    "departement-5-5": 300,
    "departement-20-5": 900,
}
"""What the table holds, with its limits in seconds: growth with people, with weeks, with territories."""
SEED, WORKERS = 1, 2
HALF_POST = FULL_TIME_COST / 2


@dataclass(frozen=True)
class Row:
    """One composition. Costs in euros a year; `half_posts` is what lies between cost and bound, in half-time
    posts; `above` the points of level 1, a week on average, between the targets and their floors."""

    name: str
    people: int
    missions: int
    limit: int
    seconds: int
    cost: int | None
    bound: int | None
    gap: str
    half_posts: float | None
    posts: float | None
    present: float
    reached: str
    above: float | None
    one_grade: int | None
    mebibytes: int
    note: str = ""


def scenarios_of(name: str) -> list[Scenario]:
    """The demand weeks of a name."""
    kind, size, weeks = name.split("-")
    draws = range(1, int(weeks) + 1)
    if kind == "house":
        return [Scenario(f"S{n}", generate(int(size), 1, Load.TYPICAL, SEED, n)) for n in draws]
    return [Scenario(f"S{n}", departement(int(size), 1, Load.TYPICAL, SEED, n)) for n in draws]


def run(name: str, limit: int) -> Row:
    """One composition; what stops it is told in its note."""
    scenarios, started = scenarios_of(name), monotonic()
    people = scenarios[0].week.professionals
    size = len(people), sum(len(one.week.missions) for one in scenarios)
    present = sum(one.quotite for one in people) / 100
    with peak_memory() as memory:
        try:
            team = compose_team(scenarios, TeamRequest(), Options(float(limit), WORKERS)).team
        except PolyvalenceError as error:
            seconds, note = round(monotonic() - started), str(error).splitlines()[0]
            nothing = (None, None, "", None, None, present, "", None, None)
            return Row(name, *size, limit, seconds, *nothing, memory[0], note)
    return Row(
        name,
        *size,
        limit,
        round(monotonic() - started),
        team.cost,
        team.bound,
        f"{team.gap:.1%}",
        round(team.absolute_gap / HALF_POST, 1),
        team.posts,
        present,
        f"{sum(week.is_reached for week in team.weeks)}/{len(team.weeks)}",
        round(sum(week.target - week.floor for week in team.weeks) / len(team.weeks), 1),
        team.one_grade.bound if team.one_grade else None,
        memory[0],
    )


def write(row: Row) -> None:
    """The results file, where a row replaces the one of the same run, and its table."""
    known = {(one["name"], one["limit"]): one for one in read_rows(RESULTS)}
    found = {key: "" if value is None else str(value) for key, value in asdict(row).items()}
    known[row.name, str(row.limit)] = found
    names = [field.name for field in fields(Row)]
    write_rows(RESULTS, names, known.values())
    text = table(names, ([one[name] for name in names] for one in known.values()))
    PAGE.write_text(between(PAGE.read_text(encoding="utf-8"), "composition", text), encoding="utf-8")


def main() -> None:
    """Compose the teams asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", help=f"all by default: {', '.join(RUNS)}")
    parser.add_argument("--seconds", type=int)
    asked = parser.parse_args()
    for name in asked.names or RUNS:
        row = run(name, asked.seconds or RUNS.get(name, 300))
        print(row, flush=True)
        write(row)


if __name__ == "__main__":
    main()
