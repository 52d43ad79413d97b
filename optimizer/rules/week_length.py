"""A week holds at most 48 hours of activity and travel.

Source: W3 (décret 2000-815).
"""

from collections import Counter
from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.reading.limits import MOST_MINUTES_A_WEEK
from optimizer.reading.stretches import total_minutes
from optimizer.rules.rule import Rule, RuleLevel, Violation


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


RULE = Rule("W3", "Durée de la semaine", "décret 2000-815", RuleLevel.NEVER, check)
