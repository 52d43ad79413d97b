"""What the clock must move in a half-day, told to the buckets: optimality cuts of logic-based Benders.

When all that some people do in a half-day cannot keep its published times, any plan in which they do at least
that moves as much. A cut says so, unless something of it leaves (Hooker and Ottosson 2003).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.decision import Decision
from optimizer.disturbance import DISTURBANCE, WEIGHTS, MoveKind, is_of_a_household
from optimizer.engines.clocking import meetings_of, prices_of
from optimizer.engines.hours import hours_of
from optimizer.linear import Variable, each
from optimizer.model import BucketModel
from optimizer.plan import Plan
from optimizer.tasks import Task
from optimizer.timing import HalfDayTiming

CLOCK_SECONDS = 0.5
"""Deterministic limit of one proof."""


@dataclass(frozen=True)
class Moved:
    """People who must move one of some items in a half-day, whatever order they work in, once they write more
    than some minutes there (-1: however little); and what the least move weighs, in tenths."""

    slot: int
    people: frozenset[str]
    items: frozenset[str]
    tenths: int
    writing: int


def must_move(
    model: BucketModel,
    decision: Decision,
    published: Plan,
    shifted: Collection[str],
    slots: set[int],
    seed: int,
) -> Iterator[Moved]:
    """In each half-day, each group of people whom common work joins and who cannot all keep their times;
    `shifted` are the items that move already."""
    starts = {
        row.mission_id: (model.board.calendar.minute(row.start), frozenset(row.professional_ids))
        for row in published.assignments
        if row.mission_id not in shifted
    }
    hours = hours_of(model.board, decision)
    for slot in sorted(slots):
        tasks = decision.tasks.get(slot, [])
        for people in _groups(tasks, [person for person, other in decision.stays if other == slot]):
            mine = [task for task in tasks if people & set(task.people)]
            wished = [_wishing(model, task, starts) for task in mine]
            if not any(task.wished for task in wished):
                continue
            own = {person: hours[person, slot] for person in people}
            timing = HalfDayTiming(model.board, slot, own, prices_of(model.board))
            for person in sorted(people):
                timing.add_stay(replace(decision.stays[person, slot], more_writing=0))
            for task in wished:
                timing.add_task(task)
            for meeting in meetings_of(model.board, decision, slot):
                if people.issuperset(meeting.people):
                    timing.add_meeting(meeting)
            writing = timing.most_writing_unmoved(CLOCK_SECONDS, seed)
            decided = sum(decision.stays[person, slot].writing for person in people)
            if writing is not None and writing < decided:
                kept = [task for task in wished if task.wished]
                least = min(_weight(model, task.item_id) for task in kept)
                yield Moved(slot, people, frozenset(task.item_id for task in kept), least, writing)


def _groups(tasks: list[Task], people: list[str]) -> list[frozenset[str]]:
    """People joined by tasks that they do together."""
    groups = [frozenset((person,)) for person in people]
    for task in tasks:
        joined = [group for group in groups if group & set(task.people)]
        rest = [group for group in groups if group not in joined]
        groups = [*rest, frozenset[str]().union(*joined)] if joined else groups
    return groups


def _wishing(model: BucketModel, task: Task, starts: dict[str, tuple[int, frozenset[str]]]) -> Task:
    """A task that the same people already had in that half-day, at its start."""
    start, people = starts.get(task.item_id, (0, frozenset[str]()))
    first = task.people[0]
    if people != frozenset(task.people):
        return replace(task, wished=None)
    held = any(
        model.half_days[first, slot].holds(((start, start + task.minutes),))
        for slot in _slots_of(model, first, start)
    )
    return replace(task, wished=(start, None) if held else None)


def _slots_of(model: BucketModel, person: str, start: int) -> list[int]:
    day = model.board.calendar.instant(start).date()
    if day not in model.board.day_index:
        return []
    slots = (2 * model.board.day_index[day] + half for half in (0, 1))
    return [slot for slot in slots if (person, slot) in model.half_days]


def _weight(model: BucketModel, item: str) -> int:
    is_told = is_of_a_household(model.week, item)
    return WEIGHTS[MoveKind.TIME] + (WEIGHTS[MoveKind.TOLD] if is_told else 0)


def post_time_cut(
    model: BucketModel, decision: Decision, moved: Moved, shifted: Mapping[str, Variable]
) -> Variable:
    """The row that prices what these people must move as long as they do at least that, less what `shifted`
    pays for it; the variable of its price."""
    whom = (moved.slot, *sorted(moved.people))
    extra = model.variable("moved_by_the_clock", whom, moved.tenths)
    conditions = list(_conditions(model, decision, moved))
    terms = Counter(conditions)
    row: dict[Variable, int] = {variable: -moved.tenths * times for variable, times in terms.items()}
    row[extra] = 1
    row |= {shifted[item]: moved.tenths for item in moved.items if item in shifted}
    model.statement.row(("moved_by_the_clock", *whom), row, lower=moved.tenths * (1 - len(conditions)))
    model.statement.price(DISTURBANCE, extra, 1)
    return extra


def _conditions(model: BucketModel, decision: Decision, moved: Moved) -> Iterator[Variable]:
    """A variable that is 1 while each thing that these people do there is still done, at least as long."""
    slot = moved.slot
    tasks = [task for task in decision.tasks.get(slot, []) if moved.people & set(task.people)]
    whose = {mission.id: bundle for bundle in model.bundles for mission in bundle.missions}
    times = Counter((whose[t.item_id].index, who) for t in tasks if t.item_id in whose for who in t.people)
    alike = _alike(model, tasks, whose, moved)
    for (index, who), count in times.items():
        taken = model.take[index].get((who, slot))
        if taken is not None:
            yield _more_than(model, [taken, *alike.get(index, ())], count - 1)
    for task in tasks:
        bundle = whose.get(task.item_id)
        if bundle is None:
            for (who, other, _), led in model.lead[task.item_id].items():
                if other == slot and who in task.people:
                    yield led
        elif bundle.kind.splittable:
            for who in task.people:
                yield _at_least(
                    model, model.part_minutes[bundle.index][who, slot], task.minutes // GRID_MINUTES
                )
    for meeting in meetings_of(model.board, decision, slot):
        for who in moved.people.intersection(meeting.people):
            yield model.attend[meeting.meeting_id][who][meeting.start]
    written = [model.reserved[who, slot].writing for who in sorted(moved.people)]
    if moved.writing >= 0:
        yield _more_than(model, [v for v in written if v is not None], moved.writing // GRID_MINUTES)
    for who in sorted(moved.people):
        stay, reserved = decision.stays[who, slot], model.reserved[who, slot]
        if stay.tour_variable is not None:
            yield stay.tour_variable
        for kind in ("collective", "preparation"):
            minutes, variable = getattr(stay, kind), getattr(reserved, kind)
            if minutes and variable is not None:
                yield _at_least(model, variable, minutes // GRID_MINUTES)
        if stay.reception:
            yield reserved.reception[stay.reception]
        if stay.urgency:
            yield reserved.urgency[stay.urgency]


def _alike(
    model: BucketModel, tasks: list[Task], whose: Mapping[str, Bundle], moved: Moved
) -> dict[int, list[Variable]]:
    """By bundle of a task that comes in: what may come in its place, as long or longer, into the same kind of
    room there. None where two such come in: one would stand for both."""
    coming = [task for task in tasks if task.item_id in whose and task.item_id not in moved.items]
    places = Counter(_place(whose[task.item_id]) for task in coming)
    done = {whose[task.item_id].index for task in tasks if task.item_id in whose}
    bound = {item for task in tasks for item in task.after} | {task.item_id for task in tasks if task.after}
    found: dict[int, list[Variable]] = {}
    for task in coming:
        bundle = whose[task.item_id]
        is_free = not bundle.first.fixed_start and task.item_id not in model.board.pinned_start
        if not is_free or task.item_id in bound or len(task.people) > 1 or places[_place(bundle)] > 1:
            continue
        found[bundle.index] = [
            model.take[other.index][task.people[0], moved.slot]
            for other in model.bundles
            if other.index not in done
            and _place(other) == _place(bundle)
            and other.people == 1
            and not other.kind.splittable
            and other.first.duration_minutes >= task.minutes
            and (task.people[0], moved.slot) in model.take[other.index]
        ]
    return found


def _place(bundle: Bundle) -> tuple[object, ...]:
    return bundle.location, bundle.kind.room, bundle.kind.request


def _at_least(model: BucketModel, variable: Variable, least: int) -> Variable:
    """1 as soon as a variable is at least so much."""
    return _more_than(model, [variable], least - 1)


def _more_than(model: BucketModel, variables: list[Variable], most: int) -> Variable:
    """1 as soon as variables are more than so much together."""
    upper = sum(model.statement.uppers[variable] for variable in variables)
    if upper == 1 and not most:
        return variables[0]
    more = model.variable("more_than", (*variables, most))
    if not most:
        for variable in variables:
            most_of_it = model.statement.uppers[variable]
            model.at_most(0, "more_than", (more, variable), [(variable, 1), (more, -most_of_it)])
        return more
    beyond = max(1, upper - most)
    model.at_most(most, "more_than", (*variables, most), each(variables), [(more, -beyond)])
    return more
