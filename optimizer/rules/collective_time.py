"""Each week the sector team has its share of collective time, managers included and secretaries not.

Rows of collective types, collective and preparation reservations count. Source: H3.2 (proposition 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.organisation import tenths
from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import Activity
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.linear import Part
    from optimizer.model import BucketModel
    from optimizer.tasks import Key


COUNTED = (ReservationKind.COLLECTIVE, ReservationKind.PREPARATION)


def check(reading: Reading) -> Iterator[Violation]:
    """Each person and week under the quota."""
    organisation = reading.week.organisation
    price = tenths(organisation.commitments.collective_minute_missing)
    shortfalls = reading.quota_shortfalls(organisation.collective_share_percent, _counts)
    for person, week, missing in shortfalls:
        sentence = f"il manque {missing} minutes de temps collectif à {person} en semaine {week + 1}"
        yield Violation("collective time", sentence, missing, "minutes", missing * price, None, (person,))


def _counts(activity: Activity) -> bool:
    if activity.kept:
        return activity.kept.kind in COUNTED
    return bool(activity.row and activity.row.kind and activity.row.kind.collective)


def post(model: BucketModel) -> None:
    """A shortfall for each minute that a person's week lacks."""
    organisation = model.week.organisation
    price = tenths(organisation.commitments.collective_minute_missing)
    share = organisation.collective_share_percent
    model.shares.quota("collective", share, price, lambda key: _minutes(model, key))


def _minutes(model: BucketModel, key: Key) -> Part:
    reserved = model.reserved[key]
    kept = [v for v in (reserved.collective, reserved.preparation) if v is not None]
    rows = [(load.variable, load.work) for load in model.loads[key] if load.kind.collective]
    return [*each(kept), *rows]


RULE = Rule("collective time", "Part du collectif", "proposition 3", RuleLevel.COMMITMENT, check, post)
