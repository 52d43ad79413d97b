"""A plan put together from what the clock could hold, and mended where the judge still refuses it."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from optimizer.board import Board
from optimizer.check import Verdict, judge
from optimizer.engines.clocking import TimedDecision
from optimizer.engines.insertion import insert_what_waits
from optimizer.engines.queueing import queue_requests
from optimizer.engines.reasons import Reasons
from optimizer.engines.writing_down import (
    assignments,
    joined,
    referents,
    reservations,
    without_spare_preparation,
    without_unprepared_actions,
)
from optimizer.plan import Assignment, Checker, Level, Plan, Reservation, Status, Unserved, status_of
from optimizer.week import CollectiveAction, Meeting, Mission

LOGGER = logging.getLogger(__name__)
MENDINGS = 6
"""Times that a refused plan is put together again without what breaks a rule."""
SHOWN = 5
"""Violations logged at most."""


@dataclass
class LeftOut:
    """What a plan does without: items, and the reservations of people on some days."""

    items: set[str] = field(default_factory=set)
    days: set[tuple[str, date]] = field(default_factory=set)

    def holds(self, row: Reservation) -> bool:
        """Whether a reservation is among what is left out."""
        return any((person, row.start.date()) in self.days for person in row.professional_ids)

    def learn(self, plan: Plan, verdict: Verdict) -> bool:
        """Leave out what a refused plan breaks rules with; whether that is anything new.

        An item that a rule names; else what its people have reserved that day, then what they do.
        """
        before = len(self.items), len(self.days)
        for violation in verdict.hard:
            if violation.item_id:
                self.items.add(violation.item_id)
            elif violation.when:
                whom = {(person, violation.when.date()) for person in violation.professional_ids}
                if whom <= self.days:
                    rows = [row for row in plan.assignments if row.start.date() == violation.when.date()]
                    people = set(violation.professional_ids)
                    self.items |= {row.mission_id for row in rows if people & set(row.professional_ids)}
                self.days |= whom
        return (len(self.items), len(self.days)) != before


def with_bounds(plan: Plan, verdict: Verdict, bounds: Mapping[str, int]) -> Plan:
    """The plan with the judge's values, bounds of its levels in tenths, and the verdict."""
    levels = tuple(Level.of(level, verdict.value(level) / 10, bound / 10) for level, bound in bounds.items())
    return plan.model_copy(
        update={
            "status": status_of(levels),
            "levels": levels,
            "checker": Checker(passed=verdict.passed, violations=tuple(str(v) for v in verdict.hard)),
        }
    )


def put_together(board: Board, timed: list[TimedDecision]) -> tuple[Plan, Verdict]:
    """A plan and the judge's word on it.

    Model and clock follow the judge's rules, so that it refuses nothing; should it, a plan that does a
    little less is worth more than none.
    """
    return _mended(board, lambda left_out: assemble(board, timed, left_out))


def _mended(board: Board, draft: Callable[[LeftOut], Plan]) -> tuple[Plan, Verdict]:
    """A plan without what breaks rules, as long as that is something new, and the judge's word on it."""
    left_out = LeftOut()
    plan = draft(left_out)
    verdict = judge(board.week, plan)
    for _ in range(MENDINGS):
        if verdict.passed or not left_out.learn(plan, verdict):
            break
        LOGGER.warning("mended: %s", "; ".join(map(str, verdict.hard[:SHOWN])))
        plan = draft(left_out)
        verdict = judge(board.week, plan)
    return plan, verdict


def mended(board: Board, plan: Plan, waiting: Collection[str]) -> tuple[Plan, Verdict]:
    """A plan joined from those of parts, and the judge's word on it: what waits has a look at what others
    left, nothing is without an answer, and what parts broke together is left out.

    `waiting` names what may find a slot that its own part did not see.
    """

    def draft(left_out: LeftOut) -> Plan:
        if not (left_out.items or left_out.days):
            return _answered(board, plan, waiting)
        rows = [row for row in plan.assignments if row.mission_id not in left_out.items]
        kept = [row for row in plan.reservations if not left_out.holds(row)]
        rows = without_unprepared_actions(board, rows, kept)
        kept = without_spare_preparation(board, rows, kept)
        rest = plan.model_copy(update={"assignments": tuple(rows), "reservations": tuple(kept)})
        return _answered(board, rest, {*waiting, *left_out.items})

    return _mended(board, draft)


def _answered(board: Board, plan: Plan, waiting: Collection[str]) -> Plan:
    """The plan with an answer for everything: a slot for what waits where one is left, else a date, or a
    reason."""
    if waiting:
        plan = insert_what_waits(board, plan, waiting)
    placed = {row.mission_id for row in plan.assignments}
    asked = {item.id for item in _items(board)}
    left = {row.mission_id for row in plan.queue} | {row.mission_id for row in plan.unserved}
    if asked <= placed | left and not placed & left:
        return plan
    queue = queue_requests(board, plan)
    unserved = _unserved(board, plan, {row.mission_id for row in queue})
    return plan.model_copy(update={"queue": tuple(queue), "unserved": tuple(unserved)})


def assemble(board: Board, timed: list[TimedDecision], left_out: LeftOut | None = None) -> Plan:
    """The plan's rows; whatever could not be timed, or is left out, is unserved or queued."""
    left_out = left_out or LeftOut()
    rows: list[Assignment] = []
    kept: list[Reservation] = []
    for one in timed:
        incomplete = _incomplete(one, left_out.items)
        rows += [row for row in assignments(board, one) if row.mission_id not in incomplete]
        for half_day in one.half_days.values():
            kept += [row for row in reservations(board, half_day.kept) if not left_out.holds(row)]
    rows = without_unprepared_actions(board, rows, kept)
    draft = Plan(
        status=Status.FEASIBLE,
        assignments=tuple(sorted(rows, key=lambda row: (row.start, row.mission_id, row.end))),
        reservations=tuple(without_spare_preparation(board, rows, joined(kept))),
        referents=tuple(row for one in timed for row in referents(one)),
    )
    draft = insert_what_waits(board, draft)
    queue = queue_requests(board, draft)
    return draft.model_copy(
        update={
            "queue": tuple(queue),
            "unserved": tuple(_unserved(board, draft, {q.mission_id for q in queue})),
        }
    )


def _incomplete(timed: TimedDecision, left_out: set[str]) -> set[str]:
    """Items left out or of which a part could not be timed, and what must come after them."""
    lost = {task.item_id for _, task in timed.dropped} | left_out
    while True:
        more = {
            one.task.item_id
            for half_day in timed.half_days.values()
            for one in half_day.timed
            if set(one.task.after) & (lost | set(timed.decision.unplaced)) and one.task.item_id not in lost
        }
        if not more:
            return lost
        lost |= more


def _items(board: Board) -> list[Mission | CollectiveAction | Meeting]:
    """What has an answer in each plan."""
    week = board.week
    sessions = [meeting for meeting in week.meetings if meeting.seats is not None]
    return [*week.missions, *week.actions, *sessions]


def _unserved(board: Board, draft: Plan, queued: set[str]) -> list[Unserved]:
    reasons, placed = Reasons(board, draft), {row.mission_id for row in draft.assignments}
    return [
        Unserved(mission_id=item.id, reason=reasons.of(item), earliest_date=board.calendar.first_day_after)
        for item in _items(board)
        if item.id not in placed and item.id not in queued
    ]
