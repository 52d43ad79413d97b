"""The time that a half-day's content takes, as terms of rows in grid steps.

Loads alike are added up in one variable, so that the many rows of a half-day have few terms.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import Part, Variable, total
from optimizer.model.load import Load
from optimizer.tasks import Key

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel

URGENCY_MINUTES = 60
ANY_SITE = "*"
FEW = 3
"""Alike loads under which they are not worth a variable of their own."""


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


@dataclass(frozen=True)
class Alike:
    """Loads of a half-day that no row about time tells apart; `steps` adds up theirs."""

    loads: tuple[Load, ...]
    steps: Part

    @property
    def load(self) -> Load:
        """Any of them."""
        return self.loads[0]

    def work(self) -> Part:
        """Grid steps of their own, hops left aside."""
        return [(load.variable, load.work) for load in self.loads] if self.load.hop else self.steps


class TimeOfHalfDays:
    """Sums of what a half-day holds; reception duty counts for the half of it that is kept free."""

    def __init__(self, model: "BucketModel") -> None:
        self.model = model
        self.sums: dict[Key, list[Variable]] = defaultdict(list)
        self._alike: dict[Key, tuple[Alike, ...]] = {}
        self._known: dict[Key, tuple[Use, ...]] = {}

    def alike(self, key: Key) -> tuple[Alike, ...]:
        """The loads of a half-day, put together where they are alike; asked once every variable is there."""
        if key not in self._alike:
            found: defaultdict[tuple[object, ...], list[Load]] = defaultdict(list)
            for load in self.model.loads[key]:
                found[load.signature].append(load)
            self._alike[key] = tuple(self._added_up(key, loads) for loads in found.values())
        return self._alike[key]

    def _added_up(self, key: Key, loads: list[Load]) -> Alike:
        terms = [(load.variable, load.steps) for load in loads]
        if len(loads) < FEW:
            return Alike(tuple(loads), terms)
        most = sum(self.model.statement.uppers[variable] * steps for variable, steps in terms)
        whom = (*key, len(self.sums[key]))
        if not loads[0].hop:  # hops may be saved, beyond the size
            most = min(most, self.model.size(key))
        added = self.model.variable("added_up", whom, most)
        self.model.equal(0, "added_up", whom, terms, [(added, -1)])
        self.sums[key].append(added)
        return Alike(tuple(loads), [(added, 1)])

    def work_of(self, keys: Iterable[Key], counts: Callable[[Load], bool]) -> dict[Variable, int]:
        """What some loads of some half-days take, hops left aside; alike loads all count or none does."""
        sums = (one for key in keys for one in self.alike(key) if counts(one.load))
        return total(*(one.work() for one in sums))

    def used(self, key: Key) -> Part:
        """Everything but travel."""
        return self._terms(key, lambda use: use.steps > 0)

    def each_use(self, key: Key) -> Iterator[tuple[Variable, int, bool]]:
        """Each thing that a half-day may hold: a variable, its most, and whether it can be teleworked."""
        uppers, reserved = self.model.statement.uppers, self.model.reserved[key]
        for load in self.model.loads[key]:
            yield load.variable, uppers[load.variable], load.teleworkable
        for held, is_teleworkable in ((reserved.writing_held, True), (reserved.collective_held, False)):
            if held is not None:
                yield held, 1, is_teleworkable
        for variable in (*reserved.urgency.values(), *reserved.reception.values()):
            yield variable, 1, False

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
        if key not in self._known:
            self._known[key] = tuple(self._uses(key))
        return [(use.variable, use.steps) for use in self._known[key] if counts(use)]

    def _uses(self, key: Key) -> Iterator[Use]:
        for alike in self.alike(key):
            has_a_place, site = alike.load.location is not None, alike.load.reception_site
            for variable, steps in alike.steps:
                yield Use(variable, steps, has_a_place, alike.load.teleworkable, site)
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
