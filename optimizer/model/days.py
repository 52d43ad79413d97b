"""Variables of places: the tour of each half-day, telework, and changes of post over lunch."""

from typing import TYPE_CHECKING

from optimizer.board import Location
from optimizer.clock import grid_steps
from optimizer.linear import Variable, each
from optimizer.tasks import Key
from optimizer.tours import NOWHERE, Tour
from optimizer.words import WEEKDAY_NAMES

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel


def create_tours(model: "BucketModel", key: Key) -> None:
    """One tour a half-day: the post and the places gone through; telework is one more choice."""
    person, half_day, reserved = model.people[key[0]], model.half_days[key], model.reserved[key]
    shortest: dict[Location, int] = {}
    for load in model.loads[key]:
        if load.location is not None:
            shortest[load.location] = min(shortest.get(load.location, load.shortest), load.shortest)
    useful = {stop.site_id for stop in shortest} | set(reserved.reception) | set(reserved.urgency)
    found: list[tuple[Tour | None, Variable]] = []
    for post in model.board.posts(person):
        if post != person.site_id and post not in useful:
            continue
        for tour in model.tour_book.tours(post, shortest, half_day.minutes):
            stops = "+".join(sorted(stop.site_id or stop.zone for stop in tour.stops))
            found.append((tour, model.variable("tour", (*key, post, stops))))
    if WEEKDAY_NAMES[half_day.day.weekday()] in person.telework_days:
        found.append((None, model.variable("telework", key)))
        model.on_site[key] = model.variable("on_site", key)
    model.tours[key] = found
    _save_hops(model, key, shortest)


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
