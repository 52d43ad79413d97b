"""Cuts of the logic-based Benders decomposition: what a half-day's clock refuses, the buckets learn.

Method: Hooker and Ottosson 2003. A cut names a smallest group of tasks and reservations that cannot be
timed together; it holds for every plan, so the bound stays valid.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.decision import Decision
from optimizer.engines.clocking import meetings_of, prices_of
from optimizer.engines.hours import Hours, hours_after_lunch
from optimizer.model import BucketModel
from optimizer.tasks import Key, Stay, Task
from optimizer.timing import HalfDayTiming

REFUSAL_SECONDS = 1.0
"""Deterministic limit of one question to the clock."""
RESERVATIONS = ("writing", "collective", "preparation", "urgency")


def without(stay: Stay, kinds: Iterable[str]) -> Stay:
    """A stay less some kinds of reservation."""
    for kind in kinds:
        stay = replace(stay, urgency=None) if kind == "urgency" else lasting(stay, kind, 0)
    return stay


def lasting(stay: Stay, kind: str, minutes: int) -> Stay:
    """A stay in which a reservation of free length lasts some minutes."""
    if kind == "writing":
        return replace(stay, writing=minutes)
    if kind == "collective":
        return replace(stay, collective=minutes)
    return replace(stay, preparation=minutes)


@dataclass(frozen=True)
class Group:
    """Tasks, by person what is reserved, and whose meetings are attended, in one half-day.

    `beside` are stays of the other half of the day: what lunch and the change of post to them take counts.
    """

    slot: int
    tasks: tuple[Task, ...]
    stays: tuple[Stay, ...]
    attending: frozenset[str]
    beside: tuple[Stay, ...] = ()

    def smaller(self) -> Iterator["Group"]:
        """The groups with one thing less."""
        for task in self.tasks:
            yield replace(self, tasks=tuple(other for other in self.tasks if other is not task))
        for stay in self.stays:
            for kind in RESERVATIONS:
                if getattr(stay, kind):
                    yield self._with(stay, without(stay, (kind,)))
        for person in sorted(self.attending):
            yield replace(self, attending=self.attending - {person})

    def shorter(self, minutes: int) -> Iterator["Group"]:
        """The groups in which something of free length lasts some minutes less."""
        for task in self.tasks:
            if task.teleworkable and task.minutes - minutes >= GRID_MINUTES:
                less = replace(task, minutes=task.minutes - minutes)
                yield replace(self, tasks=tuple(less if one is task else one for one in self.tasks))
        for stay in self.stays:
            for kind in ("writing", "collective", "preparation"):
                if getattr(stay, kind) - minutes >= GRID_MINUTES:
                    yield self._with(stay, lasting(stay, kind, getattr(stay, kind) - minutes))

    def _with(self, stay: Stay, other: Stay) -> "Group":
        return replace(self, stays=tuple(other if one is stay else one for one in self.stays))


def smallest_group(
    model: BucketModel, decision: Decision, slot: int, people: frozenset[str], seed: int
) -> Group | None:
    """A group around some people that cannot be timed, nothing of which can be spared; None when it can.

    The clock is asked over whole half-days first: what fails there fails always. Then lunch and the change of
    post take their minutes, as this decision has them.
    """
    near = [task for task in decision.tasks.get(slot, []) if people & set(task.people)]
    everybody = frozenset(person for person, s in decision.stays if s == slot)
    whole = model.board.half_days
    for hours in _each_hours(model, decision):
        for tasks, reserved in ((near, people), (decision.tasks.get(slot, []), everybody)):
            core = _core(model, decision, _group(decision, slot, tasks, reserved), hours, seed)
            if core is not None:
                group = _shrunk(model, decision, core, hours, seed)
                cut = [stay.key for stay in group.stays if hours[stay.key].free != whole[stay.key].free]
                others = [(person, half + 1 - 2 * (half % 2)) for person, half in cut]
                return replace(group, beside=tuple(decision.stays[key] for key in others))
    return None


def _each_hours(model: BucketModel, decision: Decision) -> Iterator[Hours]:
    yield model.board.half_days
    yield hours_after_lunch(model.board, decision)


def _group(decision: Decision, slot: int, tasks: Sequence[Task], reserved: frozenset[str]) -> Group:
    people = sorted(reserved | {person for task in tasks for person in task.people})
    stays = [decision.stays[person, slot] for person in people if (person, slot) in decision.stays]
    own = tuple(one if one.key[0] in reserved else without(one, RESERVATIONS) for one in stays)
    return Group(slot, tuple(tasks), own, frozenset(one.key[0] for one in own))


def _core(model: BucketModel, decision: Decision, group: Group, hours: Hours, seed: int) -> Group | None:
    """The part of a group that the clock's contradiction rests on; None when it can be timed."""
    own = {stay.key[0]: hours[stay.key] for stay in group.stays}
    timing = HalfDayTiming(model.board, group.slot, own, prices_of(model.board))
    for stay in group.stays:
        timing.add_stay(stay)
    for task in group.tasks:
        timing.add_task(task)
    for meeting in meetings_of(model.board, decision, group.slot):
        if set(meeting.people) <= group.attending:
            timing.add_meeting(meeting)
    refused = timing.refusal(seed, REFUSAL_SECONDS)
    if refused is None:
        return None
    # a contradiction met while the solver simplifies comes without its assumptions: all stay suspect
    return _named(group, set(refused)) if refused else group


