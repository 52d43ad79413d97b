"""The manager's folder that came with the request reads as it lies."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from optimizer.files.reading import ReadWeek, read_week
from optimizer.words import Profession, ServiceKind

FOLDER = Path(__file__).parents[3] / "shared" / "exemple-mds"


@pytest.fixture(scope="module")
def read() -> ReadWeek:
    if not FOLDER.is_dir():
        pytest.skip("the manager's folder is not beside this copy of the project")
    return read_week(FOLDER)


def filled_rows(table: str) -> int:
    """Rows of a file that hold something, counted without the reader."""
    lines = (FOLDER / f"{table}.csv").read_bytes().decode("cp1252").splitlines()[1:]
    return sum(bool(line.strip(";")) for line in lines)


def test_every_row_is_read(read: ReadWeek) -> None:
    week = read.week
    counts = {
        "sites": len(week.sites),
        "salles": sum(len(site.rooms) for site in week.sites),
        "trajets": len(week.travel),
        "professionnels": len(week.professionals),
        "absences": len(week.absences),
        "situations": len(week.cases),
        "missions": len(week.missions),
        "accueil": len(week.reception),
        "actions_collectives": len(week.actions),
        "reunions": len(week.meetings),
    }
    assert counts == {table: filled_rows(table) for table in counts}
    assert (counts["professionnels"], counts["missions"], counts["situations"]) == (19, 353, 162)


def test_words_and_hours_are_understood(read: ReadWeek) -> None:
    week = read.week
    assert week.horizon.first_day == date(2027, 1, 11)
    assert {service.kind for service in week.services} == {
        ServiceKind.SECTEUR,
        ServiceKind.CONTRAT,
        ServiceKind.EVALUATION,
    }
    assert week.site["MDS-A"].label == "Maison des solidarités – siège"
    first = week.professional["AS01"]
    assert (first.quotite, first.grade, len(first.windows)) == (80, "assistant socio-éducatif", 8)
    assert week.professional["AS03"].departure == date(2027, 1, 15)
    assert week.mission["M0302"].people == 2 and week.mission["M0302"].home_zone == "Z4"
    assert Counter(mission.type for mission in week.missions)["ACCUEIL"] > 20
    assert week.meeting["F1"].seats == 4
    assert week.action["G12"].leaders == (Profession.ES, Profession.AS)
    assert week.organisation.writing_share_percent == 39


def test_recurring_events_go_to_the_horizon(read: ReadWeek) -> None:
    starts = [(span.professional_id, span.start) for span in read.week.busy]
    assert starts == [
        ("AS05", datetime(2027, 1, 12, 11)),
        ("AS05", datetime(2027, 1, 19, 11)),
        ("CESF01", datetime(2027, 1, 11, 11)),
        ("CESF01", datetime(2027, 1, 18, 11)),
    ]


def test_warnings_are_few_sentences(read: ReadWeek) -> None:
    assert len(read.warnings) == 3
    assert any("AS03 (7)" in warning for warning in read.warnings)
