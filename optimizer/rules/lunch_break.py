"""Between morning and afternoon there are 45 minutes of lunch, beside the travel taken then.

Source: W6 (45 minutes at least); docs/semantics.md, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.reading.limits import SHORTEST_LUNCH
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.board import Location
    from optimizer.intervals import Interval
    from optimizer.linear import Part, Variable
    from optimizer.model import BucketModel
    from optimizer.tasks import Key


def check(reading: Reading) -> Iterator[Violation]:
    """Each day of one person with a shorter lunch."""
    for person, days in reading.tours.items():
        for day, tour in days.items():
            if tour.lunch and tour.lunch.missing:
                needed = SHORTEST_LUNCH + tour.lunch.travel
                sentence = (
                    f"{person} n'a que {tour.lunch.minutes} minutes à midi le {reading.day(day):%d/%m}, "
                    f"il en faut {needed}, trajets compris"
                )
                yield Violation(
                    "W6", sentence, tour.lunch.missing, "minutes", None, None, (person,),
                    reading.instant(tour.lunch.start),
                )  # fmt: skip


def post(model: BucketModel) -> None:
    """Morning and afternoon leave together what lunch and a change of post take beyond the midday gap."""
    for whom, (morning, afternoon) in model.full_days().items():
        lacking, more = model.taken_at_midday(morning, afternoon, model.lunch_floor)
        if lacking or more:
            room = model.size(morning, afternoon) - lacking
            model.at_most(room, "lunch_floor", whom, model.time.work(morning, afternoon), more)
            _beside_dated(model, morning, afternoon, lacking, more)
            _beside_dated(model, afternoon, morning, lacking, more)
        _beside_duty(model, morning, afternoon)
        _beside_duty(model, afternoon, morning)
        _two_dated(model, morning, afternoon)


def _beside_dated(model: BucketModel, key: Key, other: Key, lacking: int, more: Part) -> None:
    """What stands only in the longer gaps of a half-day, or in those that a dated thing leaves, leaves them
    the minutes of lunch too, where the gap beside lunch is one of them, or the other half-day has them."""
    room, work, is_morning = model.size(other) - lacking, model.time.work(other), key < other
    for parts, variables in model.dated(key):
        beside = model.beside_lunch(key, parts, is_morning)
        for short, whole, lost, longer in model.longer(key, parts):
            if beside > short:
                whom = short, *variables, *key
                cut = each(variables, lost)
                model.at_most(whole + room, "lunch_longer", whom, longer, work, more, cut)


def _beside_duty(model: BucketModel, key: Key, other: Key) -> None:
    """Reception lasts its whole half-day: the other half-day gives the minutes of a change of post."""
    morning, afternoon = sorted((key, other))
    gap, changes = model.midday_gap(morning, afternoon), model.changes[key[0], key[1] // 2]
    for site, duty in model.reserved[key].reception.items():
        free, (begin, end) = model.half_days[key].free, model.board.duty_hours[site, key[1]]
        spare = free[-1][1] - end if key == morning else begin - free[0][0]
        most = model.beside_midday(other)
        missing = [(v, model.lunch_floor + way - gap - spare) for v, way in changes]
        extra = [(v, grid_steps(min(minutes, most))) for v, minutes in missing if minutes > 0]
        if extra:
            longest = max(steps for _, steps in extra)
            room = model.size(other) + longest
            model.at_most(room, "lunch_duty", (site, *key), model.time.work(other), extra, [(duty, longest)])


def _two_dated(model: BucketModel, morning: Key, afternoon: Key) -> None:
    """What is dated on either side of midday, reception included, leaves lunch and the way between them."""
    ends = [(variable, place, stretches[-1][1]) for variable, place, stretches in _dated(model, morning)]
    starts = [(variable, place, stretches[0][0]) for variable, place, stretches in _dated(model, afternoon)]
    for (one, here, end), (other, there, start) in product(ends, starts):
        way = model.tour_book.least_minutes(here, there)
        if one != other and start - end < model.lunch_floor + way:
            model.at_most(1, "dated_clash", (*morning, one, other), each((one, other)))


def _dated(model: BucketModel, key: Key) -> Iterator[tuple[Variable, Location, tuple[Interval, ...]]]:
    """What has clock times and a place in a half-day."""
    for site, duty in model.reserved[key].reception.items():
        yield duty, model.board.site_location(site), (model.board.duty_hours[site, key[1]],)
    for load in model.fixed_loads(key):
        if load.location is not None and not load.teleworkable:
            yield load.variable, load.location, load.parts


RULE = Rule("W6", "Pause de midi", "temps de travail", RuleLevel.NEVER, check, post, is_local=True)