def _named(group: Group, refused: set[tuple[str, str]]) -> Group:
    tasks = _with_what_comes_before(group, {name for kind, name in refused if kind == "task"})
    people = {person for task in tasks for person in task.people}
    people |= {person for kind, person in refused if kind != "task"}
    stays = (
        without(stay, [kind for kind in RESERVATIONS if (kind, stay.key[0]) not in refused])
        for stay in group.stays
        if stay.key[0] in people
    )
    return replace(group, tasks=tasks, stays=tuple(stays), attending=group.attending & people)


def _with_what_comes_before(group: Group, names: set[str]) -> tuple[Task, ...]:
    """Tasks of a group, with those that must come before: the solver only names what implies the others."""
    while True:
        before = {name for task in group.tasks if task.item_id in names for name in task.after}
        if before <= names:
            return tuple(task for task in group.tasks if task.item_id in names)
        names = names | before


def _shrunk(model: BucketModel, decision: Decision, group: Group, hours: Hours, seed: int) -> Group:
    """The group less whatever can be taken from it, things first, then minutes of what has a free length."""
    while True:
        less = next(
            (core for one in group.smaller() if (core := _core(model, decision, one, hours, seed))), None
        )
        if less is None:
            break
        group = less
    for minutes in (60, 30, 15, 10, 5):
        while less := next(
            (one for one in group.shorter(minutes) if _core(model, decision, one, hours, seed)), None
        ):
            group = less
    return group


def post_cut(model: BucketModel, decision: Decision, group: Group) -> None:
    """Forbid the group in its half-day, with the same people, posts, duties and meetings."""
    counted: Counter[int] = Counter()
    for task in group.tasks:
        for variable, count in _variables(model, task, group.slot):
            counted[variable] += count
    for stay in group.stays:
        for variable, count in _reserved_variables(model, stay):
            counted[variable] += count
    held = {_reaches(model, variable, count) for variable, count in counted.items()}
    held |= {variable for stay in group.stays for variable in _context(model, decision, group, stay.key)}
    # one tour a half-day: those from a post add up to one binary
    stays = (*group.stays, *group.beside)
    posted = {variable for stay in stays for variable in model.posted(stay.key, stay.post)}
    names = "+".join(sorted(task.item_id for task in group.tasks))
    model.statement.at_most(
        f"cannot_be_timed[{group.slot},{names}]",
        dict.fromkeys(held | posted, 1),
        len(held) + len(stays) - 1,
    )


def _reaches(model: BucketModel, variable: int, count: int) -> int:
    """A binary that is 1 when a count reaches what the group holds; the variable itself when it is binary."""
    most = model.statement.uppers[variable]
    if most == 1:
        return variable
    reached = model.statement.variable(("reaches", variable, count))
    # below `count` unless `reached`: x <= count - 1 + (most - count + 1) reached
    model.statement.at_most(
        ("reaches", variable, count), {variable: 1, reached: -(most - count + 1)}, count - 1
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
    found = [
        (variable, minutes // GRID_MINUTES) for variable, minutes in steps if variable is not None and minutes
    ]
    return [*found, (reserved.urgency[stay.urgency], 1)] if stay.urgency else found


def _bundle(model: BucketModel, task: Task) -> Bundle:
    return next(b for b in model.bundles if any(m.id == task.item_id for m in b.missions))


def _context(model: BucketModel, decision: Decision, group: Group, key: Key) -> list[int]:
    """What the failure may rest on besides the group and its posts: duty and meetings."""
    stay = decision.stays[key]
    found: list[int] = []
    if stay.reception:
        found.append(model.reserved[key].reception[stay.reception])
    for meeting_id, starts in model.attend.items() if key[0] in group.attending else ():
        length = model.week.meeting[meeting_id].duration_minutes
        for start, variable in starts.get(key[0], {}).items():
            parts = model.keys_holding(key[0], model.board.parts(start, length))
            if parts and key in parts and key[0] in decision.attendance.get((meeting_id, start), []):
                found.append(variable)
    return found
