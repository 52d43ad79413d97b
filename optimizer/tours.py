"""Tours of a half-day: from which post, through which locations, and the travel minutes they take."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, permutations, product

from optimizer.board import Board, Location

Way = Callable[[Location, Location], int]


@dataclass(frozen=True)
class Tour:
    """A post and the locations visited from it; a tour without post is that of a half-day with no place.

    `fixed_minutes` is its travel once every visit of a home pays a hop of its own: exact when each location
    is gone through once. `least_minutes` is the same when a zone may be gone through again on the way.
    """

    post: str | None
    stops: frozenset[Location] = frozenset()
    fixed_minutes: int = 0
    least_minutes: int = 0

    def goes_through(self, location: Location) -> bool:
        """Whether a location is the post or one of the stops."""
        is_post = location.site_id is not None and self.post == location.site_id
        return is_post or location in self.stops

    @property
    def homes(self) -> int:
        """How many home zones are visited."""
        return sum(stop.is_home for stop in self.stops)


NOWHERE = Tour(None)
"""A half-day in which nothing has a place: no post, no travel."""


def round_trip(start: Location, stops: Iterable[Location], way: Way) -> int:
    """Minutes of the shortest way from a post through every stop once and back."""
    ways = ((start, *order, start) for order in permutations(stops))
    return min(sum(way(here, there) for here, there in pairwise(order)) for order in ways)


def through_each_other(places: list[Location], way: Way) -> dict[tuple[Location, Location], int]:
    """The shortest ways between some places, by way of one another."""
    shortest = {(here, there): way(here, there) for here, there in product(places, places) if here != there}
    for via, here, there in product(places, places, places):
        if len({via, here, there}) == 3:
            by_way = shortest[here, via] + shortest[via, there]
            shortest[here, there] = min(shortest[here, there], by_way)
    return shortest


class TourBook:
    """Round trips, each computed once."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._known: dict[tuple[str, frozenset[Location]], Tour] = {}

    def tour(self, post: str, stops: frozenset[Location]) -> Tour:
        """The tour from a post through given stops."""
        key = post, stops
        if key not in self._known:
            start = self.board.site_location(post)
            shortest = through_each_other([start, *stops], self._beyond_hops)
            fixed = round_trip(start, stops, self._beyond_hops) if stops else 0
            least = round_trip(start, stops, lambda here, there: shortest[here, there]) if stops else 0
            self._known[key] = Tour(post, stops, fixed, least)
        return self._known[key]

    def least_minutes(self, here: Location, there: Location) -> int:
        """Minutes of the shortest way between two locations, be it by others; none when they are the same."""
        return 0 if here == there else min(self._ways[here, there], self.board.travel(here, there))

    @cached_property
    def _ways(self) -> dict[tuple[Location, Location], int]:
        week = self.board.week
        zones = {site.zone for site in week.sites} | {m.home_zone for m in week.missions if m.home_zone}
        homes = [Location(zone) for zone in sorted(zones)]
        sites = [self.board.site_location(site.id) for site in week.sites]
        return through_each_other([*sites, *homes], self.board.travel)

    def _beyond_hops(self, here: Location, there: Location) -> int:
        """Minutes of travel beyond the hop that the visit of a home pays by itself."""
        return self.board.travel(here, there) - self.board.hop_minutes * there.is_home

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
                and self._minutes(tour := self.tour(post, frozenset(stops)), shortest) <= minutes
            ]
            found += fitting
            if not fitting:
                return found
            size += 1

    def passes_again(self, tour: Tour, shortest: dict[Location, int], minutes: int) -> bool:
        """Whether one more visit fits that saves its hop, a zone being gone through twice on the way."""
        homes = [shortest[stop] for stop in tour.stops if stop.is_home]
        if tour.least_minutes == tour.fixed_minutes or not homes:
            return False
        saved = tour.fixed_minutes - tour.least_minutes
        one_more = min(homes) + self.board.hop_minutes - saved
        return self._minutes(tour, shortest) + one_more <= minutes

    def _minutes(self, tour: Tour, shortest: dict[Location, int]) -> int:
        """Minutes of a tour with one mission at each stop."""
        hops = self.board.hop_minutes * tour.homes
        return tour.fixed_minutes + hops + sum(shortest[stop] for stop in tour.stops)
