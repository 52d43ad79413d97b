"""Which group is short of time before a date, proven by a maximum flow.

Each mission due in the horizon sends its minutes to the half-days of those who may do it, between its release
and its due date. Where they cannot all be sent, a minimum cut names missions whose minutes are more than all
the time of all who may do them (Hall 1935; Ford and Fulkerson 1956). Meetings, reception and reserved time
are left aside first: a shortage then is there even without them. Where there is none, those of the plan are
kept.
"""

from collections import defaultdict, deque
from dataclasses import dataclass, replace
from datetime import date

from ortools.graph.python.max_flow import SimpleMaxFlow

from optimizer.board import Board
from optimizer.plan import Assignment, Plan, Reservation, ReservationKind
from optimizer.week import Mission, Professional

Kind = tuple[str, tuple[str, ...]]
"""People who may do the same: profession and services."""
Place = tuple[Kind, int]
"""A kind of people in a half-day."""


@dataclass(frozen=True)
class Shortage:
    """Half-days of some professions until a day, how many the missions due by then would need, and how many
    missions those are. `minutes` there are, `wanted` minutes they take."""

    professions: tuple[str, ...]
    first: date
    last: date
    half_days: int
    needed: int
    missions: int
    minutes: int
    wanted: int
    is_beside_what_is_kept: bool = False


@dataclass(frozen=True)
class _Demand:
    """Missions that may be done by the same people on the same days."""

    kinds: frozenset[Kind]
    release: date
    due: date


def shortage(board: Board, plan: Plan, mission: Mission) -> Shortage | None:
    """The group that is short and that a mission needs; None when a flow sends every minute of its own."""
    demands, own = _demands(board, mission)
    if found := _short(board, demands, own, _places(board, {})):
        return found
    beside = _short(board, demands, own, _places(board, _kept_minutes(board, plan)))
    return replace(beside, is_beside_what_is_kept=True) if beside else None


def _short(
    board: Board, demands: dict[_Demand, dict[str, int]], own: _Demand, places: dict[Place, list[int]]
) -> Shortage | None:
    missing = _cut(board, demands, places, own)
    if missing is None:
        return None
    inside, used = missing
    wanted = sum(sum(demands[one].values()) for one in inside)
    minutes = sum(minutes for place in used for minutes in places[place])
    half_days = sum(1 for place in used for minutes in places[place] if minutes)
    if wanted <= minutes or not half_days:
        return None
    professions = {kind[0] for kind, _ in used}
    return Shortage(
        professions=tuple(sorted(professions)),
        first=min(board.day_of(slot) for _, slot in used),
        last=max(board.day_of(slot) for _, slot in used),
        half_days=half_days,
        needed=-(-wanted * half_days // minutes),
        missions=sum(len(demands[one]) for one in inside),
        minutes=minutes,
        wanted=wanted,
    )


def _kept_minutes(board: Board, plan: Plan) -> dict[tuple[str, int], int]:
    """By person and half-day: minutes of meetings, actions and reserved time, half of those of reception."""
    found: dict[tuple[str, int], int] = defaultdict(int)
    rows: list[tuple[Assignment | Reservation, int]] = [
        (row, 1) for row in plan.assignments if row.mission_id not in board.week.mission
    ]
    rows += [
        (row, 2 if row.kind is ReservationKind.RECEPTION else 1)
        for row in plan.reservations
        if row.kind is not ReservationKind.TRAVEL
    ]
    for row, share in rows:
        start, end = board.calendar.minute(row.start), board.calendar.minute(row.end)
        slot = 2 * board.day_index[row.start.date()]
        for key in ((person, slot + half) for person in row.professional_ids for half in (0, 1)):
            half_day = board.half_days.get(key)
            if half_day and half_day.span[0] <= start < half_day.span[1]:
                found[key] += (end - start) // share
    return found


def _kind(person: Professional) -> Kind:
    return person.profession.value, tuple(sorted(person.service_ids))


def _places(board: Board, kept: dict[tuple[str, int], int]) -> dict[Place, list[int]]:
    """The minutes of each half-day of each kind of people, less what is kept."""
    found: dict[Place, list[int]] = defaultdict(list)
    for (person, slot), half_day in board.half_days.items():
        left = max(0, half_day.minutes - kept.get((person, slot), 0))
        found[_kind(board.week.professional[person]), slot].append(left)
    return found


def _demands(board: Board, mission: Mission) -> tuple[dict[_Demand, dict[str, int]], _Demand]:
    """What is due in the horizon, minutes by mission; the mission asked about is due by its end at the
    latest."""
    week, last = board.week, board.calendar.days[-1]
    found: dict[_Demand, dict[str, int]] = defaultdict(dict)
    own = None
    for one in week.missions:
        if one.due > last and one.id != mission.id:
            continue
        team = board.teams.of_mission(one)
        able = [person for person in week.professionals if board.may_take(person, one.type, team)]
        if one.professions:
            able = [person for person in able if person.profession in one.professions]
        demand = _Demand(
            frozenset(_kind(person) for person in able),
            max(one.release, board.calendar.days[0]),
            min(one.due, last),
        )
        found[demand][one.id] = one.duration_minutes * board.people(one)
        own = demand if one.id == mission.id else own
    if own is None:
        raise ValueError(f"{mission.id} is not in the week")
    return found, own


def _cut(
    board: Board, demands: dict[_Demand, dict[str, int]], places: dict[Place, list[int]], own: _Demand
) -> tuple[set[_Demand], set[Place]] | None:
    """What a minimum cut leaves with the mission asked about: demands, and all places that they may use."""
    flow = SimpleMaxFlow()
    source, sink = 0, 1
    rows = {demand: 2 + index for index, demand in enumerate(demands)}
    columns = {place: 2 + len(rows) + index for index, place in enumerate(places)}
    for demand, minutes in demands.items():
        flow.add_arc_with_capacity(source, rows[demand], sum(minutes.values()))
    reach: dict[_Demand, list[Place]] = {}
    for demand in demands:
        reach[demand] = [
            place
            for place in places
            if place[0] in demand.kinds and demand.release <= board.day_of(place[1]) <= demand.due
        ]
        for place in reach[demand]:
            flow.add_arc_with_capacity(rows[demand], columns[place], sum(demands[demand].values()))
    for place, free in places.items():
        flow.add_arc_with_capacity(columns[place], sink, sum(free))
    if flow.solve(source, sink) != flow.OPTIMAL:
        return None
    side = set(flow.get_source_side_min_cut())
    if rows[own] not in side:
        return None
    inside = {demand for demand in demands if rows[demand] in side}
    return _connected(inside, reach, own)


def _connected(
    inside: set[_Demand], reach: dict[_Demand, list[Place]], own: _Demand
) -> tuple[set[_Demand], set[Place]]:
    """The demands of a cut that compete with one, step by step, and the places of all of them."""
    by_place: dict[Place, list[_Demand]] = defaultdict(list)
    for demand in inside:
        for place in reach[demand]:
            by_place[place].append(demand)
    found, waiting = {own}, deque([own])
    while waiting:
        for place in reach[waiting.popleft()]:
            for demand in by_place[place]:
                if demand not in found:
                    found.add(demand)
                    waiting.append(demand)
    return found, {place for demand in found for place in reach[demand]}
