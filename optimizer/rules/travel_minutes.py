"""People travel as little as possible, the change of post over lunch included.

Source: design, preferences; docs/semantics.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import GRID_MINUTES
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each day of one person with travel."""
    price = tenths(reading.week.organisation.preferences.travel_minute)
    for person, days in reading.tours.items():
        for day, tour in days.items():
            if minutes := tour.travel_minutes:
                sentence = f"{person} fait {minutes} minutes de trajet le {reading.day(day):%d/%m}"
                yield Violation("travel time", sentence, minutes, "minutes", minutes * price, None, (person,))


def post(model: BucketModel) -> None:
    """Each tour, hop and change of post costs its minutes."""
    minute = tenths(model.week.organisation.preferences.travel_minute)
    for key, tours in model.tours.items():
        for tour, variable in tours:
            if tour is not None:
                model.preference(variable, minute * tour.fixed_minutes)
        for load in model.loads[key]:
            if load.hop:
                model.preference(load.variable, minute * GRID_MINUTES * load.hop)
    for saved in model.saved_hops.values():
        model.preference(saved, -minute * GRID_MINUTES)
    for changes in model.changes.values():
        for change, minutes in changes:
            model.preference(change, minute * minutes)


RULE = Rule("travel time", "Temps de trajet", "préférences", RuleLevel.PREFERENCE, check, post, is_local=True)
