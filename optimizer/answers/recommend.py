"""Where one request fits best: who and when, everything else kept, each choice with its cost and reasons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from optimizer.answers.evaluate import settled
from optimizer.answers.moves import a_row
from optimizer.board import Board
from optimizer.clock import DAY_MINUTES
from optimizer.engines.queueing import queue_requests
from optimizer.plan import Assignment, Plan
from optimizer.reading import Reading
from optimizer.reading.changed import part_of, reading_after
from optimizer.reading.slots import Slot
from optimizer.rules import COMMITMENTS, PREFERENCES
from optimizer.scenarios import changed_week
from optimizer.standing import Effect, Standing, rows_without
from optimizer.week import Mission, Week

MOST = 5
"""Choices given by default."""
QUARTER = 15
"""Starts looked at in a half-day: the first, the last, and those at the quarters of an hour."""
Price = tuple[int, int]
"""Tenths of each level."""


@dataclass(frozen=True)
class Choice:
    """One answer: who and when, what that costs beside the plan as it stands, and who else is received by
    it (a request of the queue whose slot comes free)."""

    row: Assignment
    effect: Effect
    received: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recommendation:
    """The best choices, the best first, each of other people or of another half-day; and when there is none,
    the date that a request gets after the horizon: it is never refused."""

    mission: Mission
    choices: tuple[Choice, ...]
    queue_date: date | None


def recommend(
    standing: Standing, mission: Mission, most: int = MOST, people: frozenset[str] | None = None
) -> Recommendation:
    """The best places for a mission, everything else kept.

    The mission may be new, or one of the week; where it is now, if anywhere, it leaves. `people` asks for
    places with these people exactly.
    """
    week = with_mission(standing.week, mission)
    plan = rows_without(standing.plan, {mission.id})
    asked = Asked(standing, week, plan, mission, people)
    choices: list[Choice] = []
    for row in asked.best(most):
        found = standing.effect_of(plan.model_copy(update={"assignments": (*plan.assignments, row)}), week)
        found, received = settled(standing, found) if week is standing.week else (found, ())
        if found.is_allowed:
            choices.append(Choice(row, found, received))
    choices.sort(key=lambda choice: (choice.effect.order, choice.row.start))
    return Recommendation(mission, tuple(choices), None if choices else _queue_date(week, plan, mission))


def with_mission(week: Week, mission: Mission) -> Week:
    """The week with a mission more; the week itself when it has this one."""
    if week.mission.get(mission.id) == mission:
        return week
    others = tuple(one for one in week.missions if one.id != mission.id)
    return changed_week(week, {"missions": (*others, mission)})


def _queue_date(week: Week, plan: Plan, mission: Mission) -> date | None:
    """The date of a request in the queue of the plan, which keeps those that others were given."""
    if not week.types[mission.type].request:
        return None
    queue = queue_requests(Board(week), plan)
    return next((row.date for row in queue if row.mission_id == mission.id), None)


class Asked:
    """One mission to place in a plan that has no place for it yet."""

    def __init__(
        self,
        standing: Standing,
        week: Week,
        plan: Plan,
        mission: Mission,
        people: frozenset[str] | None = None,
    ) -> None:
        self.week, self.plan, self.mission, self.people = week, plan, mission, people
        self.kind = week.types[mission.type]
        self.reading = reading_after(standing.reading, plan, week)
        self._alone: dict[frozenset[str], tuple[Reading, Price]] = {}

    def best(self, most: int) -> list[Assignment]:
        """The rows that cost least, at most one for the same people and half-day.

        Level 1 hangs on the day alone: days are looked at in the order of what they cost.
        """
        found: list[tuple[Price, datetime, Assignment]] = []
        worst_level: int | None = None
        for day_price, slots in self._days():
            if worst_level is not None and day_price > worst_level:
                break
            found += [self._cheapest(starts) for starts in self._by_half_day(slots).values()]
            if len(found) >= most and worst_level is None:
                worst_level = day_price
        return [row for *_, row in sorted(found, key=lambda one: one[:2])[:most]]

    def _days(self) -> Iterator[tuple[int, list[Slot]]]:
        """The slots of each day with what that day costs at level 1, the cheapest days first."""
        by_day: dict[int, list[Slot]] = defaultdict(list)
        for slot in self.reading.slots.all_for(self.mission, self.kind):
            if self.people is not None and {person.id for person in slot.people} != self.people:
                continue
            by_day[slot.start // DAY_MINUTES].append(slot)
        prices = {day: self._price(slots[0])[0] for day, slots in by_day.items()}
        for day in sorted(by_day, key=lambda day: (prices[day], day)):
            yield prices[day], by_day[day]

    def _by_half_day(self, slots: Iterable[Slot]) -> dict[tuple[tuple[str, ...], object], list[Slot]]:
        found: dict[tuple[tuple[str, ...], object], list[Slot]] = defaultdict(list)
        for slot in slots:
            end = slot.start + self.mission.duration_minutes
            half = self.reading.presence.name_of_half(slot.people[0].id, slot.start, end)
            found[tuple(person.id for person in slot.people), half].append(slot)
        return found

    def _cheapest(self, slots: list[Slot]) -> tuple[Price, datetime, Assignment]:
        looked_at = [slots[0], *(one for one in slots[1:-1] if one.start % QUARTER == 0), slots[-1]]
        price, start, slot = min((self._price(one), one.start, one) for one in _first_of_each(looked_at))
        return price, self.reading.instant(start), self._row(slot)

    def _row(self, slot: Slot) -> Assignment:
        people = tuple(person.id for person in slot.people)
        return a_row(self.reading, self.plan, self.mission, people, self.reading.instant(slot.start))

    def _price(self, slot: Slot) -> Price:
        """What those people's days and the mission cost with it, read alone."""
        people = frozenset(person.id for person in slot.people)
        if people not in self._alone:
            without = part_of(self.reading, people, frozenset())
            alone = part_of(self.reading, people, frozenset({self.mission.id}))
            self._alone[people] = alone, (_tenths(without, 0), _tenths(without, 1))
        alone, before = self._alone[people]
        rows = (*alone.plan.assignments, self._row(slot))
        reading = reading_after(alone, alone.plan.model_copy(update={"assignments": rows}))
        return _tenths(reading, 0) - before[0], _tenths(reading, 1) - before[1]


def _first_of_each(slots: Iterable[Slot]) -> Iterator[Slot]:
    seen: set[int] = set()
    for slot in slots:
        if slot.start not in seen:
            seen.add(slot.start)
            yield slot


def _tenths(reading: Reading, level: int) -> int:
    rules = (COMMITMENTS, PREFERENCES)[level]
    return sum(one.tenths or 0 for rule in rules if rule.is_local for one in rule.check(reading))


def price_of_leaving(standing: Standing, week: Week, plan: Plan, mission: Mission) -> int:
    """What a mission costs at level 1 when it is not placed, in tenths."""
    left = rows_without(plan, {mission.id})
    alone = part_of(reading_after(standing.reading, left, week), frozenset(), frozenset({mission.id}))
    return _tenths(alone, 0)
