"""What Timefold has to decide in one part of a week: items, and the options of each, with their prices.

An option says who does an item and in which half-days. Minutes lie on the grid; prices are tenths, of level 1
then of level 2, as docs/semantics.md has them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from benchmarks.interval_missions import late_price, price_of_waiting
from benchmarks.interval_plan import referents
from optimizer.board import Board, HalfDay, Location
from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.intervals import overlap
from optimizer.model import BucketModel
from optimizer.model.missions import candidate_keys
from optimizer.organisation import tenths
from optimizer.tasks import Key
from optimizer.week import CollectiveAction, Meeting, Mission, Professional, Week
from optimizer.words import Aptitude, PlaceKind, RoomKind, ServiceKind

RoomKey = tuple[str, RoomKind, int]
"""The rooms of a kind of a site in a half-day."""
PART_MINUTES = 120


@dataclass(frozen=True)
class Load:
    """What an option takes of someone's half-day; `start` is -1 when it has no clock time."""

    key: Key
    minutes: int
    start: int = -1


@dataclass(frozen=True)
class Option:
    """Who, when, and at what price. `prepared` are the loads, the last ones, that prepare an action."""

    loads: tuple[Load, ...]
    commitments: int = 0
    preferences: int = 0
    room: RoomKey | None = None
    prepared: int = 0

    @property
    def held(self) -> tuple[Load, ...]:
        """The loads of the item itself."""
        return self.loads[: len(self.loads) - self.prepared]

    @property
    def people(self) -> tuple[str, ...]:
        """Those who do it."""
        return tuple(dict.fromkeys(load.key[0] for load in self.held))

    @property
    def slots(self) -> list[int]:
        """The half-days in which it is held."""
        return sorted({load.key[1] for load in self.held})


@dataclass
class Item:
    """Something to be held, and what it costs when it is not."""

    of: Bundle | CollectiveAction | Meeting | str
    id: str
    minutes: int
    unplaced: int
    options: list[Option]
    location: Location | None = None
    household: str | None = None
    rank: int | None = None
    start: int = -1
    flags: frozenset[str] = field(default_factory=frozenset)


