"""A week written in any of its three forms reads back to itself."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from week_strategies import weeks

from optimizer.files.reading import read_week
from optimizer.files.week_tables import write_week
from optimizer.week import Week


@pytest.mark.parametrize("name", ["semaine.json", "semaine.xlsx", "semaine"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(week=weeks())
def test_a_week_written_and_read_again_is_equal(name: str, week: Week) -> None:
    with TemporaryDirectory() as folder:
        write_week(week, Path(folder) / name)
        read = read_week(Path(folder) / name)
    for field in Week.model_fields:
        assert getattr(read.week, field) == getattr(week, field)
    assert len(read.warnings) < 15
