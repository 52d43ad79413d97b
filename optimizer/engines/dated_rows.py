"""Rows that a relaxation of a re-plan lacks: whoever attends something dated does nothing longer than what it
leaves of the half-day.

They hold in every plan. They are stated where the published plan has something: elsewhere they cost more than
they bring. Without them a relaxation shares a training seat out among ten people, and moves nothing.
"""

from collections import defaultdict

from optimizer.board import HalfDay
from optimizer.engines.neighbourhoods import Homes
from optimizer.intervals import Interval, minus, overlap
from optimizer.linear import Variable
from optimizer.model import BucketModel, Key

Left = tuple[Interval, ...]


def post_dated(model: BucketModel, homes: Homes) -> None:
    """What a half-day held in the published plan leaves it where something dated takes its time."""
    dated = _dated(model)
    for bundle in model.bundles:
        take = model.take[bundle.index]
        for key in sorted(take.keys() & homes.get(bundle.index, ())):
            taken, hours = take[key], model.room_hours(bundle, key[1])
            for attends, left in dated[key]:
                pieces = left if hours is None else overlap(left, hours)
                if max((end - begin for begin, end in pieces), default=0) < bundle.first.duration_minutes:
                    most = model.statement.uppers[taken]
                    model.at_most(most, "dated", (bundle.name, *key, attends), [(taken, 1), (attends, most)])


def _dated(model: BucketModel) -> defaultdict[Key, list[tuple[Variable, Left]]]:
    """By person and half-day: whether they attend something dated, and what that leaves of it."""
    half_days: defaultdict[str, list[HalfDay]] = defaultdict(list)
    for (person, _), half_day in model.half_days.items():
        half_days[person].append(half_day)
    found: defaultdict[Key, list[tuple[Variable, Left]]] = defaultdict(list)
    for meeting_id, attendance in model.attend.items():
        minutes = model.week.meeting[meeting_id].duration_minutes
        for person, starts in attendance.items():
            for begin, attends in starts.items():
                parts = tuple(model.board.parts(begin, minutes))
                for half_day in half_days[person]:
                    if overlap(half_day.free, parts):
                        found[person, half_day.slot].append((attends, minus(half_day.free, parts)))
    return found
