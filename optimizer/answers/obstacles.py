"""Every place where a mission could be, and what stands against each: who, when, where, and what is kept.

A fact is a switch: with it, some places are closed; without it they are open as far as it goes. A place is
closed by all the facts against it; a mission has no place when each place has one at least. Facts come in two
grains: one by one for what would change the answer, together by person or site for what explains it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from optimizer.answers.moves import a_row
from optimizer.catalogue import MissionType
from optimizer.clock import DAY_MINUTES, GRID_MINUTES
from optimizer.plan import Plan
from optimizer.reading import Reading
from optimizer.reading.activities import Activity, Row, people_wanted
from optimizer.reading.changed import reading_after
from optimizer.reading.slots import room_in_reception
from optimizer.reading.stretches import Stretch, without
from optimizer.rules import evaluation_order, evaluator_distance, one_pair, separate_services
from optimizer.week import Mission, Professional
from optimizer.words import RoomKind, ServiceKind


class FactKind(StrEnum):
    """What stands against a place."""

    SERVICE = "service"
    PROFESSION = "profession"
    WANTED = "wanted"
    DISTANCE = "distance"
    PAIR = "pair"
    RELEASE = "release"
    DUE = "due"
    FIXED = "fixed"
    OPENING = "opening"
    ROOMS = "rooms"
    HOURS = "hours"
    ABSENCE = "absence"
    AGENDA = "agenda"
    WORK = "work"
    DAY = "day"
    HOUSEHOLD = "household"


@dataclass(frozen=True, order=True)
class Fact:
    """One switch: its kind, the person, site, profession or service that it is about, and in the fine grain
    what exactly (an item, a day, a half-day)."""

    kind: FactKind
    about: str
    exactly: str = ""

    @property
    def together(self) -> "Fact":
        """The same in the coarse grain."""
        return Fact(self.kind, self.about)


@dataclass(frozen=True)
class Spot:
    """A place: who, when, and the fine facts against it."""

    people: tuple[str, ...]
    start: int
    facts: frozenset[Fact]


OF_A_HOUSEHOLD = (one_pair.RULE, evaluation_order.RULE, evaluator_distance.RULE, separate_services.RULE)
"""Rules that bind an act to the others of its household."""


class Obstacles:
    """The places of one mission in a plan that does without it.

    Parameters
    ----------
    reading
        The plan without the mission, of a week that has it.
    until
        The last day that counts as an answer; the facts say so for later ones.
    """

    def __init__(self, reading: Reading, plan: Plan, mission: Mission, until: date) -> None:
        self.reading, self.plan, self.mission, self.until = reading, plan, mission, until
        self.kind: MissionType = reading.week.types[mission.type]
        self.place = reading.places.of_mission(mission, self.kind)
        self.people = people_wanted(mission, self.kind)
        self.activities: dict[Fact, Activity] = {}
        """What each fact of work is."""

    @cached_property
    def spots(self) -> list[Spot]:
        """Every place, day after day; one for those of the same people that the same facts close in a
        half-day."""
        alone: dict[str, dict[int, frozenset[Fact]]] = {
            person.id: dict(self._alone(person)) for person in self.reading.week.professionals
        }
        found: dict[tuple[tuple[str, ...], int, frozenset[Fact]], Spot] = {}
        for team in combinations(self.reading.week.professionals, self.people):
            ids = tuple(person.id for person in team)
            of_the_pair = self._of_the_pair(team)
            shared = set(alone[ids[0]]).intersection(*(alone[one] for one in ids[1:]))
            for start in sorted(shared):
                facts = of_the_pair.union(*(alone[one][start] for one in ids))
                facts = facts or self._of_the_household(ids, start)
                key = ids, start // (DAY_MINUTES // 2), facts
                if key not in found:
                    found[key] = Spot(ids, start, facts)
        return list(found.values())

    def _of_the_household(self, ids: tuple[str, ...], start: int) -> frozenset[Fact]:
        """What other acts of an evaluation stand against, at a place that nothing else closes."""
        if not self.kind.ip:
            return frozenset()
        row = a_row(self.reading, self.plan, self.mission, ids, self.reading.instant(start))
        plan = self.plan.model_copy(update={"assignments": (*self.plan.assignments, row)})
        there = reading_after(self.reading, plan)
        return frozenset(
            Fact(FactKind.HOUSEHOLD, rule.name)
            for rule in OF_A_HOUSEHOLD
            if sum(1 for _ in rule.check(there)) > self._already[rule.code]
        )

    @cached_property
    def _already(self) -> dict[str, int]:
        """How many times the plan breaks each of these rules without the mission."""
        return {rule.code: sum(1 for _ in rule.check(self.reading)) for rule in OF_A_HOUSEHOLD}

    # ------------------------------------------------------------ one person

    def _alone(self, person: Professional) -> Iterator[tuple[int, frozenset[Fact]]]:
        """Each start with the facts against this person there."""
        always = frozenset(self._about(person))
        open_starts = self._open_starts.get(person.id, frozenset())
        for day in self.reading.presence.days:
            of_the_day = always | self._of_the_day(day)
            stands = self._stands(person, day)
            for start in self._starts_of(day):
                stretch = Stretch(start, start + self.mission.duration_minutes)
                facts = set(of_the_day)
                if fixed := self._off_its_start(start):
                    facts.add(fixed)
                facts.update(fact for other, fact in stands if other.meets(*stretch))
                if not self._is_in_a_half_day(person, stretch):
                    facts.add(Fact(FactKind.HOURS, person.id))
                facts |= self._of_the_site(person, stretch)
                if not facts and start not in open_starts:
                    facts.add(Fact(FactKind.DAY, person.id, str(day)))
                yield start, frozenset(facts)

    @cached_property
    def _open_starts(self) -> dict[str, frozenset[int]]:
        """By person: the starts that the judge itself finds open, day, travel and rest included."""
        found: dict[str, set[int]] = {}
        slots = self.reading.slots
        for person, start in slots.starts_of_each(self.mission, self.kind):
            found.setdefault(person.id, set()).add(start)
        return {person: frozenset(starts) for person, starts in found.items()}

    def _starts_of(self, day: int) -> range:
        """The starts of a day that are not past."""
        first, last = self._hours
        midnight, now = day * DAY_MINUTES, self.reading.week.horizon.now
        earliest = max(midnight + first, self.reading.week.calendar.minute(now) if now else 0)
        return range(earliest, midnight + last - self.mission.duration_minutes + 1, GRID_MINUTES)

    @cached_property
    def _hours(self) -> tuple[int, int]:
        """The hours of the day in which anybody works."""
        minutes = [window.minutes for one in self.reading.week.professionals for window in one.windows]
        return min(start for start, _ in minutes), max(end for _, end in minutes)

    def _about(self, person: Professional) -> Iterator[Fact]:
        """What stands against someone whatever the time."""
        week, kind, team = self.reading.week, self.kind, self.reading.teams.of(self.mission)
        is_apart = kind.owner in (ServiceKind.CONTRAT, ServiceKind.EVALUATION)
        if kind.owner is not None and (
            not self.reading.serves(person, kind.owner)
            or (team and team.isdisjoint(person.service_ids))
            or (is_apart and self.reading.serves(person, ServiceKind.SECTEUR))
        ):
            yield Fact(FactKind.SERVICE, ", ".join(sorted(team)) or kind.owner)
        if not kind.may_be_done_by(person.profession):
            yield Fact(FactKind.PROFESSION, person.profession)
        wanted = self.mission.professions
        if wanted and person.profession not in wanted:
            yield Fact(FactKind.WANTED, ", ".join(wanted))
        case = week.case.get(self.mission.case_id or "")
        if kind.ip and case and person.id in {*case.followers, case.referent_id}:
            yield Fact(FactKind.DISTANCE, person.id)

    def _of_the_day(self, day: int) -> frozenset[Fact]:
        on = self.reading.day(day)
        if on < self.mission.release:
            return frozenset({Fact(FactKind.RELEASE, self.mission.release.isoformat())})
        if on > self.until:
            return frozenset({Fact(FactKind.DUE, self.until.isoformat())})
        return frozenset()

    def _off_its_start(self, start: int) -> Fact | None:
        fixed = self.mission.fixed_start
        if fixed is None or self.reading.week.calendar.minute(fixed) == start:
            return None
        return Fact(FactKind.FIXED, fixed.isoformat())

    def _stands(self, person: Professional, day: int) -> list[tuple[Stretch, Fact]]:
        """What a person's day already holds, with when."""
        presence = self.reading.presence
        found = [
            (absence, Fact(FactKind.ABSENCE, person.id)) for absence in presence.absent_stretches(person.id)
        ]
        found += [(busy, Fact(FactKind.AGENDA, person.id)) for busy in presence.busy_stretches(person.id)]
        halves = self.reading.halves[person.id].get(day, ())
        for half in halves:
            room = [
                stretch
                for reception in half.receptions
                for stretch in room_in_reception(
                    reception, half.activities, self._location_row, self.mission.duration_minutes
                )
            ]
            for activity in half.activities:
                if activity.is_reception and room:
                    closed = without([activity.stretch], room)
                    found += [(stretch, self._kept(activity)) for stretch in closed]
                else:
                    found.append((activity.stretch, self._kept(activity)))
        return found

    @cached_property
    def _location_row(self) -> Row:
        return self.reading.slots.row_of(self.mission, self.kind)

    def _kept(self, activity: Activity) -> Fact:
        begins = self.reading.instant(activity.stretch.start)
        fact = Fact(FactKind.WORK, activity.person_id, f"{activity.label}@{begins:%Y-%m-%dT%H:%M}")
        self.activities[fact] = activity
        return fact

    def _is_in_a_half_day(self, person: Professional, stretch: Stretch) -> bool:
        return self.reading.presence.half_day_of(person.id, *stretch) is not None and any(
            window.holds(*stretch) for window in self.reading.presence.worked(person.id, stretch.start)
        )

    # ------------------------------------------------------------ sites and pairs

    def _of_the_site(self, person: Professional, stretch: Stretch) -> frozenset[Fact]:
        """Opening and rooms, for what takes a room."""
        if self.kind.room is RoomKind.NONE or self.place is None or self.place.site_id is None:
            return frozenset()
        site, presence, day = self.place.site_id, self.reading.presence, stretch.start // DAY_MINUTES
        hours = presence.opening[site].get(day, ())
        is_open = any(one.holds(*stretch) for one in hours)
        if not is_open or not presence.is_open_in_the_half(site, person.id, stretch):
            return frozenset({Fact(FactKind.OPENING, site)})
        if not any(one.holds(*stretch) for one in self._free_rooms(site, day)):
            half = presence.name_of_half(person.id, *stretch)
            return frozenset({Fact(FactKind.ROOMS, site, f"{day} {half}")})
        return frozenset()

    def _free_rooms(self, site: str, day: int) -> list[Stretch]:
        if (site, day) not in self._rooms:
            self._rooms[site, day] = self.reading.slots.room_stretches(site, self.kind.room, day)
        return self._rooms[site, day]

    @cached_property
    def _rooms(self) -> dict[tuple[str, int], list[Stretch]]:
        return {}

    def _of_the_pair(self, team: tuple[Professional, ...]) -> frozenset[Fact]:
        """What stands against two people together."""
        professions = sorted(person.profession for person in team)
        wanted = sorted(self.mission.professions)
        if len(team) < 2 or len(wanted) != 2:
            is_alike = self.kind.ip and len(team) == 2 and len(set(professions)) == 1
            return frozenset({Fact(FactKind.PAIR, professions[0])}) if is_alike else frozenset()
        if professions == wanted:
            return frozenset()
        return frozenset({Fact(FactKind.WANTED, ", ".join(self.mission.professions))})
