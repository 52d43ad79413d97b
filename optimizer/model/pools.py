"""People counted together: those of one profession, of the same services and sites."""

from optimizer.week import Professional
from optimizer.words import Profession

Pool = tuple[Profession, tuple[str, ...], tuple[str, ...]]
"""A profession, the services and the possible sites of the people counted together."""
PoolSlot = tuple[Pool, int]


def label(pool: Pool) -> tuple[object, ...]:
    """What names a pool in variables and rows."""
    profession, services, sites = pool
    return profession, *services, *sites


def is_floating(person: Professional) -> bool:
    """Whether someone serves several teams: what is asked of them in one may be excused by another."""
    return len(person.service_ids) > 1
