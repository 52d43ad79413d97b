"""Missions of one place exchange their half-days, and who does them, for the least price.

First fit takes them one by one; whatever it has found room for can be shared out again at once, since a
mission that takes as many minutes at the same place, or fewer, asks no more of a half-day. Method: assignment
problem (Kuhn 1955), solved by OR-Tools.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from optimizer.board import Location
from optimizer.bundles import Bundle
from optimizer.decision import task_of
from optimizer.engines.fitting.filling import Filling
from optimizer.engines.fitting.missions import STRANGER, Missions
from optimizer.tasks import Key, Task
from optimizer.week import Mission
from optimizer.words import APART_FROM_SECTOR, RoomKind

A_TENTH = 100
"""What a tenth of level 1 weighs beside someone else than the referent."""
Kind = tuple[Location | None, RoomKind, bool, bool, bool]
"""What missions that may change places have in common: where, in what room, whether reception may hold them,
telework, collective time."""


@dataclass(frozen=True)
class Held:
    """A mission, and the task that it is, if any was found room for."""

    bundle: Bundle
    mission: Mission
    task: Task | None
    slot: int = 0


def exchange(filling: Filling, missions: Missions) -> None:
    """Share out again what missions of each kind have, for the least price of all."""
    kinds: dict[Kind, list[Held]] = defaultdict(list)
    for held in _held(filling):
        kind = held.bundle.kind
        kinds[held.bundle.location, kind.room, kind.request, kind.telework, kind.collective].append(held)
    for alike in kinds.values():
        if any(held.task for held in alike) and len(alike) > 1:
            _share_out(filling, missions, alike)


def _held(filling: Filling) -> Iterator[Held]:
    """What one person does whole, at no time of its own, in no order nor apart from anything else."""
    found = {task.item_id: (slot, task) for slot, tasks in filling.found.tasks.items() for task in tasks}
    for bundle in filling.model.bundles:
        is_bound = bundle.people > 1 or bundle.kind.splittable or bundle.kind.owner in APART_FROM_SECTOR
        if is_bound or filling.model.start_of(bundle.first) is not None:
            continue
        for mission in bundle.missions:
            slot, task = found.get(mission.id, (0, None))
            yield Held(bundle, mission, task, slot)


def _share_out(filling: Filling, missions: Missions, alike: list[Held]) -> None:
    """Solve the assignment of missions to the half-days that some of them have, or to none."""
    places = [(held.slot, held.task) for held in alike if held.task]
    left = len(alike) - len(places)
    problem = SimpleLinearSumAssignment()
    for row, held in enumerate(alike):
        prices = {slot: filling.prices.get(v, 0) for slot, v in filling.model.placed(held.bundle)}
        takes, left_out = filling.model.take[held.bundle.index], A_TENTH * missions.price_left(held.bundle)
        for column, (slot, task) in enumerate(places):
            key: Key = (task.people[0], slot)
            if key in takes and held.mission.duration_minutes <= task.minutes:
                strange = STRANGER * missions.is_strange(held.bundle, task.people)
                problem.add_arc_with_cost(row, column, A_TENTH * prices[slot] + strange)
        for column in range(len(places), len(places) + left):
            problem.add_arc_with_cost(row, column, left_out)
    if problem.solve() != problem.OPTIMAL:
        return
    mates = [problem.right_mate(row) for row in range(len(alike))]
    for slot, task in places:
        filling.found.tasks[slot].remove(task)
    for held, mate in zip(alike, mates, strict=True):
        if mate < len(places):
            slot, before = places[mate]
            task = task_of(filling.model, held.bundle, held.mission.id, before.people, slot)
            filling.found.tasks[slot].append(task)
