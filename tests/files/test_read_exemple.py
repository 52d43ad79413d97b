"""The example folder of the project reads, and is what its LISEZMOI says."""

from collections import Counter
from pathlib import Path

from optimizer.files.reading import read_week

FOLDER = Path(__file__).parents[2] / "instances" / "exemple"


def test_the_example_is_what_it_says() -> None:
    read = read_week(FOLDER)
    week = read.week
    services = Counter(service for someone in week.professionals for service in someone.service_ids)
    assert services == {"SECTEUR": 5, "EVALUATION": 2, "CONTRAT": 1}
    assert len(week.missions) == 71
    assert sum(week.types[mission.type].request for mission in week.missions) == 14
    assert sum(week.types[mission.type].ip for mission in week.missions) == 8
    assert sum(week.types[mission.type].contractual for mission in week.missions) == 11
    assert {case.id for case in week.cases if case.referent_id is None and case.site_id == "BOURG"} == {
        "MEN07",
        "MEN15",
        "MEN21",
    }
    assert [span.start.day for span in week.busy] == [14, 21]
    assert read.warnings == ("Le service EVALUATION n'a pas de cadre technique (CT) à lui.",)
