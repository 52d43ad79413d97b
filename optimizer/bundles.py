"""Missions that nothing distinguishes are decided together, as a count: fewer columns, no symmetry."""

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from optimizer.board import Board, Location
from optimizer.catalogue import MissionType
from optimizer.teams import Team
from optimizer.week import Mission
from optimizer.words import ServiceKind


@dataclass(frozen=True)
class Bundle:
    """Missions alike in all that matters; `first` stands for each of them."""

    index: int
    missions: tuple[Mission, ...]
    kind: MissionType
    location: Location | None
    people: int
    team: Team | None = None

    @property
    def first(self) -> Mission:
        """A mission of the bundle, to read what they share."""
        return self.missions[0]

    @cached_property
    def count(self) -> int:
        """How many missions."""
        return len(self.missions)

    @cached_property
    def name(self) -> str:
        """The id of the first mission, with the count when there are several."""
        return self.first.id if self.count == 1 else f"{self.first.id}x{self.count}"


def bundles_of(board: Board) -> list[Bundle]:
    """The missions of a week, alike ones together, in the order of the file."""
    loners = _lone_cases(board)
    pinned = {pin.item_id for pin in board.week.pins}
    groups: dict[Hashable, list[Mission]] = defaultdict(list)
    for mission in board.week.missions:
        groups[_signature(board, mission, loners, pinned)].append(mission)
    return [
        Bundle(
            index,
            tuple(sorted(missions, key=lambda mission: (mission.received, mission.id))),
            board.week.types[missions[0].type],
            board.location(missions[0]),
            board.people(missions[0]),
            board.teams.of_mission(missions[0]),
        )
        for index, missions in enumerate(groups.values())
    ]


def _lone_cases(board: Board) -> set[str]:
    """Cases whose missions stay apart: two trips that could be one, an evaluation, a case to attribute."""
    visits = Counter((m.case_id, board.location(m)) for m in board.week.missions if m.case_id)
    lone = {case for (case, place), number in visits.items() if case and number > 1 and place}
    lone |= {m.case_id for m in board.week.missions if m.case_id and board.week.types[m.type].ip}
    return lone | {case.id for case in board.cases_to_attribute()}


def _signature(board: Board, mission: Mission, lone: set[str], pinned: set[str]) -> Hashable:
    if board.people(mission) > 1 or mission.id in pinned or mission.fixed_start:
        return mission.id
    if board.week.types[mission.type].splittable or (board.week.types[mission.type].ip and mission.case_id):
        return mission.id
    household: Hashable = None
    if mission.case_id in lone:
        household = mission.case_id
    elif mission.case_id and board.week.types[mission.type].owner is ServiceKind.SECTEUR:
        household = ("referent", board.week.case[mission.case_id].referent_id)
    elif mission.case_id and _has_double_hats(board):
        household = mission.case_id
    return (
        mission.type,
        board.location(mission),
        mission.duration_minutes,
        mission.release,
        mission.due,
        mission.urgency,
        mission.professions,
        household,
        mission.case_id is None,
        board.teams.of_mission(mission),
    )


def _has_double_hats(board: Board) -> bool:
    both = {ServiceKind.CONTRAT, ServiceKind.EVALUATION}
    return any(both <= board.week.kinds_served_by(p) for p in board.week.professionals)
