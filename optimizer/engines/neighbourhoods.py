"""Which half-days a large neighbourhood search frees at once; what belongs to no half-day is always free.

An operator is a function from the search and a size, in half-days, to half-days.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, TypeVar

from optimizer.tasks import Key

if TYPE_CHECKING:
    from optimizer.engines.search import Search

Item = TypeVar("Item")
Neighbourhood = frozenset[Key]
Homes = Mapping[int, Collection[Key]]
"""By index of a bundle: the people and half-days where another plan has it."""
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


def undoing(homes: Homes) -> Operator:
    """An operator for plans that should move little from another, which has missions at `homes`.

    The half-days where one that moved was and is, those of what moved into them, and so on (ejection chain).
    """

    def operator(search: "Search", size: int) -> Neighbourhood:
        places = _moved(search, homes)
        if not places:
            return some_people(search, size)
        there: defaultdict[Key, list[int]] = defaultdict(list)
        for index, keys in places.items():
            for key in keys:
                there[key].append(index)
        found: dict[Key, None] = {}
        seen = {search.rng.choice(sorted(places))}
        waiting = deque(seen)
        while waiting and len(found) < size:
            here = sorted(places[waiting.popleft()])
            found |= dict.fromkeys(here)
            near = sorted({index for key in here for index in there[key]} - seen)
            waiting += _sample(search.rng, near, len(near))
            seen |= set(near)
        people = {person for person, _ in found}
        others = [key for key in search.model.half_days if key[0] in people and key not in found]
        return frozenset([*islice(found, size), *_sample(search.rng, others, size - len(found))])

    return operator


def _moved(search: "Search", homes: Homes) -> dict[int, set[Key]]:
    """By bundle that left a home: the half-days where it was and is."""
    found = {}
    for index, keys in homes.items():
        take = search.model.take[index]
        if not all(key in take and search.values[take[key]] for key in keys):
            now = {key for key, variable in take.items() if search.values[variable]}
            found[index] = (now | set(keys)) & search.model.half_days.keys()
    return {index: keys for index, keys in found.items() if keys}


OPERATORS: tuple[Operator, ...] = (around_a_price, some_people, around_a_price, two_people, a_few_half_days)


def operators_near(homes: Homes) -> tuple[Operator, ...]:
    """The operators of a search that should move little from another plan."""
    undo = undoing(homes)
    return (undo, around_a_price, undo, some_people, undo, two_people, around_a_price, a_few_half_days)


def _sample(rng: Random, items: list[Item], number: int) -> list[Item]:
    return rng.sample(items, min(max(0, number), len(items)))
