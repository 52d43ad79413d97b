"""Variables of places: the tour of each half-day, telework, and changes of post over lunch."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from optimizer.board import Location
from optimizer.clock import grid_steps
from optimizer.linear import Variable, each
from optimizer.model.time_of_half_days import URGENCY_MINUTES
from optimizer.tasks import Key
from optimizer.tours import NOWHERE, Tour
from optimizer.words import WEEKDAY_NAMES

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel


def create_tours(model: "BucketModel") -> None:
    """One tour a half-day: the post and the places gone through; telework is one more choice.

    A post other than one's own site is of use when something is held there or nearer to it, in either half
    of the day: staying there over lunch may be better than changing.
    """
    for keys in model.days().values():
        places = {key: _places(model, key) for key in keys}
        useful = {post for key in keys for post in _useful_posts(model, key, places[key])}
        for key in keys:
            _create_tours(model, key, places[key], useful)


def _places(model: "BucketModel", key: Key) -> dict[Location, int]:
    """Where things may be held in a half-day, with the minutes of the shortest one."""
    shortest: dict[Location, int] = {}
    for load in model.loads[key]:
        if load.location is not None:
            shortest[load.location] = min(shortest.get(load.location, load.shortest), load.shortest)
    for site in model.reserved[key].urgency:
        location = model.board.site_location(site)
        shortest[location] = min(shortest.get(location, URGENCY_MINUTES), URGENCY_MINUTES)
    return shortest


def _useful_posts(model: "BucketModel", key: Key, places: Iterable[Location]) -> set[str]:
    person, reserved, board = model.people[key[0]], model.reserved[key], model.board
    own = board.site_location(person.site_id)
    nearer = {
        post
        for post in board.posts(person)
        if any(board.travel(board.site_location(post), place) < board.travel(own, place) for place in places)
    }
    return {person.site_id, *nearer, *reserved.reception, *reserved.urgency}


def _create_tours(model: "BucketModel", key: Key, places: dict[Location, int], posts: set[str]) -> None:
    person, half_day = model.people[key[0]], model.half_days[key]
    found: list[tuple[Tour | None, Variable]] = []
    for post in (site for site in model.board.posts(person) if site in posts):
        for tour in model.tour_book.tours(post, places, half_day.minutes):
            stops = "+".join(sorted(stop.site_id or stop.zone for stop in tour.stops))
            found.append((tour, model.variable("tour", (*key, post, stops))))
    if WEEKDAY_NAMES[half_day.day.weekday()] in person.telework_days:
        found.append((None, model.variable("telework", key)))
        model.on_site[key] = model.variable("on_site", key)
    model.tours[key] = found
    _save_hops(model, key, places)


def _save_hops(model: "BucketModel", key: Key, shortest: dict[Location, int]) -> None:
    """Grid steps saved where a zone of several homes is gone through twice on the way."""
    minutes = model.half_days[key].minutes
    saving = [
        (variable, -grid_steps(tour.fixed_minutes - tour.least_minutes))
        for tour, variable in model.tours[key]
        if tour is not None and model.tour_book.passes_again(tour, shortest, minutes)
    ]
    if not saving:
        return
    saved = model.variable("saved_hops", key, max(-steps for _, steps in saving))
    hop = grid_steps(model.board.hop_minutes)
    visits = [(load.variable, -hop) for load in model.loads[key] if load.hop]
    zones = [(variable, hop * tour.homes) for tour, variable in model.tours[key] if tour is not None]
    model.at_most(0, "saves_on_its_tour", key, [(saved, 1)], saving)
    model.at_most(0, "saves_from_second_visits", key, [(saved, 1)], visits, zones)
    model.saved_hops[key] = saved


def create_changes(model: "BucketModel") -> None:
    """Changes of post between a morning and its afternoon, each with its minutes of travel.

    Where the other half-day may be posted elsewhere, a half-day with nothing located may have no post.
    """
    for (person, day), (morning, afternoon) in model.full_days().items():
        before, after = _posts(model, morning), _posts(model, afternoon)
        own = {model.people[person].site_id}
        for key, others in ((morning, after), (afternoon, before)):
            if set(others) - own:
                model.tours[key].append((NOWHERE, model.variable("nowhere", key)))
        model.changes[person, day] = [
            (_change(model, morning, afternoon, here, there), minutes)
            for here in before
            for there in after
            if (minutes := _way(model, here, there))
        ]


def _change(model: "BucketModel", morning: Key, afternoon: Key, here: str, there: str) -> Variable:
    whom = morning[0], morning[1] // 2, here, there
    change = model.variable("changes_post", whom)
    posts = each(model.posted(morning, here)), each(model.posted(afternoon, there))
    model.at_most(1, "change", whom, *posts, [(change, -1)])
    return change


def _way(model: "BucketModel", here: str, there: str) -> int:
    return model.board.travel(model.board.site_location(here), model.board.site_location(there))


def _posts(model: "BucketModel", key: Key) -> list[str]:
    return sorted({tour.post for tour, _ in model.tours[key] if tour is not None and tour.post is not None})
