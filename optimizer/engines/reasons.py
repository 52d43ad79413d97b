"""Why something is not placed: the first cause of a short list that the week itself shows.

The causes go from what no plan could change to what this plan spent elsewhere; docs/reasons.md says what
would lift each. They are read on the week, before any other mission takes its time.
"""

from itertools import combinations

from optimizer.board import Board, HalfDay
from optimizer.intervals import Interval, overlap
from optimizer.plan import Plan, Reason
from optimizer.tasks import Key
from optimizer.week import CollectiveAction, Meeting, Mission, Professional
from optimizer.words import RoomKind


class Reasons:
    """The reason of each thing that a plan leaves out."""

    def __init__(self, board: Board, draft: Plan) -> None:
        self.board = board
        self.placed = {row.mission_id for row in draft.assignments}

    def of(self, item: Mission | CollectiveAction | Meeting) -> Reason:
        """The reason of one item; what may wait waits, unless nobody present could ever do it (H5.4)."""
        half_days = self._half_days(item) if isinstance(item, Mission) else {}
        if isinstance(item, Mission) and not half_days:
            return Reason.NO_PROFESSION
        if item.due >= self.board.calendar.first_day_after:
            return Reason.WAITING
        if isinstance(item, Mission):
            released = {key: half for key, half in half_days.items() if half.day >= item.release}
            return self._of_mission(item, released)
        return Reason.FIXED_TIME_TAKEN if item.fixed_start else Reason.NO_CAPACITY

    def _of_mission(self, mission: Mission, half_days: dict[Key, HalfDay]) -> Reason:
        if not half_days:
            return Reason.NO_PROFESSION
        if self._waits_for_its_evaluation(mission):
            return Reason.EVALUATION_ORDER
        if self._lacks_a_room(mission):
            return Reason.NO_ROOM
        if not any(self._hours(mission, half_day) for half_day in half_days.values()):
            return Reason.OUTSIDE_OPENING_HOURS
        if not any(self._is_long_enough(mission, half_day) for half_day in half_days.values()):
            return Reason.TOO_LONG
        if self.board.people(mission) > 1 and not self._has_a_pair(half_days, mission):
            return Reason.NO_PAIR
        return Reason.FIXED_TIME_TAKEN if mission.fixed_start else Reason.NO_CAPACITY

    def _is_wanted(self, professional: Professional, mission: Mission) -> bool:
        team = self.board.teams.of_mission(mission)
        if not self.board.may_take(professional, mission.type, team):
            return False
        if mission.professions and professional.profession not in mission.professions:
            return False
        case = self.board.week.case.get(mission.case_id or "")
        is_ip = self.board.week.types[mission.type].ip
        return not (is_ip and case and professional.id in {*case.followers, case.referent_id})

    def _half_days(self, mission: Mission) -> dict[Key, HalfDay]:
        """The half-days of those who may do a mission."""
        wanted = {person.id for person in self.board.week.professionals if self._is_wanted(person, mission)}
        return {key: half_day for key, half_day in self.board.half_days.items() if key[0] in wanted}

    def _waits_for_its_evaluation(self, mission: Mission) -> bool:
        """Whether an act that must come before this one is not placed itself."""
        kind = self.board.week.types[mission.type]
        if not kind.ip or not mission.case_id or (kind.room is not RoomKind.NONE):
            return False
        acts = [m for m in self.board.week.missions if m.case_id == mission.case_id]
        meetings = [m for m in acts if self._is_meeting(m)]
        before = [m for m in acts if self._is_concertation(m)] if kind.splittable else []
        return any(m.id not in self.placed for m in (*meetings, *before) if m.id != mission.id)

    def _is_meeting(self, mission: Mission) -> bool:
        kind = self.board.week.types[mission.type]
        return kind.ip and kind.room is not RoomKind.NONE

    def _is_concertation(self, mission: Mission) -> bool:
        kind = self.board.week.types[mission.type]
        return kind.ip and kind.room is RoomKind.NONE and not kind.splittable

    def _site(self, mission: Mission) -> str | None:
        location = self.board.location(mission)
        return location.site_id if location else None

    def _lacks_a_room(self, mission: Mission) -> bool:
        site, kind = self._site(mission), self.board.week.types[mission.type]
        return site is not None and kind.room is not RoomKind.NONE and not self.board.rooms(site, kind.room)

    def _hours(self, mission: Mission, half_day: HalfDay) -> tuple[Interval, ...]:
        """When someone is there and, for what takes a room, the public too."""
        site, kind = self._site(mission), self.board.week.types[mission.type]
        if site is None or kind.room is RoomKind.NONE:
            return half_day.free
        return overlap(half_day.free, self.board.opening.get((site, half_day.slot), ()))

    def _is_long_enough(self, mission: Mission, half_day: HalfDay) -> bool:
        splittable = self.board.week.types[mission.type].splittable
        needed = min(60, mission.duration_minutes) if splittable else mission.duration_minutes
        return any(end - start >= needed for start, end in self._hours(mission, half_day))

    def _has_a_pair(self, half_days: dict[Key, HalfDay], mission: Mission) -> bool:
        """Whether two suitable people are free together, long enough, in some half-day."""
        people = [self.board.week.professional[person] for person in sorted({key[0] for key in half_days})]
        for one, other in combinations(people, 2):
            if not self._suit(one, other, mission):
                continue
            for (person, slot), half_day in half_days.items():
                beside = half_days.get((other.id, slot)) if person == one.id else None
                if beside is None:
                    continue
                shared = overlap(self._hours(mission, half_day), self._hours(mission, beside))
                if any(end - start >= mission.duration_minutes for start, end in shared):
                    return True
        return False

    def _suit(self, one: Professional, other: Professional, mission: Mission) -> bool:
        if len(mission.professions) == 2:
            return sorted((one.profession, other.profession)) == sorted(mission.professions)
        return not self.board.week.types[mission.type].ip or one.profession != other.profession
