"""A timed decision as the rows of a plan."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from optimizer.board import Board, Location
from optimizer.engines.clocking import TimedDecision
from optimizer.plan import Assignment, Place, Referent, Reservation, ReservationKind, is_past
from optimizer.timed import Kept, Timed
from optimizer.timing import LONGEST_WRITING


def assignments(board: Board, timed: TimedDecision) -> Iterator[Assignment]:
    """The rows of what has an id: missions, actions, meetings and sessions."""
    for half_day in timed.half_days.values():
        for task in half_day.timed:
            yield _assignment(board, timed, task)
    dropped = {
        (meeting, start, person)
        for half_day in timed.half_days.values()
        for meeting, start, person in half_day.attendance_dropped
    }
    for (meeting_id, start), people in sorted(timed.decision.attendance.items()):
        meeting = board.week.meeting[meeting_id]
        attending = tuple(sorted(p for p in people if (meeting_id, start, p) not in dropped))
        if not attending:
            continue
        for begin, end in board.parts(start, meeting.duration_minutes):
            yield Assignment(
                mission_id=meeting_id,
                professional_ids=attending,
                site_id=meeting.site_id,
                place=Place.SITE if meeting.site_id else Place.OUTSIDE,
                start=board.calendar.instant(begin),
                end=board.calendar.instant(end),
            )


def _assignment(board: Board, timed: TimedDecision, one: Timed) -> Assignment:
    task, slot = one.task, 2 * board.day_index[board.calendar.instant(one.start).date()]
    posts = {
        stay.post
        for person in task.people
        for stay in (timed.decision.stays.get((person, slot + half)) for half in (0, 1))
        if stay is not None and board.half_days[stay.key].holds(((one.start, one.end),))
    }
    site, place = (None, Place.TELEWORK) if None in posts else place_of(task.location)
    return Assignment(
        mission_id=task.item_id,
        professional_ids=tuple(sorted(task.people)),
        site_id=site,
        room_id=one.room_id,
        place=place,
        start=board.calendar.instant(one.start),
        end=board.calendar.instant(one.end),
    )


def place_of(location: Location | None) -> tuple[str | None, str]:
    """The site and the place of a row held at a location, or nowhere in particular."""
    if location is None:
        return None, Place.OUTSIDE
    return (location.site_id, Place.SITE) if location.site_id else (None, f"{Place.HOME}:{location.zone}")


def reservations(board: Board, kept: Iterable[Kept]) -> Iterator[Reservation]:
    """The rows of what has no id; a site that is null is telework."""
    for one in kept:
        yield Reservation(
            kind=ReservationKind(one.kind),
            professional_ids=(one.person,),
            site_id=one.site_id,
            start=board.calendar.instant(one.start),
            end=board.calendar.instant(one.end),
        )


def joined(kept: Iterable[Reservation]) -> list[Reservation]:
    """The same reservations, writing in one piece where two pieces meet and are not too long together.

    What begins or ends with a reception duty stays apart: the duty holds one of the pieces and not the other.
    """
    rows = sorted(kept, key=lambda row: (row.professional_ids, row.start, row.kind))
    duties = [row for row in rows if row.kind is ReservationKind.RECEPTION]
    edges = {(row.professional_ids, moment) for row in duties for moment in (row.start, row.end)}
    found: list[Reservation] = []
    last: dict[tuple[str, ...], int] = {}
    for row in rows:
        whom = row.professional_ids
        if row.kind is ReservationKind.WRITING:
            before = found[last[whom]] if whom in last else None
            if before and (whom, row.start) not in edges and _make_one(before, row):
                found[last[whom]] = before.model_copy(update={"end": row.end})
                continue
            last[whom] = len(found)
        found.append(row)
    return found


def _make_one(before: Reservation, after: Reservation) -> bool:
    is_short = after.end - before.start <= timedelta(minutes=LONGEST_WRITING)
    return before.end == after.start and before.site_id == after.site_id and is_short


def referents(timed: TimedDecision) -> list[Referent]:
    """The cases attributed."""
    return [
        Referent(case_id=case, professional_id=person) for case, person in sorted(timed.decision.referents)
    ]


def without_unprepared_actions(
    board: Board, rows: Iterable[Assignment], kept: Iterable[Reservation]
) -> list[Assignment]:
    """The rows less the actions that a leader could not prepare before they begin (H3.3)."""
    left = list(rows)
    prepared = [one for one in kept if one.kind is ReservationKind.PREPARATION]
    while unprepared := _first_unprepared(board, left, prepared):
        left = [row for row in left if row.mission_id != unprepared]
    return left


def _first_unprepared(board: Board, rows: list[Assignment], prepared: list[Reservation]) -> str | None:
    needed: dict[str, timedelta] = defaultdict(timedelta)
    led = (row for row in rows if row.mission_id in board.week.action)
    for row in sorted(led, key=lambda row: (row.start, row.mission_id)):
        for person in row.professional_ids:
            needed[person] += timedelta(minutes=board.week.action[row.mission_id].preparation_minutes)
            mine = (one for one in prepared if one.professional_ids == (person,) and one.end <= row.start)
            if sum((one.end - one.start for one in mine), timedelta()) < needed[person]:
                return row.mission_id
    return None


def without_spare_preparation(
    board: Board, rows: Iterable[Assignment], kept: Iterable[Reservation]
) -> list[Reservation]:
    """The reservations less the preparation of actions that are not held after all (H3.3b)."""
    needed: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.mission_id in board.week.action:
            for person in row.professional_ids:
                needed[person] += board.week.action[row.mission_id].preparation_minutes
    left: list[Reservation] = []
    for one in sorted(kept, key=lambda row: (row.start, row.kind, row.professional_ids)):
        if one.kind is not ReservationKind.PREPARATION or is_past(board.week, one):
            left.append(one)
            continue
        (person,) = one.professional_ids
        minutes = min(needed[person], int((one.end - one.start).total_seconds()) // 60)
        needed[person] -= minutes
        if minutes:
            left.append(one.model_copy(update={"end": one.start + timedelta(minutes=minutes)}))
    return left
