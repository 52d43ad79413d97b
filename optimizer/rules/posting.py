"""People start and end their half-days at their own site if possible.

Source: design, preferences; docs/semantics.md, section 2 (post).
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
    """Each half-day posted elsewhere."""
    price = tenths(reading.week.organisation.preferences.posted_elsewhere)
    for person, days in reading.tours.items():
        for day, tour in days.items():
            for posting in tour.postings:
                if posting.post and posting.is_elsewhere:
                    sentence = f"{person} est à {posting.post.site_id} le {reading.day(day):%d/%m}"
                    yield Violation("posting", sentence, 1, "demi-journées", price, None, (person,))


def post(model: BucketModel) -> None:
    """Each tour from another site than one's own has a price."""
    price = tenths(model.week.organisation.preferences.posted_elsewhere)
    for key, tours in model.tours.items():
        for tour, variable in tours:
            if tour is not None and tour.post not in (None, model.people[key[0]].site_id):
                model.preference(variable, price)


RULE = Rule(
    "posting", "Site de rattachement", "préférences", RuleLevel.PREFERENCE, check, post, is_local=True
)
