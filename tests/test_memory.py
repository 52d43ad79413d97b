"""A week that does not fit in the memory there is is refused before anything starts."""

from pathlib import Path

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.child import decomposition
from optimizer.child import departement as by_parts
from optimizer.engines.options import Options
from optimizer.errors import UnusableInput
from optimizer.memory import _of_the_container, available, mebibytes
from optimizer.solve import plan_week
from tests import fake_engines
from tests.builders import a_week

SMALL, LARGE = departement(1, 1, Load.LOW, 3), departement(5, 1, Load.LOW, 3)


def test_more_missions_workers_or_an_undivided_model_need_more() -> None:
    assert mebibytes(SMALL, 2, by_parts) < mebibytes(LARGE, 2, by_parts) < mebibytes(LARGE, 4, by_parts)
    assert mebibytes(LARGE, 2, decomposition) > mebibytes(LARGE, 2, by_parts)


def test_a_week_too_large_is_refused_with_both_figures() -> None:
    with pytest.raises(UnusableInput, match=r"il faudrait environ \d+ Mio de mémoire, il y en a 100"):
        plan_week(a_week(), Options(memory=100.0), engine=fake_engines.prompt)


def test_what_the_machine_has_is_enough_for_a_small_week() -> None:
    there = available()
    assert there is None or there > 0
    plan = plan_week(a_week(), Options(time_limit=5.0, memory=100_000.0), engine=fake_engines.prompt)
    assert plan.checker is not None


def test_a_container_tells_what_it_leaves(tmp_path: Path) -> None:
    assert _of_the_container(tmp_path) is None
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text("1048576\n")
    assert _of_the_container(tmp_path) is None
    (tmp_path / "memory.max").write_text("5242880\n")
    assert _of_the_container(tmp_path) == 4
