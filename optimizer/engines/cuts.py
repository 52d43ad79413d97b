"""Cuts of the logic-based Benders decomposition: what a half-day's clock refuses, the buckets learn.

Method: Hooker and Ottosson 2003. A cut names a smallest group of tasks that cannot be timed together;
it holds for every plan, so the bound stays valid.
"""

from collections import Counter
from collections.abc import Sequence

from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.decision import Decision
from optimizer.engines.clocking import meetings_of, prices_of
from optimizer.model import BucketModel
from optimizer.tasks import Key, Stay, Task
from optimizer.timing import HalfDayTiming

LONGEST_GROUP = 14
"""A larger group is cut as it stands: shrinking it would cost more than it gives."""


def is_timeable(
    model: BucketModel, decision: Decision, slot: int, tasks: Sequence[Task], seed: int
) -> bool:
    """Whether tasks alone, with the posts and meetings of their people, have clock times in a half-day.

    Nothing else is reserved, and lunch asks for nothing beyond the half-day: what fails here fails always.
    """
    people = sorted({person for task in tasks for person in task.people})
    own = {person: model.board.half_days[person, slot] for person in people}
    timing = HalfDayTiming(model.board, slot, own, prices_of(model.board))
    for person in people:
        stay = decision.stays[person, slot]
        timing.add_stay(Stay(stay.key, stay.post, reception=stay.reception, urgency=stay.urgency))
    for task in tasks:
        timing.add_task(task)
    for meeting in meetings_of(model.board, decision, slot):
        if set(meeting.people) <= set(people):
            timing.add_meeting(meeting)
    timed = timing.solve(4.0, seed)
    if timed is None:
        return True
    lost_urgency = sum(k.kind == "urgency" for k in timed.kept) < sum(
        decision.stays[p, slot].urgency is not None for p in people
    )
    return not timed.dropped and not timed.attendance_dropped and not lost_urgency


def smallest_group(
    model: BucketModel, decision: Decision, slot: int, dropped: Task, seed: int
) -> list[Task] | None:
    """A group around a dropped task that cannot be timed, none of which can be spared; None when it can be."""
    tasks = decision.tasks[slot]
    group = [task for task in tasks if set(task.people) & set(dropped.people)]
    if is_timeable(model, decision, slot, group, seed):
        group = list(tasks)
        if is_timeable(model, decision, slot, group, seed):
            return None
    if len(group) > LONGEST_GROUP:
        return group
    for task in list(group):
        rest = [other for other in group if other is not task]
        if rest and not is_timeable(model, decision, slot, rest, seed):
            group = rest
    return group


def post_cut(model: BucketModel, decision: Decision, slot: int, group: Sequence[Task]) -> None:
    """Forbid the group in this half-day, with the same people, posts and meetings."""
    people = sorted({person for task in group for person in task.people})
    counted: Counter[int] = Counter()
    for task in group:
        for variable, count in _variables(model, task, slot):
            counted[variable] += count
    terms = [_reaches(model, variable, count) for variable, count in counted.items()]
    terms += [variable for person in people for variable in _context(model, decision, (person, slot))]
    names = "+".join(sorted(task.item_id for task in group))
    model.statement.at_most(
        model.name("cannot_be_timed", slot, names), {variable: 1 for variable in terms}, len(set(terms)) - 1
    )


def _reaches(model: BucketModel, variable: int, count: int) -> int:
    """A binary that is 1 when a count reaches what the group holds; the variable itself when it is binary."""
    most = model.statement.uppers[variable]
    if most == 1:
        return variable
    reached = model.statement.variable(model.name("reaches", variable, count))
    # below `count` unless `reached`: x <= count - 1 + (most - count + 1) reached
    model.statement.at_most(
        model.name("reaches", variable, count), {variable: 1, reached: -(most - count + 1)}, count - 1
    )
    return reached


def _variables(model: BucketModel, task: Task, slot: int) -> list[tuple[int, int]]:
    """The variables that place a task, with what each must reach: a count, or grid steps of a report."""
    if task.item_id in model.lead:
        led = model.lead[task.item_id].items()
        return [(variable, 1) for (person, s, _), variable in led if s == slot and person in task.people]
    bundle = _bundle(model, task)
    if bundle.kind.splittable:
        minutes = model.part_minutes[bundle.index][task.people[0], slot]
        return [(minutes, task.minutes // GRID_MINUTES)]
    return [(model.take[bundle.index][person, slot], 1) for person in task.people]


def _bundle(model: BucketModel, task: Task) -> Bundle:
    return next(b for b in model.bundles if any(m.id == task.item_id for m in b.missions))


def _context(model: BucketModel, decision: Decision, key: Key) -> list[int]:
    """What the failure may rest on besides the tasks: the tour, duty, urgency hour and meetings."""
    stay, reserved = decision.stays[key], model.reserved[key]
    posted = [] if stay.tour_variable is None else [stay.tour_variable]
    if stay.reception:
        posted.append(reserved.reception[stay.reception])
    if stay.urgency:
        posted.append(reserved.urgency[stay.urgency])
    for meeting_id, starts in model.attend.items():
        for start, variable in starts.get(key[0], {}).items():
            parts = model.keys_holding(key[0], model.board.parts(start, model.week.meeting[meeting_id].duration_minutes))
            if parts and key in parts and key[0] in decision.attendance.get((meeting_id, start), []):
                posted.append(variable)
    return posted
