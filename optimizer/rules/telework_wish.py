"""A wished telework day is teleworked.

Source: W9, at the agent's request; design, preferences.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import HALF_DAYS
from optimizer.week import WEEKDAYS

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each half-day of a wished day with something that is not teleworked."""
    price = tenths(reading.week.organisation.preferences.telework_wish)
    for person in reading.week.professionals:
        for day, halves in reading.halves[person.id].items():
            for half in halves:
                is_wished = WEEKDAYS[day % 7] in person.telework_days
                if is_wished and not all(activity.is_teleworked for activity in half.activities):
                    name = f"{reading.day(day):%d/%m} {HALF_DAYS[half.half_day.name]}"
                    sentence = f"{person.id} n'est pas en télétravail le {name}"
                    yield Violation("telework", sentence, 1, "demi-journées", price, None, (person.id,))


def post(model: BucketModel) -> None:
    """Each wished half-day with work on site has a price."""
    price = tenths(model.week.organisation.preferences.telework_wish)
    for on_site in model.on_site.values():
        model.preference(on_site, price)


RULE = Rule(
    "telework", "Télétravail souhaité", "préférences", RuleLevel.PREFERENCE, check, post, is_local=True
)
