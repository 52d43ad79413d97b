"""How fast fixed work is: `pytest benchmarks --benchmark-enable`; otherwise each runs once, untimed."""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from instances.best import best_known
from instances.families import instance
from optimizer.board import Board
from optimizer.check import judge
from optimizer.engines.blocks import blocks_of
from optimizer.engines.decomposition import solve
from optimizer.engines.levels import build
from optimizer.engines.options import Options
from optimizer.files.reading import read_week
from optimizer.files.writing import write_plan
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


def test_a_deterministic_second_of_search(benchmark: BenchmarkFixture) -> None:
    week, options = instance("06-low").week(), Options(time_limit=1, workers=1, deterministic=True)
    assert benchmark.pedantic(solve, args=(week, options), rounds=1).checker.passed
