"""Each week the sector team has its share of writing time, managers included and secretaries not.

Writing reservations and ECRITS rows count. Source: design, quotas (`part_ecrits`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import WRITING_TYPE, Activity
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.linear import Part
    from optimizer.model import BucketModel
    from optimizer.tasks import Key


def check(reading: Reading) -> Iterator[Violation]:
    """Each person and week under the quota."""
    organisation = reading.week.organisation
    price = tenths(organisation.commitments.writing_minute_missing)
    for person, week, missing in reading.quota_shortfalls(organisation.writing_share_percent, _counts):
        sentence = f"il manque {missing} minutes d'écrits à {person} en semaine {week + 1}"
        yield Violation("writing time", sentence, missing, "minutes", missing * price, None, (person,))


def _counts(activity: Activity) -> bool:
    if activity.kept:
        return activity.kept.kind is ReservationKind.WRITING
    return bool(activity.row and activity.row.kind and activity.row.kind.code == WRITING_TYPE)


def post(model: BucketModel) -> None:
    """A shortfall for each minute that a person's week lacks."""
    organisation = model.week.organisation
    price = tenths(organisation.commitments.writing_minute_missing)
    model.shares.quota("writing", organisation.writing_share_percent, price, lambda key: _written(model, key))


def _written(model: BucketModel, key: Key) -> Part:
    writing = model.reserved[key].writing
    reports = (load for load in model.loads[key] if load.kind.code == "ECRITS")
    rows = [(load.variable, load.work) for load in reports]
    return rows if writing is None else [(writing, 1), *rows]


RULE = Rule("writing time", "Part des écrits", "quotas", RuleLevel.COMMITMENT, check, post)
