"""Every path that could give an IP evaluation or a compulsory contract to the sector team, tried one by one.

Each is refused at the door, impossible in the model, or caught by the judge: no input, weight, overload or
option makes the tool plan it (propositions 1 and 2).
"""

from pathlib import Path
from random import Random

import pytest
from pydantic import ValidationError

from optimizer.board import Board
from optimizer.catalogue import MissionType, catalogue
from optimizer.check import judge
from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.files.reading import read_week
from optimizer.model import BucketModel
from optimizer.organisation import CommitmentWeights, PreferenceWeights
from optimizer.plan import Assignment, Plan
from optimizer.reading import Reading
from optimizer.week import Mission, Service, Week
from optimizer.words import Aptitude, Profession, ServiceKind
from tests.builders import (
    QUIET,
    SERVICES,
    SITES,
    TEAM,
    a_case,
    a_meeting,
    a_mission,
    a_need,
    a_pin,
    a_plan,
    a_professional,
    a_row,
    a_site,
    a_span,
    a_week,
    amounts,
    an_action,
    kept,
    team_with,
)
from tests.model.random_plans import RandomPlans
from tests.model.small_weeks import random_week

APART = [kind for kind in catalogue().values() if kind.ip or kind.contractual]
APART_IDS = [kind.code for kind in APART]
POLES = {ServiceKind.EVALUATION: "EVAL-1", ServiceKind.CONTRAT: "CONTRAT-1"}
EVERYONE = dict.fromkeys(Profession, Aptitude.CORE)
NO_POLES = [person for person in TEAM if person.service_ids == ("SECTEUR-1",)]


def edited(week: Week, *kinds: MissionType) -> Week:
    """The week with some types edited or added, checked again."""
    return Week.model_validate(week.model_dump() | {"mission_types": kinds})


def unchecked(week: Week, **changes: object) -> Week:
    """The week changed without its checks, as no file can do."""
    return week.model_copy(update=changes)


def the_mission(kind: MissionType) -> Mission:
    """One act of a type, for a household."""
    return a_mission("M1", kind.code, "FAM1")


def on_row(week: Week, kind: MissionType, people: str = "AS01") -> Assignment:
    """The act written where it belongs, by other people than those it belongs to."""
    location = Board(week).location(week.mission["M1"])
    if location is None or location.is_home:
        place = f"home:{location.zone}" if location else "outside"
        return a_row("M1", people, "tuesday 09:00", kind.duration_minutes, place=place)
    rooms = [room.id for room in week.site[location.site_id or ""].rooms]
    return a_row("M1", people, "tuesday 09:00", kind.duration_minutes, location.site_id, rooms[0])


def given_to_the_sector_team(week: Week, plan: Plan) -> list[str]:
    """The rows of acts kept apart that name someone of SECTEUR."""
    sector = {p.id for p in week.professionals if ServiceKind.SECTEUR in week.kinds_served_by(p)}
    apart = {m.id for m in week.missions if week.types[m.type].ip or week.types[m.type].contractual}
    rows = (row for row in plan.assignments if row.mission_id in apart)
    return [row.mission_id for row in rows if sector & set(row.professional_ids)]


def named_in_the_model(week: Week) -> list[str]:
    """Variables of the model, of the whole week at once, that give such an act to someone of SECTEUR."""
    model = BucketModel(Board(week))
    model.post_commitments()
    model.post_preferences()
    sector = {p.id for p in week.professionals if ServiceKind.SECTEUR in week.kinds_served_by(p)}
    apart = {b.index: b.name for b in model.bundles if b.kind.ip or b.kind.contractual}
    found = [f"{name} by {who}" for i, name in apart.items() for who, _ in model.take[i] if who in sector]
    found += [f"{apart[i]} by {who}" for i, who in model.does if i in apart and who in sector]
    return found + [
        f"{case} by {who}" for case, team in model.evaluates.items() for who in team if who in sector
    ]


# ------------------------------------------------------------------ at the door


@pytest.mark.parametrize("other", ["EVAL-1", "CONTRAT-1"])
def test_nobody_serves_the_sector_team_and_a_pole(other: str) -> None:
    both = a_professional("AS01", service=["SECTEUR-1", other])
    with pytest.raises(ValidationError, match="propositions 1 et 2"):
        a_week(professionals=team_with(both))


