"""`Reading`: a plan read against its week, each thing worked out once and only when a rule asks for it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property

from optimizer.catalogue import MissionType
from optimizer.clock import DAY_MINUTES, GRID_MINUTES
from optimizer.organisation import tenths
from optimizer.plan import Assignment, Plan, Reservation, ReservationKind
from optimizer.reading import dates
from optimizer.reading.activities import Activity, Kept, Row
from optimizer.reading.limits import LONGEST_STRETCH, SHORTEST_BREAK
from optimizer.reading.places import Location, Places
from optimizer.reading.presence import Presence
from optimizer.reading.slots import Slots
from optimizer.reading.stretches import Stretch, merged, shared_minutes, without
from optimizer.reading.teams import Teams
from optimizer.reading.tour import Half, Prices, Tour, best_tour
from optimizer.week import CollectiveAction, Meeting, Mission, Professional, Week
from optimizer.words import Profession, ServiceKind

LONG_MEETING = 240
LUNCH_OF_A_MEETING = 60


class Reading:
    """A week and a plan, as the judge sees them."""

    def __init__(self, week: Week, plan: Plan, other: "Reading | None" = None) -> None:
        """`other` reads the same week with another plan, or one of other items: what tells of people and
        places alone is not read again."""
        self.week = week
        self.plan = plan
        self.presence: Presence = other.presence if other else Presence(week)
        self.places: Places = other.places if other else Places(week)
        self.teams: Teams = other.teams if other and other.week is week else Teams(week, self.places)

    # ------------------------------------------------------------ rows and activities

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row of `assignments`."""
        return tuple(self.row_of(source) for source in self.plan.assignments)

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """Every reservation but travel, which informs only."""
        return tuple(
            self.kept_of(source)
            for source in self.plan.reservations
            if source.kind is not ReservationKind.TRAVEL
        )

    @cached_property
    def parts(self) -> dict[str, tuple[Row, ...]]:
        """By item: its rows in order of time."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.item_id].append(row)
        return {item: tuple(sorted(rows, key=lambda row: row.stretch)) for item, rows in found.items()}

    @cached_property
    def activities(self) -> dict[str, tuple[Activity, ...]]:
        """By person: what they do, in order of time; what ends before it starts is left out."""
        return self.activities_of(person.id for person in self.week.professionals)

    def activities_of(self, people: Iterable[str]) -> dict[str, tuple[Activity, ...]]:
        """What some people do, by person."""
        found: dict[str, list[Activity]] = {person: [] for person in people}
        things: list[Row | Kept] = [*self.rows, *self.kept]
        for thing in things:
            for person in thing.people:
                if person.id in found and thing.stretch.minutes > 0:
                    found[person.id].append(activity_of(person, thing))
        return {
            person: tuple(sorted(done, key=lambda one: (one.stretch.start, -one.stretch.end)))
            for person, done in found.items()
        }

    @cached_property
    def activities_by_day(self) -> dict[str, dict[int, tuple[Activity, ...]]]:
        """By person and day, that of their start."""
        return {person: by_day(done) for person, done in self.activities.items()}

    @cached_property
    def mission_rows(self) -> tuple[tuple[Row, Mission, MissionType], ...]:
        """The rows of missions of a known type."""
        return tuple((row, row.mission, row.kind) for row in self.rows if row.mission and row.kind)

    @cached_property
    def dated_items(self) -> tuple[Mission | CollectiveAction, ...]:
        """The missions and actions of the week: what is done by a day."""
        return (*self.week.missions, *self.week.actions)

    @cached_property
    def slots(self) -> Slots:
        """What is left free for requests."""
        return Slots(self)

    def kept_for(self, kind: ReservationKind, site_id: str | None = None) -> Iterable[Kept]:
        """The reservations of one kind, at one site if it is given."""
        return self._kept_by_kind.get((kind, site_id), ())

    @cached_property
    def _kept_by_kind(self) -> dict[tuple[ReservationKind, str | None], list[Kept]]:
        found: defaultdict[tuple[ReservationKind, str | None], list[Kept]] = defaultdict(list)
        for kept in self.kept:
            for site_id in {None, kept.source.site_id}:
                found[kept.kind, site_id].append(kept)
        return found

    # ------------------------------------------------------------ days

    @cached_property
    def halves(self) -> dict[str, dict[int, tuple[Half, ...]]]:
        """By person and day: the half-days with what they hold."""
        return {
            person: {day: self.halves_of(person, day, done) for day, done in days.items()}
            for person, days in self.activities_by_day.items()
        }

    def halves_of(self, person: str, day: int, activities: tuple[Activity, ...]) -> tuple[Half, ...]:
        """The half-days of a day with given activities; those which are in none are left out."""
        available = self.presence.available.get(person, {}).get(day, ())
        free = without(available, (activity.stretch for activity in activities))
        return tuple(
            Half(half, tuple(one for one in activities if half.stretch.holds(*one.stretch)), free)
            for half in self.presence.half_days.get(person, {}).get(day, ())
        )

    @cached_property
    def tours(self) -> dict[str, dict[int, Tour]]:
        """By person and day: posts, travel and lunch."""
        return {
            person: {day: self.tour(person, halves) for day, halves in days.items()}
            for person, days in self.halves.items()
        }

    def tour(self, person: str, halves: tuple[Half, ...]) -> Tour:
        """The day of a person with the posts that suit it best."""
        own = self.week.professional[person].site_id
        return best_tour(halves, self.posts[person], own, self.places.travel_minutes, self._prices)

    @cached_property
    def posts(self) -> dict[str, tuple[Location, ...]]:
        """By person: the sites where they may be posted, their own first."""
        found = {}
        served: dict[tuple[str, ...], list[str]] = {}
        for person in self.week.professionals:
            theirs = person.service_ids
            if theirs not in served:
                served[theirs] = [s.id for s in self.week.sites if not set(theirs).isdisjoint(s.service_ids)]
            sites = dict.fromkeys((person.site_id, *served[theirs]))
            found[person.id] = tuple(place for site in sites if (place := self.places.at(site)))
        return found

    @cached_property
    def _prices(self) -> Prices:
        weights = self.week.organisation.preferences
        return Prices(
            tenths(weights.travel_minute),
            tenths(weights.posted_elsewhere),
            tenths(weights.short_lunch_minute),
            self.week.organisation.lunch_minutes,
        )

    def without_break(self, person: str, activities: tuple[Activity, ...]) -> Iterator[Stretch]:
        """The stretches of a day without a break; travel from one activity to the next is none."""
        busy = merged(self.presence.busy_stretches(person))
        first, last = activities[0].stretch.start, activities[0]
        for activity in activities[1:]:
            gap = Stretch(last.stretch.end, activity.stretch.start)
            idle = gap.minutes - shared_minutes(busy, *gap) - self._travel(last, activity)
            if idle >= SHORTEST_BREAK:
                yield Stretch(first, last.stretch.end)
                first = activity.stretch.start
            if activity.stretch.end > last.stretch.end:
                last = activity
        yield Stretch(first, last.stretch.end)

    def has_breaks(self, person: str, activities: tuple[Activity, ...]) -> bool:
        """Whether no stretch of a day is too long."""
        return all(one.minutes <= LONGEST_STRETCH for one in self.without_break(person, activities))

    def _travel(self, before: Activity, after: Activity) -> int:
        if before.location is None or after.location is None:
            return 0
        return self.places.travel_minutes(before.location, after.location)

    # ------------------------------------------------------------ people

    @cached_property
    def kinds(self) -> dict[str, frozenset[ServiceKind]]:
        """By person: the kinds of service they work for."""
        return {person.id: self.week.kinds_served_by(person) for person in self.week.professionals}

    def serves(self, person: Professional, kind: ServiceKind) -> bool:
        """Whether someone works for a kind of service."""
        return kind in self.kinds[person.id]

    def may_do(self, person: Professional, code: str) -> bool:
        """Whether the matrix lets someone do a type of mission."""
        kind = self.week.types.get(code)
        return kind is not None and kind.may_be_done_by(person.profession)

    def stays(self, person: Professional) -> bool:
        """Whether someone is still there after the horizon, and keeps their households."""
        is_there = person.departure is None or person.departure >= self.week.calendar.end
        return is_there and not person.hands_over

    @cached_property
    def accompanying(self) -> tuple[Professional, ...]:
        """The people of SECTEUR who may do SUIVI."""
        return tuple(person for person in self.week.professionals if self.may_accompany(person))

    def may_accompany(self, person: Professional) -> bool:
        """Whether someone of SECTEUR may do SUIVI."""
        return self.serves(person, ServiceKind.SECTEUR) and self.may_do(person, "SUIVI")

    @cached_property
    def with_quotas(self) -> tuple[Professional, ...]:
        """The people of SECTEUR, managers included and secretaries not."""
        return tuple(
            person
            for person in self.week.professionals
            if self.serves(person, ServiceKind.SECTEUR) and person.profession is not Profession.SECR
        )

    def quota_shortfalls(
        self, percent: int, counts: Callable[[Activity], bool]
    ) -> Iterator[tuple[str, int, int]]:
        """Person, week and minutes missing where what counts is under a share of paid time."""
        for person in self.with_quotas:
            done: Counter[int] = Counter()
            for activity in self.activities[person.id]:
                if counts(activity):
                    done[activity.stretch.start // (7 * DAY_MINUTES)] += activity.stretch.minutes
            for week in range(self.week.horizon.weeks):
                quota = self.presence.paid_minutes(person.id, week) * percent // 100
                missing = quota - quota % GRID_MINUTES - done[week]
                if missing > 0:
                    yield person.id, week, missing

    def beyond_pro_rata(self, minutes: dict[str, int]) -> Iterator[tuple[str, int]]:
        """Person and minutes, by whole grid steps, outside ten percent of a share by paid time."""
        paid = {person: self.presence.paid_minutes(person) for person in minutes}
        total, whole = sum(minutes.values()), sum(paid.values())
        for person, found in minutes.items():
            above = 10 * found * whole - 11 * total * paid[person]
            under = 9 * total * paid[person] - 10 * found * whole
            if whole and (beyond := max(above, under)) > 0:
                yield person, GRID_MINUTES * -(-beyond // (10 * whole * GRID_MINUTES))

    @cached_property
    def attributed(self) -> dict[str, tuple[Professional, ...]]:
        """By case: the known people whom this plan makes its referent."""
        found: defaultdict[str, list[Professional]] = defaultdict(list)
        for row in self.plan.referents:
            if person := self.week.professional.get(row.professional_id):
                found[row.case_id].append(person)
        return {case: tuple(people) for case, people in found.items()}

    @cached_property
    def open_sector_missions(self) -> defaultdict[str, list[Mission]]:
        """By case: its missions in the week that belong to SECTEUR."""
        found: defaultdict[str, list[Mission]] = defaultdict(list)
        for mission in self.week.missions:
            kind = self.week.types.get(mission.type)
            if kind and kind.owner is ServiceKind.SECTEUR and mission.case_id:
                found[mission.case_id].append(mission)
        return found

    @cached_property
    def may_attend(self) -> dict[str, tuple[Professional, ...]]:
        """By meeting: members of its service, or people named, whose profession is not excluded from it."""
        return {
            meeting.id: tuple(
                person
                for person in self.week.professionals
                if (meeting.service_id in person.service_ids or person.id in meeting.professional_ids)
                and self.may_do(person, meeting.type)
            )
            for meeting in self.week.meetings
        }

    # ------------------------------------------------------------ dates

    @cached_property
    def queue_date(self) -> dict[str, date]:
        """By queued item: its date."""
        return {row.mission_id: row.date for row in self.plan.queue}

    def is_placed(self, item_id: str) -> bool:
        """Whether anything of an item is in the plan."""
        return item_id in self.parts

    def done_day(self, item: Mission | CollectiveAction) -> date:
        """The day of the last part, the date in the queue, else the first working day after the horizon."""
        if parts := self.parts.get(item.id):
            return parts[-1].source.start.date()
        return self.queue_date.get(item.id, self.week.calendar.first_day_after)

    def days_late(self, item: Mission | CollectiveAction) -> int:
        """Working days after `due` up to and including the done day."""
        return self.working_days_between(item.due, self.done_day(item))

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`."""
        return dates.working_days_between(self.week.calendar, start, end)

    def day(self, index: int) -> date:
        """The date of a day counted from the first Monday."""
        return self.week.horizon.first_day + timedelta(days=index)

    def instant(self, minute: int) -> datetime:
        """The instant of a minute."""
        return self.week.calendar.instant(minute)

    # ------------------------------------------------------------ meetings

    def meeting_parts(self, meeting: Meeting) -> tuple[Stretch, ...]:
        """When a meeting is held: at its fixed start, else at the start that the plan gives it, if any."""
        if meeting.fixed_start:
            return self.parts_from(self.week.calendar.minute(meeting.fixed_start), meeting.duration_minutes)
        if rows := self.parts.get(meeting.id):
            return self.parts_from(rows[0].stretch.start, meeting.duration_minutes)
        return ()

    def parts_from(self, start: int, minutes: int) -> tuple[Stretch, ...]:
        """One part, or two either side of lunch for a long meeting."""
        midday = start - start % DAY_MINUTES + self.presence.midday
        if minutes <= LONG_MEETING or not start < midday < start + minutes:
            return (Stretch(start, start + minutes),)
        afternoon = midday + LUNCH_OF_A_MEETING
        return (Stretch(start, midday), Stretch(afternoon, afternoon + minutes - (midday - start)))

    def is_free_for(self, person: Professional, meeting: Meeting) -> bool:
        """Whether someone is there for the whole of a meeting, or between its days when it has no time."""
        if parts := self.meeting_parts(meeting):
            return all(self.presence.fits(person.id, *part) for part in parts)
        return any(
            stretches and meeting.release <= self.day(day) <= meeting.due
            for day, stretches in self.presence.available[person.id].items()
        )

    # ------------------------------------------------------------ building

    def kept_of(self, source: Reservation) -> Kept:
        """A reservation, read."""
        return Kept(
            source,
            self._stretch(source),
            self._people(source.professional_ids),
            self.places.at(source.site_id),
        )

    def row_of(self, source: Assignment) -> Row:
        """A row of `assignments`, read."""
        mission = self.week.mission.get(source.mission_id)
        action = None if mission else self.week.action.get(source.mission_id)
        meeting = None if mission or action else self.week.meeting.get(source.mission_id)
        item = mission or action or meeting
        return Row(
            source=source,
            stretch=self._stretch(source),
            people=self._people(source.professional_ids),
            location=self.places.read(source.place, source.site_id),
            mission=mission,
            action=action,
            meeting=meeting,
            kind=self.week.types.get(item.type) if item else None,
        )

    def _stretch(self, source: Assignment | Reservation) -> Stretch:
        minute = self.week.calendar.minute
        return Stretch(minute(source.start), minute(source.end))

    def _people(self, ids: tuple[str, ...]) -> tuple[Professional, ...]:
        known = self.week.professional
        return tuple(known[person] for person in dict.fromkeys(ids) if person in known)


def activity_of(person: Professional, thing: Row | Kept) -> Activity:
    """One person's side of a row or of a reservation."""
    return Activity(
        person_id=person.id,
        stretch=thing.stretch,
        location=thing.location,
        is_teleworked=thing.is_teleworked,
        row=thing if isinstance(thing, Row) else None,
        kept=thing if isinstance(thing, Kept) else None,
    )


def by_day(activities: Iterable[Activity]) -> dict[int, tuple[Activity, ...]]:
    """Activities by the day on which they start."""
    found: defaultdict[int, list[Activity]] = defaultdict(list)
    for activity in activities:
        found[activity.stretch.start // DAY_MINUTES].append(activity)
    return {day: tuple(done) for day, done in found.items()}
