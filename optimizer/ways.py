"""The shortest ways between zones, through others where that is shorter (docs/semantics.md, section 2)."""

import heapq

from optimizer.week import Travel


class Ways:
    """Minutes between zones, worked out zone by zone when asked (Dijkstra 1959)."""

    def __init__(self, table: tuple[Travel, ...]) -> None:
        self._next: dict[str, dict[str, int]] = {}
        for pair in table:
            for here, there in ((pair.from_zone, pair.to_zone), (pair.to_zone, pair.from_zone)):
                self._next.setdefault(here, {})[there] = pair.minutes
        self._found: dict[str, dict[str, int]] = {}

    def minutes(self, here: str, there: str) -> int | None:
        """Minutes from one zone to another, None when no pair leads there."""
        if here not in self._found:
            self._found[here] = self._from(here)
        return self._found[here].get(there)

    def shortest(self) -> int | None:
        """The least minutes between two zones, None when no pair is given."""
        return min((minutes for ways in self._next.values() for minutes in ways.values()), default=None)

    def _from(self, zone: str) -> dict[str, int]:
        found: dict[str, int] = {}
        frontier = [(0, zone)]
        while frontier:
            minutes, here = heapq.heappop(frontier)
            if here not in found:
                found[here] = minutes
                for there, way in self._next.get(here, {}).items():
                    heapq.heappush(frontier, (minutes + way, there))
        return found
