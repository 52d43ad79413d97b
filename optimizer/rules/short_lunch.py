"""Lunch lasts as long as the organisation wishes, beside the travel taken then.

Source: W6 (60 minutes by default).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import GRID_MINUTES, grid_steps
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
        gap, changes = model.midday_gap(morning, afternoon), model.changes[whom]
        longest = max((minutes for _, minutes in changes), default=0)
        if gap >= wished + longest:
            continue
        short = model.regret("short_lunch", whom, grid_steps(wished + longest), price)
        # a half-day without anything asks for no lunch: no more is asked than it has
        lacking = min(max(0, wished - gap), model.shorter(morning, afternoon))
        extra = [(v, grid_steps(max(0, wished + way - gap - lacking))) for v, way in changes]
        room = model.size(morning, afternoon) - grid_steps(lacking)
        work = model.time.work(morning, afternoon)
        model.at_most(room, "lunch", whom, work, extra, [(short, -1)])


RULE = Rule("lunch", "Déjeuner", "temps de travail", RuleLevel.PREFERENCE, check, post)
