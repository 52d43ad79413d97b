"""Nobody does two things at once, but for reception duty, which may hold ACCUEIL, URGENCE and writing.

Source: docs/semantics.md, section 1. What reception holds stands wholly inside it, at its site.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, takewhile
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.reading.activities import Activity
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at

if TYPE_CHECKING:
    from optimizer.intervals import Interval
    from optimizer.model import BucketModel
    from optimizer.tasks import Key


def check(reading: Reading) -> Iterator[Violation]:
    """Each two activities of one person that share minutes."""
    for person, activities in reading.activities.items():
        for index, first in enumerate(activities):
            until = first.stretch.end
            for second in takewhile(lambda one: one.stretch.start < until, activities[index + 1 :]):  # noqa: B023
                if first.is_held_by(second) or second.is_held_by(first):
                    continue
                yield _violation(reading, person, first, second)


def _violation(reading: Reading, person: str, first: Activity, second: Activity) -> Violation:
    start = reading.instant(second.stretch.start)
    minutes = min(first.stretch.end, second.stretch.end) - second.stretch.start
    item = second.row.item_id if second.row else None
    sentence = f"{person} fait deux choses à la fois {at(start)} : {first.label} et {second.label}"
    return Violation("overlap", sentence, minutes, "minutes", None, item, (person,), start)


def post(model: BucketModel) -> None:
    """Everything in a half-day, travel included, fits its minutes; what is dated does not meet."""
    for key in model.half_days:
        model.at_most(model.size(key), "time", key, model.time.work(key))
        _dated(model, key)
        _long_things(model, key)
        _too_long_for_a_gap(model, key)
    for (slot, people), steps, taken in model.joint_acts.each():
        model.at_most(steps, "pairs_in_turn", (slot, *people), taken)


def _dated(model: BucketModel, key: Key) -> None:
    """Two things with known clock times that meet are not for one person, but for what reception holds."""
    duties = [
        (variable, site, (model.board.duty_hours[site, key[1]],))
        for site, variable in model.reserved[key].reception.items()
    ]
    loads = list(model.fixed_loads(key))
    pairs = [((a.variable, a.parts), (b.variable, b.parts)) for a, b in combinations(loads, 2)]
    pairs += [
        ((load.variable, load.parts), (duty, opening))
        for load in loads
        for duty, site, opening in duties
        if load.reception_site != site or not _is_inside(load.parts, opening)
    ]
    for (one, parts), (other, others) in pairs:
        if one != other and any(x < q and p < y for x, y in parts for p, q in others):
            model.at_most(1, "clash", (*key, one, other), each((one, other)))


def _is_inside(parts: tuple[Interval, ...], opening: tuple[Interval, ...]) -> bool:
    return all(any(begin <= start and end <= finish for begin, finish in opening) for start, end in parts)


def _long_things(model: BucketModel, key: Key) -> None:
    """A half-day cut by dated things holds only so many of the longer ones."""
    free, fixed = model.left_by(key), list(model.fixed_loads(key))
    if len(free) == 1 and not fixed:
        return
    loads = [load for load in model.loads[key] if not load.parts and load.shortest]
    for size in sorted({load.shortest for load in loads}):
        counted = [(load.variable, load.shortest // size) for load in loads if load.shortest >= size]
        whole = sum((end - start) // size for start, end in free)
        if not fixed:
            model.at_most(whole, "count", (size, *key), counted)
        for load in fixed:
            left = sum((end - start) // size for start, end in model.left_by(key, load.parts))
            if left < whole:
                cut = [(load.variable, whole - left)]
                model.at_most(whole, "count", (size, load.variable, *key), counted, cut)


def _too_long_for_a_gap(model: BucketModel, key: Key) -> None:
    """What is longer than some of the gaps of a half-day fits in the others; dated things leave their own."""
    for parts, variables in model.dated(key):
        for short, whole, lost, longer in model.longer(key, parts):
            model.at_most(whole, "longer", (short, *variables, *key), longer, each(variables, lost))


RULE = Rule("overlap", "Une chose à la fois", "semantics.md, 1", RuleLevel.NEVER, check, post, is_local=True)
