"""Each open half-day keeps the urgency hours that its site needs.

Source: H4.4 (proposition 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.reading.cover import open_half_days, urgency_hours
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import HALF_DAYS

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each open half-day with fewer hours kept than needed."""
    price = tenths(reading.week.organisation.commitments.urgency_hour_missing)
    for need, half in open_half_days(reading):
        missing = need.urgency_hours - urgency_hours(reading, need.site_id, half)
        if need.urgency_hours and missing > 0:
            when = reading.instant(half.stretch.start)
            name = f"le {when:%d/%m} {HALF_DAYS[half.name]}"
            sentence = f"il manque {missing} heure(s) d'urgence à {need.site_id} {name}"
            yield Violation("urgency hour", sentence, missing, "heures", missing * price, when=when)


def post(model: BucketModel) -> None:
    """A shortfall for each urgency hour that a site lacks."""
    price = tenths(model.week.organisation.commitments.urgency_hour_missing)
    for slot, sites in model.cover.items():
        for site, (_, hours) in sites.items():
            if hours and site in model.received_sites:
                missing = model.shortfall("urgency_missing", (site, slot), hours, price)
                kept = each((*model.urgencies(site, slot), missing))
                model.at_least(hours, "urgency_cover", (site, slot), kept)


RULE = Rule("urgency hour", "Urgences gardées", "proposition 4", RuleLevel.COMMITMENT, check, post)
