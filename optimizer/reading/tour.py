"""The day of a person: posts, travel, lunch (docs/semantics.md, sections 1 and 2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from optimizer.reading.activities import Activity
from optimizer.reading.limits import MOST_MINUTES_A_DAY, SHORTEST_LUNCH
from optimizer.reading.places import Location
from optimizer.reading.presence import HalfDay
from optimizer.reading.stretches import Stretch, shared_minutes, total_minutes
from optimizer.words import HalfDayName

TravelMinutes = Callable[[Location, Location], int]


@dataclass(frozen=True)
class Prices:
    """What the choice of posts weighs, in tenths of a point."""

    travel_minute: int
    posting: int
    lunch_minute: int
    lunch_minutes: int


@dataclass(frozen=True)
class Leg:
    """A way to go: from when it may start, the minutes it takes and the idle minutes there are for it."""

    after: int
    minutes: int
    idle: int

    @property
    def missing(self) -> int:
        """Minutes short."""
        return max(0, self.minutes - self.idle)


@dataclass(frozen=True)
class Posting:
    """A half-day started and ended at one post; no post in a teleworked or placeless half-day."""

    post: Location | None
    legs: tuple[Leg, ...]
    out: int
    back: int
    is_elsewhere: bool

    @property
    def minutes(self) -> int:
        """Travel minutes."""
        return sum(leg.minutes for leg in self.legs)

    @property
    def missing(self) -> int:
        """Minutes of travel without idle time for them."""
        return sum(leg.missing for leg in self.legs)


@dataclass(frozen=True)
class Half:
    """What one person does in one half-day; what reception duty holds is left to it."""

    half_day: HalfDay
    activities: tuple[Activity, ...]
    free: tuple[Stretch, ...]

    @cached_property
    def receptions(self) -> tuple[Activity, ...]:
        """The reception duties."""
        return tuple(activity for activity in self.activities if activity.is_reception)

    @cached_property
    def outer(self) -> tuple[Activity, ...]:
        """The activities that stand in no reception duty, in order."""
        return tuple(
            activity
            for activity in self.activities
            if not any(activity.is_held_by(reception) for reception in self.receptions)
        )

    @cached_property
    def located(self) -> tuple[tuple[Activity, Location], ...]:
        """Those which have a place of their own."""
        return tuple((activity, activity.location) for activity in self.outer if activity.location)

    @property
    def start(self) -> int:
        """When the first activity starts."""
        return self.outer[0].stretch.start

    @property
    def end(self) -> int:
        """When the last activity ends."""
        return max(activity.stretch.end for activity in self.outer)

    @property
    def is_teleworked(self) -> bool:
        """Whether any of it is done from home."""
        return any(activity.is_teleworked for activity in self.activities)

    def postings(self, posts: Sequence[Location], own: str, travel: TravelMinutes) -> list[Posting]:
        """One posting for each post that the half-day may have."""
        if not self.located:
            return [Posting(None, (), 0, 0, False)]
        duty = next((reception.location for reception in self.receptions if reception.location), None)
        return [self._from(post, own, travel) for post in ((duty,) if duty else posts)]

    @cached_property
    def _between(self) -> tuple[tuple[Location, Location, int, int], ...]:
        return tuple(
            (here, there, before.stretch.end, self._idle(before.stretch.end, after.stretch.start))
            for (before, here), (after, there) in pairwise(self.located)
        )

    @cached_property
    def _ends(self) -> tuple[int, int]:
        first, last = self.located[0][0].stretch.start, self.located[-1][0].stretch.end
        return self._idle(self.half_day.stretch.start, first), self._idle(last, self.half_day.stretch.end)

    def _idle(self, start: int, end: int) -> int:
        return shared_minutes(self.free, start, end)

    def _from(self, post: Location, own: str, travel: TravelMinutes) -> Posting:
        (first, there), (last, here) = self.located[0], self.located[-1]
        idle_before, idle_after = self._ends
        legs = [Leg(self.half_day.stretch.start, travel(post, there), idle_before)]
        legs += [Leg(after, travel(one, other), idle) for one, other, after, idle in self._between]
        legs += [Leg(last.stretch.end, travel(here, post), idle_after)]
        out = legs[0].minutes if self.outer[0] is first else 0
        back = legs[-1].minutes if self.outer[-1] is last else 0
        return Posting(post, tuple(legs), out, back, post.site_id != own)


@dataclass(frozen=True)
class Lunch:
    """The midday break: how long it lasts and the travel that it holds beside the meal."""

    start: int
    minutes: int
    travel: int

    @property
    def missing(self) -> int:
        """Minutes under what is due to anyone."""
        return max(0, SHORTEST_LUNCH + self.travel - self.minutes)

    def short_of(self, wished: int) -> int:
        """Minutes under what is wished."""
        return max(0, wished + self.travel - self.minutes)


@dataclass(frozen=True)
class Tour:
    """One choice of posts for a whole day."""

    halves: tuple[Half, ...]
    postings: tuple[Posting, ...]
    change: int
    lunch: Lunch | None
    activity_minutes: int

    @property
    def travel_minutes(self) -> int:
        """Travel within the half-days, and from one post to the other over lunch."""
        return self.change + sum(posting.minutes for posting in self.postings)

    @property
    def minutes(self) -> int:
        """Activity and travel."""
        return self.activity_minutes + self.travel_minutes

    @property
    def missing(self) -> int:
        """Minutes by which the day is impossible: travel, lunch, length."""
        lunch = self.lunch.missing if self.lunch else 0
        too_long = max(0, self.minutes - MOST_MINUTES_A_DAY)
        return lunch + too_long + sum(posting.missing for posting in self.postings)

    def price(self, prices: Prices) -> int:
        """What the choice costs at level 2, in tenths."""
        lunch = self.lunch.short_of(prices.lunch_minutes) if self.lunch else 0
        elsewhere = sum(posting.is_elsewhere for posting in self.postings)
        travel = self.travel_minutes * prices.travel_minute
        return travel + elsewhere * prices.posting + lunch * prices.lunch_minute


def best_tour(
    halves: tuple[Half, ...], posts: Sequence[Location], own: str, travel: TravelMinutes, prices: Prices
) -> Tour:
    """The possible choice of posts that costs least; the least impossible one when none is possible."""
    worked = tuple(half for half in halves if half.outer)
    minutes = total_minutes(activity.stretch for half in worked for activity in half.outer)
    choices = product(*(half.postings(posts, own, travel) for half in worked))
    tours = (_tour(worked, choice, travel, minutes) for choice in choices)
    return min(tours, key=lambda tour: (tour.missing, tour.price(prices)))


def _tour(
    halves: tuple[Half, ...], postings: tuple[Posting, ...], travel: TravelMinutes, minutes: int
) -> Tour:
    if [half.half_day.name for half in halves] != [HalfDayName.MORNING, HalfDayName.AFTERNOON]:
        return Tour(halves, postings, 0, None, minutes)
    (morning, afternoon), (before, after) = halves, postings
    change = travel(before.post, after.post) if before.post and after.post else 0
    over_lunch = before.back + change + after.out
    lunch = Lunch(morning.end, afternoon.start - morning.end, over_lunch)
    return Tour(halves, postings, change, lunch, minutes)
