"""A département couples its territories, and is the same for a seed."""

import hashlib

import pytest

from instances.departement import departement
from instances.families import (
    HORIZONS,
    KEPT,
    TERRITORIES,
    Departement,
    canonical,
    departements,
)
from instances.figures import Load
from instances.measures import coupled_missions
from optimizer.board import Board
from optimizer.engines.blocks import blocks_of
from optimizer.words import ServiceKind

KEPT_ONES = [one for one in departements() if one.territories <= KEPT]


def test_every_size_horizon_and_load_has_its_recipe() -> None:
    found = {(one.territories, one.weeks, one.load) for one in departements()}
    assert found == {(size, weeks, load) for size in TERRITORIES for weeks in HORIZONS for load in Load}


@pytest.mark.parametrize("kept", KEPT_ONES, ids=lambda one: one.name)
def test_a_frozen_departement_is_made_again_byte_for_byte(kept: Departement) -> None:
    made = canonical(departement(kept.territories, kept.weeks, kept.load, kept.seed))
    assert made == kept.text()
    assert hashlib.sha256(made).hexdigest() == kept.sha256


def test_a_large_one_is_what_its_hash_says() -> None:
    large = next(one for one in departements() if one.name == "departement-60-typical")
    assert hashlib.sha256(large.text()).hexdigest() == large.sha256
    assert 10_000 <= large.missions <= 20_000


@pytest.mark.parametrize("load", Load)
@pytest.mark.parametrize("territories", [5, 20])
def test_at_least_a_tenth_of_the_missions_touch_a_coupling(territories: int, load: Load) -> None:
    week = departement(territories, 1, load, 1)
    assert 10 * len(coupled_missions(week)) >= len(week.missions)


def test_territories_are_coupled_by_all_that_they_may_share() -> None:
    week = departement(5, 1, Load.TYPICAL, 1)
    sector = {service.id for service in week.services if service.kind is ServiceKind.SECTEUR}
    assert any(len(sector & set(person.service_ids)) > 1 for person in week.professionals)
    lent = {site.id for site in week.sites if not site.service_ids}
    assert len({mission.id[:4] for mission in week.missions if mission.site_id in lent}) == 2
    assert any(len(action.service_ids) > 1 for action in week.actions)
    sessions = [meeting for meeting in week.meetings if meeting.seats]
    assert all(len({person[:4] for person in session.professional_ids}) == 5 for session in sessions)
    assert len(blocks_of(Board(week))[0]) > 60


def test_a_larger_departement_begins_with_a_smaller_one() -> None:
    small, large = departement(5, 1, Load.LOW, 3), departement(6, 1, Load.LOW, 3)
    assert large.missions[: len(small.missions)] == small.missions
    assert large.professionals[: len(small.professionals)] == small.professionals


def test_a_departement_has_at_most_two_hundred_territories() -> None:
    with pytest.raises(ValueError, match="201 territories"):
        departement(201, 1, Load.LOW, 1)
