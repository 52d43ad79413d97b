"""A day holds at most ten hours of activity and travel, within a span of at most twelve hours.

Source: W2 (décret 2000-815). The span goes from the first activity to the last.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.reading.limits import LONGEST_SPAN, MOST_MINUTES_A_DAY
from optimizer.reading.stretches import total_minutes
from optimizer.rules.rule import Rule, RuleLevel, Violation


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


RULE = Rule("W2", "Durée et amplitude du jour", "décret 2000-815", RuleLevel.NEVER, check)
