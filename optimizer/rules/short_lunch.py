"""Lunch lasts as long as the organisation wishes, beside the travel taken then.

Source: W6 (60 minutes by default).
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
    """Each day of one person with a shorter lunch."""
    organisation = reading.week.organisation
    price = tenths(organisation.preferences.short_lunch_minute)
    for person, days in reading.tours.items():
        for day, tour in days.items():
            if tour.lunch and (short := tour.lunch.short_of(organisation.lunch_minutes)):
                sentence = f"il manque {short} minutes au déjeuner de {person} le {reading.day(day):%d/%m}"
                yield Violation("lunch", sentence, short, "minutes", short * price, None, (person,))


def post(model: BucketModel) -> None:
    """A regret for each minute that a full day leaves too few for the lunch wished and the change of post."""
    price = GRID_MINUTES * tenths(model.week.organisation.preferences.short_lunch_minute)
    wished = model.week.organisation.lunch_minutes
    for whom, (morning, afternoon) in model.full_days().items():
        lacking, more = model.taken_at_midday(morning, afternoon, wished)
        if not lacking and not more:
            continue
        longest = lacking + max((steps for _, steps in more), default=0)
        short = model.regret("short_lunch", whom, longest, price)
        room, work = model.size(morning, afternoon) - lacking, model.time.work(morning, afternoon)
        model.at_most(room, "lunch", whom, work, more, [(short, -1)])


RULE = Rule("lunch", "Déjeuner", "temps de travail", RuleLevel.PREFERENCE, check, post, is_local=True)
