"""The time that a half-day's content takes, as terms of rows in grid steps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import Part, Variable
from optimizer.tasks import Key

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel

URGENCY_MINUTES = 60
ANY_SITE = "*"


@dataclass(frozen=True)
class Use:
    """Grid steps taken by each unit of a variable, and where they may stand.

    `reception_at` names the site whose reception duty may hold it, or any site; None is never held.
    """

    variable: Variable
    steps: int
    has_a_place: bool = True
    teleworkable: bool = False
    reception_at: str | None = None
    is_duty: bool = False


class TimeOfHalfDays:
    """Sums of what a half-day holds; reception duty counts for the half of it that is kept free."""

    def __init__(self, model: "BucketModel") -> None:
        self.model = model
        self._known: dict[Key, tuple[Use, ...]] = {}

    def used(self, key: Key) -> Part:
        """Everything but travel."""
        return self._terms(key, lambda use: use.steps > 0)

    def not_teleworkable(self, key: Key) -> Part:
        """What cannot be teleworked."""
        return self._terms(key, lambda use: not use.teleworkable)

    def in_its_place(self, key: Key) -> Part:
        """What has a place of its own, or is at the post."""
        return self._terms(key, lambda use: use.has_a_place)

    def outside_reception(self, key: Key, *site_ids: str) -> Part:
        """What can never sit inside reception duty at given sites, duty itself apart."""
        return self._terms(key, lambda use: use.reception_at not in (ANY_SITE, *site_ids) and not use.is_duty)

    def travel(self, key: Key) -> Part:
        """Travel of the tour, but for the hops to homes, which their visits count."""
        tours = [
            (variable, grid_steps(tour.fixed_minutes))
            for tour, variable in self.model.tours[key]
            if tour is not None and tour.fixed_minutes
        ]
        return [*tours, (self.model.saved_hops[key], -1)] if key in self.model.saved_hops else tours

    def work(self, *keys: Key) -> Part:
        """Everything in some half-days, travel included."""
        return [term for key in keys for term in (*self.used(key), *self.travel(key))]

    def work_on_duty(self, *keys: Key) -> Part:
        """The same with reception duty at its full length, and without what it may hold."""
        return [term for key in keys for term in (*self._full_duty(key), *self.travel(key))]

    def opening(self, site_id: str, slot: int) -> int:
        """Grid steps that reception duty covers at a site in a half-day."""
        start, end = self.model.board.duty_hours[site_id, slot]
        return grid_steps(end - start)

    def _full_duty(self, key: Key) -> Part:
        reception = self.model.reserved[key].reception
        if not reception:
            return self.used(key)
        duties = [(variable, self.opening(site, key[1])) for site, variable in reception.items()]
        return [*self.outside_reception(key, *reception), *duties]

    def _terms(self, key: Key, counts: Callable[[Use], bool]) -> Part:
        if key not in self._known:  # asked once every variable is there
            self._known[key] = tuple(self._uses(key))
        return [(use.variable, use.steps) for use in self._known[key] if counts(use)]

    def _uses(self, key: Key) -> Iterator[Use]:
        for load in self.model.loads[key]:
            has_a_place, site = load.location is not None, load.reception_site
            yield Use(load.variable, load.steps, has_a_place, load.teleworkable, site)
        reserved = self.model.reserved[key]
        if reserved.writing is not None:
            yield Use(reserved.writing, 1, teleworkable=True, reception_at=ANY_SITE)
        if reserved.collective is not None:
            yield Use(reserved.collective, 1)
        if reserved.preparation is not None:
            yield Use(reserved.preparation, 1, teleworkable=True)
        for variable in reserved.urgency.values():
            yield Use(variable, grid_steps(URGENCY_MINUTES))
        for site_id, variable in reserved.reception.items():
            length = self.opening(site_id, key[1])
            yield Use(variable, length - length // 2, is_duty=True)
