"""People have the time to go where they are planned, from their post and back to it.

Source: docs/semantics.md, section 2. The travel between two posts is taken over lunch (rule W6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at

if TYPE_CHECKING:
    from optimizer.board import Location
    from optimizer.intervals import Interval
    from optimizer.model import Alike, BucketModel, Load
    from optimizer.tasks import Key
    from optimizer.tours import Tour


def check(reading: Reading) -> Iterator[Violation]:
    """Each way without idle minutes for it, and each day that nobody can place at a post."""
    for person, days in reading.tours.items():
        for tour in days.values():
            for leg in (leg for posting in tour.postings for leg in posting.legs):
                if leg.missing:
                    when = reading.instant(leg.after)
                    sentence = f"{person} n'a que {leg.idle} minutes pour {leg.minutes} de trajet {at(when)}"
                    yield Violation("travel", sentence, leg.missing, "minutes", None, None, (person,), when)


def post(model: BucketModel) -> None:
    """A half-day has one tour, which goes wherever something is held and leaves the time for it."""
    for key, tours in model.tours.items():
        model.equal(1, "one_tour", key, each(variable for _, variable in tours))
        places: defaultdict[tuple[Location, bool], list[Alike]] = defaultdict(list)
        for alike in model.time.alike(key):
            if alike.load.location is not None:
                places[alike.load.location, alike.load.teleworkable].append(alike)
        for (location, _), held in places.items():
            loads = [load for alike in held for load in alike.loads]
            _time_at(model, key, location, loads, held)
            _goes_to(model, key, location, loads)
            _beside_what_is_dated(model, key, location, loads)
        nowhere = [variable for tour, variable in tours if tour is not None and tour.post is None]
        if nowhere:
            size = model.size(key)
            model.at_most(size, "needs_a_post", key, model.time.in_its_place(key), each(nowhere, size))
        homes = [alike.steps for alike in model.time.alike(key) if alike.load.hop]
        if homes and len(places) > 1:
            left = [(v, -_left(model, key, t)) for t, v in tours if t is not None and t.homes]
            model.at_most(0, "time_at_homes", key, *homes, left)


def _time_at(model: BucketModel, key: Key, location: Location, loads: list[Load], held: list[Alike]) -> None:
    """Time at a place, of a tour that goes there; visits in a home zone are counted too."""
    through = [(tour, variable) for tour, variable in model.tours[key] if loads[0].fits(tour)]
    if len(through) == len(model.tours[key]):
        return
    left = [(variable, -_left(model, key, tour)) for tour, variable in through]
    steps = (alike.steps for alike in held)
    model.at_most(0, "time_at", (*key, location, loads[0].teleworkable), *steps, left)
    if location.is_home:
        shortest = min(max(1, grid_steps(load.shortest)) + load.hop for load in loads)
        most = [(variable, -(_left(model, key, tour) // shortest)) for tour, variable in through]
        visits = each(load.variable for load in loads if load.shortest)
        model.at_most(0, "visits_at", (*key, location), visits, most)


def _goes_to(model: BucketModel, key: Key, location: Location, loads: list[Load]) -> None:
    """No mission away without a tour that goes there, in time for what is dated; at a post, said of long or
    dated ones only."""
    tours = model.tours[key]
    fitting = [(tour, variable) for tour, variable in tours if loads[0].fits(tour)]
    everywhere = [variable for _, variable in fitting]
    is_post = any(tour is not None and tour.post == location.site_id for tour, _ in tours)
    for load in loads:
        through = everywhere
        if load.parts:
            through = [variable for tour, variable in fitting if _is_in_time(model, key, load, tour)]
        if len(through) == len(tours):
            continue
        if location.is_home or not is_post:
            most = model.statement.uppers[load.variable]
        elif load.parts or load.minutes >= 120:
            most = 1
        else:
            continue
        model.at_most(0, "goes_there", (*key, load.variable), [(load.variable, 1)], each(through, -most))


def _is_in_time(model: BucketModel, key: Key, load: Load, tour: Tour | None) -> bool:
    """Whether something dated leaves the way from the post of a tour and back."""
    if load.location is None or tour is None or tour.post is None:
        return True
    way, free = model.tour_book.least_minutes, model.left_by(key)
    post, (first, *_, last) = model.board.site_location(tour.post), (*load.parts, load.parts[-1])
    out, back = way(post, load.location), way(load.location, post)
    return out <= first[0] - free[0][0] and back <= free[-1][1] - last[1]


def _beside_what_is_dated(model: BucketModel, key: Key, location: Location, loads: list[Load]) -> None:
    """Something dated leaves gaps; a mission stands in one of them, with the way to it and from it."""
    for fixed in model.fixed_loads(key):
        gaps = model.left_by(key, fixed.parts)
        longest = max((_minutes_but_ways(model, key, fixed, gap, location) for gap in gaps), default=0)
        for load in loads:
            if load.shortest > longest and not load.parts:
                most = model.statement.uppers[load.variable]
                clash = [(load.variable, 1), (fixed.variable, most)]
                model.at_most(most, "no_way_beside", (*key, load.variable, fixed.variable), clash)


def _minutes_but_ways(model: BucketModel, key: Key, fixed: Load, gap: Interval, location: Location) -> int:
    """Minutes of a gap less the ways between its ends and a location.

    At the ends of the half-day one is at a post; what is dated without a place may be held anywhere.
    """
    way, free = model.tour_book.least_minutes, model.left_by(key)
    from_a_post = min((way(post, location) for post in model.posts_of(key)), default=0)
    left = gap[1] - gap[0]
    for moment, end in ((gap[0], free[0][0]), (gap[1], free[-1][1])):
        if any(moment in part for part in fixed.parts):
            left -= way(fixed.location, location) if fixed.location else 0
        elif moment == end:
            left -= from_a_post
    return left


def _left(model: BucketModel, key: Key, tour: Tour | None) -> int:
    return model.size(key) - (grid_steps(tour.least_minutes) if tour else 0)


RULE = Rule("travel", "Trajets", "semantics.md, 2", RuleLevel.NEVER, check, post, is_local=True)
