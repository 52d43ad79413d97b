"""Cuts of the logic-based Benders decomposition: what a half-day's clock refuses, the buckets learn.

Method: Hooker and Ottosson 2003. A cut names a smallest group of tasks and reservations that cannot be
timed together; it holds for every plan, so the bound stays valid.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.decision import Decision
from optimizer.engines.clocking import CLOCK_SECONDS, meetings_of, prices_of
from optimizer.model import BucketModel
from optimizer.tasks import Key, Stay, Task
from optimizer.timing import HalfDayTiming, TimedHalfDay

LONGEST_GROUP = 16
"""A larger group is cut as it stands: shrinking it would cost more than it gives."""
RESERVATIONS = ("writing", "collective", "preparation", "urgency")


@dataclass(frozen=True)
class Group:
    """Tasks, and by person what is reserved, in one half-day."""

    slot: int
    tasks: tuple[Task, ...]
    stays: tuple[Stay, ...]

    @property
    def size(self) -> int:
        """How many things the group holds."""
        return len(self.tasks) + sum(bool(getattr(stay, kind)) for stay in self.stays for kind in RESERVATIONS)

    def smaller(self) -> Iterable["Group"]:
        """The groups with one thing less."""
        for task in self.tasks:
            yield replace(self, tasks=tuple(other for other in self.tasks if other is not task))
        for stay in self.stays:
            for kind in RESERVATIONS:
                if getattr(stay, kind):
                    less = replace(stay, **{kind: None if kind == "urgency" else 0})
                    yield replace(self, stays=tuple(less if one is stay else one for one in self.stays))


def smallest_group(
    model: BucketModel, decision: Decision, slot: int, people: frozenset[str], seed: int
) -> Group | None:
    """A group around some people that cannot be timed, nothing of which can be spared; None when it can."""
    tasks = [task for task in decision.tasks.get(slot, []) if people & set(task.people)]
    group = _group(decision, slot, tasks, people)
    if not _is_refused(model, decision, group, seed):
        present = frozenset(person for person, s in decision.stays if s == slot)
        group = _group(decision, slot, decision.tasks.get(slot, []), present)
        if not _is_refused(model, decision, group, seed):
            return None
    if group.size > LONGEST_GROUP:
        return group
    while True:
        less = next((one for one in group.smaller() if _is_refused(model, decision, one, seed)), None)
        if less is None:
            return group
        group = less


def _group(decision: Decision, slot: int, tasks: list[Task], reserved: frozenset[str]) -> Group:
    people = sorted(reserved | {person for task in tasks for person in task.people})
    stays = (decision.stays[person, slot] for person in people if (person, slot) in decision.stays)
    bare = {"writing": 0, "collective": 0, "preparation": 0, "urgency": None}
    return Group(
        slot, tuple(tasks), tuple(stay if stay.key[0] in reserved else replace(stay, **bare) for stay in stays)
    )


def _timed(model: BucketModel, decision: Decision, group: Group, seed: int) -> TimedHalfDay | None:
    """The group alone on the clock, over whole half-days: what fails here fails always."""
    own = {stay.key[0]: model.board.half_days[stay.key] for stay in group.stays}
    timing = HalfDayTiming(model.board, group.slot, own, prices_of(model.board))
    for stay in group.stays:
        timing.add_stay(stay)
    for task in group.tasks:
        timing.add_task(task)
    for meeting in meetings_of(model.board, decision, group.slot):
        if set(meeting.people) <= set(own):
            timing.add_meeting(meeting)
    return timing.solve(CLOCK_SECONDS, seed)


def _is_refused(model: BucketModel, decision: Decision, group: Group, seed: int) -> bool:
    timed = _timed(model, decision, group, seed)
    if timed is None or not timed.is_proven:
        return False
    return bool(timed.dropped or timed.attendance_dropped) or any(
        timed.minutes_kept(stay.key[0], kind) < _minutes(stay, kind) for stay in group.stays for kind in RESERVATIONS
    )


def _minutes(stay: Stay, kind: str) -> int:
    value = getattr(stay, kind)
    return (60 if value else 0) if kind == "urgency" else int(value)


def post_cut(model: BucketModel, decision: Decision, group: Group) -> None:
    """Forbid the group in its half-day, with the same people, posts, duties and meetings."""
    counted: Counter[int] = Counter()
    for task in group.tasks:
        for variable, count in _variables(model, task, group.slot):
            counted[variable] += count
    for stay in group.stays:
        for variable, count in _reserved_variables(model, stay):
            counted[variable] += count
    terms = {_reaches(model, variable, count) for variable, count in counted.items()}
    terms |= {variable for stay in group.stays for variable in _context(model, decision, stay.key)}
    names = "+".join(sorted(task.item_id for task in group.tasks))
    model.statement.at_most(
        model.name("cannot_be_timed", group.slot, names), {variable: 1 for variable in terms}, len(terms) - 1
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


def _reserved_variables(model: BucketModel, stay: Stay) -> list[tuple[int, int]]:
    reserved = model.reserved[stay.key]
    steps = [
        (reserved.writing, stay.writing),
        (reserved.collective, stay.collective),
        (reserved.preparation, stay.preparation),
    ]
    found = [(variable, minutes // GRID_MINUTES) for variable, minutes in steps if variable is not None and minutes]
    return [*found, (reserved.urgency[stay.urgency], 1)] if stay.urgency else found


def _bundle(model: BucketModel, task: Task) -> Bundle:
    return next(b for b in model.bundles if any(m.id == task.item_id for m in b.missions))


def _context(model: BucketModel, decision: Decision, key: Key) -> list[int]:
    """What the failure may rest on besides the group: the tour, duty and meetings of its people."""
    stay = decision.stays[key]
    found = [] if stay.tour_variable is None else [stay.tour_variable]
    if stay.reception:
        found.append(model.reserved[key].reception[stay.reception])
    for meeting_id, starts in model.attend.items():
        length = model.week.meeting[meeting_id].duration_minutes
        for start, variable in starts.get(key[0], {}).items():
            parts = model.keys_holding(key[0], model.board.parts(start, length))
            if parts and key in parts and key[0] in decision.attendance.get((meeting_id, start), []):
                found.append(variable)
    return found
