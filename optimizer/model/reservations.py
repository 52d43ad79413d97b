"""Variables of what no mission names: writing, collective time, preparation, urgency hours, reception."""

from typing import TYPE_CHECKING

from optimizer.intervals import overlap
from optimizer.model.time_of_half_days import URGENCY_MINUTES
from optimizer.rules.reserved_blocks import LEAST_COLLECTIVE, LEAST_WRITING
from optimizer.tasks import Key

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel


def create_reservations(model: "BucketModel", key: Key) -> None:
    """The variables of one half-day of one person."""
    person, half_day, reserved = model.people[key[0]], model.half_days[key], model.reserved[key]
    longest = max(end - start for start, end in half_day.free)
    if person in model.sector_people:
        if longest >= LEAST_WRITING:
            reserved.writing = model.variable("writing", key, model.size(key))
            reserved.writing_held = model.variable("writing_held", key)
        if longest >= LEAST_COLLECTIVE:
            reserved.collective = model.variable("collective", key, model.size(key))
            reserved.collective_held = model.variable("collective_held", key)
        if model.prepares(person):
            reserved.preparation = model.variable("preparation", key, model.size(key))
    for site_id, (people, hours) in model.cover.get(key[1], {}).items():
        if site_id in model.board.posts(person):
            _create_duties(model, key, site_id, people, hours)


def _create_duties(model: "BucketModel", key: Key, site_id: str, people: int, hours: int) -> None:
    person, half_day, reserved = model.people[key[0]], model.half_days[key], model.reserved[key]
    duty = model.board.duty_hours[site_id, key[1]]
    if people and model.board.may_do(person, "ACCUEIL") and half_day.holds((duty,)):
        reserved.reception[site_id] = model.variable("reception", (site_id, *key))
    free = overlap(half_day.free, model.board.opening[site_id, key[1]])
    fits = any(end - start >= URGENCY_MINUTES for start, end in free)
    if hours and fits and model.board.may_do(person, "URGENCE"):
        reserved.urgency[site_id] = model.variable("urgency", (site_id, *key))
