"""Between morning and afternoon there are 45 minutes of lunch, beside the travel taken then.

Source: W6 (45 minutes at least); docs/semantics.md, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.reading.limits import SHORTEST_LUNCH
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
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
        gap, changes = model.midday_gap(morning, afternoon), model.changes[whom]
        if gap < model.lunch_floor + max((minutes for _, minutes in changes), default=0):
            # a half-day without anything asks for no lunch: no more is asked than it has
            lacking = min(max(0, model.lunch_floor - gap), model.shorter(morning, afternoon))
            extra = [(v, grid_steps(max(0, model.lunch_floor + way - gap - lacking))) for v, way in changes]
            room = model.size(morning, afternoon) - grid_steps(lacking)
            model.at_most(room, "lunch_floor", whom, model.time.work(morning, afternoon), extra)
        _beside_duty(model, morning, afternoon)
        _beside_duty(model, afternoon, morning)
        _two_duties(model, morning, afternoon)


def _beside_duty(model: BucketModel, key: Key, other: Key) -> None:
    """Reception lasts its whole half-day: the other half-day gives the minutes of a change of post."""
    morning, afternoon = sorted((key, other))
    gap, changes = model.midday_gap(morning, afternoon), model.changes[key[0], key[1] // 2]
    for site, duty in model.reserved[key].reception.items():
        free, (begin, end) = model.half_days[key].free, model.board.duty_hours[site, key[1]]
        spare = free[-1][1] - end if key == morning else begin - free[0][0]
        extra = [(v, grid_steps(max(0, model.lunch_floor + way - gap - spare))) for v, way in changes]
        most = max((steps for _, steps in extra), default=0)
        if most:
            room = model.size(other) + most
            model.at_most(room, "lunch_duty", (site, *key), model.time.work(other), extra, [(duty, most)])


def _two_duties(model: BucketModel, morning: Key, afternoon: Key) -> None:
    """Duties at two sites on one day leave lunch and the way between them."""
    for here, duty in model.reserved[morning].reception.items():
        for there, other in model.reserved[afternoon].reception.items():
            end = model.board.duty_hours[here, morning[1]][1]
            start = model.board.duty_hours[there, afternoon[1]][0]
            way = model.board.travel(model.board.site_location(here), model.board.site_location(there))
            if start - end < model.lunch_floor + way:
                model.at_most(1, "duty_clash", (*morning, here, there), each((duty, other)))


RULE = Rule("W6", "Pause de midi", "temps de travail", RuleLevel.NEVER, check, post)
