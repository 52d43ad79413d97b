"""What is left of a plan after events, and its repair at once: what lost its place is placed again, the rest
stays where it is."""

from collections.abc import Collection
from dataclasses import dataclass

from optimizer.answers.recommend import Asked, price_of_leaving
from optimizer.board import Board
from optimizer.check import Verdict
from optimizer.engines.assembling import LeftOut
from optimizer.engines.fitting import least_loaded
from optimizer.engines.mending import answered, mended, without
from optimizer.events import Changed
from optimizer.plan import Assignment, Plan, Referent, Reservation, ReservationKind, is_past
from optimizer.reading import Reading
from optimizer.reading.changed import reading_after
from optimizer.rules import (
    Violation,
    evaluation_order,
    evaluator_distance,
    one_pair,
    pairs,
    separate_services,
)
from optimizer.standing import Standing
from optimizer.week import Meeting, Mission, Week


@dataclass(frozen=True)
class Left:
    """What events leave of a plan: its rows that still hold, and the missions that lost their place."""

    plan: Plan
    lost: tuple[str, ...]


def what_is_left(changed: Changed, plan: Plan) -> Left:
    """The plan without what events make impossible.

    Rows whose people are not there any more, whose room is closed, or whose length or time is another's go
    whole; those who attend a meeting go one by one.
    """
    week = changed.week
    reading = Reading(week, plan)
    rows: list[Assignment] = []
    lost: list[str] = []
    gone = _items_gone(week, plan, reading, changed.items)
    for row in plan.assignments:
        meeting = week.meeting.get(row.mission_id)
        if meeting is not None:
            rows += _attended(reading, meeting, row, changed.items)
        elif row.mission_id in gone:
            lost.append(row.mission_id)
        elif row.mission_id in week.mission or row.mission_id in week.action:
            rows.append(row)
    kept = [piece for one in plan.reservations for piece in _kept(reading, one)]
    known = {*week.mission, *week.action, *week.meeting}
    left = plan.model_copy(
        update={
            "assignments": tuple(rows),
            "reservations": tuple(kept),
            "referents": tuple(row for row in plan.referents if _may_stay(reading, row)),
            "queue": tuple(row for row in plan.queue if row.mission_id in known - changed.items),
            "unserved": tuple(row for row in plan.unserved if row.mission_id in known - changed.items),
            "provenance": None,
            "checker": None,
        }
    )
    answered = {row.mission_id for row in left.queue} | {row.mission_id for row in left.unserved}
    answered |= {row.mission_id for row in rows}
    new = [item for item in (*week.mission, *week.action) if item not in answered]
    return Left(left, tuple(dict.fromkeys((*new, *lost))))


def _items_gone(week: Week, plan: Plan, reading: Reading, touched: frozenset[str]) -> set[str]:
    """The missions and actions that cannot stay where they are."""
    fits = reading.presence.fits
    minute = week.calendar.minute
    rooms = {room.id: room for site in week.sites for room in site.rooms}
    gone = {
        row.mission_id
        for row in plan.assignments
        if row.mission_id not in week.meeting
        and not is_past(week, row)
        and (
            not all(fits(person, minute(row.start), minute(row.end)) for person in row.professional_ids)
            or (row.room_id in rooms and not rooms[row.room_id].is_open(row.start, row.end))
        )
    }
    return gone | set(touched)


def _attended(
    reading: Reading, meeting: Meeting, row: Assignment, touched: frozenset[str]
) -> list[Assignment]:
    """A meeting with those who are still there, at its time of now."""
    week = reading.week
    if is_past(week, row):
        return [row]
    if meeting.id in touched and meeting.fixed_start is not None:
        if row.start != min(one.start for one in reading.plan.assignments if one.mission_id == meeting.id):
            return []
        parts = reading.parts_from(week.calendar.minute(meeting.fixed_start), meeting.duration_minutes)
    else:
        parts = (reading.row_of(row).stretch,)
    people = tuple(
        person
        for person in row.professional_ids
        if person in week.professional and all(reading.presence.fits(person, *part) for part in parts)
    )
    return [
        row.model_copy(
            update={
                "professional_ids": people,
                "start": reading.instant(part.start),
                "end": reading.instant(part.end),
            }
        )
        for part in parts
        if people
    ]


def _kept(reading: Reading, one: Reservation) -> list[Reservation]:
    """A reservation while its people are there."""
    if one.kind is ReservationKind.TRAVEL:
        return []
    if is_past(reading.week, one):
        return [one]
    stretch = reading.kept_of(one).stretch
    people = tuple(who for who in one.professional_ids if reading.presence.fits(who, *stretch))
    return (
        [one if people == one.professional_ids else one.model_copy(update={"professional_ids": people})]
        if people
        else []
    )


def _may_stay(reading: Reading, row: Referent) -> bool:
    person = reading.week.professional.get(row.professional_id)
    return person is not None and reading.stays(person) and row.case_id in reading.week.case


def repaired(changed: Changed, left: Left, known: Collection[Violation] = ()) -> tuple[Plan, Verdict]:
    """A plan with an answer for everything, in order of what leaving it costs, the dearest first, and the
    judge's word on it; what stays does not move, nor what the published plan broke already (`known`)."""
    week, board = changed.week, Board(changed.week)
    plan = without(board, _with_referents(board, left.plan), LeftOut())
    standing = Standing(week, plan)
    missions = [week.mission[item] for item in left.lost if item in week.mission]
    missions.sort(key=lambda one: (-price_of_leaving(standing, week, plan, one), one.due, one.id))
    for mission in missions:
        row = _best(standing, week, plan, mission)
        if row is not None:
            plan = with_row(plan, row)
    return mended(board, answered(board, plan), known)


def _best(standing: Standing, week: Week, plan: Plan, mission: Mission) -> Assignment | None:
    if week.types[mission.type].splittable:
        return None
    rows = Asked(standing, week, plan, mission).best(CHOICES if week.types[mission.type].ip else 1)
    if not week.types[mission.type].ip:
        return rows[0] if rows else None
    reading = reading_after(standing.reading, plan, week)
    known = _broken(reading)
    return next((row for row in rows if _broken(reading_after(reading, with_row(plan, row))) <= known), None)


def _broken(reading: Reading) -> int:
    """How many times rules that bind the acts of a household together are broken."""
    return sum(1 for rule in OF_A_HOUSEHOLD for _ in rule.check(reading))


def with_row(plan: Plan, row: Assignment) -> Plan:
    """The plan with a row more."""
    return plan.model_copy(update={"assignments": (*plan.assignments, row)})


CHOICES = 12
"""Places looked at for an act that others of its household bind."""
OF_A_HOUSEHOLD = (
    one_pair.RULE,
    evaluation_order.RULE,
    evaluator_distance.RULE,
    separate_services.RULE,
    pairs.RULE,
)


def _with_referents(board: Board, plan: Plan) -> Plan:
    """The plan with a referent for each household that must have one now, and none for the others."""
    to_attribute = {case.id for case in board.cases_to_attribute()}
    given = {row.case_id: row for row in plan.referents if row.case_id in to_attribute}
    missing = [
        Referent(case_id=case, professional_id=person)
        for case, person in least_loaded(board)
        if case not in given
    ]
    return plan.model_copy(update={"referents": (*given.values(), *missing)})
