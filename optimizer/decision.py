"""What the bucket stage decided, read back from the values of its variables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.model import BucketModel, Key
from optimizer.tasks import Stay, Task


@dataclass
class Decision:
    """Everything the bucket stage decided for one block."""

    tasks: dict[int, list[Task]] = field(default_factory=lambda: defaultdict(list))
    stays: dict[Key, Stay] = field(default_factory=dict)
    attendance: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    queue: list[tuple[str, date]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    referents: list[tuple[str, str]] = field(default_factory=list)


def read_decision(model: BucketModel, values: Sequence[int]) -> Decision:
    """The decision that given values of the statement's variables mean."""
    decision = Decision()
    for bundle in model.bundles:
        if bundle.kind.splittable:
            _read_parts(model, values, bundle, decision)
        else:
            _read_whole(model, values, bundle, decision)
    _read_actions(model, values, decision)
    for meeting_id, attendance in model.attend.items():
        for person, starts in attendance.items():
            for start, variable in starts.items():
                if values[variable]:
                    decision.attendance[meeting_id, start].append(person)
    for key in model.half_days:
        decision.stays[key] = _read_stay(model, values, key)
    decision.referents = [pair for pair, variable in model.referent.items() if values[variable]]
    return decision


def task_of(model: BucketModel, bundle: Bundle, mission_id: str, people: tuple[str, ...], slot: int) -> Task:
    """The task that a mission of a bundle makes in a half-day."""
    mission = model.week.mission[mission_id]
    site = bundle.location.site_id if bundle.location else None
    hours = model.room_hours(bundle, slot)
    return Task(
        mission_id,
        people,
        mission.duration_minutes,
        bundle.location,
        model.drop_price(bundle),
        hours=hours,
        room=None if hours is None or site is None else (site, bundle.kind.room.value),
        in_reception=bundle.kind.request,
        teleworkable=bundle.kind.telework,
        after=model.must_follow(bundle),
    )


def _read_whole(model: BucketModel, values: Sequence[int], bundle: Bundle, decision: Decision) -> None:
    waiting = list(bundle.missions)
    by_slot: dict[int, list[str]] = defaultdict(list)
    for (person, slot), variable in model.take[bundle.index].items():
        by_slot[slot] += [person] * values[variable]
    for slot in sorted(by_slot):
        people = by_slot[slot]
        teams = [tuple(people)] if bundle.people > 1 and people else [(person,) for person in people]
        for team in teams:
            task = task_of(model, bundle, waiting.pop(0).id, team, slot)
            decision.tasks[slot].append(_where_and_when(model, values, task, slot))
    for day, variable in sorted(model.queued.get(bundle.index, {}).items()):
        for _ in range(values[variable]):
            decision.queue.append((waiting.pop(0).id, day))
    decision.unplaced += [mission.id for mission in waiting]


def _read_parts(model: BucketModel, values: Sequence[int], bundle: Bundle, decision: Decision) -> None:
    parts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for (person, slot), variable in model.part_minutes[bundle.index].items():
        if values[variable]:
            parts[slot].append((person, values[variable] * GRID_MINUTES))
    if not parts:
        decision.unplaced.append(bundle.first.id)
    for slot, writers in parts.items():
        people, minutes = tuple(person for person, _ in writers), writers[0][1]
        task = replace(task_of(model, bundle, bundle.first.id, people, slot), minutes=minutes)
        decision.tasks[slot].append(_where_and_when(model, values, task, slot))


def _where_and_when(model: BucketModel, values: Sequence[int], task: Task, slot: int) -> Task:
    """A task at its start if it has one, without place if teleworked, in reception only if it is that of
    its site."""
    start = model.start_of(model.week.mission[task.item_id])
    if start is not None and model.half_days[task.people[0], slot].holds(((start, start + task.minutes),)):
        task = replace(task, hours=((start, start + task.minutes),))
    site = task.location.site_id if task.location else ""
    duties = [model.reserved[person, slot].reception.get(site or "") for person in task.people]
    if task.in_reception and not any(duty is not None and values[duty] for duty in duties):
        task = replace(task, in_reception=False)
    at_home = all(any(values[v] for v in model.posted((person, slot), None)) for person in task.people)
    return replace(task, location=None) if at_home else task


def _read_actions(model: BucketModel, values: Sequence[int], decision: Decision) -> None:
    for action_id, held in model.action_held.items():
        action = model.week.action[action_id]
        slot = next((slot for slot, variable in held.items() if values[variable]), None)
        if slot is None:
            decision.unplaced.append(action_id)
            continue
        leaders = tuple(
            person
            for (person, s, _), variable in model.lead[action_id].items()
            if s == slot and values[variable]
        )
        decision.tasks[slot].append(model.action_task(action, leaders, slot))


def _read_stay(model: BucketModel, values: Sequence[int], key: Key) -> Stay:
    tour, chosen = next((pair for pair in model.tours[key] if values[pair[1]]), (None, None))
    reserved = model.reserved[key]

    def minutes(variable: int | None) -> int:
        return 0 if variable is None else values[variable] * GRID_MINUTES

    return Stay(
        key,
        None if tour is None else tour.post or model.people[key[0]].site_id,
        writing=minutes(reserved.writing),
        collective=minutes(reserved.collective),
        preparation=minutes(reserved.preparation),
        urgency=next((site for site, variable in reserved.urgency.items() if values[variable]), None),
        reception=next((site for site, variable in reserved.reception.items() if values[variable]), None),
        travel=0 if tour is None else tour.fixed_minutes,
        tour_variable=chosen,
    )
