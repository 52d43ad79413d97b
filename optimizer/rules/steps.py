"""A household comes as few times as possible, to as few places as possible.

Each day and site at which it is received in an interview room is a step: a report or a concertation is none.
Source: S1.6 (pitfall of proposition 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.words import RoomKind

if TYPE_CHECKING:
    from optimizer.bundles import Bundle
    from optimizer.linear import Variable
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each household that comes to a site."""
    price = tenths(reading.week.organisation.preferences.step)
    found = {
        (mission.case_id, row.source.start.date(), row.site_id)
        for row, mission, kind in reading.mission_rows
        if mission.case_id and row.site_id and kind.room is RoomKind.INTERVIEW
    }
    for case, day, site in sorted(found):
        sentence = f"la situation {case} vient à {site} le {day:%d/%m}"
        yield Violation("steps", sentence, 1, "démarches", price, case)


def post(model: BucketModel) -> None:
    """Each mission received at a site costs a step; several of one household cost one a day."""
    price = tenths(model.week.organisation.preferences.step)
    trips: defaultdict[tuple[str, str], list[Bundle]] = defaultdict(list)
    for bundle in model.bundles:
        site = bundle.location.site_id if bundle.location else None
        if bundle.first.case_id and site and bundle.kind.room is RoomKind.INTERVIEW:
            trips[bundle.first.case_id, site].append(bundle)
    for (case, site), bundles in trips.items():
        if sum(mission.case_id == case for bundle in bundles for mission in bundle.missions) > 1:
            _shared(model, case, site, bundles)
            continue
        for _, variable in model.placed(bundles[0]):
            model.preference(variable, price)


def _shared(model: BucketModel, case: str, site: str, bundles: list[Bundle]) -> None:
    price = tenths(model.week.organisation.preferences.step)
    trips: dict[int, Variable] = {}
    for bundle in bundles:
        days: defaultdict[int, list[Variable]] = defaultdict(list)
        for slot, variable in model.placed(bundle):
            days[slot // 2].append(variable)
        for day, placed in days.items():
            if day not in trips:
                trips[day] = model.regret("trip", (case, site, day), 1, price)
            model.at_most(0, "trip_of", (bundle.name, day), each(placed), [(trips[day], -bundle.count)])


RULE = Rule("steps", "Démarches des personnes", "proposition 1", RuleLevel.PREFERENCE, check, post)
