"""People travel as little as possible, the change of post over lunch included.

Source: design, preferences; docs/semantics.md, section 2.
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each day of one person with travel."""
    price = tenths(reading.week.organisation.preferences.travel_minute)
    for person, days in reading.tours.items():
        for day, tour in days.items():
            if minutes := tour.travel_minutes:
                sentence = f"{person} fait {minutes} minutes de trajet le {reading.day(day):%d/%m}"
                yield Violation("travel time", sentence, minutes, "minutes", minutes * price, None, (person,))


RULE = Rule("travel time", "Temps de trajet", "préférences", RuleLevel.PREFERENCE, check)
