"""How fast fixed work is: `pytest benchmarks --benchmark-enable`; otherwise each runs once, untimed.

With `--benchmark-autosave`, then `--benchmark-compare` at another commit, the two are set side by side.
"""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from instances.best import best_known
from instances.families import a_departement, instance
from optimizer.board import Board
from optimizer.check import judge
from optimizer.decision import read_decision
from optimizer.engines.blocks import blocks_of
from optimizer.engines.clocking import time_decision
from optimizer.engines.decomposition import solve
from optimizer.engines.departement import solve as solve_by_parts
from optimizer.engines.division import Division
from optimizer.engines.guiding import lightened
from optimizer.engines.levels import build
from optimizer.engines.matrix import Matrix
from optimizer.engines.neighbourhoods import in_order_of_time
from optimizer.engines.options import Clock, Options
from optimizer.engines.outcome import LEXICOGRAPHIC, BlockOutcome
from optimizer.engines.part_weeks import PartWeeks
from optimizer.engines.relaxing import relax
from optimizer.engines.search import CHUNK, Search, nothing_beside
from optimizer.engines.solvers import solve_with_cp_sat
from optimizer.files.reading import read_week
from optimizer.files.writing import write_plan
from optimizer.model import COMMITMENTS
from optimizer.week import Week

EXAMPLE = Path(__file__).parent.parent / "instances" / "exemple"
ROUNDS = 5
THIRTY = ("30-low", "30-typical", "30-overloaded")


@pytest.mark.parametrize("name", THIRTY)
def test_reading_thirty_people(benchmark: BenchmarkFixture, tmp_path: Path, name: str) -> None:
    path = tmp_path / "week.json"
    path.write_bytes(instance(name).text())
    read = benchmark.pedantic(read_week, args=(path,), rounds=ROUNDS)
    assert len(read.week.professionals) == instance(name).people


def test_reading_a_folder_of_tables(benchmark: BenchmarkFixture) -> None:
    read = benchmark.pedantic(read_week, args=(EXAMPLE,), rounds=ROUNDS)
    assert read.week.missions


def whole_model(week: Week) -> int:
    """Both levels of every block; how many rows that makes."""
    board, rows = Board(week), 0
    for block in blocks_of(Board(week)):
        rows += len(build(board, block).statement.rows)
    return rows


@pytest.mark.parametrize("name", THIRTY)
def test_building_the_model_of_thirty_people(benchmark: BenchmarkFixture, name: str) -> None:
    assert benchmark.pedantic(whole_model, args=(instance(name).week(),), rounds=ROUNDS) > 1000


@pytest.mark.parametrize("name", THIRTY)
def test_judging_thirty_people(benchmark: BenchmarkFixture, name: str) -> None:
    week, plan = instance(name).week(), best_known()[name].plan()
    assert benchmark.pedantic(judge, args=(week, plan), rounds=ROUNDS).passed


@pytest.mark.parametrize("suffix", ["json", "xlsx", "html"])
def test_writing_thirty_people(benchmark: BenchmarkFixture, tmp_path: Path, suffix: str) -> None:
    week, plan = instance("30-overloaded").week(), best_known()["30-overloaded"].plan()
    path = tmp_path / f"plan.{suffix}"
    benchmark.pedantic(write_plan, args=(week, plan, path), rounds=ROUNDS)
    assert path.stat().st_size > 1000


@pytest.fixture(scope="module")
def searched() -> tuple[BlockOutcome, Search]:
    """The largest block of a week after two deterministic seconds of search."""
    board = Board(instance("06-typical").week())
    model = build(board, blocks_of(board)[0])
    search = Search(model, LEXICOGRAPHIC, Clock(Options(time_limit=2, workers=1, deterministic=True)))
    outcome = BlockOutcome(model, search.nothing())
    search.construct(outcome, 0.0, nothing_beside)
    return outcome, search


def test_one_bucket_solve_under_a_deterministic_limit(
    benchmark: BenchmarkFixture, searched: tuple[BlockOutcome, Search]
) -> None:
    outcome, search = searched
    some = next(in_order_of_time(outcome.model.half_days, CHUNK, 0))
    problem = search.matrix.restrict(search.free(some), outcome.values, LEXICOGRAPHIC)
    start = outcome.values[problem.free].tolist()
    found = benchmark.pedantic(solve_with_cp_sat, args=(problem, start, 0.5, 1, 0, True), rounds=ROUNDS)
    assert found.values is not None


def test_timing_the_half_days_of_a_decision(
    benchmark: BenchmarkFixture, searched: tuple[BlockOutcome, Search]
) -> None:
    outcome, _ = searched
    decision = read_decision(outcome.model, outcome.values.tolist())
    args = (outcome.model.board, decision, Options(workers=1))
    assert benchmark.pedantic(time_decision, args=args, rounds=ROUNDS).half_days


def test_dividing_twenty_territories(benchmark: BenchmarkFixture) -> None:
    week = a_departement("departement-20-typical").week()
    assert len(benchmark.pedantic(parts_of, args=(week,), rounds=ROUNDS)) > 20


def parts_of(week: Week) -> list[Week]:
    """The week of each part, with its first share of what is shared."""
    division = Division(week)
    weeks, sharing = PartWeeks(division), division.first_sharing()
    return [weeks.restricted(part, sharing) for part in division.staffed]


def test_the_relaxation_of_a_territory(benchmark: BenchmarkFixture) -> None:
    week = parts_of(a_departement("departement-1-typical").week())[0]
    model = build(Board(week), frozenset(week.professional))
    problem = Matrix(lightened(model.statement)).whole({COMMITMENTS: 1})
    assert benchmark.pedantic(relax, args=(problem, 60.0), rounds=ROUNDS) is not None


def test_judging_twenty_territories(benchmark: BenchmarkFixture) -> None:
    week = a_departement("departement-20-typical").week()
    at_once = Options(time_limit=1, workers=1, deterministic=True, is_stopped=lambda: True)
    plan = solve_by_parts(week, at_once)
    assert benchmark.pedantic(judge, args=(week, plan), rounds=ROUNDS).passed


def test_a_deterministic_second_of_search(benchmark: BenchmarkFixture) -> None:
    week, options = instance("06-low").week(), Options(time_limit=1, workers=1, deterministic=True)
    assert benchmark.pedantic(solve, args=(week, options), rounds=1).checker.passed
