"""The teams to compose: services planned together in some week, their columns, their weeks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from optimizer.engines.composing.posts import openable, sites_of
from optimizer.engines.composing.problem import Column, Limit, TeamProblem
from optimizer.engines.division import Division
from optimizer.engines.part_weeks import PartWeeks
from optimizer.engines.sharing import Part
from optimizer.groups import Groups
from optimizer.scenarios import Scenario, among, changed_week, ids_of, person_of, with_people
from optimizer.team import Opening, Post, Start, TeamRequest
from optimizer.week import Professional, Week
from optimizer.words import Profession, ServiceKind

GENEROUS = 1.5
"""Full-time posts of a team that lacks none, for each that a relaxation takes."""
MOST = 60
"""Posts of one kind that a team opens at most, where nothing says so."""


@dataclass(frozen=True)
class TeamToCompose:
    """One team: what its relaxation is stated from, and the weeks in which a team is planned.

    `posts` by the id of the person who stands for each; `floating` those present who work in other teams too.
    """

    part: Part
    problem: TeamProblem
    weeks: tuple[Week, ...]
    posts: Mapping[str, Post]
    present: tuple[Professional, ...]
    floating: frozenset[str] = frozenset()

    @property
    def tried(self) -> TeamProblem:
        """The same team as it is tried: who floats stays, as their other teams count on them."""
        columns = (
            replace(column, least=column.most if column.person.id in self.floating else column.least)
            for column in self.problem.columns
        )
        return replace(self.problem, columns=tuple(columns))

    @property
    def unlimited(self) -> TeamProblem:
        """The same team with as many posts as it takes, and everyone present."""
        columns = (
            replace(column, least=0 if column.post else 1, most=MOST if column.post else 1)
            for column in self.problem.columns
        )
        return replace(self.problem, columns=tuple(columns), limits=())

    def people(self, team: Mapping[str, int]) -> list[Professional]:
        """Who is in a team: those present who stay, and someone for each post, over the sites of its
        service."""
        stay = [person for person in self.present if team.get(person.id)]
        opened: dict[tuple[Profession, str], int] = defaultdict(int)
        for id_, post in self.posts.items():
            for number in range(team.get(id_, 0)):
                sites = sites_of(self.weeks[0], post.service_id)
                rank = opened[post.profession, post.service_id]
                opened[post.profession, post.service_id] += 1
                person = person_of(post, f"{id_}-{number + 1}")
                if post.is_anywhere:
                    person = person.model_copy(update={"site_id": _spread(self.weeks[0], sites, rank)})
                stay.append(person)
        return stay

    def week(self, number: int, team: Mapping[str, int]) -> Week:
        """A demand week with a team."""
        week = self.weeks[number]
        there = {person.id: person for person in week.professionals}  # hours of who floats are shared out
        return among(week, [there.get(person.id, person) for person in self.people(team)])

    def generous(self, floors: Iterable[Mapping[str, float]]) -> dict[str, int]:
        """Everyone present, and full-time posts: half as many again as a relaxation takes in all."""
        team = {person.id: 1 for person in self.present}
        longest: dict[tuple[Profession, str], str] = {}
        for id_, post in self.posts.items():
            kind = post.profession, post.service_id
            if kind not in longest or post.pattern.quotite > self.posts[longest[kind]].pattern.quotite:
                longest[kind] = id_
        present = self._posts_of(team)
        asked = [self._posts_of(one) for one in floors]
        for kind, id_ in longest.items():
            most = max((one.get(kind, 0.0) for one in asked), default=0.0)
            team[id_] = max(1, ceil(GENEROUS * most - present.get(kind, 0.0)))
        return team

    def people_of(self, team: Mapping[str, int]) -> dict[tuple[Profession, str], int]:
        """How many people a team has, by profession and service."""
        found: dict[tuple[Profession, str], int] = defaultdict(int)
        for column in self.problem.columns:
            found[column.person.profession, column.person.service_ids[0]] += team.get(column.person.id, 0)
        return found

    def _posts_of(self, team: Mapping[str, float]) -> dict[tuple[Profession, str], float]:
        """Full-time posts of a team, by profession and service."""
        found: dict[tuple[Profession, str], float] = defaultdict(float)
        for column in self.problem.columns:
            person = column.person
            posts = team.get(person.id, 0.0) * person.quotite / 100
            found[person.profession, person.service_ids[0]] += posts
        return found


def _spread(week: Week, sites: list[str], rank: int) -> str:
    """The site of the next person of a service: in proportion to the rooms of each."""
    rooms = {site.id: max(1, len(site.rooms)) for site in week.sites if site.id in sites}
    given = dict.fromkeys(rooms, 0)
    for _ in range(rank + 1):
        site = max(rooms, key=lambda one: (rooms[one] / (given[one] + 1), one == sites[0]))
        given[site] += 1
    return site


def teams_to_compose(request: TeamRequest, scenarios: Sequence[Scenario]) -> list[TeamToCompose]:
    """The teams of the weeks, those with something asked or someone in them."""
    present = scenarios[0].week.professionals
    asked = openable(request, scenarios)
    known = [person for scenario in scenarios for person in scenario.week.professionals]
    posts = dict(zip(ids_of(asked, known), asked, strict=True))
    everyone = [*present, *(person_of(post, id_) for id_, post in posts.items())]
    weeks = [with_people(scenario.week, everyone) for scenario in scenarios]
    groups: Groups[str] = Groups()
    services = [service.id for service in weeks[0].services]
    for week in weeks:
        division = Division(week)
        for service in services:
            groups.join((division.part_of(service), service))
    together: dict[str, list[str]] = defaultdict(list)
    for service in services:
        together[groups.name(service)].append(service)
    divisions = [Division(week, together.values()) for week in weeks]
    parts = list(dict.fromkeys(part for division in divisions for part in division.staffed))
    return [_team(part, request, present, posts, divisions) for part in parts]


def _team(
    part: Part,
    request: TeamRequest,
    present: Sequence[Professional],
    posts: Mapping[str, Post],
    divisions: Sequence[Division],
) -> TeamToCompose:
    part_weeks = [PartWeeks(division) for division in divisions]
    first = divisions[0]
    mine = [one for one in present if part in first.parts_of(one.service_ids)]
    own = {id_: post for id_, post in posts.items() if first.part_of(post.service_id) == part}
    forgiven: set[str] = set()
    for division, weeks in zip(divisions, part_weeks, strict=True):
        forgiven |= {*division.sessions, *division.joint_actions, *weeks.foreign(part).actions}
    services = {one.id for one in first.week.services if first.part_of(one.id) == part}
    counted_here = {one.id for one in mine if first.parts_of(one.service_ids)[0] == part}
    columns = [_present_column(one, request, one.id in counted_here) for one in mine]
    columns += [_post_column(id_, post, request) for id_, post in own.items()]
    problem = TeamProblem(
        part,
        tuple(columns),
        tuple(weeks.relaxed(part) for weeks in part_weeks),
        tuple(_limits(request, columns, own, [division.week for division in divisions], services)),
        request.rules,
        frozenset(forgiven),
        services=frozenset(services),
    )
    planned = tuple(
        _with_all_cases(weeks.restricted(part, division.first_sharing()), division, part)
        for weeks, division in zip(part_weeks, divisions, strict=True)
    )
    floating = frozenset(one.id for one in mine if len(first.parts_of(one.service_ids)) > 1)
    return TeamToCompose(part, problem, planned, own, tuple(mine), floating)


def _with_all_cases(week: Week, division: Division, part: Part) -> Week:
    """A week of a team with every household of its sites: whose referent leaves is to be attributed again."""
    board, kinds = division.board, division.week.kind_of_service
    sites = set(board.sites_of_kind(ServiceKind.SECTEUR))
    teams = ((case, board.teams.of_case(case)) for case in division.week.cases if case.site_id in sites)
    mine = {case.id: case for case, team in teams if team and division.part_of(team[0]) == part}
    if not mine or not any(kinds[service.id] is ServiceKind.SECTEUR for service in week.services):
        return week
    known = {case.id for case in week.cases}
    more = tuple(case for id_, case in mine.items() if id_ not in known)
    return changed_week(week, {"cases": (*week.cases, *more)})


def _present_column(person: Professional, request: TeamRequest, is_counted: bool) -> Column:
    """Secretaries stay: no demand week says what they do."""
    must_stay = person.id in request.keep or person.profession is Profession.SECR
    may_stay = must_stay or request.start is Start.PRESENT
    cost = cost_of(request, person.profession, person.quotite) if is_counted else 0
    return Column(person, None, int(must_stay), int(may_stay), cost)


def _post_column(id_: str, post: Post, request: TeamRequest) -> Column:
    person = person_of(post, id_)
    mine = [one for one in request.posts if _is_of(post, one)]
    most = min(max((one.most for one in mine), default=MOST), max([MOST, *(one.least for one in mine)]))
    return Column(person, post.name, 0, most, cost_of(request, post.profession, post.pattern.quotite))


def cost_of(request: TeamRequest, profession: Profession, quotite: int) -> int:
    """Euros a year of a post."""
    return round(request.cost_of(profession) * quotite / 100)


def _is_of(post: Post, opening: Opening) -> bool:
    return (
        post.profession is opening.profession
        and post.service_id == opening.service_id
        and opening.site_id in (None, post.site_id)
        and (not opening.patterns or post.pattern.name in opening.patterns)
    )


def _limits(
    request: TeamRequest,
    columns: Sequence[Column],
    posts: Mapping[str, Post],
    weeks: Sequence[Week],
    services: set[str],
) -> Iterator[Limit]:
    week = weeks[0]
    for opening in request.posts:
        people = [id_ for id_, post in posts.items() if _is_of(post, opening)]
        if people or (opening.least and opening.service_id in services):
            what = f"postes {opening.profession} ouverts dans {opening.service_id}"
            yield Limit(tuple(each(people)), opening.least, opening.most, what)
    for bound in request.bounds:
        if bound.service_id in services:
            mine = [
                column.person.id
                for column in columns
                if column.person.profession is bound.profession
                and bound.service_id in column.person.service_ids
            ]
            what = f"{bound.profession} dans {bound.service_id}"
            yield Limit(tuple(each(mine)), bound.least, bound.most, what)
    for code in dict.fromkeys(code for one in weeks for code in _resilient(request, services, one)):
        kind = week.types[code]
        able = [
            column.person.id
            for column in columns
            if kind.may_be_done_by(column.person.profession)
            and kind.owner in {week.kind_of_service[id_] for id_ in column.person.service_ids}
        ]
        yield Limit(tuple(each(able)), 2, None, f"personnes qui peuvent faire {code}")
    if ratio := request.rules.people_per_manager:
        for service in (id_ for id_ in services if week.kind_of_service[id_] is ServiceKind.SECTEUR):
            yield _managed(ratio, service, columns)


def _managed(ratio: int, service: str, columns: Sequence[Column]) -> Limit:
    """No more people than its managers may have."""
    terms = []
    for column in columns:
        person = column.person
        if service in person.service_ids and person.profession is not Profession.SECR:
            terms.append((person.id, -ratio if person.profession is Profession.CT else 1))
    return Limit(tuple(terms), None, 0, f"personnes par responsable dans {service}")


def _resilient(request: TeamRequest, services: set[str], week: Week) -> list[str]:
    """The types of mission that two people of the team must be able to do."""
    kinds = {week.kind_of_service[id_] for id_ in services}
    asked = dict.fromkeys(
        mission.type for mission in week.missions if week.types[mission.type].owner in kinds
    )
    named = request.rules.two_people_for
    return [code for code in asked if "*" in named or code in named]


def each(people: Sequence[str]) -> Iterator[tuple[str, int]]:
    """People who count for one each."""
    return ((id_, 1) for id_ in people)
