"""The week of one part: a week of its own, with its share of what is shared, or with all of it.

`restricted` gives the week in which a part is planned: what the parts planned so decide holds together in
the whole week, at about the sum of their prices. `relaxed` gives the week that bounds it: whatever plan the
whole has, each part's own share of it is a plan there; what is shared is there for each.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from itertools import combinations
from typing import TypeVar

from optimizer.engines.division import Division
from optimizer.engines.sharing import Part, Sharing, weekday_of
from optimizer.week import (
    Case,
    CollectiveAction,
    Meeting,
    Mission,
    Pin,
    Professional,
    ReceptionNeed,
    Site,
    Span,
    Travel,
    Week,
    Weekday,
)

Row = TypeVar("Row")


@dataclass
class Rows:
    """What concerns one part, in the order of the file."""

    professionals: list[Professional] = field(default_factory=list)
    missions: list[Mission] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    reception: list[ReceptionNeed] = field(default_factory=list)
    actions: list[CollectiveAction] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    sites: set[str] = field(default_factory=set)

    def add(self, other: "Rows") -> None:
        """Add another part's, each row once."""
        for table in fields(self):
            mine, theirs = getattr(self, table.name), getattr(other, table.name)
            if isinstance(mine, list):
                known = {id(row) for row in mine}
                mine += [row for row in theirs if id(row) not in known]
            else:
                mine.update(theirs)


@dataclass(frozen=True)
class Foreign:
    """Actions and sites of other parts, by id."""

    actions: frozenset[str]
    sites: frozenset[str]


