"""Warnings: one French sentence a subject, whatever the number of rows."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from optimizer.catalogue import catalogue
from optimizer.invariants import problems_of
from optimizer.warnings_of_week import warnings_of
from optimizer.week import Week

Raw = dict[str, list[dict[str, object]]]
HOURS = [
    {"day": "monday", "start": "08:30", "end": "12:30"},
    {"day": "monday", "start": "13:30", "end": "17:30"},
]


def person(who: str, profession: str, service: str, site: str) -> dict[str, object]:
    return {
        "id": who,
        "profession": profession,
        "service_ids": [service],
        "site_id": site,
        "quotite": 100,
        "windows": HOURS,
    }


def mission(number: int, kind: str, **fields: object) -> dict[str, object]:
    minutes = catalogue()[kind].duration_minutes
    days = {"received": "2027-01-04", "release": "2027-01-11", "due": "2027-01-15"}
    return {"id": f"M{number}", "type": kind, "duration_minutes": minutes, **days, **fields}


def raw_week() -> Raw:
    interview = {"id": "A1", "kind": "entretien"}
    return {
        "horizon": {"first_day": "2027-01-11", "weeks": 1},  # type: ignore[dict-item]
        "services": [{"id": kind, "kind": kind} for kind in ("SECTEUR", "EVALUATION")],
        "sites": [
            {"id": "MDS", "zone": "Z1", "service_ids": ["SECTEUR"], "opening": HOURS, "rooms": [interview]},
            {"id": "POLE", "zone": "Z1", "service_ids": ["EVALUATION"], "opening": HOURS},
        ],
        "professionals": [person("CT1", "CT", "SECTEUR", "MDS"), person("CT2", "CT", "EVALUATION", "POLE")],
        "cases": [{"id": "S1", "site_id": "MDS", "zone": "Z1"}],
        "missions": [mission(1, "SUIVI", case_id="S1", site_id="MDS")],
        "reception": [{"site_id": "MDS", "day": "monday", "morning": 1, "afternoon": 1}],
        "meetings": [],
        "travel": [],
        "actions": [],
    }


def warnings(change: Callable[[Raw], object]) -> list[str]:
    raw = raw_week()
    change(raw)
    return list(warnings_of(Week.model_validate_json(json.dumps(raw))))


def test_an_ordinary_week_gives_no_warning() -> None:
    assert warnings(dict) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw["sites"][1].update(zone="Z2"), "Z1-Z2"),
        (lambda raw: raw["missions"].append(mission(2, "VAD", home_zone="Z9")), "Z1-Z9"),
        (lambda raw: raw["missions"].append(mission(2, "EDUC", home_zone="Z1")), "EDUC (1)"),
        (lambda raw: raw["missions"].append(mission(2, "VAD", site_id="MDS")), "VAD (1)"),
        (lambda raw: raw["missions"][0].update(duration_minutes=30), "Durée du fichier"),
        (lambda raw: raw["cases"][0].update(referent_id="AS9"), "Référents inconnus : AS9 (1)"),
        (lambda raw: raw["cases"][0].update(followers=["AS9"]), "AS9"),
        (lambda raw: raw["professionals"][1].update(profession="AS"), "EVALUATION n'a pas de cadre"),
        (lambda raw: raw["sites"][0].update(rooms=[]), "MDS n'a pas de salle « entretien »"),
        (
            lambda raw: raw["missions"].append(mission(2, "PMI_VAD", case_id="S1")),
            "service PMI",
        ),
        (
            lambda raw: raw["reception"].append({"site_id": "MDS", "day": "friday", "morning": 1}),
            "MDS vendredi matin",
        ),
        (lambda raw: raw["missions"][0].update(fixed_start="2027-02-11T09:00:00", due="2027-02-12"), "M1"),
        (
            lambda raw: raw["missions"][0].update(received="2027-01-12"),
            "avant le jour où elles sont reçues : M1",
        ),
        (lambda raw: raw["professionals"][0].update(windows=[]), "CT1"),
    ],
)
def test_each_subject_has_its_sentence(change: Callable[[Raw], object], words: str) -> None:
    found = warnings(change)
    assert len(found) == 1, found
    assert words in found[0]
    assert found[0].endswith(".")


def test_a_leaving_referent_is_told_with_the_number_of_cases() -> None:
    def leave(raw: Raw) -> None:
        raw["professionals"][0]["departure"] = "2027-01-13"
        raw["cases"] += [
            {"id": f"S{n}", "site_id": "MDS", "zone": "Z1", "referent_id": "CT1"} for n in range(2, 9)
        ]

    assert warnings(leave) == [
        "Référents partis ou sur le départ : CT1 (7). "
        "Ces 7 situation(s) seront attribuées à d'autres si leur site est de SECTEUR."
    ]


def test_hundreds_of_rows_give_one_short_sentence() -> None:
    def many(raw: Raw) -> None:
        raw["missions"] = [mission(n, "VAD", home_zone=f"Z{n}") for n in range(2, 302)]

    found = warnings(many)
    assert len(found) == 1 and len(found[0]) < 200


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda raw: raw["missions"].append(mission(2, "VAD")), "/missions/1/home_zone"),
        (lambda raw: raw["missions"][0].update(due="2037-01-15"), "/missions/0/due"),
        (lambda raw: raw["missions"][0].update(people=2, professions=["AS"]), "/missions/0/people"),
        (lambda raw: raw["travel"].extend([TRIP, TRIP_BACK]), "/travel/1"),
        (lambda raw: raw["travel"].append({**TRIP, "to_zone": "Z1"}), "/travel/0"),
        (lambda raw: raw["sites"][0].update(rooms=[{"id": "A1", "kind": "none"}]), "/sites/0/rooms/0/kind"),
        (lambda raw: raw["meetings"].append({**MEETING, "due": "2027-01-10"}), "/meetings/0/due"),
        (lambda raw: raw["meetings"].append({**MEETING, "id": "M1"}), "/meetings/0/id"),
        (lambda raw: raw["sites"][1].update(service_ids=["ASE"]), "/sites/1/service_ids/0"),
    ],
)
def test_what_contradicts_itself_is_told_at_its_pointer(change: Callable[[Raw], object], where: str) -> None:
    raw = raw_week()
    change(raw)
    with pytest.raises(ValueError, match=where):
        Week.model_validate_json(json.dumps(raw))


TRIP = {"from_zone": "Z1", "to_zone": "Z2", "minutes": 20}
TRIP_BACK = {"from_zone": "Z2", "to_zone": "Z1", "minutes": 25}
MEETING = {
    "id": "R1",
    "type": "REUNION",
    "service_id": "SECTEUR",
    "duration_minutes": 60,
    "release": "2027-01-11",
    "due": "2027-01-15",
}


def test_a_sound_week_has_no_problem() -> None:
    raw = raw_week()
    raw["missions"][0]["fixed_start"] = str(datetime(2027, 1, 11, 9))
    assert list(problems_of(Week.model_validate_json(json.dumps(raw)))) == []