@pytest.mark.parametrize("name", ["SECTEUR", "Secteur"])
def test_a_service_does_not_bear_the_name_of_another_kind(name: str) -> None:
    services = (*SERVICES, Service(id=name, kind=ServiceKind.EVALUATION))
    with pytest.raises(ValidationError, match="pour le service"):
        Week.model_validate(a_week().model_dump() | {"services": services})


FLAGS = [
    ("owner", ServiceKind.SECTEUR),
    ("owner", None),
    ("ip", False),
    ("contractual", False),
    ("request", True),
]


@pytest.mark.parametrize(("field", "value"), FLAGS)
@pytest.mark.parametrize("kind", APART, ids=APART_IDS)
def test_the_flags_of_the_catalogue_are_not_edited(kind: MissionType, field: str, value: object) -> None:
    if getattr(kind, field) == value:
        return
    with pytest.raises(ValidationError):
        edited(a_week(), MissionType.model_validate(kind.model_dump() | {field: value}))


@pytest.mark.parametrize("flag", ["ip", "contractual"])
@pytest.mark.parametrize("owner", [ServiceKind.SECTEUR, ServiceKind.PMI, None])
def test_a_new_type_with_a_flag_belongs_to_its_pole(flag: str, owner: ServiceKind | None) -> None:
    with pytest.raises(ValidationError, match=r"EVALUATION|CONTRAT"):
        MissionType(code="NEW", label="", owner=owner, matrix=EVERYONE, **{flag: True})


IMITATIONS = [
    "ip_vad",
    "IP-VAD",
    "IP_VAD2",
    "Ip.Rapport",
    "ΙP_VAD",
    "1P_VAD",
    "Contrat",
    "CONTRAT2",
    "RSA",
    "СER_3M",
    "EVALUATIONS",
    "EVAL_DOM",
    "I.P_DOMICILE",
    "CRIP_VAD",
    "INFO_PREOCCUPANTE",
    "CONTRATS",
    "R.S.A",
    "R_S_A_2",
    "I_P",
    "E-V-A-L",
    "lP-VAD",
    "EVALUATE",
    "ÉVALUER",
]


@pytest.mark.parametrize("code", IMITATIONS)
@pytest.mark.parametrize("owner", [ServiceKind.SECTEUR, ServiceKind.PMI, None])
def test_no_new_type_bears_a_code_that_reads_like_one(code: str, owner: ServiceKind | None) -> None:
    with pytest.raises(ValidationError, match=r"qui se lit comme|le service (EVALUATION|CONTRAT)"):
        edited(a_week(), MissionType(code=code, label="Rencontre", owner=owner, matrix=EVERYONE))


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Évaluation d'informations préoccupantes", "PREOCCUPANTE"),
        ("Évaluation d'une IP", "IP"),
        ("Évaluation I.P. à domicile", "IP"),
        ("Contrat d'engagement RSA", "CONTRAT"),
        ("contrats d’engagements réciproques", "CONTRAT"),
        ("Signature du C.E.R.", "CER"),
    ],
)
def test_no_new_type_of_another_service_is_said_to_do_what_is_a_pole_s(label: str, word: str) -> None:
    kind = MissionType(code="VISITE_2", label=label, owner=ServiceKind.SECTEUR, matrix=EVERYONE)
    with pytest.raises(ValidationError, match=f"« {word} »"):
        edited(a_week(), kind)


@pytest.mark.parametrize("code", ["ᎬᏙᎪᏞ", "VISITE_ϞΩ"])
def test_a_code_is_written_in_latin_letters(code: str) -> None:
    with pytest.raises(ValidationError, match="lettres latines"):
        edited(a_week(), MissionType(code=code, label="", owner=ServiceKind.SECTEUR, matrix=EVERYONE))


@pytest.mark.parametrize("label", ["Contrat de location", "Instruction des droits RSA", "Visite d'équipe"])
def test_a_label_of_another_meaning_is_welcome(label: str) -> None:
    kind = MissionType(code="VISITE_2", label=label, owner=ServiceKind.SECTEUR, matrix=EVERYONE)
    assert edited(a_week(), kind).types["VISITE_2"].label == label