class PartWeeks:
    """The weeks of the parts of a division."""

    def __init__(self, division: Division) -> None:
        self.division, self.week, self.board = division, division.week, division.board
        self.rows: dict[Part, Rows] = {part: Rows() for part in division.parts}
        self._share_out()
        self.spans = {name: _by_person(getattr(self.week, name)) for name in ("absences", "busy")}

    def restricted(self, part: Part, sharing: Sharing) -> Week:
        """The week in which a part is planned with its share."""
        rows = self.rows[part]
        people = [_with_days(one, sharing.people.get(one.id), part) for one in rows.professionals]
        actions = [self._led_by(one, part) for one in rows.actions if sharing.leads.get(one.id, part) == part]
        meetings = [
            self._among(one, rows, sharing.seats[one.id].get(part, 0) if one.id in sharing.seats else None)
            for one in rows.meetings
        ]
        sites = [_with_days(self.week.site[id_], sharing.sites.get(id_), part) for id_ in self._sites(rows)]
        names = self._services(part)
        week = self._week(rows, names, people, sites, actions, [meeting for meeting in meetings if meeting])
        away = {one.id: days for one in rows.professionals if (days := sharing.people.get(one.id))}
        pins = (self._of_those_there(pin, away, part) for pin in week.pins)
        return week.model_copy(update={"pins": tuple(pin for pin in pins if pin)})

    def _of_those_there(self, pin: Pin, away: dict[str, dict[Weekday, Part]], part: Part) -> Pin | None:
        """A pin of a meeting without those who are another part's on its day: they are pinned there."""
        meeting = self.week.meeting.get(pin.item_id)
        day = weekday_of(meeting, pin) if meeting else None
        if day is None:
            return pin
        return _pin(pin, [who for who in pin.professional_ids if away.get(who, {}).get(day, part) == part])

    def relaxed(self, part: Part) -> Week:
        """The week that bounds a part: all of what is shared.

        A session shared by several parts has a seat for each of its candidates. Its price is the caller's,
        and so are those of joint actions, which another part may lead, or lead with this one.
        """
        rows, division = self.rows[part], self.division
        actions = [
            self._led_by(one, part) if one.id in division.joint_actions else one for one in rows.actions
        ]
        seats = {id_: people[part] for id_, people in division.sessions.items()}
        meetings = [self._among(one, rows, seats.get(one.id)) for one in rows.meetings]
        sites = [self.week.site[id_] for id_ in self._sites(rows)]
        names = self._services(part)
        return self._week(rows, names, rows.professionals, sites, actions, [one for one in meetings if one])

    def bounding(self, part: Part) -> Week:
        """The relaxed week of a part with the duty and the actions that its floating people may have
        elsewhere: what they do there excuses them here, or counts as collective time.

        What these cost is the caller's.
        """
        week, foreign = self.relaxed(part), self.foreign(part)
        actions = (one for one in self.week.actions if one.id in foreign.actions)
        needs = (need for need in self.week.reception if need.site_id in foreign.sites)
        led = tuple(_led_for(one, {service.id for service in week.services}) for one in actions)
        more = {"actions": (*week.actions, *led), "reception": (*week.reception, *needs)}
        return week.model_copy(update=more)

    def foreign(self, part: Part) -> "Foreign":
        """What the floating people of a part may do elsewhere."""
        floating = [one for one in self.rows[part].professionals if one.id in self.division.floating]
        services = {service for one in floating for service in one.service_ids}
        services = {service for service in services if self.division.part_of(service) != part}
        known = {action.id for action in self.rows[part].actions}
        teams = self.board.teams
        return Foreign(
            frozenset(
                action.id
                for action in self.week.actions
                if action.id not in known and not services.isdisjoint(teams.of_action(action) or ())
            ),
            frozenset(site.id for site in self.week.sites if not services.isdisjoint(site.service_ids)),
        )

    def without(self, parts: Collection[Part]) -> Week:
        """The week without some parts, nor their own meetings: the others, with all of what is shared."""
        kept = [part for part in self.division.parts if part not in parts]
        names = {service.id for service in self.week.services if self.division.part_of(service.id) in kept}
        rows = Rows()
        for part in kept:
            rows.add(self.rows[part])
        known = {row.id for table in (rows.professionals, rows.actions, rows.meetings) for row in table}
        people = [_working_for(one, names) for one in self.week.professionals if one.id in known]
        rows.professionals = people
        order = {mission.id: rank for rank, mission in enumerate(self.week.missions)}
        rows.missions.sort(key=lambda mission: order[mission.id])
        actions = [_led_for(one, names) for one in self.week.actions if one.id in known]
        own = [one for one in self.week.meetings if one.id in known and one.service_id in {None, *names}]
        held = (self._among(one, rows, one.seats) for one in own)
        meetings = [meeting for meeting in held if meeting]
        sites = [site for site in self.week.sites if not site.service_ids or names & set(site.service_ids)]
        covered = (id_ for one in self.week.services if one.id in names for id_ in one.covered_site_ids)
        named = {site.id for site in sites}.union(covered, self._sites(rows))
        sites = [site for site in self.week.sites if site.id in named]
        return self._week(rows, names, people, sites, actions, meetings)

    # ------------------------------------------------------------------ rows

    def _share_out(self) -> None:
        week, division, teams = self.week, self.division, self.board.teams
        for person in week.professionals:
            for part in division.parts_of(person.service_ids):
                self.rows[part].professionals.append(person)
        for site in week.sites:
            for part in division.parts_of(site.service_ids):
                if part in self.rows:
                    self.rows[part].sites.add(site.id)
        for mission in week.missions:
            rows = self._of(teams.of_mission(mission))
            rows.missions.append(self._placed(mission))
            if mission.case_id:
                rows.cases[mission.case_id] = week.case[mission.case_id]
        for case in self.board.cases_to_attribute():
            self._of(teams.of_case(case)).cases[case.id] = case
        for need in week.reception:
            self._of(week.site[need.site_id].service_ids).reception.append(need)
        for action in week.actions:
            for part in division.parts_of(teams.of_action(action) or ()) or division.parts[:1]:
                if part in self.rows:
                    self.rows[part].actions.append(action)
        for meeting in week.meetings:
            for part in self._parts_of_meeting(meeting):
                self.rows[part].meetings.append(meeting)

    def _parts_of_meeting(self, meeting: Meeting) -> list[Part]:
        """The parts whose people meet, at a decided time; one alone chooses the time of a free meeting."""
        services = self.division.services_of(meeting)
        if meeting.fixed_start is not None:
            members = self.board.members(meeting)
            services = [service for person in members for service in person.service_ids] or services
        return self.division.parts_of(services) or self.division.parts[:1]

    def _of(self, services: Iterable[str] | None) -> Rows:
        """The rows of the part of some services; the first part's when there are none."""
        for part in self.division.parts_of(services or ()):
            if part in self.rows:
                return self.rows[part]
        return self.rows[self.division.parts[0]]

    def _placed(self, mission: Mission) -> Mission:
        """The mission with the site where the whole week holds it, which a smaller week might not find."""
        location = self.board.location(mission)
        if mission.site_id or location is None or location.site_id is None:
            return mission
        return mission.model_copy(update={"site_id": location.site_id})

    def _services(self, part: Part) -> set[str]:
        """The services of a part, and those of whoever works there."""
        own = {service for person in self.rows[part].professionals for service in person.service_ids}
        return own | {
            service.id for service in self.week.services if self.division.part_of(service.id) == part
        }

    def _sites(self, rows: Rows) -> list[str]:
        """The sites that anything of a part speaks of, or where its people may be posted, in the order of the
        file."""
        named = {post for person in rows.professionals for post in self.board.posts(person)} | rows.sites
        items: list[Case | Mission | CollectiveAction | Meeting] = [
            *rows.cases.values(),
            *rows.missions,
            *rows.actions,
            *rows.meetings,
        ]
        named |= {item.site_id for item in items if item.site_id}
        return [site.id for site in self.week.sites if site.id in named]

    def _among(self, meeting: Meeting, rows: Rows, seats: int | None) -> Meeting | None:
        """A meeting with those of its people who are of the part; without seats there, none."""
        if seats == 0:
            return None
        members = {person.id for person in self.board.members(meeting)}
        pinned = next((pin.professional_ids for pin in self.week.pins if pin.item_id == meeting.id), members)
        here = tuple(one.id for one in rows.professionals if one.id in members and one.id in pinned)
        if members and not here:
            return None
        change: dict[str, object] = {} if seats is None else {"seats": seats}
        if meeting.professional_ids or len(pinned) < len(members):
            change |= {"professional_ids": here, "service_id": None}
        return meeting.model_copy(update=change)

    def _led_by(self, action: CollectiveAction, part: Part) -> CollectiveAction:
        services = self.board.teams.of_action(action) or ()
        own = tuple(service for service in services if self.division.part_of(service) == part)
        return action.model_copy(update={"service_ids": own})

    # ------------------------------------------------------------------ week

    def _week(
        self,
        rows: Rows,
        names: set[str],
        people: list[Professional],
        sites: list[Site],
        actions: list[CollectiveAction],
        meetings: list[Meeting],
    ) -> Week:
        """A week of some rows and services. It is not validated again: its rows come from a week that was."""
        week = self.week
        services = [service for service in week.services if service.id in names]
        items = {item.id for table in (rows.missions, actions, meetings) for item in table}
        ids = [person.id for person in people]
        return Week.model_construct(
            schema_version=week.schema_version,
            horizon=week.horizon,
            services=tuple(services),
            sites=tuple(_serving(site, names) for site in sites),
            travel=tuple(self._travel(self._zones(rows, sites))),
            professionals=tuple(people),
            absences=tuple(span for who in ids for span in self.spans["absences"].get(who, ())),
            busy=tuple(span for who in ids for span in self.spans["busy"].get(who, ())),
            mission_types=week.mission_types,
            cases=tuple(rows.cases.values()),
            missions=tuple(rows.missions),
            reception=tuple(rows.reception),
            actions=tuple(actions),
            meetings=tuple(meetings),
            pins=tuple(pin for one in week.pins if one.item_id in items and (pin := _pin(one, ids))),
            organisation=week.organisation,
        )

    def _zones(self, rows: Rows, sites: list[Site]) -> list[str]:
        zones = {site.zone for site in sites} | {case.zone for case in rows.cases.values()}
        return sorted(zones | {mission.home_zone for mission in rows.missions if mission.home_zone})

    def _travel(self, zones: list[str]) -> Iterable[Travel]:
        """The shortest ways of the whole week between some zones."""
        for one, other in combinations(zones, 2):
            minutes = self.board.ways.minutes(one, other)
            if minutes is not None:
                yield Travel.model_construct(from_zone=one, to_zone=other, minutes=minutes)


