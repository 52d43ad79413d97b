"""Demand weeks that go together, and one of them with another team."""

import pytest

from optimizer.errors import UnusableInput
from optimizer.organisation import Organisation
from optimizer.scenarios import (
    Scenario,
    default_patterns,
    ids_of,
    lost_with,
    person_of,
    refuse_apart,
    with_people,
)
from optimizer.team import Post
from optimizer.words import Profession
from tests.builders import (
    SERVICES,
    SITES,
    TEAM,
    a_meeting,
    a_mission,
    a_pin,
    a_professional,
    a_service,
    a_site,
    a_span,
    a_week,
    hours,
)


def named(*weeks: object) -> list[Scenario]:
    """Weeks by number."""
    return [Scenario(f"S{n}", week) for n, week in enumerate(weeks, start=1)]  # type: ignore[arg-type]


def test_weeks_that_differ_by_what_is_asked_and_by_people_go_together() -> None:
    other = a_week([a_mission("M1", "SUIVI", "FAM1")], professionals=TEAM[:3])
    refuse_apart(named(a_week(), other))


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (a_week(sites=[*SITES, a_site("MDS-C", "NORD", ["SECTEUR-1"])]), "MDS-C"),
        (a_week(services=[*SERVICES, a_service("PMI-1", "PMI")]), "PMI-1"),
        (a_week(organisation=Organisation()), "organisation"),
        (a_week(weeks=2), "2 semaine(s)"),
    ],
)
def test_weeks_of_other_sites_services_or_organisation_are_refused(other: object, told: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        refuse_apart(named(a_week(), other))
    (problem,) = caught.value.problems
    assert problem.where == "S2"
    assert told in str(problem)


def test_what_names_somebody_gone_goes_with_them() -> None:
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1")],
        absences=[a_span("AS01", "monday 09:00", "monday 10:00")],
        busy=[a_span("CESF01", "monday 09:00", "monday 10:00")],
        meetings=[
            a_meeting("R1"),
            a_meeting("R2", people=["AS01"]),
            a_meeting("R3", people=["AS01", "ES01"]),
        ],
        pins=[a_pin("M1", "AS01")],
    )
    left = [person for person in TEAM if person.id != "AS01"]
    changed = with_people(week, left)
    assert not changed.absences
    assert len(changed.busy) == 1
    assert [(meeting.id, meeting.professional_ids) for meeting in changed.meetings] == [
        ("R1", ()),
        ("R3", ("ES01",)),
    ]
    assert not changed.pins
    assert changed.missions == week.missions
    assert lost_with(week, left) == ["R2"]


def test_patterns_follow_the_hours_that_most_full_timers_work() -> None:
    early = hours("08:00-12:00", "13:00-16:00")
    week = a_week(
        professionals=[a_professional("AS01", windows=early), a_professional("AS02", windows=early)]
    )
    full, four_days, first, last = default_patterns(week)
    assert (full.name, full.windows) == ("100", early)
    assert {one.day for one in four_days.windows} == {"monday", "tuesday", "thursday", "friday"}
    assert sorted((*first.windows, *last.windows), key=str) == sorted(early, key=str)
    # five half-days of each: Monday, Tuesday and Wednesday morning, then the rest
    assert len(first.windows) == len(last.windows) == 5


def test_whoever_holds_a_post_is_of_its_profession_service_and_hours() -> None:
    pattern = default_patterns(a_week())[1]
    post = Post(profession=Profession.ES, service_id="SECTEUR-1", site_id="MDS-B", pattern=pattern)
    person = person_of(post, "P:ES.3")
    assert (person.profession, person.service_ids, person.site_id) == ("ES", ("SECTEUR-1",), "MDS-B")
    assert (person.quotite, person.windows, person.isic_days_done) == (80, pattern.windows, 0)


def test_whoever_holds_a_post_has_the_id_of_nobody_present() -> None:
    post = Post(
        profession=Profession.ES,
        service_id="SECTEUR-1",
        site_id="MDS-B",
        pattern=default_patterns(a_week())[0],
    )
    assert ids_of([post], TEAM) == ["P:ES.0"]
    # a team that was composed before is the present one
    assert ids_of([post], [*TEAM, a_professional("P:ES.0-1")]) == ["P2:ES.0"]


def test_a_week_that_cannot_be_with_a_team_is_told() -> None:
    with pytest.raises(UnusableInput, match="une semaine avec une autre équipe"):
        with_people(a_week(), ())