@pytest.mark.parametrize(
    "code", ["EQUIPE", "ZIP", "CERCLE", "PARENTS_2", "ORIENTATION-SCOLAIRE", "Œuvre", "À_B_DOMICILE"]
)
def test_a_new_type_of_another_name_is_welcome(code: str) -> None:
    week = edited(a_week(), MissionType(code=code, label="", owner=ServiceKind.SECTEUR, matrix=EVERYONE))
    assert code in week.types


@pytest.mark.parametrize(
    ("field", "value"),
    [("needs_pair", "no"), ("place", "office"), ("room", "none"), ("room", "groupe"), ("splittable", True)],
)
def test_an_evaluation_keeps_its_pair_and_its_meeting_at_home(field: str, value: object) -> None:
    kind = MissionType.model_validate(catalogue()["IP_VAD"].model_dump() | {field: value})
    with pytest.raises(ValidationError, match="valeur du catalogue"):
        edited(a_week(), kind)


@pytest.mark.parametrize("owner", list(POLES))
@pytest.mark.parametrize("changes", [{"service": "SECTEUR-1"}, {"people": ["AS01", "EV01"]}, {"seats": 3}])
def test_a_meeting_of_a_pole_is_not_the_sector_team_s(owner: ServiceKind, changes: dict[str, object]) -> None:
    kind = catalogue()["REUNION"].model_copy(update={"code": "SYNTHESE", "owner": owner})
    week = edited(a_week(), kind)
    meetings = (a_meeting("T1", kind="SYNTHESE", **changes),)
    with pytest.raises(ValidationError, match=f"service {owner}"):
        Week.model_validate(week.model_dump() | {"meetings": meetings})


@pytest.mark.parametrize("kind", APART, ids=APART_IDS)
def test_no_pin_gives_it(kind: MissionType) -> None:
    with pytest.raises(ValidationError, match="quelqu'un du service"):
        a_week([the_mission(kind)], pins=[a_pin("M1", "AS01")])


@pytest.mark.parametrize("kind", APART, ids=APART_IDS)
def test_it_is_no_action_that_someone_would_lead(kind: MissionType) -> None:
    with pytest.raises(ValidationError, match="rendez-vous"):
        a_week(actions=[an_action("G1", ("AS",), kind.code)])


@pytest.mark.parametrize("kind", APART, ids=APART_IDS)
def test_it_is_no_meeting_that_someone_would_attend(kind: MissionType) -> None:
    with pytest.raises(ValidationError, match="rendez-vous"):
        a_week(meetings=[a_meeting("T1", kind=kind.code)])


@pytest.mark.parametrize("kind", APART, ids=APART_IDS)
def test_it_is_not_held_where_the_sector_team_receives(kind: MissionType) -> None:
    mission = a_mission("M1", kind.code, "FAM1", site="MDS-A")
    with pytest.raises(ValidationError, match="proposition"):
        a_week([mission])


@pytest.mark.parametrize(("kind", "site"), [("SUIVI", "POLE-C"), ("IP_SOUTIEN", "POLE-E")])
def test_nobody_is_accompanied_in_a_place_of_a_pole_alone(kind: str, site: str) -> None:
    sites = (*SITES[:2], a_site("POLE-C", "NORD", ["CONTRAT-1"], "C1"), *SITES[3:])
    with pytest.raises(ValidationError, match=rf"« {site} », lieu de .* pour {kind}"):
        a_week([a_mission("M1", kind, "FAM1", site=site)], sites=sites)


def test_the_judge_refuses_it_whatever_the_data_says() -> None:
    pole = a_site("POLE-C", "NORD", ["CONTRAT-1"], "C1")
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    moved = week.missions[0].model_copy(update={"site_id": "POLE-C"})
    week = week.model_copy(update={"missions": (moved,), "sites": (*week.sites[:2], pole, *week.sites[3:])})
    row = a_row("M1", "AS01", "monday 09:00", 60, "POLE-C", "C1")
    verdict = judge(week, a_plan(row))
    assert "H1.2" in {violation.rule for violation in verdict.hard}


