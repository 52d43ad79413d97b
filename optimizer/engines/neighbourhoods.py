"""Which half-days a large neighbourhood search frees at once; what is of no half-day is always free."""

from collections.abc import Iterator
from random import Random

from optimizer.model import BucketModel
from optimizer.tasks import Key

Neighbourhood = frozenset[Key]


def each_day(model: BucketModel) -> Iterator[Neighbourhood]:
    """Day after day, everybody: a first plan is built this way."""
    for day in sorted({slot // 2 for _, slot in model.half_days}):
        yield frozenset(key for key in model.half_days if key[1] // 2 == day)


def a_day(model: BucketModel, rng: Random) -> Neighbourhood:
    """Everybody on one day."""
    day = rng.choice(sorted({slot // 2 for _, slot in model.half_days}))
    return frozenset(key for key in model.half_days if key[1] // 2 == day)


def some_people_a_week(model: BucketModel, rng: Random) -> Neighbourhood:
    """Three professionals during one week."""
    people = rng.sample(sorted(model.people), min(3, len(model.people)))
    week = rng.randrange(model.week.horizon.weeks)
    days = set(model.board.calendar.days_of_week(week))
    return frozenset(key for key, half_day in model.half_days.items() if key[0] in people and half_day.day in days)


def two_people(model: BucketModel, rng: Random) -> Neighbourhood:
    """Two professionals, the whole horizon."""
    people = rng.sample(sorted(model.people), min(2, len(model.people)))
    return frozenset(key for key in model.half_days if key[0] in people)


def two_half_days(model: BucketModel, rng: Random) -> Neighbourhood:
    """Everybody in two half-days, anywhere in the horizon."""
    slots = rng.sample(sorted({slot for _, slot in model.half_days}), min(2, len({s for _, s in model.half_days})))
    return frozenset(key for key in model.half_days if key[1] in slots)


OPERATORS = (a_day, some_people_a_week, two_people, two_half_days)
