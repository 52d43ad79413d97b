"""Generated weeks are valid, plausible and the same for a seed."""

import pytest

from instances.figures import Load
from instances.generator import generate
from instances.measures import load_ratio
from instances.staff import posts_of
from optimizer.week import Mission, Week
from optimizer.words import Profession, ServiceKind

SIZES = (6, 12, 20, 30)
SEEDS = (1, 2, 3)
CASES = [(people, load) for people in SIZES for load in Load]
BANDS = {Load.LOW: (0.45, 0.80), Load.TYPICAL: (0.85, 1.60), Load.OVERLOADED: (1.60, 3.00)}


def requests_of(week: Week) -> list[Mission]:
    return [mission for mission in week.missions if week.types[mission.type].request]


@pytest.mark.parametrize(("people", "load"), CASES)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_load_asks_what_its_name_says(people: int, load: Load, seed: int) -> None:
    low, high = BANDS[load]
    assert low <= load_ratio(generate(people, 2, load, seed)) <= high


@pytest.mark.parametrize("people", SIZES)
def test_everybody_of_the_territory_is_counted(people: int) -> None:
    assert len(generate(people, 1, Load.TYPICAL, 4).professionals) == people


@pytest.mark.parametrize("people", range(6, 61))
def test_every_size_has_evaluators_of_two_professions_and_a_sector_team(people: int) -> None:
    posts = posts_of(people)
    evaluators = {profession for _, profession, service in posts if service == "EVALUATION"}
    assert len(posts) == people
    assert len(evaluators - {Profession.CT}) >= 2
    assert {Profession.AS, Profession.CESF} <= {p for _, p, service in posts if service == "SECTEUR"}


@pytest.mark.parametrize("seed", SEEDS)
def test_two_evaluators_of_two_professions_remain_for_each_household(seed: int) -> None:
    week = generate(12, 2, Load.OVERLOADED, seed)
    visit = week.types["IP_VAD"]
    households = {mission.case_id for mission in week.missions if mission.type == "IP_VAD"}
    for household in households:
        assert household is not None
        free = {
            person.profession
            for person in week.professionals
            if ServiceKind.EVALUATION in week.kinds_served_by(person)
            and visit.may_be_done_by(person.profession)
            and person.id not in week.case[household].followers
        }
        assert len(free) >= 2


@pytest.mark.parametrize("load", Load)
def test_some_requests_have_no_reason_and_are_treated_alike(load: Load) -> None:
    silent = [mission for mission in requests_of(generate(30, 2, load, 1)) if mission.reason is None]
    assert silent
    assert all(mission.urgency is not None for mission in silent)


@pytest.mark.parametrize("people", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_overloaded_leaves_a_tenth_of_the_requests_late_in_any_plan(people: int, seed: int) -> None:
    week = generate(people, 2, Load.OVERLOADED, seed)
    overdue = [mission for mission in requests_of(week) if mission.due < week.horizon.first_day]
    assert len(overdue) >= 0.1 * len(requests_of(week))


@pytest.mark.parametrize("load", Load)
def test_nobody_of_the_sector_team_serves_a_pole(load: Load) -> None:
    week = generate(30, 1, load, 5)
    for person in week.professionals:
        assert len(week.kinds_served_by(person)) == 1


def test_every_kind_of_demand_of_a_territory_is_there() -> None:
    week = generate(30, 2, Load.TYPICAL, 1)
    kinds = {mission.type for mission in week.missions}
    evaluation = {"IP_VAD", "IP_RENC", "IP_CONC", "IP_ECR", "IP_SOUTIEN"}
    assert evaluation | {"CONTRAT", "ORIENT", "MASP", "DSF", "PMI_VAD", "VAD", "ACCUEIL", "URGENCE"} <= kinds
    assert any(mission.professions == (Profession.AS, Profession.CESF) for mission in week.missions)
    assert any(person.departure for person in week.professionals)
    assert any(person.quotite < 100 for person in week.professionals)
    assert any(person.telework_days for person in week.professionals)
    assert any(case.referent_id is None for case in week.cases)
    assert any(case.followers for case in week.cases)
    assert any(mission.fixed_start for mission in week.missions)
    assert any(action.series for action in week.actions)
    assert any(meeting.seats for meeting in week.meetings)
    assert week.absences
    assert week.busy


def test_a_seed_gives_one_week_and_another_seed_another() -> None:
    one = generate(6, 1, Load.LOW, 1)
    assert one == generate(6, 1, Load.LOW, 1)
    assert one != generate(6, 1, Load.LOW, 2)


@pytest.mark.parametrize("weeks", [1, 3, 8])
def test_any_length_of_horizon_can_be_drawn(weeks: int) -> None:
    week = generate(6, weeks, Load.LOW, 1)
    assert week.horizon.weeks == weeks
    assert any(meeting.seats for meeting in week.meetings)


def test_a_territory_too_small_for_its_services_is_refused() -> None:
    with pytest.raises(ValueError, match="5 people"):
        generate(5, 1, Load.LOW, 1)