@pytest.mark.parametrize("place", ["referent", "follower", "person", "service"])
def test_capitals_alone_tell_nobody_apart(place: str) -> None:
    """« ev01 » beside EV01 would be somebody else, who never accompanied the household."""
    given: dict[str, object] = {
        "referent": {"cases": [a_case("FAM1", "ev01")]},
        "follower": {"cases": [a_case("FAM1", followers=["ev01"])]},
        "person": {"professionals": team_with(a_professional("ev01", service="EVAL-1", site="POLE-E"))},
        "service": {"services": (*SERVICES, Service(id="secteur-1", kind=ServiceKind.SECTEUR))},
    }
    with pytest.raises(ValidationError, match=r"EV01|SECTEUR-1"):
        a_week(**given[place])  # type: ignore[arg-type]


def test_reception_is_the_sector_team_s_alone() -> None:
    with pytest.raises(ValidationError, match="SECTEUR"):
        a_week(reception=[a_need("tuesday", morning=1, site="POLE-E")])


def test_a_grade_is_no_way_in() -> None:
    with pytest.raises(ValidationError, match="grade"):
        Week.model_validate_json(a_week().model_dump_json().replace('"AS"', '"assistant socio-éducatif"', 1))


# ------------------------------------------------------------------ in the model


def overloaded(kind: MissionType, **changes: object) -> Week:
    """Twelve acts of a type, late, dear, and nobody of their service to do them."""
    dear = QUIET.model_copy(
        update={
            "cesf_excluded_from_ip": False,
            "commitments": CommitmentWeights(legal_late_day=10_000, late=10_000, home_meeting_missing=10_000),
            "preferences": PreferenceWeights(possible_not_core=0, not_referent=0),
        }
    )
    missions = [a_mission(f"M{n}", kind.code, "FAM1") for n in range(12)]
    week = a_week(missions, professionals=NO_POLES, organisation=dear)
    open_to_all = [one.model_copy(update={"matrix": one.matrix | _open_cells(one)}) for one in APART]
    return unchecked(edited(week, *open_to_all), **changes)


def _open_cells(kind: MissionType) -> dict[Profession, Aptitude]:
    return {profession: Aptitude.CORE for profession in Profession if profession not in kind.locked}


@pytest.mark.parametrize("kind", APART, ids=APART_IDS)
def test_an_empty_service_leaves_its_acts_undone(kind: MissionType) -> None:
    week = overloaded(kind)
    assert named_in_the_model(week) == []
    plan = solve(week, Options(time_limit=2, workers=1, deterministic=True))
    assert plan.checker and plan.checker.passed
    assert not plan.assignments
    assert {row.mission_id for row in plan.unserved} == set(week.mission)


def test_an_absent_service_leaves_its_acts_undone() -> None:
    away = [a_span(who, "monday 00:00", "friday 23:00") for who in ("EV01", "EV02", "CO01")]
    week = a_week([a_mission(f"M{n}", kind.code, "FAM1") for n, kind in enumerate(APART)], absences=away)
    assert named_in_the_model(week) == []
    plan = solve(week, Options(time_limit=2, workers=1, deterministic=True))
    assert plan.checker and plan.checker.passed
    assert not plan.assignments


@pytest.mark.parametrize("seed", range(20))
def test_no_variable_gives_it(seed: int) -> None:
    assert named_in_the_model(random_week(seed)) == []


def test_no_variable_gives_it_in_the_example() -> None:
    week = read_week(Path("instances/exemple")).week
    assert any(week.types[mission.type].ip for mission in week.missions)
    assert named_in_the_model(week) == []


def test_a_shared_building_changes_nothing() -> None:
    shared = a_site("SHARED", "NORD", ["SECTEUR-1", "CONTRAT-1"], "S1")
    week = a_week([a_mission("M1", "CONTRAT", "FAM1", site="SHARED")], sites=(*SITES, shared))
    assert named_in_the_model(week) == []
    assert amounts(week, a_plan(a_row("M1", "AS01", "tuesday 09:00", 60, "SHARED", "S1")), "H0") == [1]