class Part:
    """The items of one part of a week."""

    def __init__(self, week: Week) -> None:
        self.week, self.board = week, Board(week)
        self.model = BucketModel(self.board)
        self.referents = {row.case_id: row.professional_id for row in referents(self.board)}
        self.items = [*self._missions(), *self._actions(), *self._meetings(), *self._reception()]
        self.items = [item for item in self.items if item.options]

    # -------------------------------------------------------------- missions

    def _missions(self) -> Iterator[Item]:
        for bundle in self.model.bundles:
            options = list(self._options(bundle))
            flags = {name for name in ("request", "collective") if getattr(bundle.kind, name)}
            for mission in bundle.missions:
                evaluated = mission.case_id if bundle.kind.ip else None
                yield Item(
                    bundle,
                    mission.id,
                    mission.duration_minutes,
                    price_of_waiting(self.board, mission, bundle.kind) + self._home_meeting(bundle),
                    options,
                    bundle.location,
                    evaluated,
                    self.model.evaluation_rank(bundle.kind) if evaluated else None,
                    flags=frozenset(flags),
                )

    def _options(self, bundle: Bundle) -> Iterator[Option]:
        slots: dict[str, list[int]] = defaultdict(list)
        for person, slot in candidate_keys(self.model, bundle):
            slots[person].append(slot)
        start = self.model.start_of(bundle.first)
        late = self._by_day(bundle.first)
        for people in self._teams(bundle, list(slots)):
            common = sorted(set.intersection(*(set(slots[person]) for person in people)))
            dislike = sum(self._dislike(bundle, person) for person in people)
            dislike += self._strange(bundle, people)
            for parts in self._parts(bundle, people, common):
                loads = tuple(
                    Load((person, slot), minutes, -1 if start is None else start)
                    for slot, minutes in parts
                    for person in people
                )
                last = parts[-1][0]
                room = self._room(bundle, last)
                yield Option(loads, late(self.board.day_of(last)), dislike, room)

    def _teams(self, bundle: Bundle, able: list[str]) -> Iterable[tuple[str, ...]]:
        """Who may do a mission together: the professions wanted, two different ones for an evaluation."""
        wanted = Counter(bundle.first.professions)
        for people in combinations(able, bundle.people):
            professions = Counter(self.model.people[person].profession for person in people)
            if wanted <= professions and not (bundle.kind.ip and max(professions.values()) > 1):
                yield people

    def _parts(
        self, bundle: Bundle, people: tuple[str, ...], slots: list[int]
    ) -> Iterator[list[tuple[int, int]]]:
        """The half-days of a mission, with the minutes in each: one, or two for a report."""
        total = bundle.first.duration_minutes
        yield from ([(slot, total)] for slot in slots if self._holds(people, slot, total))
        if bundle.kind.splittable and total >= PART_MINUTES:
            half = total // 2 // GRID_MINUTES * GRID_MINUTES
            fitting = [slot for slot in slots if self._holds(people, slot, total - half)]
            yield from ([(one, half), (other, total - half)] for one, other in combinations(fitting, 2))

    def _holds(self, people: Iterable[str], slot: int, minutes: int) -> bool:
        half_days = (self.board.half_days[person, slot] for person in people)
        return all(_longest(half_day) >= minutes for half_day in half_days)

    def _by_day(self, item: Mission | CollectiveAction) -> Callable[[date], int]:
        kind, known = self.week.types[item.type], dict[date, int]()

        def price(day: date) -> int:
            if day not in known:
                known[day] = late_price(self.board, item, kind, day)
            return known[day]

        return price

    def _dislike(self, bundle: Bundle, person: str) -> int:
        is_core = bundle.kind.aptitude(self.model.people[person].profession) is Aptitude.CORE
        return 0 if is_core else tenths(self.week.organisation.preferences.possible_not_core)

    def _strange(self, bundle: Bundle, people: tuple[str, ...]) -> int:
        """What a mission of the sector team costs without the household's referent."""
        case = self.week.case.get(bundle.first.case_id or "")
        if case is None or bundle.kind.owner is not ServiceKind.SECTEUR:
            return 0
        referent = self.referents.get(case.id, case.referent_id)
        return 0 if referent in (None, *people) else tenths(self.week.organisation.preferences.not_referent)

    def _room(self, bundle: Bundle, slot: int) -> RoomKey | None:
        site = bundle.location.site_id if bundle.location else None
        takes_one = site is not None and bundle.kind.room is not RoomKind.NONE
        return (site, bundle.kind.room, slot) if site and takes_one else None

    def _home_meeting(self, bundle: Bundle) -> int:
        """What an evaluation pays without its only home meeting."""
        acts = self.model.evaluations.get(bundle.first.case_id or "", [])
        homes = [act for act in acts if act.kind.place is PlaceKind.HOME]
        is_due = any(act.first.due < self.board.calendar.first_day_after for act in homes)
        is_alone = [act.index for act in homes] == [bundle.index]
        return tenths(self.week.organisation.commitments.home_meeting_missing) if is_due and is_alone else 0

    # --------------------------------------------------------------- actions

    def _actions(self) -> Iterator[Item]:
        for action in self.week.actions:
            yield Item(
                action,
                action.id,
                action.duration_minutes,
                price_of_waiting(self.board, action, self.week.types[action.type]),
                list(self._led(action)),
                self.board.site_location(action.site_id) if action.site_id else None,
                flags=frozenset({"collective"} if self.week.types[action.type].collective else ()),
            )

    def _led(self, action: CollectiveAction) -> Iterator[Option]:
        team, late = self.board.teams.of_action(action), self._by_day(action)
        start, wanted = self.model.start_of(action), Counter(action.leaders)
        kind, minutes = self.week.types[action.type], action.duration_minutes
        able = [person for person in self.model.doers(action.type, team) if person.profession in wanted]
        for slot in range(self.board.slots):
            here = [person for person in able if self._may_lead(person, action, slot, start)]
            room: RoomKey | None = None
            if action.site_id and kind.room is not RoomKind.NONE:
                room = action.site_id, kind.room, slot
            for people in combinations(here, len(action.leaders)):
                if Counter(person.profession for person in people) != wanted:
                    continue
                prepared = self._prepared([person.id for person in people], slot, action.preparation_minutes)
                if prepared is not None:
                    at = -1 if start is None else start
                    led = tuple(Load((person.id, slot), minutes, at) for person in people)
                    price = late(self.board.day_of(slot))
                    yield Option((*led, *prepared), price, 0, room, len(prepared))

    def _may_lead(self, person: Professional, action: CollectiveAction, slot: int, start: int | None) -> bool:
        half_day = self.board.half_days.get((person.id, slot))
        if half_day is None or half_day.day < action.release:
            return False
        hours = self.model.action_hours(action, half_day)
        if start is None:
            return any(end - begin >= action.duration_minutes for begin, end in hours)
        return any(begin <= start and start + action.duration_minutes <= end for begin, end in hours)

    def _prepared(self, people: list[str], slot: int, minutes: int) -> list[Load] | None:
        """Each leader's preparation, in the half-day before; None when someone has none to prepare in."""
        found = []
        for person in people if minutes else ():
            before = [key for key in self.model.keys_of(person) if key[1] < slot]
            fitting = [key for key in before if _longest(self.board.half_days[key]) >= minutes]
            if not fitting:
                return None
            found.append(Load(fitting[-1], minutes))
        return found

    # -------------------------------------------------------------- meetings

    def _meetings(self) -> Iterator[Item]:
        for meeting in self.week.meetings:
            people = self.model.expected(meeting)
            starts = self.model.meeting_starts(meeting)
            if not people or not starts:
                continue
            start = max(starts, key=lambda start: (len(self._present(meeting, people, start)), -start))
            options = self._present(meeting, people, start)
            if meeting.seats is None:
                yield from (self._attendance(meeting, [option], start) for option in options)
                continue
            target = self.week.organisation.isic_days_per_year
            under = {p.id for p in people if p.isic_days_done < target}
            options = [option for option in options if option.people[0] in under]
            for _ in range(min(meeting.seats, len(options))):
                yield self._attendance(meeting, options, start)

    def _present(self, meeting: Meeting, people: list[Professional], start: int) -> list[Option]:
        """Those who are there for the whole of it, each as an option."""
        found = []
        price = tenths(self.week.organisation.preferences.training_day_done) if meeting.seats else 0
        for person in people:
            keys = self.model.keys_holding(person.id, self.board.parts(start, meeting.duration_minutes))
            loads = [
                Load(key, end - begin, begin) for key, parts in (keys or {}).items() for begin, end in parts
            ]
            if loads:
                found.append(Option(tuple(loads), 0, price * person.isic_days_done))
        return found

    def _attendance(self, meeting: Meeting, options: list[Option], start: int) -> Item:
        weights = self.week.organisation.commitments
        price = weights.meeting_absent if meeting.seats is None else weights.training_seat
        place = self.board.site_location(meeting.site_id) if meeting.site_id else None
        is_collective = self.week.types[meeting.type].collective
        return Item(
            meeting,
            meeting.id,
            meeting.duration_minutes,
            tenths(price),
            options,
            place,
            start=start,
            flags=frozenset({"collective"} if is_collective else ()),
        )

    # ------------------------------------------------------------- reception

    def _reception(self) -> Iterator[Item]:
        weights = self.week.organisation.commitments
        for slot, sites in self.model.cover.items():
            for site, (people, hours) in sites.items():
                begin, end = self.board.duty_hours[site, slot]
                keys = [key for key in self.model.keys_at(slot) if site in self._posts(key)]
                on_duty = [
                    Option((Load(key, end - begin, begin),))
                    for key in keys
                    if self._may(key, "ACCUEIL") and self.board.half_days[key].holds(((begin, end),))
                ]
                urgent = [
                    Option((Load(key, 60),))
                    for key in keys
                    if self._may(key, "URGENCE")
                    and any(
                        b - a >= 60
                        for a, b in overlap(self.board.half_days[key].free, self.board.opening[site, slot])
                    )
                ]
                place = self.board.site_location(site)
                for what, number, options, price in (
                    ("duty", people, on_duty, weights.reception_missing),
                    ("urgency", hours, urgent, weights.urgency_hour_missing),
                ):
                    minutes = end - begin if what == "duty" else 60
                    for _ in range(number):
                        yield Item(what, site, minutes, tenths(price), options, place)

    def _posts(self, key: Key) -> list[str]:
        return self.board.posts(self.model.people[key[0]])

    def _may(self, key: Key, code: str) -> bool:
        return self.board.may_do(self.model.people[key[0]], code)


def _longest(half_day: HalfDay) -> int:
    return max(end - begin for begin, end in half_day.free)
