"""From what a peer decided by half-day to a judged plan: the product's own clock and last look.

A half-day is timed group by group: people who share a task, an order between tasks or rooms in use go
together. So the clock of a whole département stays as small as the product's, part by part.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from optimizer.board import Board
from optimizer.decision import Decision
from optimizer.engines.assembling import put_together
from optimizer.engines.clocking import TimedDecision, time_decision
from optimizer.engines.options import Options
from optimizer.groups import Groups
from optimizer.plan import Plan
from optimizer.tasks import Task
from optimizer.timed import TimedHalfDay


def timed_plan(board: Board, decision: Decision, options: Options) -> Plan:
    """The plan of a decision, less what the clock cannot hold or the judge refuses; groups are timed side by
    side."""
    alone = replace(options, workers=1)
    with ThreadPoolExecutor(options.workers) as pool:
        timed = list(pool.map(lambda part: time_decision(board, part, alone), in_groups(decision)))
    plan, _ = put_together(board, [_joined(decision, timed)])
    return plan


def in_groups(decision: Decision) -> list[Decision]:
    """The decision in parts that no half-day couples, in order of the first person of each."""
    groups: Groups[Hashable] = Groups()
    for slot, tasks in decision.tasks.items():
        for task in tasks:
            groups.join(_uses(slot, task))
    people: dict[Hashable, set[str]] = defaultdict(set)
    for person, _ in decision.stays:
        people[groups.name(("person", person))].add(person)
    return [_of(decision, members) for members in people.values()]


def _uses(slot: int, task: Task) -> Iterator[Hashable]:
    """What a task has in common with others: people, rooms of a half-day, items it follows."""
    yield from (("person", person) for person in task.people)
    yield from (("item", item) for item in (task.item_id, *task.after))
    if task.room:
        yield "room", slot, task.room


def _of(decision: Decision, people: set[str]) -> Decision:
    part = Decision()
    for slot, tasks in decision.tasks.items():
        part.tasks[slot] = [task for task in tasks if people.issuperset(task.people)]
    part.stays = {key: stay for key, stay in decision.stays.items() if key[0] in people}
    for meeting, attending in decision.attendance.items():
        part.attendance[meeting] = [person for person in attending if person in people]
    return part


def _joined(decision: Decision, parts: Iterable[TimedDecision]) -> TimedDecision:
    """The timed parts as the timed whole."""
    whole = TimedDecision(decision)
    for part in parts:
        for slot, timed in part.half_days.items():
            half_day = whole.half_days.setdefault(slot, TimedHalfDay())
            half_day.timed += timed.timed
            half_day.kept += timed.kept
            half_day.dropped += timed.dropped
            half_day.attendance_dropped += timed.attendance_dropped
            half_day.lost += timed.lost
    return whole
