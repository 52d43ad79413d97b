"""A week written in any of its three forms reads back to itself."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from week_strategies import weeks

from instances.departement import departement
from instances.figures import Load
from optimizer.files.reading import read_week
from optimizer.files.week_writing import write_week
from optimizer.week import Week
from tests.builders import a_case, a_mission, a_week


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


@pytest.mark.parametrize("name", ["semaine.xlsx", "semaine"])
def test_a_lent_site_houses_no_service(name: str, tmp_path: Path) -> None:
    week = departement(2, 1, Load.LOW, 1)
    assert any(not site.service_ids for site in week.sites)
    write_week(week, tmp_path / name)
    assert read_week(tmp_path / name).week.sites == week.sites


def test_an_id_that_is_an_english_word_of_the_code_stays_as_it_is(tmp_path: Path) -> None:
    week = a_week([a_mission("monday", "SUIVI", "none")], cases=[a_case("none")])
    for name in ("semaine.xlsx", "semaine"):
        write_week(week, tmp_path / name)
        read = read_week(tmp_path / name).week
        assert [(one.id, one.case_id) for one in read.missions] == [("monday", "none")]
