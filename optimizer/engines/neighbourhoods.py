"""Which half-days a large neighbourhood search frees at once; what belongs to no half-day is always free.

An operator is a function from the search and a size, in half-days, to half-days.
"""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import TYPE_CHECKING, TypeVar

from optimizer.tasks import Key

if TYPE_CHECKING:
    from optimizer.engines.search import Search

Item = TypeVar("Item")
Neighbourhood = frozenset[Key]
Operator = Callable[["Search", int], Neighbourhood]


def in_order_of_time(half_days: Iterable[Key], size: int, shift: int) -> Iterator[Neighbourhood]:
    """Half-days, a few at a time in order of time; the first are fewer, by `shift`."""
    keys = sorted(half_days, key=lambda key: (key[1], key[0]))
    for start in range(-shift, len(keys), size):
        yield frozenset(keys[max(0, start) : start + size])


def around_a_price(search: "Search", size: int) -> Neighbourhood:
    """Half-days that could pay less of one price drawn among those paid, and a few more of their people."""
    keys = search.keys_around_a_price()
    if not keys:
        return some_people(search, size)
    chosen = _sample(search.rng, keys, max(1, 2 * size // 3))
    people = {person for person, _ in chosen}
    others = [key for key in search.model.half_days if key[0] in people and key not in chosen]
    return frozenset([*chosen, *_sample(search.rng, others, size - len(chosen))])


def some_people(search: "Search", size: int) -> Neighbourhood:
    """A few professionals during one week."""
    model, rng = search.model, search.rng
    week = rng.randrange(model.week.horizon.weeks)
    days = set(model.board.calendar.days_of_week(week))
    people = _sample(rng, list(model.people), max(2, round(size / 9)))
    return frozenset(
        key for key, half_day in model.half_days.items() if key[0] in people and half_day.day in days
    )


def two_people(search: "Search", size: int) -> Neighbourhood:
    """Two professionals over the horizon, part of their half-days when there are many."""
    people = _sample(search.rng, list(search.model.people), 2)
    return frozenset(_sample(search.rng, [key for key in search.model.half_days if key[0] in people], size))


def a_few_half_days(search: "Search", size: int) -> Neighbourhood:
    """Several people in the same two or three half-days, anywhere in the horizon."""
    slots = _sample(
        search.rng, sorted({slot for _, slot in search.model.half_days}), search.rng.choice((2, 3))
    )
    return frozenset(_sample(search.rng, [key for key in search.model.half_days if key[1] in slots], size))


OPERATORS: tuple[Operator, ...] = (around_a_price, some_people, around_a_price, two_people, a_few_half_days)


def _sample(rng: Random, items: list[Item], number: int) -> list[Item]:
    return rng.sample(items, min(max(0, number), len(items)))
