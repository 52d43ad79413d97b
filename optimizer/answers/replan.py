"""The door of a re-plan: a published plan and what happened since, in; a judged plan and what moves, out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from optimizer.answers.near import part_near, week_of_part, without_the_absent
from optimizer.answers.repair import repaired, what_is_left
from optimizer.board import Board
from optimizer.check import Verdict, judge
from optimizer.claims import PRICED, false_claims
from optimizer.contradictions import contradictions
from optimizer.disturbance import DISTURBANCE, Shift, counted, event_shifts, shifts
from optimizer.engines.mending import mended
from optimizer.engines.options import Options, Progress
from optimizer.engines.replanning import Replanning
from optimizer.errors import ContradictoryWeek
from optimizer.events import (
    Absent,
    Added,
    Changed,
    Event,
    HandsOver,
    Leaves,
    MeetingMoved,
    RoomClosed,
    changed_by,
)
from optimizer.plan import Level, Plan, status_of
from optimizer.reading import Reading
from optimizer.rules import Violation
from optimizer.solve import Found, OnNews, followed
from optimizer.standing import Standing
from optimizer.vouching import as_judged, vouched
from optimizer.week import Week


@dataclass(frozen=True)
class Replanned:
    """A plan after events: the week that it is for, what moved, the heaviest first, and what the events
    themselves put, moved or took away, which the level of disturbance does not count."""

    week: Week
    plan: Plan
    shifts: tuple[Shift, ...]
    by_events: tuple[Shift, ...] = ()

    @property
    def moves(self) -> dict[str, int]:
        """How many people are told again, and how many moves of each kind."""
        return {kind.value: times for kind, times in counted(self.shifts).items()}


def replan(
    standing: Standing,
    events: Iterable[Event],
    now: datetime,
    options: Options,
    on_progress: Progress | None = None,
    on_news: OnNews | None = None,
) -> Replanned:
    """What people do after some events: commitments that these break first, then the least that moves, then
    the usual preferences. What is past does not move; without an event nothing does.

    Raises
    ------
    UnusableInput
        Every event that is unknown, past, or that the week cannot hold.
    ContradictoryWeek
        What the events fix cannot hold together with what is fixed already.
    SolverLost
        The judge does not confirm the plan.
    """
    started, asked = monotonic(), list(events)
    if not asked:
        return Replanned(standing.week, _as_it_is(standing), ())
    changed = changed_by(standing.week, standing.plan, asked, now)
    if len(standing.week.professionals) > LARGEST_TEAM:
        part = part_near(Reading(changed.week, standing.plan, standing.reading), *_named(standing, asked))
        one = Standing(week_of_part(standing.week, standing.plan, part), part.plan(standing.plan))
        there = Changed(week_of_part(changed.week, standing.plan, part), changed.items)
        spent = monotonic() - started + JUDGING * len(standing.week.professionals)
        mine = _replanned(one, there, asked, _less(options, spent), on_progress, on_news).plan
        plan = part.joined(without_the_absent(changed.week, standing.plan, part.items), mine)
    else:
        found = _replanned(standing, changed, asked, options, on_progress, on_news)
        plan = found.plan
    plan, verdict = _priced(changed.week, plan, standing.verdict.hard)
    moved = shifts(changed.week, standing.plan, plan, changed.items)
    levels = tuple(
        Level.of(level.name, sum(one.tenths for one in moved) / 10, level.bound)
        if level.name == DISTURBANCE
        else level
        for level in plan.levels
    )
    seconds = None if options.deterministic else monotonic() - started
    plan = plan.model_copy(update={"status": status_of(levels), "levels": levels})
    known = standing.verdict.hard
    plan = vouched(changed.week, plan, options, "replanning", seconds, known, verdict)
    own = event_shifts(standing.week, changed.week, standing.plan, plan, changed.items)
    return Replanned(changed.week, plan, tuple(moved), tuple(own))


def _as_it_is(standing: Standing) -> Plan:
    """The published plan, at the judge's figures where it says something else of itself."""
    week, plan, verdict = standing.week, standing.plan, standing.verdict
    is_true = verdict.passed and not false_claims(week, plan, verdict)
    return plan if is_true else as_judged(week, plan, verdict)


