"""What a change costs once everything else may be planned again, beside the same without it.

The price of a repair keeps everything else where it is; planning the whole week twice, with the change and
without, says what it takes away, and the two bounds between what and what that lies.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from optimizer.answers.changes import Change
from optimizer.claims import PRICED
from optimizer.engines.options import Options
from optimizer.errors import ContradictoryWeek, NoPlanYet, Problem, UnusableInput
from optimizer.plan import Level
from optimizer.scenarios import changed_week
from optimizer.solve import plan_week
from optimizer.standing import Standing
from optimizer.week import Pin, Week

MOST_EXACT = 3
"""Changes that are planned again in full, the cheapest first."""
Values = tuple[float, ...]
"""In points, level by level."""


@dataclass(frozen=True)
class Exact:
    """The best found with a change less the best found without, in points, level by level; at the first
    level it is proven to lie between `least` and `most`."""

    differences: Values
    least: float
    most: float


@dataclass(frozen=True)
class _Best:
    values: Values
    bound: float


def exactly(standing: Standing, changes: Iterable[Change], options: Options) -> Iterator[Exact]:
    """The price of each change when all is planned again; `options` are those of each plan, one more than
    there are changes.

    Raises
    ------
    UnusableInput
        The week has begun: its past would move.
    """
    if standing.week.horizon.now is not None:
        found = "une semaine déjà entamée, dont le passé ne se replanifie pas"
        raise UnusableInput([Problem("--exact", found, "le plan d'une semaine qui n'a pas commencé")])
    before = tuple(standing.verdict.value(level) / 10 for level in PRICED)
    without = _best(standing.week, before, options)
    for change in changes:
        prices = tuple(price.after for price in change.effect.prices)
        with_it = _best(_with_its_place(change), prices, options)
        differences = tuple(
            round(after - first, 1) for after, first in zip(with_it.values, without.values, strict=True)
        )
        least, most = with_it.bound - without.values[0], with_it.values[0] - without.bound
        yield Exact(differences, round(least, 1), round(most, 1))


def _with_its_place(change: Change) -> Week:
    """The week of a change where the mission has its people and its time."""
    week, row = change.effect.week, change.row
    pin = Pin(item_id=row.mission_id, professional_ids=row.professional_ids, start=row.start)
    others = (one for one in week.pins if one.item_id != row.mission_id)
    return changed_week(week, {"pins": (*others, pin)})


def _best(week: Week, known: Values, options: Options) -> _Best:
    """The better of a plan found anew and of one that is known, with the bound of the first level."""
    try:
        levels = plan_week(week, options).levels
    except (NoPlanYet, ContradictoryWeek):  # what was broken before is pinned no better
        levels = tuple(Level.of(name, value, 0.0) for name, value in zip(PRICED, known, strict=True))
    found = tuple(level.value for level in levels)
    return _Best(min(found, known), levels[0].bound)
