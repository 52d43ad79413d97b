"""The smallest changes that would serve a mission, with their prices, everything else kept.

Each is tried: made in a copy of the week or of the plan, and judged. What breaks a rule is not told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from optimizer.answers.evaluate import settled
from optimizer.answers.moves import a_row
from optimizer.answers.obstacles import Fact, FactKind, Obstacles, Spot
from optimizer.answers.recommend import Asked, price_of_leaving
from optimizer.engines.queueing import queue_requests
from optimizer.engines.reasons import Reasons
from optimizer.plan import Assignment, Plan, Reservation, ReservationKind, Unserved
from optimizer.reading.activities import Activity, Kept, Row
from optimizer.rules.reserved_blocks import BLOCKS
from optimizer.scenarios import changed_week
from optimizer.standing import Effect, Standing, rows_without
from optimizer.week import Mission, Room, Week

MOST_TRIED = 24
"""Displacements that are tried, those that lose least first."""
QUARTER = 15
"""Minutes by which a mission is proposed shorter, down to half of its duration."""


class ChangeKind(StrEnum):
    """What changes."""

    ALREADY = "already"
    MOVED = "moved"
    LEFT = "left"
    GIVEN_UP = "given_up"
    ROOM = "room"
    OPENING = "opening"
    OTHER_HOUR = "other_hour"
    LATER = "later"
    SHORTER = "shorter"


@dataclass(frozen=True)
class Change:
    """One change that serves the mission: what, the mission's row, what else moves, and the price.

    `other` is the item displaced, or the reservation's kind; `other_row` where it goes, None when nowhere,
    and then `other_date` the day that a request gets in the queue.
    """

    kind: ChangeKind
    row: Assignment
    effect: Effect
    about: str = ""
    other: str | None = None
    other_row: Assignment | None = None
    other_date: date | None = None
    until: date | None = None
    minutes: int | None = None
    received: tuple[str, ...] = ()


class Changes:
    """The changes that would serve one mission."""

    def __init__(
        self, standing: Standing, week: Week, plan: Plan, mission: Mission, found: Obstacles
    ) -> None:
        self.standing, self.week, self.plan, self.mission = standing, week, plan, mission
        self.obstacles = found

    def best(self, most: int) -> list[Change]:
        """The cheapest ones, at most one of each kind for the same person or site."""
        tried = [*self._displacements(), *self._others()]
        tried.sort(key=lambda change: (change.effect.order, change.row.start))
        seen: set[tuple[object, ...]] = set()
        found: list[Change] = []
        for change in tried:
            whom = change.row.professional_ids if change.kind in WHO else (change.about,)
            if (key := (change.kind, whom)) not in seen:
                seen.add(key)
                found.append(change)
        return found[:most]

    # ------------------------------------------------------------ something kept gives way

    def _displacements(self) -> Iterator[Change]:
        """What one person does there gives way: it moves, or is left."""
        candidates: dict[Fact, Spot] = {}
        for spot in self.obstacles.spots:
            if len(spot.facts) == 1 and (fact := next(iter(spot.facts))).kind is FactKind.WORK:
                candidates.setdefault(fact, spot)
        priced = [
            (price, fact, spot)
            for fact, spot in candidates.items()
            if (price := self._price_of(self.obstacles.activities[fact])) is not None
        ]
        for _, fact, spot in sorted(priced, key=lambda one: (one[0], one[1]))[:MOST_TRIED]:
            if change := self._displaced(self.obstacles.activities[fact], spot):
                yield change

    def _price_of(self, activity: Activity) -> int | None:
        """What losing an activity costs at level 1, in tenths; None when it is not to be moved."""
        weights = self.week.organisation.commitments
        if kept := activity.kept:
            if len(kept.people) > 1 or kept.kind not in GIVEN_UP:
                return None
            per_minute = {
                ReservationKind.WRITING: weights.writing_minute_missing,
                ReservationKind.COLLECTIVE: weights.collective_minute_missing,
            }
            whole = 10 * weights.urgency_hour_missing
            return round(
                10 * per_minute[kept.kind] * kept.stretch.minutes if kept.kind in per_minute else whole
            )
        mission = activity.row.mission if activity.row else None
        if mission is None or self._is_held(mission):
            return None
        return price_of_leaving(self.standing, self.week, self.plan, mission)

    def _is_held(self, mission: Mission) -> bool:
        """Whether something is fixed, pinned, done by two or in parts."""
        rows = [row for row in self.plan.assignments if row.mission_id == mission.id]
        is_pinned = any(pin.item_id == mission.id for pin in self.week.pins)
        is_whole = len(rows) == 1 and len(rows[0].professional_ids) == 1
        return mission.fixed_start is not None or is_pinned or not is_whole

    def _displaced(self, activity: Activity, spot: Spot) -> Change | None:
        row = self._row(spot, self.plan)
        if kept := activity.kept:
            plan = self._with(self._without_kept(kept, row), row)
            return self._change(ChangeKind.GIVEN_UP, row, plan, kept.kind.value)
        other: Row | None = activity.row
        if other is None or other.mission is None:
            return None
        plan = self._with(rows_without(self.plan, {other.item_id}), row)
        again = Asked(self.standing, self.week, plan, other.mission).best(1)
        if again:
            return self._change(ChangeKind.MOVED, row, self._with(plan, again[0]), other.item_id, again[0])
        return self._change(
            ChangeKind.LEFT, row, answered(self.standing, self.week, plan, other.mission), other.item_id
        )

    def _without_kept(self, kept: Kept, row: Assignment) -> Plan:
        """The plan without a reservation, or with the longer end of it that the row leaves."""
        source, lengths = kept.source, BLOCKS.get(kept.kind, range(0))
        pieces = [(source.start, row.start), (row.end, source.end)]
        left = max(pieces, key=lambda piece: piece[1] - piece[0])
        minutes = int((left[1] - left[0]) / timedelta(minutes=1))
        shorter: list[Reservation] = []
        if minutes in lengths:
            shorter = [source.model_copy(update={"start": left[0], "end": left[1]})]
        rest = [one for one in self.plan.reservations if one is not source]
        return self.plan.model_copy(update={"reservations": tuple(rest + shorter)})

    def _change(
        self,
        kind: ChangeKind,
        row: Assignment,
        plan: Plan,
        other: str | None = None,
        other_row: Assignment | None = None,
    ) -> Change | None:
        effect, received = settled(self.standing, self.standing.effect_of(plan, self._more))
        if not effect.is_allowed:
            return None
        day = next((one.date for one in effect.plan.queue if one.mission_id == other), None)
        return Change(kind, row, effect, row.professional_ids[0], other, other_row, day, received=received)

    @property
    def _more(self) -> Week | None:
        """The week when it is not the one that stands."""
        return None if self.week is self.standing.week else self.week

    # ------------------------------------------------------------ something of the week changes

    def _others(self) -> Iterator[Change]:
        first: dict[tuple[FactKind, str], Spot] = {}
        for spot in self.obstacles.spots:
            kinds = {fact.kind for fact in spot.facts}
            if len(kinds) == 1 and (kind := kinds.pop()) in OF_THE_WEEK:
                fact = min(spot.facts)
                first.setdefault((kind, fact.exactly if kind is FactKind.ROOMS else fact.about), spot)
        for (kind, _), spot in first.items():
            yield from self._with_another_week(kind, spot)
        yield from self._shorter()

    def _with_another_week(self, kind: FactKind, spot: Spot) -> Iterator[Change]:
        start = self.obstacles.reading.instant(spot.start)
        site = next((fact.about for fact in spot.facts), "")
        mission, until, changed = self.mission, None, ChangeKind.OTHER_HOUR
        if kind is FactKind.ROOMS:
            week, changed = self._with_a_room(site), ChangeKind.ROOM
        elif kind is FactKind.DUE:
            mission = mission.model_copy(update={"due": start.date()})
            week, changed, until = self._with_mission(mission), ChangeKind.LATER, start.date()
        else:
            mission = mission.model_copy(update={"fixed_start": None})
            week = self._with_mission(mission)
        people = spot.people
        row = a_row(Standing(week, self.plan).reading, self.plan, mission, people, start)
        effect = self.standing.effect_in(week, self._with(self.plan, row))
        if effect.is_allowed:
            yield Change(changed, row, effect, site if kind is FactKind.ROOMS else "", until=until)

    def _shorter(self) -> Iterator[Change]:
        """The longest duration by quarters of an hour, half of its own at least, for which a slot is left."""
        whole = self.mission.duration_minutes
        for minutes in range(whole - QUARTER, max(QUARTER, whole // 2) - 1, -QUARTER):
            mission = self.mission.model_copy(update={"duration_minutes": minutes})
            week = self._with_mission(mission)
            rows = Asked(self.standing, week, self.plan, mission).best(1)
            if rows and rows[0].start.date() <= self.obstacles.until:
                effect = self.standing.effect_in(week, self._with(self.plan, rows[0]))
                if effect.is_allowed:
                    yield Change(ChangeKind.SHORTER, rows[0], effect, minutes=minutes)
                return

    def _with_a_room(self, site_id: str) -> Week:
        kind = self.week.types[self.mission.type].room
        more = {
            site.id: site.model_copy(
                update={"rooms": (*site.rooms, Room(id=_free_name(self.week), kind=kind))}
            )
            for site in self.week.sites
            if site.id == site_id
        }
        return changed_week(self.week, {"sites": tuple(more.get(site.id, site) for site in self.week.sites)})

    def _with_mission(self, mission: Mission) -> Week:
        missions = tuple(mission if one.id == mission.id else one for one in self.week.missions)
        return changed_week(self.week, {"missions": missions})

    # ------------------------------------------------------------ rows

    def _row(self, spot: Spot, plan: Plan) -> Assignment:
        start: datetime = self.obstacles.reading.instant(spot.start)
        return a_row(self.obstacles.reading, plan, self.mission, spot.people, start)

    def _with(self, plan: Plan, row: Assignment) -> Plan:
        return plan.model_copy(update={"assignments": (*plan.assignments, row)})


WHO = {ChangeKind.MOVED, ChangeKind.LEFT, ChangeKind.GIVEN_UP, ChangeKind.ALREADY}
GIVEN_UP = {ReservationKind.WRITING, ReservationKind.COLLECTIVE, ReservationKind.URGENCY}
OF_THE_WEEK = {FactKind.ROOMS, FactKind.DUE, FactKind.FIXED}


def _free_name(week: Week) -> str:
    taken = {room.id for site in week.sites for room in site.rooms}
    return next(name for number in range(1, len(taken) + 2) if (name := f"SALLE-{number}") not in taken)


def answered(standing: Standing, week: Week, plan: Plan, *missions: Mission) -> Plan:
    """The plan with an answer for missions that it no longer places: a date in the queue, or a reason."""
    requests = {one.id for one in missions if week.types[one.type].request}
    others = [one for one in missions if one.id not in requests]
    board = standing.board_of(week)
    if requests:
        plan = plan.model_copy(update={"queue": tuple(queue_requests(board, plan))})
    reasons = Reasons(board, plan)
    left = tuple(
        Unserved(mission_id=one.id, reason=reasons.of(one), earliest_date=board.calendar.first_day_after)
        for one in others
    )
    return plan.model_copy(update={"unserved": (*plan.unserved, *left)})
