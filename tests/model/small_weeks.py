"""Weeks small enough to be worked out whole, that hold a bit of everything."""

from collections.abc import Sequence
from datetime import date
from random import Random

from optimizer.organisation import Organisation
from optimizer.week import (
    Case,
    CollectiveAction,
    Meeting,
    Mission,
    Professional,
    ReceptionNeed,
    Site,
    Week,
    Weekday,
    Window,
)
from optimizer.words import Urgency
from tests.builders import (
    MONDAY,
    a_case,
    a_meeting,
    a_mission,
    a_need,
    a_professional,
    a_request,
    a_site,
    a_span,
    a_week,
    an_action,
    day,
    hours,
)

DAYS = ("monday", "tuesday")
KINDS = ("SUIVI", "SUIVI", "BUDGET", "VAD", "VAD", "ACCUEIL", "PARTENARIAT", "ECRITS", "DSF")
QUOTAS = Organisation(collective_share_percent=20, writing_share_percent=15)


def weeks_with_everything() -> list[Week]:
    """Random weeks that hold, between them, every kind of thing."""
    return [random_week(seed) for seed in range(12)]


def random_week(seed: int) -> Week:
    """Two to four people, two days of work, three to eight missions and some of everything else."""
    rng = Random(seed)
    sector = _sector(rng)
    poles = _poles(rng) if rng.random() < 0.5 else []
    cases = [
        a_case("FAM1", rng.choice(["AS01", "CESF01", None]), zone="NORD", weight=rng.choice([1, 2])),
        a_case("FAM2", rng.choice(["AS01", None, "GONE"]), zone="SUD", followers=["CESF01"]),
        a_case("FAM3", "AS01", "MDS-B", zone="SUD"),
    ]
    return a_week(
        _missions(rng, cases, bool(poles)),
        professionals=[*sector, *poles],
        sites=_sites(rng),
        cases=cases,
        absences=[a_span("AS01", "monday 10:00", "monday 11:00")] if rng.random() < 0.3 else [],
        busy=[a_span("AS01", "tuesday 11:00", "tuesday 12:30")] if rng.random() < 0.3 else [],
        reception=_reception(rng),
        actions=_actions(rng),
        meetings=_meetings(rng),
        organisation=rng.choice([QUOTAS, Organisation(collective_share_percent=0, writing_share_percent=10)]),
    )


def two_teams(seed: int) -> Week:
    """A random week whose sector has two teams, a site each; some people serve both."""
    week, rng = random_week(seed), Random(seed)
    choices = (["SECTEUR-1"], ["SECTEUR-2"], ["SECTEUR-1", "SECTEUR-2"], ["SECTEUR-2", "SECTEUR-1"])
    rows = week.model_dump()
    rows["services"] = [*rows["services"], {"id": "SECTEUR-2", "kind": "SECTEUR"}]
    if rng.random() < 0.3:  # the second site belongs to nobody's territory: both teams go there
        rows["services"][0]["covered_site_ids"] = rows["services"][-1]["covered_site_ids"] = ("MDS-A",)
    rows["sites"][1]["service_ids"] = ("SECTEUR-2",)
    for person in rows["professionals"]:
        if "SECTEUR-1" in person["service_ids"]:
            person["service_ids"] = rng.choice(choices)
            person["site_id"] = "MDS-A" if person["service_ids"][0] == "SECTEUR-1" else "MDS-B"
    for action in rows["actions"]:
        action["service_ids"] = rng.choice([(), ("SECTEUR-1", "SECTEUR-2"), ("SECTEUR-2",)])
    return Week.model_validate(rows)


def _opening(rng: Random) -> tuple[Window, ...]:
    morning = rng.choice(["08:30-12:30", "09:00-12:00"])
    return hours(morning, rng.choice(["13:30-17:30", "14:00-16:00"]), days=map(Weekday, DAYS))


def _sites(rng: Random) -> list[Site]:
    return [
        a_site("MDS-A", "NORD", ["SECTEUR-1"], rng.choice(["A1", "A1 A2"]), "AG", _opening(rng)),
        a_site("MDS-B", "SUD", ["SECTEUR-1"], "B1", opening=_opening(rng)),
        a_site("POLE-C", "NORD", ["CONTRAT-1"], "C1", opening=_opening(rng)),
        a_site("POLE-E", "EST", ["EVAL-1"], "E1", opening=_opening(rng)),
    ]


