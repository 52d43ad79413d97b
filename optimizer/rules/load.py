"""Minutes of missions follow the paid time, within ten percent, among those who accompany.

Among the people of one circle of SECTEUR who may do SUIVI; five-minute units beyond the band count.
Source: design, preferences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each person above or under the band."""
    price = tenths(reading.week.organisation.preferences.load_minute_deviation)
    done: Counter[str] = Counter()
    for row, _, _ in reading.mission_rows:
        done.update(dict.fromkeys(row.person_ids, max(0, row.stretch.minutes)))
    for people in reading.teams.circles(reading.accompanying, ServiceKind.SECTEUR):
        minutes = {person.id: done[person.id] for person in people}
        for who, beyond in reading.beyond_pro_rata(minutes):
            sentence = f"{who} a {minutes[who]} minutes de missions, {beyond} hors du prorata"
            yield Violation("load", sentence, beyond, "minutes", beyond * price, None, (who,))


def post(model: BucketModel) -> None:
    """A regret for each minute of missions beyond the band."""
    price = tenths(model.week.organisation.preferences.load_minute_deviation)
    for people in model.circles(model.accompanying, ServiceKind.SECTEUR).values():
        model.shares.balance("load", people, price)


RULE = Rule("load", "Charge de missions", "équité", RuleLevel.PREFERENCE, check, post)
