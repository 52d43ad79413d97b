"""Tours of a half-day: from which post, through which locations, and the travel minutes they take."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, permutations

from optimizer.board import WITHIN_ZONE, Board, Location


@dataclass(frozen=True)
class Tour:
    """A post (None: telework) and the locations visited from it; `minutes` is the shortest way round."""

    post: str | None
    stops: frozenset[Location]
    minutes: int

    @property
    def homes(self) -> int:
        """How many home zones are visited; each further visit within a zone adds its own hop."""
        return sum(stop.is_home for stop in self.stops)

    @property
    def fixed_minutes(self) -> int:
        """Travel minutes once every home visit pays a hop of its own."""
        return self.minutes - WITHIN_ZONE * self.homes


def round_trip(board: Board, post: str, stops: Iterable[Location]) -> int:
    """Minutes of the shortest way from a post through every stop and back."""
    start = board.site_location(post)
    ways = permutations(stops)
    return min(
        sum(board.travel(here, there) for here, there in zip((start, *way), (*way, start), strict=True))
        for way in ways
    )


class TourBook:
    """Round trips, each computed once."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._known: dict[tuple[str, frozenset[Location]], Tour] = {}

    def tour(self, post: str, stops: frozenset[Location]) -> Tour:
        """The tour from a post through given stops."""
        key = post, stops
        if key not in self._known:
            self._known[key] = Tour(post, stops, round_trip(self.board, post, stops))
        return self._known[key]

    def tours(self, post: str, shortest: dict[Location, int], minutes: int) -> list[Tour]:
        """Every tour from a post that leaves time for one mission at each stop.

        `shortest` gives the duration in minutes of the shortest mission at each location, `minutes` the
        free time.
        """
        here = self.board.site_location(post)
        away = sorted((stop for stop in shortest if stop != here), key=lambda s: (s.zone, s.site_id or ""))
        found = [self.tour(post, frozenset())]
        size = 1
        while True:
            fitting = [
                tour
                for stops in combinations(away, size)
                if sum(shortest[stop] for stop in stops) < minutes
                and (tour := self.tour(post, frozenset(stops))).minutes + sum(shortest[stop] for stop in stops) <= minutes
            ]
            found += fitting
            if not fitting:
                return found
            size += 1