def _windows(rng: Random) -> tuple[Window, ...]:
    stretches: list[tuple[str, ...]] = [
        ("08:30-12:30", "13:30-17:30"),
        ("08:30-12:30", "13:15-17:00"),
        ("09:00-17:30",),
        ("08:30-12:30",),
        ("11:00-15:30",),
    ]
    return hours(*rng.choice([*stretches[:1] * 2, *stretches]), days=map(Weekday, DAYS))


def _sector(rng: Random) -> list[Professional]:
    telework = ["monday"] if rng.random() < 0.3 else []
    team = [
        a_professional("AS01", windows=_windows(rng), telework=telework, dossiers=rng.choice([0, 5])),
        a_professional("CESF01", "CESF", windows=_windows(rng), site=rng.choice(["MDS-A", "MDS-B"])),
    ]
    if rng.random() < 0.5:
        leaving = MONDAY if rng.random() < 0.3 else None
        team.append(a_professional("ES01", "ES", windows=_windows(rng), training_days=3, departure=leaving))
    return team


def _poles(rng: Random) -> list[Professional]:
    if rng.random() < 0.3:  # two hats, in one building apart from the sector team's
        both = ["CONTRAT-1", "EVAL-1"]
        return [
            a_professional("PO01", "AS", both, "POLE-E"),
            a_professional("PO02", "ES", "EVAL-1", "POLE-E"),
        ]
    return [
        a_professional("EV01", "AS", "EVAL-1", "POLE-E", windows=_windows(rng)),
        a_professional("EV02", "ES", "EVAL-1", "POLE-E"),
    ]


def _missions(rng: Random, cases: Sequence[Case], with_poles: bool) -> list[Mission]:
    found = []
    for index in range(rng.randint(3, 6)):
        name, case = f"M{index}", rng.choice(cases).id
        kind = rng.choice(
            ["SUIVI", "SUIVI", "BUDGET", "VAD", "VAD", "ACCUEIL", "PARTENARIAT", "ECRITS", "DSF"]
        )
        release, due = _dates(rng)
        if kind == "ACCUEIL":
            request = a_request(
                name, rng.choice(["MDS-A", "MDS-B"]), rng.choice(["ACCUEIL", "URGENCE"]), max(due, MONDAY)
            )
            found.append(request.model_copy(update={"urgency": rng.choice([None, Urgency.PRIORITY])}))
            continue
        fixed = "monday 09:30" if release <= MONDAY and rng.random() < 0.2 else None
        people = 2 if kind == "VAD" and rng.random() < 0.3 else None
        minutes = rng.choice([120, 180]) if kind == "ECRITS" else None
        household = None if kind in ("PARTENARIAT", "ECRITS") else case
        found.append(a_mission(name, kind, household, minutes, release, due, people=people, fixed=fixed))
    if with_poles:
        for index, kind in enumerate(rng.sample(["IP_VAD", "IP_RENC", "IP_CONC", "IP_ECR", "CONTRAT"], 3)):
            found.append(a_mission(f"P{index}", kind, "FAM3", due=day("friday")))
    return found


def _dates(rng: Random) -> tuple[date, date]:
    release = rng.choice([day("monday", -1), day("monday"), day("tuesday")])
    return release, max(
        release, rng.choice([day("thursday", -1), day("monday"), day("friday"), day("friday", 1)])
    )


def _reception(rng: Random) -> list[ReceptionNeed]:
    need = a_need("monday", rng.randint(0, 1), rng.randint(0, 1), rng.randint(0, 2))
    return [need] if rng.random() < 0.6 else []


def _actions(rng: Random) -> list[CollectiveAction]:
    leaders = rng.choice([("AS",), ("CESF", "AS")])
    fixed = "tuesday 10:00" if rng.random() < 0.5 else None
    actions = [an_action("G1", leaders, preparation=rng.choice([0, 60]), fixed=fixed, series="S")]
    if rng.random() < 0.4:
        actions.append(an_action("G2", ("CESF",), "ISIC_DSL", site=None, series="S"))
    return actions if rng.random() < 0.5 else []


def _meetings(rng: Random) -> list[Meeting]:
    found = []
    if rng.random() < 0.4:
        fixed = "tuesday 09:00" if rng.random() < 0.6 else None
        found.append(
            a_meeting("T1", fixed, rng.choice([60, 120]), due=day("tuesday"), release=day("tuesday"))
        )
    if rng.random() < 0.3:
        found.append(a_meeting("F1", "monday 13:30", 120, seats=1, site=None, kind="FORM_ISIC"))
    return found