LARGEST_TEAM = 60
"""People beyond whom only the services that events touch are planned again."""
JUDGING, LEAST_SECONDS = 0.0035, 1.0
"""Seconds a person that joining and judging the whole take; seconds that the part has at least."""


def _less(options: Options, seconds: float) -> Options:
    """The same options less what went by and what is to come; a deterministic limit counts no seconds."""
    if options.deterministic:
        return options
    return replace(options, time_limit=max(LEAST_SECONDS, options.time_limit - seconds))


def _priced(week: Week, plan: Plan, known: tuple[Violation, ...]) -> tuple[Plan, Verdict]:
    """The plan at the judge's prices, mended where what others do with the part does not hold; bounds found
    for a part hold: the whole pays more."""
    verdict = judge(week, plan)
    if not verdict.passed:
        plan, _ = mended(Board(week), plan, known)
        verdict = judge(week, plan)
    levels = tuple(
        level
        if level.name == DISTURBANCE
        else Level.of(level.name, verdict.value(level.name) / 10, level.bound)
        for level in plan.levels
    )
    return plan.model_copy(update={"levels": levels}), verdict


def _replanned(
    standing: Standing,
    changed: Changed,
    events: list[Event],
    options: Options,
    on_progress: Progress | None,
    on_news: OnNews | None,
) -> Found:
    """The plan of one team after events."""
    if facts := contradictions(changed.week):
        raise ContradictoryWeek(facts)
    plan, verdict = repaired(changed, what_is_left(changed, standing.plan), standing.verdict.hard)
    if standing.verdict.hard:
        levels = (Level.of(level, verdict.value(level) / 10, 0.0) for level in PRICED)
        return Found(plan.model_copy(update={"levels": tuple(levels)}), is_cut_short=False)
    people = _touched(standing, changed, events, plan)
    job = Replanning(standing.week, standing.plan, plan, changed.items, people)
    return followed(changed.week, options, job, on_progress, on_news, is_last_best=True)


def _named(standing: Standing, events: Iterable[Event]) -> tuple[set[str], set[str]]:
    """The people whom events name, or who do what they name, and the items."""
    people: set[str] = set()
    items: set[str] = set()
    rooms: set[str] = set()
    for event in events:
        match event:
            case Absent() | Leaves() | HandsOver():
                people.add(event.professional_id)
            case Added():
                items.add(event.mission.id)
            case MeetingMoved():
                items.add(event.meeting_id)
            case RoomClosed():
                rooms.add(event.room_id)
            case _:
                items.add(event.item_id)
    for row in standing.plan.assignments:
        if row.mission_id in items or row.room_id in rooms:
            people |= set(row.professional_ids)
    return people, items


def _touched(standing: Standing, changed: Changed, events: Iterable[Event], plan: Plan) -> frozenset[str]:
    """Whom the events are about, those who do or did what they move, and who may do what is new."""
    people: set[str] = set()
    board = standing.board_of(changed.week)
    for event in events:
        match event:
            case Absent() | Leaves() | HandsOver():
                people.add(event.professional_id)
            case Added():
                team = board.teams.of_mission(event.mission)
                able = board.week.professionals
                people |= {one.id for one in able if board.may_take(one, event.mission.type, team)}
    before, after = standing.plan.assignments, plan.assignments
    moved = changed.items | {row.mission_id for row in {*before} ^ {*after}} - standing.week.meeting.keys()
    people |= {who for row in (*before, *after) if row.mission_id in moved for who in row.professional_ids}
    return frozenset(people & set(changed.week.professional))
