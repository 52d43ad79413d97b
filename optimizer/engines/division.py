"""A large week divided into parts that can be planned apart, and how what they share is shared out.

A part is one or more services planned together. Shared, and given to one part or to several by decision: the
days of someone who floats between sector teams, those of a site that sector teams use together, actions that
several teams may lead, seats of a training session. All else that couples two services keeps them in one
part.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from optimizer.board import Board
from optimizer.engines.blocks import users_of_sites
from optimizer.engines.sharing import Claims, Part, Sharing, days_in_turn, in_proportion, weekday_of
from optimizer.groups import Groups
from optimizer.week import CollectiveAction, Meeting, Professional, Site, Week, Weekday, Window
from optimizer.words import ServiceKind


class Division:
    """The parts of a week."""

    def __init__(self, week: Week, together: Iterable[Iterable[str]] = ()) -> None:
        """`together`: services that are one part whatever the week says."""
        self.week, self.board = week, Board(week)
        self.groups: Groups[str] = Groups()
        for services in (*together, *self._kept_together()):
            self.groups.join(services)
        self.claims = Claims(self.board)
        for services in [*self.claims.split(self.groups)]:
            self.groups.join(services)

    @cached_property
    def parts(self) -> list[Part]:
        """Every part that has people, in the order of the file, then those that only have something to do."""
        return list(dict.fromkeys([*self.staffed, *map(self.part_of, self._asked)]))

    @cached_property
    def staffed(self) -> list[Part]:
        """Every part that has people: those to be planned. Nobody can do what others are asked."""
        return self.parts_of(service for person in self.week.professionals for service in person.service_ids)

    @cached_property
    def _asked(self) -> list[str]:
        """The services of whom something is asked."""
        week, teams = self.week, self.board.teams
        found = [*map(teams.of_mission, week.missions), *map(teams.of_action, week.actions)]
        found += map(teams.of_case, self.board.cases_to_attribute())
        found += [week.site[need.site_id].service_ids for need in week.reception]
        found += [(meeting.service_id,) for meeting in week.meetings if meeting.service_id]
        return [service for team in found for service in (team or ())]

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
                yield self.services_of(meeting)

    def services_of(self, meeting: Meeting) -> list[str]:
        """The services of those who meet: that of the meeting, or the first of each."""
        first = [self.week.professional[who].service_ids[0] for who in meeting.professional_ids]
        return [meeting.service_id] if meeting.service_id else first

    @cached_property
    def _users(self) -> dict[str, list[str]]:
        return users_of_sites(self.board)

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
        """The sessions whose seats several parts may take: by part, people under their target or pinned, or
        all its members when there are none."""
        found = {}
        for meeting in self.week.meetings:
            members = self.board.members(meeting)
            if meeting.seats is None or meeting.fixed_start is None:
                continue
            if len(self.parts_of(service for one in members for service in one.service_ids)) > 1:
                wanted = {one.id for one in self.candidates(meeting)} | self._pinned_to(meeting)
                found[meeting.id] = self._by_part([one for one in members if one.id in wanted] or members)
        return found

    def _pinned_to(self, meeting: Meeting) -> set[str]:
        return {who for pin in self.week.pins if pin.item_id == meeting.id for who in pin.professional_ids}

    def _by_part(self, people: Iterable[Professional]) -> Counter[Part]:
        """How many of some people each part counts."""
        return Counter(self.parts_of(person.service_ids)[0] for person in people)

    def candidates(self, meeting: Meeting) -> list[Professional]:
        """Members of a session under their target of training who are there for the whole of it."""
        kind, target = self.week.types[meeting.type], self.week.organisation.isic_days_per_year
        return [
            person
            for person in self.board.members(meeting)
            if kind.may_be_done_by(person.profession) and person.isic_days_done < target
        ]

    def first_sharing(self) -> Sharing:
        """Days in turn, actions in turn, seats in proportion to those who need them; pins first."""
        return Sharing(
            people={
                person: days_in_turn(
                    parts, _days(self.week.professional[person].windows), self._claims(person, parts)
                )
                for person, parts in self.floating.items()
            },
            sites={
                site: days_in_turn(
                    parts,
                    _days(self.week.site[site].opening),
                    [(day, self.part_of(service)) for day, service in self.claims.sites[site]],
                    self._expected(site),
                )
                for site, parts in self.shared_sites.items()
            },
            leads=self._leads(),
            seats={
                id_: in_proportion(
                    self.week.meeting[id_].seats or 0,
                    people,
                    self._by_part(
                        self.week.professional[who] for who in self._pinned_to(self.week.meeting[id_])
                    ),
                )
                for id_, people in self.sessions.items()
            },
        )

    def _claims(self, person: str, parts: list[Part]) -> list[tuple[Weekday | None, Part]]:
        """The days that pins take of someone who floats; a session is of the part that counts them."""
        claims = [(day, self.part_of(service)) for day, service in self.claims.people[person]]
        meetings = ((self.week.meeting.get(pin.item_id), pin) for pin in self.week.pins)
        return claims + [
            (weekday_of(meeting, pin), parts[0])
            for meeting, pin in meetings
            if meeting and meeting.seats is not None and person in pin.professional_ids
        ]

    def _expected(self, site: str) -> dict[Weekday, Part]:
        """By weekday, the part that has most with a decided time at a site."""
        rows = self.claims.expected[site].most_common()
        return {day: self.part_of(service) for (day, service), _ in reversed(rows) if day}

    def _leads(self) -> dict[str, Part]:
        """Who leads each joint action: who is pinned to it, whose rooms it is held in, else in turn those who
        have its professions."""
        led: Counter[Part] = Counter()
        leads = {}
        for action, parts in self.joint_actions.items():
            pinned = self.parts_of(self.claims.leads.get(action, ()))
            site = self.week.action[action].site_id
            hosts = self.parts_of(self.week.site[site].service_ids) if site else []
            hosting = [part for part in parts if part in hosts] or parts
            able = [part for part in hosting if self._has_leaders(self.week.action[action], part)] or hosting
            leads[action] = (pinned or [min(able, key=lambda part: led[part])])[0]
            led[leads[action]] += 1
        return leads

    def _has_leaders(self, action: CollectiveAction, part: Part) -> bool:
        """Whether a part alone has someone for each place of leader."""
        people = (one for one in self.week.professionals if part in self.parts_of(one.service_ids))
        return not Counter(action.leaders) - Counter(one.profession for one in people)


def _days(windows: Iterable[Window]) -> set[Weekday]:
    return {window.day for window in windows}
