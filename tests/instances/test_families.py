"""Frozen weeks are what the generator makes, byte for byte."""

import hashlib

import pytest

from instances.families import SIZES, Instance, canonical, instance, instances
from instances.figures import Load
from instances.generator import generate


def test_every_size_and_load_is_frozen() -> None:
    assert {(one.people, one.load) for one in instances()} == {(n, load) for n in SIZES for load in Load}


@pytest.mark.parametrize("frozen", instances(), ids=lambda one: one.name)
def test_a_frozen_week_is_made_again_byte_for_byte(frozen: Instance) -> None:
    made = generate(frozen.people, frozen.weeks, frozen.load, frozen.seed)
    assert canonical(made) == frozen.text()
    assert hashlib.sha256(frozen.text()).hexdigest() == frozen.sha256
    assert frozen.week() == made


def test_a_frozen_week_is_found_by_name() -> None:
    assert len(instance("12-typical").week().professionals) == 12
