"""Lunch lasts as long as the organisation wishes, beside the travel taken then.

Source: W6 (60 minutes by default).
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each day of one person with a shorter lunch."""
    organisation = reading.week.organisation
    price = tenths(organisation.preferences.short_lunch_minute)
    for person, days in reading.tours.items():
        for day, tour in days.items():
            if tour.lunch and (short := tour.lunch.short_of(organisation.lunch_minutes)):
                sentence = f"il manque {short} minutes au déjeuner de {person} le {reading.day(day):%d/%m}"
                yield Violation("lunch", sentence, short, "minutes", short * price, None, (person,))


RULE = Rule("lunch", "Déjeuner", "temps de travail", RuleLevel.PREFERENCE, check)
