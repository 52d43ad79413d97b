"""A plan of any origin put right: an answer for everything, and nothing that breaks a rule."""

from collections.abc import Collection
from dataclasses import replace

from optimizer.board import Board
from optimizer.check import Verdict, judge
from optimizer.engines.assembling import MENDINGS, LeftOut
from optimizer.engines.insertion import insert_what_waits
from optimizer.engines.queueing import queue_requests
from optimizer.engines.reasons import Reasons
from optimizer.engines.writing_down import without_spare_preparation, without_unprepared_actions
from optimizer.plan import Plan, Unserved, is_past
from optimizer.reading import Reading
from optimizer.rules import (
    Violation,
    late_requests,
    queue_capacity,
    queue_dates,
    queue_last_resort,
    waiting,
)
from optimizer.week import CollectiveAction, Meeting, Mission, Week

QUEUE = (queue_capacity.RULE, queue_dates.RULE)
FOLLOWS = {queue_last_resort.RULE.code, queue_capacity.RULE.code}
"""What a change may leave to be put right by itself: a slot that came free, and the dates of the queue."""


def mended(board: Board, plan: Plan, known: Collection[Violation] = ()) -> tuple[Plan, Verdict]:
    """The plan without what breaks a rule, and the judge's word on it, `known` left aside: what a rule names
    goes, and what waits has a look at what that leaves."""
    left_out = LeftOut()
    verdict = _beside(known, judge(board.week, plan))
    for _ in range(MENDINGS):
        if verdict.passed:
            break
        if not {one.rule for one in verdict.hard} <= FOLLOWS and not _learn(
            board.week, left_out, plan, verdict
        ):
            break
        plan = answered(board, without(board, plan, left_out))
        verdict = _beside(known, judge(board.week, plan))
    return plan, verdict


def _beside(known: Collection[Violation], verdict: Verdict) -> Verdict:
    """A verdict less what is known already."""
    return replace(verdict, hard=tuple(one for one in verdict.hard if one not in known))


def _learn(week: Week, left_out: LeftOut, plan: Plan, verdict: Verdict) -> bool:
    """Leave out what a refused plan breaks rules with, the acts of a household where it is named; whether
    that is anything new."""
    is_new = left_out.learn(plan, verdict)
    acts = {one.id for one in week.missions if one.case_id in left_out.items and week.types[one.type].ip}
    is_new |= not acts <= left_out.items
    left_out.items |= acts
    return is_new


def without(board: Board, plan: Plan, left_out: LeftOut) -> Plan:
    """The plan without items and reservations, nor the actions that nobody could prepare then; what is past
    stays."""
    week = board.week
    past = {row.mission_id for row in plan.assignments if is_past(week, row)}
    items = left_out.items - past
    rows = [row for row in plan.assignments if row.mission_id not in items]
    kept = [row for row in plan.reservations if is_past(week, row) or not left_out.holds(row)]
    ready = {row.mission_id for row in without_unprepared_actions(board, rows, kept)} | past
    rows = [row for row in rows if row.mission_id in ready]
    kept = without_spare_preparation(board, rows, kept)
    return plan.model_copy(update={"assignments": tuple(rows), "reservations": tuple(kept)})


def answered(board: Board, plan: Plan, is_told: bool = False) -> Plan:
    """The plan with an answer for everything: what waits takes the slots that are left, a request keeps its
    date in the queue while the queue holds, the rest has a reason. Dates that people were told stay even
    where others would make the whole wait less."""
    plan = insert_what_waits(board, plan)
    placed = {row.mission_id for row in plan.assignments}
    reasons, week = Reasons(board, plan), board.week
    sessions = [meeting for meeting in week.meetings if meeting.seats is not None]
    items: list[Mission | CollectiveAction | Meeting] = [*week.missions, *week.actions, *sessions]
    known = {row.mission_id: row for row in plan.unserved}
    unserved = [
        known.get(one.id)
        or Unserved(mission_id=one.id, reason=reasons.of(one), earliest_date=board.calendar.first_day_after)
        for one in items
        if one.id not in placed and not week.types[one.type].request
    ]
    told = {row.mission_id: row.date for row in plan.queue if row.mission_id not in placed}
    drafts = [
        plan.model_copy(
            update={"queue": tuple(queue_requests(board, plan, kept)), "unserved": tuple(unserved)}
        )
        for kept in (told, {})
    ]
    if not _queue_holds(week, drafts[0]):
        return drafts[1]
    if is_told:
        return drafts[0]
    return min(drafts, key=lambda draft: _lateness(week, draft))


def _lateness(week: Week, plan: Plan) -> int:
    """What requests cost at level 1 by their dates, in tenths."""
    reading = Reading(week, plan)
    return sum(one.tenths or 0 for rule in (late_requests.RULE, waiting.RULE) for one in rule.check(reading))


def _queue_holds(week: Week, plan: Plan) -> bool:
    reading = Reading(week, plan)
    return not any(True for rule in QUEUE for _ in rule.check(reading))
