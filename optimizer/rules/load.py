"""Minutes of missions follow the paid time, within ten percent, among those who accompany.

Among the people of SECTEUR who may do SUIVI; five-minute units beyond the band count.
Source: design, preferences.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each person above or under the band."""
    price = tenths(reading.week.organisation.preferences.load_minute_deviation)
    minutes = {person.id: 0 for person in reading.accompanying}
    for row, _, _ in reading.mission_rows:
        for person in row.person_ids:
            if person in minutes:
                minutes[person] += max(0, row.stretch.minutes)
    for person, beyond in reading.beyond_pro_rata(minutes):
        sentence = f"{person} a {minutes[person]} minutes de missions, {beyond} hors du prorata"
        yield Violation("load", sentence, beyond, "minutes", beyond * price, None, (person,))


def post(model: BucketModel) -> None:
    """A regret for each minute of missions beyond the band."""
    price = tenths(model.week.organisation.preferences.load_minute_deviation)
    model.shares.balance("load", model.accompanying, price)


RULE = Rule("load", "Charge de missions", "équité", RuleLevel.PREFERENCE, check, post)
