"""A day holds at most ten hours of activity and travel, within a span of at most twelve hours.

Source: W2 (décret 2000-815). The span goes from the first activity to the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.reading import Reading
from optimizer.reading.limits import LONGEST_SPAN, MOST_MINUTES_A_DAY
from optimizer.reading.stretches import total_minutes
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.model import BucketModel


MOST_STEPS = 120
"""Ten hours, in steps of the grid."""


def check(reading: Reading) -> Iterator[Violation]:
    """Each day of one person that is too long."""
    for person, days in reading.activities_by_day.items():
        for day, activities in days.items():
            stretches = [activity.stretch for activity in activities]
            minutes = total_minutes(stretches) + reading.tours[person][day].travel_minutes
            span = max(stretch.end for stretch in stretches) - stretches[0].start
            when = reading.instant(stretches[0].start)
            for found, most, what in (
                (minutes, MOST_MINUTES_A_DAY, "travail"),
                (span, LONGEST_SPAN, "amplitude"),
            ):
                if found > most:
                    sentence = f"{person} : {found} minutes de {what} le {when:%d/%m}, {most} au plus"
                    yield Violation("W2", sentence, found - most, "minutes", None, None, (person,), when)


def post(model: BucketModel) -> None:
    """At most ten hours a day of activity and travel; the span is the windows' matter."""
    for whom, keys in model.days().items():
        changes = [(change, grid_steps(minutes)) for change, minutes in model.changes.get(whom, ())]
        if model.size(*keys) + max((steps for _, steps in changes), default=0) > MOST_STEPS:
            model.at_most(MOST_STEPS, "day_length", whom, model.time.work(*keys), changes)
            model.at_most(MOST_STEPS, "day_on_duty", whom, model.time.work_on_duty(*keys), changes)


RULE = Rule(
    "W2", "Durée et amplitude du jour", "décret 2000-815", RuleLevel.NEVER, check, post, is_local=True
)
