"""A large week divided into parts that can be planned apart, and how what they share is shared out.

A part is one or more services planned together. Shared, and given to one part or to several by decision: the
days of someone who floats between sector teams, those of a site that sector teams use together, actions that
several teams may lead, seats of a training session. All else that couples two services keeps them in one
part.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from optimizer.board import Board
from optimizer.groups import Groups
from optimizer.week import WEEKDAYS, Meeting, Professional, Site, Week, Weekday
from optimizer.words import RoomKind, ServiceKind

Part = str
"""A part, by the name of one of its services."""


@dataclass(frozen=True)
class Sharing:
    """Who has what is shared. `days`, of people and of sites, by weekday; `leads` by action; `seats` by
    session and part."""

    people: dict[str, dict[Weekday, Part]] = field(default_factory=dict)
    sites: dict[str, dict[Weekday, Part]] = field(default_factory=dict)
    leads: dict[str, Part] = field(default_factory=dict)
    seats: dict[str, dict[Part, int]] = field(default_factory=dict)


class Division:
    """The parts of a week."""

    def __init__(self, week: Week) -> None:
        self.week, self.board = week, Board(week)
        self.groups: Groups[str] = Groups()
        for services in self._kept_together():
            self.groups.join(services)

    @cached_property
    def parts(self) -> list[Part]:
        """Every part that has people, in the order of the file."""
        named = (
            self.part_of(service) for person in self.week.professionals for service in person.service_ids
        )
        return list(dict.fromkeys(named))

    def part_of(self, service: str) -> Part:
        """The part of a service."""
        return self.groups.name(service)

    def parts_of(self, services: Iterable[str]) -> list[Part]:
        """The parts of some services, each once."""
        return list(dict.fromkeys(map(self.groups.name, services)))

    def _kept_together(self) -> Iterator[Iterable[str]]:
        """Services that something keeps in one part."""
        week, teams = self.week, self.board.teams
        everything = [service.id for service in week.services]
        for person in week.professionals:
            if not self._is_sector(person.service_ids):
                yield person.service_ids
            yield (person.service_ids[0], *self._at_home(week.site[person.site_id]))
        for site in week.sites:
            users = self._users[site.id]
            if not self._is_sector(users) or site.id in self._homes:
                yield users
        for mission in week.missions:
            yield teams.of_mission(mission) or everything
        sector_sites = set(self.board.sites_of_kind(ServiceKind.SECTEUR))
        for case in (case for case in week.cases if case.site_id in sector_sites):
            yield teams.of_case(case)
            referent = week.professional.get(case.referent_id or "")
            if referent and self._is_sector(referent.service_ids):
                yield (*teams.of_case(case)[:1], referent.service_ids[0])
        for action in week.actions:
            team = teams.of_action(action)
            if team is None or not self._is_sector(team) or action.room_id:
                yield team or everything
        for meeting in week.meetings:
            if meeting.fixed_start is None:
                yield (week.professional[who].service_ids[0] for who in meeting.professional_ids)

    @cached_property
    def _users(self) -> dict[str, list[str]]:
        """By site: the services that it houses, and those whose items are held in its rooms."""
        found = {site.id: [*site.service_ids] for site in self.week.sites}
        teams, types = self.board.teams, self.week.types
        for mission in self.week.missions:
            location = self.board.location(mission)
            if location and location.site_id and types[mission.type].room is not RoomKind.NONE:
                found[location.site_id] += (teams.of_mission(mission) or ())[:1]
        for action in self.week.actions:
            if action.site_id:
                found[action.site_id] += (teams.of_action(action) or ())[:1]
        return {site: list(dict.fromkeys(users)) for site, users in found.items()}

    def _is_sector(self, services: Iterable[str]) -> bool:
        return all(self.week.kind_of_service[id_] is ServiceKind.SECTEUR for id_ in services)

    @cached_property
    def _homes(self) -> set[str]:
        """Sites where someone is at home, or where reception has a need."""
        return {person.site_id for person in self.week.professionals} | {
            need.site_id for need in self.week.reception
        }

    def _at_home(self, site: Site) -> tuple[str, ...]:
        return site.service_ids if site.id in self._homes else ()

    # ---------------------------------------------------------------- shared

    @cached_property
    def floating(self) -> dict[str, list[Part]]:
        """Who serves several parts, the first of which counts them."""
        parts = {person.id: self.parts_of(person.service_ids) for person in self.week.professionals}
        return {person: served for person, served in parts.items() if len(served) > 1}

    @cached_property
    def shared_sites(self) -> dict[str, list[Part]]:
        """The sites that several parts use."""
        parts = {site: self.parts_of(users) for site, users in self._users.items()}
        return {site: using for site, using in parts.items() if len(using) > 1}

    @cached_property
    def joint_actions(self) -> dict[str, list[Part]]:
        """The actions that several parts may lead."""
        teams = ((action, self.board.teams.of_action(action)) for action in self.week.actions)
        parts = {action.id: self.parts_of(team) for action, team in teams if team}
        return {action: leading for action, leading in parts.items() if len(leading) > 1}

    @cached_property
    def sessions(self) -> dict[str, Counter[Part]]:
        """The sessions whose seats several parts may take: by part, people under their target."""
        found = {}
        for meeting in self.week.meetings:
            if meeting.seats is not None and meeting.fixed_start is not None:
                people = Counter(self.parts_of(p.service_ids)[0] for p in self.candidates(meeting))
                if len(self.parts_of(s for p in self.board.members(meeting) for s in p.service_ids)) > 1:
                    found[meeting.id] = people
        return found

    def candidates(self, meeting: Meeting) -> list[Professional]:
        """Members of a session under their target of training who are there for the whole of it."""
        kind, target = self.week.types[meeting.type], self.week.organisation.isic_days_per_year
        return [
            person
            for person in self.board.members(meeting)
            if kind.may_be_done_by(person.profession) and person.isic_days_done < target
        ]

    def first_sharing(self) -> Sharing:
        """Days in turn, actions in turn, seats in proportion to those who need them."""
        led: Counter[Part] = Counter()
        leads = {}
        for action, parts in self.joint_actions.items():
            leads[action] = min(parts, key=lambda part: led[part])
            led[leads[action]] += 1
        return Sharing(
            people={person: _in_turn(parts) for person, parts in self.floating.items()},
            sites={site: _in_turn(parts) for site, parts in self.shared_sites.items()},
            leads=leads,
            seats={
                id_: _in_proportion(self.week.meeting[id_].seats or 0, people)
                for id_, people in self.sessions.items()
            },
        )


def _in_turn(parts: list[Part]) -> dict[Weekday, Part]:
    return {day: parts[n % len(parts)] for n, day in enumerate(WEEKDAYS)}


def _in_proportion(seats: int, people: Counter[Part]) -> dict[Part, int]:
    """Seats shared out by largest remainders, no more than people."""
    seats = min(seats, people.total())
    if not seats:
        return {}
    exact = {part: seats * count / people.total() for part, count in people.items()}
    given = {part: int(share) for part, share in exact.items()}
    for part in sorted(exact, key=lambda part: given[part] - exact[part])[: seats - sum(given.values())]:
        given[part] += 1
    return given