def _by_person(spans: Iterable[Span]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.professional_id].append(span)
    return found


def _serving(site: Site, services: set[str]) -> Site:
    return site.model_copy(update={"service_ids": tuple(s for s in site.service_ids if s in services)})


def _pin(pin: Pin, people: list[str]) -> Pin | None:
    own = tuple(who for who in pin.professional_ids if who in people)
    return pin.model_copy(update={"professional_ids": own}) if own else None


def _working_for(person: Professional, services: set[str]) -> Professional:
    own = tuple(service for service in person.service_ids if service in services)
    return person.model_copy(update={"service_ids": own})


def _led_for(action: CollectiveAction, services: set[str]) -> CollectiveAction:
    own = tuple(service for service in action.service_ids if service in services)
    return action.model_copy(update={"service_ids": own})


Shared = TypeVar("Shared", Professional, Site)


def _with_days(row: Shared, days: dict[Weekday, Part] | None, part: Part) -> Shared:
    """Someone, or a site, on the days that a part has them."""
    if days is None:
        return row
    if isinstance(row, Site):
        kept = tuple(window for window in row.opening if days.get(window.day) == part)
        return row.model_copy(update={"opening": kept})
    kept = tuple(window for window in row.windows if days.get(window.day) == part)
    return row.model_copy(update={"windows": kept})
