"""A week holds at most 48 hours of activity and travel.

Source: W3 (décret 2000-815).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.reading import Reading
from optimizer.reading.limits import MOST_MINUTES_A_WEEK
from optimizer.reading.stretches import total_minutes
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.model import BucketModel


MOST_STEPS = 576
"""48 hours, in steps of the grid."""


def check(reading: Reading) -> Iterator[Violation]:
    """Each week of one person that is too long."""
    for person, days in reading.activities_by_day.items():
        minutes: Counter[int] = Counter()
        for day, activities in days.items():
            worked = total_minutes(activity.stretch for activity in activities)
            minutes[day // 7] += worked + reading.tours[person][day].travel_minutes
        for week, found in minutes.items():
            if found > MOST_MINUTES_A_WEEK:
                sentence = f"{person} : {found} minutes en semaine {week + 1}, {MOST_MINUTES_A_WEEK} au plus"
                yield Violation("W3", sentence, found - MOST_MINUTES_A_WEEK, "minutes", None, None, (person,))


def post(model: BucketModel) -> None:
    """At most 48 hours a week of activity and travel."""
    for person in model.people:
        for week in range(model.week.horizon.weeks):
            keys = model.keys_of_week(person, week)
            changes = [
                (change, grid_steps(minutes))
                for day in sorted({slot // 2 for _, slot in keys})
                for change, minutes in model.changes.get((person, day), ())
            ]
            if model.size(*keys) + 2 * len(changes) > MOST_STEPS:
                model.at_most(MOST_STEPS, "week_length", (person, week), model.time.work(*keys), changes)
                on_duty = model.time.work_on_duty(*keys)
                model.at_most(MOST_STEPS, "week_on_duty", (person, week), on_duty, changes)


RULE = Rule("W3", "Durée de la semaine", "décret 2000-815", RuleLevel.NEVER, check, post, is_local=True)
