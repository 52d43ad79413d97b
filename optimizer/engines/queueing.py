"""The dated queue: requests that found no slot, in the order of what waiting costs, within weekly
capacity."""

from collections.abc import Mapping
from datetime import date, timedelta

from optimizer.board import Board
from optimizer.engines.reasons import Reasons
from optimizer.plan import Plan, Queued, ReservationKind
from optimizer.week import Mission, Professional
from optimizer.words import ServiceKind, Urgency

RANK = {Urgency.URGENT: 0, Urgency.PRIORITY: 1, Urgency.ORDINARY: 2, None: 2}


def queue_requests(board: Board, draft: Plan, kept: Mapping[str, date] | None = None) -> list[Queued]:
    """A date for every request that the plan does not place: nobody is refused.

    `kept` are dates already told, which stay; the others come beside them.
    """
    placed = {row.mission_id for row in draft.assignments}
    waiting = [
        mission
        for mission in board.week.missions
        if board.week.types[mission.type].request and mission.id not in placed
    ]
    waiting.sort(key=lambda m: (m.type != "URGENCE", RANK[m.urgency], m.due, m.received, m.id))
    reasons = Reasons(board, draft)
    dates = {mission.id: day for mission in waiting if (day := board.date_given(mission))}
    by_circle: dict[str, list[Mission]] = {}
    for mission in waiting:
        if mission.id not in dates:
            by_circle.setdefault(_circle(board, mission), []).append(mission)
    for circle, asked in by_circle.items():
        told = {mission.id: kept[mission.id] for mission in asked if kept and mission.id in kept}
        dates |= _dates(board, asked, weekly_capacity(board, draft, circle), told)
    return [Queued(mission_id=m.id, date=dates[m.id], reason=reasons.of(m)) for m in waiting]


def _circle(board: Board, mission: Mission) -> str:
    team = board.teams.of_mission(mission)
    return board.teams.circle(team[0]) if team else ""


def _dates(board: Board, waiting: list[Mission], capacity: int, told: dict[str, date]) -> dict[str, date]:
    """The date of each request of one circle of teams, in order, beside those already told."""
    longest = max(mission.duration_minutes for mission in waiting)
    taken: dict[date, int] = {}
    for mission in waiting:
        if day := told.get(mission.id):
            taken[day] = taken.get(day, 0) + mission.duration_minutes
    left = (mission for mission in waiting if mission.id not in told)
    return told | {mission.id: _next_date(board, mission, capacity, longest, taken) for mission in left}


def _next_date(board: Board, mission: Mission, capacity: int, longest: int, taken: dict[date, int]) -> date:
    first = max(board.calendar.first_day_after, mission.release)
    for day in board.calendar.working_days_from(first):
        days = board.calendar.days_of_week(board.calendar.week_of(day))
        if _fits(days, day, mission.duration_minutes, capacity, longest, taken):
            taken[day] = taken.get(day, 0) + mission.duration_minutes
            return day
    raise AssertionError("working days have no end")


def _fits(
    days: tuple[date, ...], day: date, minutes: int, capacity: int, longest: int, taken: dict[date, int]
) -> bool:
    """Whether the day can take it without a later day of the week passing its share of the capacity."""
    if not any(taken.get(other) for other in days):
        return True
    total, size = 0, len(days)
    for rank, other in enumerate(days, 1):
        total += taken.get(other, 0) + (minutes if other == day else 0)
        if other < day:
            continue
        share = capacity if rank == size else capacity * rank // size + longest
        if total > share:
            return False
    return True


def weekly_capacity(board: Board, draft: Plan, circle: str) -> int:
    """Minutes that a circle of teams can give to requests in a later week, read on the horizon's last one."""
    week = board.week
    last = set(board.calendar.days_of_week(week.horizon.weeks - 1))
    people = {p.id: p for p in week.professionals if _receives(board, p, circle)}
    minutes = sum(
        h.minutes for (person, _), h in board.half_days.items() if person in people and h.day in last
    )
    for row in draft.assignments:
        mission = week.mission.get(row.mission_id)
        is_request = mission is not None and week.types[mission.type].request
        if row.start.date() in last and not is_request:
            minutes -= sum(person in people for person in row.professional_ids) * _minutes(
                row.end - row.start
            )
    for kept in draft.reservations:
        if kept.start.date() in last and kept.kind is not ReservationKind.TRAVEL:
            share = 2 if kept.kind is ReservationKind.RECEPTION else 1
            minutes -= (
                sum(p in people for p in kept.professional_ids) * _minutes(kept.end - kept.start) // share
            )
    return max(0, minutes)


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60


def _receives(board: Board, professional: Professional, circle: str) -> bool:
    is_counted = board.teams.circle_of(professional, ServiceKind.SECTEUR) == circle
    return is_counted and board.may_do(professional, "ACCUEIL") and board.stays(professional)
