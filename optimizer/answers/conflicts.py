"""Why something has no place: the fewest facts that close every place, none of which can be taken away."""

from collections.abc import Iterable

from optimizer.answers.obstacles import Fact, FactKind, Spot
from optimizer.engines.hitting import smallest_hitting_set

WEIGHTS = {
    FactKind.SERVICE: 10,
    FactKind.PROFESSION: 10,
    FactKind.WANTED: 10,
    FactKind.DISTANCE: 10,
    FactKind.PAIR: 10,
    FactKind.RELEASE: 10,
    FactKind.FIXED: 10,
    FactKind.DUE: 11,
    FactKind.HOURS: 11,
    FactKind.ABSENCE: 11,
    FactKind.OPENING: 11,
    FactKind.AGENDA: 12,
    FactKind.ROOMS: 12,
    FactKind.WORK: 12,
    FactKind.DAY: 13,
    FactKind.HOUSEHOLD: 11,
}
"""As few facts as possible; among as few, those that nobody here can change."""


def minimal_conflict(spots: Iterable[Spot]) -> tuple[Fact, ...] | None:
    """The fewest facts, by person or site, that leave no place open; None when a place is open.

    Checked again fact by fact: without any one of them, some place is open.
    """
    closed = [frozenset(fact.together for fact in spot.facts) for spot in spots]
    facts = sorted(frozenset[Fact]().union(*closed))
    found = smallest_hitting_set(closed, {fact: WEIGHTS[fact.kind] for fact in facts})
    return None if found is None else tuple(sorted(shrunk(found, closed)))


def closes(facts: Iterable[Fact], places: Iterable[frozenset[Fact]]) -> bool:
    """Whether facts leave no place open."""
    switched_on = frozenset(facts)
    return all(switched_on & place for place in places)


def shrunk(facts: Iterable[Fact], places: list[frozenset[Fact]]) -> list[Fact]:
    """Facts that close every place, less those without which they still do."""
    left = list(facts)
    for fact in list(left):
        others = [one for one in left if one != fact]
        if closes(others, places):
            left = others
    return left
