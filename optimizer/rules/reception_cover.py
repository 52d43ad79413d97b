"""Each open half-day has the people that its reception needs.

Source: H4.4 (proposition 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.reading.cover import open_half_days, people_needed, people_on_duty
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import HALF_DAYS

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each open half-day with fewer people on duty than needed."""
    price = tenths(reading.week.organisation.commitments.reception_missing)
    for need, half in open_half_days(reading):
        wanted = people_needed(need, half)
        missing = wanted - people_on_duty(reading, need.site_id, half)
        if wanted and missing > 0:
            when = reading.instant(half.stretch.start)
            name = f"le {when:%d/%m} {HALF_DAYS[half.name]}"
            sentence = f"il manque {missing} personne(s) à l'accueil de {need.site_id} {name}"
            yield Violation("reception", sentence, missing, "personnes", missing * price, when=when)


def post(model: BucketModel) -> None:
    """A shortfall for each person that reception lacks."""
    price = tenths(model.week.organisation.commitments.reception_missing)
    for slot, sites in model.cover.items():
        for site, (people, _) in sites.items():
            if people and site in model.received_sites:
                missing = model.shortfall("uncovered", (site, slot), people, price)
                model.at_least(people, "cover", (site, slot), each((*model.duties(site, slot), missing)))


RULE = Rule("reception", "Accueil couvert", "proposition 4", RuleLevel.COMMITMENT, check, post)