@pytest.mark.parametrize("pole", POLES)
def test_a_double_service_that_no_check_saw_gives_nothing(pole: ServiceKind) -> None:
    both = TEAM[0].model_copy(update={"service_ids": ("SECTEUR-1", POLES[pole])})
    kinds = [kind for kind in APART if kind.owner is pole]
    for kind in kinds:
        week = unchecked(a_week([the_mission(kind)]), professionals=(both, *NO_POLES[1:]))
        assert named_in_the_model(week) == []
        row = on_row(week, kind, "AS01 ES01" if kind.needs_pair == "required" else "AS01")
        assert "H0" in {violation.rule for violation in judge(week, a_plan(row)).hard}


# ------------------------------------------------------------------ by the judge


@pytest.mark.parametrize("kind", APART, ids=APART_IDS)
@pytest.mark.parametrize("people", ["AS01", "AS01 ES01", "EV01 AS01", "CO01 AS01", "CT01"])
def test_a_plan_edited_by_hand_is_caught(kind: MissionType, people: str) -> None:
    week = a_week([the_mission(kind)])
    assert 1 in amounts(week, a_plan(on_row(week, kind, people)), "H0")


@pytest.mark.parametrize("kind", APART, ids=APART_IDS)
@pytest.mark.parametrize("place", ["telework", "outside", "site", "home:NORD"])
def test_it_is_caught_wherever_it_is_written(kind: MissionType, place: str) -> None:
    week = a_week([the_mission(kind)])
    row = a_row("M1", "AS01", "tuesday 09:00", kind.duration_minutes, place=place)
    assert amounts(week, a_plan(row), "H0") == [1]


def test_one_part_of_a_report_is_enough_to_be_caught() -> None:
    week = a_week([a_mission("M1", "IP_ECR", "FAM1")])
    parts = [
        a_row("M1", who, f"{name} 09:00", 120, place="outside")
        for who, name in (("EV01", "monday"), ("AS01", "tuesday"))
    ]
    assert amounts(week, a_plan(*parts), "H0") == [1]


def test_it_is_caught_inside_reception_duty() -> None:
    week = a_week([a_mission("M1", "CONTRAT", "FAM1")], reception=[a_need("tuesday", morning=1)])
    plan = a_plan(
        kept("reception", "AS01", "tuesday 08:30", 240),
        a_row("M1", "AS01", "tuesday 09:00", 60, "MDS-A", "A1"),
    )
    assert amounts(week, plan, "H0") == [1]


def test_an_evaluator_is_not_one_who_accompanied() -> None:
    week = a_week([a_mission("M1", "IP_RENC", "FAM1")], cases=[a_case("FAM1", "EV01", followers=["EV02"])])
    for who in ("EV01", "EV02"):
        assert amounts(week, a_plan(a_row("M1", who, "tuesday 09:00", 60, "POLE-E", "E1")), "H2.5") == [1]
    assert BucketModel(Board(week)).bundles[0].first.id == "M1"
    model = BucketModel(Board(week))
    model.post_commitments()
    assert model.take[0] == {}


def test_no_slot_is_ever_offered_for_it() -> None:
    # the judge's own search for slots, which the engine uses last, looks among the sector team
    for kind in APART:
        week = a_week([the_mission(kind)])
        rows = solve(week, Options(time_limit=1, workers=1, deterministic=True)).assignments
        assert given_to_the_sector_team(week, Plan.model_construct(assignments=rows)) == []
        assert Reading(week, a_plan()).serves(TEAM[0], ServiceKind.SECTEUR)


@pytest.mark.parametrize("seed", range(15))
def test_random_plans_that_the_judge_accepts_never_give_it(seed: int) -> None:
    week, rng = random_week(seed), Random(seed)
    plans = RandomPlans(week, rng)
    plan = plans.build()
    assert given_to_the_sector_team(week, plan) == []
    sector = [p.id for p in week.professionals if ServiceKind.SECTEUR in week.kinds_served_by(p)]
    for row in plan.assignments:
        kind = week.types[week.mission[row.mission_id].type] if row.mission_id in week.mission else None
        if kind and (kind.ip or kind.contractual):
            stolen = row.model_copy(update={"professional_ids": tuple(sector[: len(row.professional_ids)])})
            rows = [one for one in plan.assignments if one is not row]
            disturbed = plan.model_copy(update={"assignments": (*rows, stolen)})
            assert "H0" in {violation.rule for violation in judge(week, disturbed).hard}
