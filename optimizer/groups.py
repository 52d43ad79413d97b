"""Things that belong together, step by step (disjoint sets; Tarjan 1975)."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Groups(Generic[Item]):
    """Groups of items, each named by one of its members; an item never joined is alone."""

    def __init__(self) -> None:
        self._above: dict[Item, Item] = {}

    def name(self, item: Item) -> Item:
        """The member after which the group of an item is named."""
        above = self._above.get(item, item)
        if above == item:
            return item
        self._above[item] = self.name(above)
        return self._above[item]

    def join(self, items: Iterable[Item]) -> None:
        """Put the groups of some items together, under the name of the first's."""
        first: Item | None = None
        for item in items:
            name = self.name(item)
            if first is None:
                first = name
            self._above[name] = first
