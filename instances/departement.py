"""A département: territories by district, coupled by what they share.

A district is five territories. They share evaluation poles and contract poles, people who float between two
teams, a partner's place whose room two teams use, and collective actions that two teams lead together. All
the sector teams of the département share its training sessions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from instances.draws import Draws
from instances.figures import FIRST_DAY, MEETING_MINUTES, Load
from instances.generator import put_together
from instances.places import TEAM_MEETING, add_places, add_pole, add_reception, an_antenna
from instances.pole_demand import add_contracts, add_evaluations, add_nurse_visits
from instances.sector_demand import add_follow_ups, add_households, add_requests
from instances.staff import add_hours_away, fill, float_between, let_one_leave, posts_of
from instances.territory import CONTRACT, EVALUATION, SECTOR, SOCIAL_WORKERS, Territory
from instances.together import LARGE_TEAM, add_actions, meet, study, supervise
from optimizer.clock import Calendar
from optimizer.week import WEEKDAYS, Meeting, Mission, Service, Travel, Week
from optimizer.words import Profession

MOST_TERRITORIES = 200
DISTRICT = 5
PEOPLE = (17, 24)
"""People a territory brings, its share of the poles included: ASSUMPTION."""
FLOATING = 0.4
"""People who float between two teams, a territory: ASSUMPTION."""
LEAVING = 0.2
"""Teams that someone leaves at the end of the first week: ASSUMPTION."""
POLES = {"A": (0, 1), "B": (2, 3, 4)}
"""Which territories of a district share an evaluation pole and a contract pole: ASSUMPTION."""
AT_THE_ANTENNA = 0.12
"""Share of the interviews of two teams held at the antenna they share: ASSUMPTION."""
JOINT_ACTIONS = 2
"""Actions that two teams of a district lead together each week: ASSUMPTION."""
SEATS, TRAINED = 18, 0.2
"""Seats of a training session; social workers with a seat each week: ASSUMPTION."""
SESSION_DAYS = (3, 0, 2, 4)
"""Weekdays of the sessions, one after the other: never that of the team meetings."""
WAYS = (15, 45)
"""Minutes between the main zones of neighbours, ASSUMPTION."""


def departement(territories: int, weeks: int, load: Load, seed: int, draw: int = 0) -> Week:
    """The week of a département.

    A district is drawn on its own: the first ones of a larger département are those of a smaller one, but for
    the training sessions.

    Parameters
    ----------
    territories : 1 to 200, of 16 to 23 people each, the poles' included.
    weeks : length of the horizon, 1 to 8.
    load : how much is asked.
    seed : the only source of randomness.
    draw : another draw of what is asked and of who is away; places and people stay those of the seed.
    """
    if not 1 <= territories <= MOST_TERRITORIES:
        raise ValueError(f"{territories} territories: expected 1 to {MOST_TERRITORIES}")
    parts: list[Territory] = []
    for first in range(0, territories, DISTRICT):
        draws, numbers = Draws(Random(seed * 1000 + first // DISTRICT)), range(first, territories)[:DISTRICT]
        district = _district(draws, Calendar(FIRST_DAY, weeks), load, numbers)
        if draw:
            district.ask_again(Draws(Random(f"{seed}, {first // DISTRICT}, {draw}")))
        parts += district.parts
    whole = Territory(Draws(Random(seed)), Calendar(FIRST_DAY, weeks), load, "DEP-")
    _add_sessions(whole, parts)
    return put_together([*parts, whole], weeks)


@dataclass
class _Pole:
    """A pole of some territories, with how many people each brings."""

    territory: Territory
    service: str
    teams: Sequence[Territory]
    sizes: Sequence[int]


@dataclass
class _District:
    """Five territories at most, their poles, and the site that two of the teams share."""

    name: str
    teams: list[Territory]
    poles: list[_Pole]
    antenna: tuple[str, Territory, Territory] | None = None

    @property
    def parts(self) -> list[Territory]:
        """Teams, then poles."""
        return [*self.teams, *(pole.territory for pole in self.poles)]

    def ask(self, draws: Draws) -> None:
        """What is held at the antenna, led together, and who is away, once all is asked of each part."""
        if self.antenna:
            _hold_at_the_antenna(draws, *self.antenna)
        if len(self.teams) > 1:
            _lead_together(draws, self.name, self.teams)
        for part in self.parts:
            add_hours_away(part)

    def ask_again(self, draws: Draws) -> None:
        """Other missions, meetings and absences, for the same people in the same places."""
        for part in self.parts:
            part.draws = draws
            for table in (part.absences, part.busy, part.cases, part.missions, part.actions, part.meetings):
                table.clear()
        for team in self.teams:
            _ask_team(team)
        for pole in self.poles:
            _ask_pole(pole)
        self.ask(draws)


def _district(draws: Draws, calendar: Calendar, load: Load, numbers: range) -> _District:
    """The teams of the territories of those numbers, and their poles."""
    name = f"D{numbers[0] // DISTRICT + 1:02d}"
    sizes = [draws.between(*PEOPLE) for _ in numbers]
    teams = [Territory(draws, calendar, load, f"T{number + 1:03d}-") for number in numbers]
    for team, people in zip(teams, sizes, strict=True):
        _add_team(team, people)
        _ask_team(team)
    for one, other in pairwise(teams):
        way = draws.between(*WAYS, step=5)
        one.travel.append(Travel(from_zone=one.zone(1), to_zone=other.zone(1), minutes=way))
    poles = []
    for letter, members in POLES.items():
        own = [index for index in members if index < len(teams)]
        for service in (EVALUATION, CONTRACT) if own else ():
            territory, served = Territory(draws, calendar, load, f"{name}{letter}-"), [teams[i] for i in own]
            pole = _Pole(territory, service, served, [sizes[i] for i in own])
            _add_pole(pole)
            _ask_pole(pole)
            poles.append(pole)
    district = _District(name, teams, poles)
    if len(teams) > 1:
        _let_some_float(draws, teams)
        one, other = draws.some(teams, 2)
        site = an_antenna(one, f"{name}-ANT")
        one.sites.append(site)
        district.antenna = site.id, one, other
    district.ask(draws)
    return district


def _add_team(team: Territory, people: int) -> None:
    """A sector team and its nurses."""
    posts = [post for post in posts_of(people) if post[2] not in (EVALUATION, CONTRACT)]
    workers = sum(service == SECTOR and profession in SOCIAL_WORKERS for _, profession, service in posts)
    add_places(team, people, workers, list(dict.fromkeys(service for _, _, service in posts)))
    _cover(team, SECTOR, [site.id for site in team.sites])
    fill(team, posts)
    if team.draws.chance(LEAVING):
        let_one_leave(team)
    add_reception(team)


def _ask_team(team: Territory) -> None:
    """What is asked of a sector team and its nurses."""
    weekday, _ = TEAM_MEETING
    for week in range(team.calendar.weeks):
        start = team.at(week, WEEKDAYS.index(weekday), 9)
        meet(team, f"R{week + 1}1", SECTOR, start, MEETING_MINUTES)
    if len(team.social_workers) >= LARGE_TEAM:
        supervise(team, team.calendar.weeks - 1)
    add_actions(team)
    team.actions = [
        action.model_copy(update={"service_ids": (team.named(SECTOR),)}) for action in team.actions
    ]
    add_households(team)
    add_follow_ups(team)
    add_requests(team)
    add_nurse_visits(team)


def _add_pole(pole: _Pole) -> None:
    """The places and the staff of a pole of several territories."""
    territory, service = pole.territory, pole.service
    posts = [post for size in pole.sizes for post in posts_of(size) if post[2] == service]
    add_pole(territory, service, sum(pole.sizes))
    for team in pole.teams:
        way = territory.draws.between(*WAYS, step=5)
        territory.travel.append(Travel(from_zone=territory.sites[0].zone, to_zone=team.zone(1), minutes=way))
    _cover(territory, service, [site.id for part in (territory, *pole.teams) for site in part.sites])
    fill(territory, posts)


def _ask_pole(pole: _Pole) -> None:
    """What each territory asks of a pole."""
    territory = pole.territory
    for team, size in zip(pole.teams, pole.sizes, strict=True):
        if pole.service == EVALUATION:
            add_evaluations(team, territory, size / sum(pole.sizes))
        else:
            add_contracts(team, territory)
    if pole.service == EVALUATION:
        for week in range(territory.calendar.weeks):
            meet(territory, f"R{week + 1}2", EVALUATION, territory.at(week, 0, 14), 90)


def _cover(part: Territory, name: str, sites: list[str]) -> None:
    """Say which sites a service covers."""
    place = next(n for n, service in enumerate(part.services) if service.id == part.named(name))
    own = part.services[place]
    part.services[place] = Service(id=own.id, kind=own.kind, covered_site_ids=tuple(sites))


def _let_some_float(draws: Draws, teams: Sequence[Territory]) -> None:
    """Social workers of two teams, the first of which counts them."""
    for number in range(draws.rounded(FLOATING * len(teams))):
        first, second = draws.some(teams, 2)
        profession = Profession.AS if number % 2 == 0 else Profession.CESF
        float_between(first, second, f"FLOT{number + 1:02d}", profession)


def _hold_at_the_antenna(draws: Draws, site_id: str, one: Territory, other: Territory) -> None:
    """One interview room lent between two territories, where both teams hold some of their interviews."""
    for team in (one, other):
        own = {site.id for site in team.sites if team.named(SECTOR) in site.service_ids}
        households = {case.id for case in team.cases if case.site_id in own}
        for place, mission in enumerate(team.missions):
            may_move = mission.site_id in own and mission.case_id in households and not mission.fixed_start
            if may_move and draws.chance(AT_THE_ANTENNA):
                team.missions[place] = Mission.model_validate(mission.model_dump() | {"site_id": site_id})


def _lead_together(draws: Draws, name: str, teams: Sequence[Territory]) -> None:
    """Local development that two teams lead together."""
    for week in range(teams[0].calendar.weeks):
        days = teams[0].calendar.days_of_week(week)
        for number in range(JOINT_ACTIONS):
            one, other = draws.some(teams, 2)
            services = (one.named(SECTOR), other.named(SECTOR))
            leaders = (Profession.AS, Profession.AS) if number else (Profession.AS, Profession.CESF)
            action = f"J{name}{week + 1}{number + 1}"
            study(one, action, "ISIC_DSL", leaders, days[0], days[-1], services)


def _add_sessions(whole: Territory, parts: Sequence[Territory]) -> None:
    """Training sessions open to the sector teams of the whole département, within their seats."""
    social_workers = sum(len(part.social_workers) for part in parts)
    people = tuple(
        person.id
        for part in parts
        for person in part.of_service(SECTOR)
        if person.profession is not Profession.SECR
    )
    seats = max(1, round(TRAINED * social_workers))
    for week in range(whole.calendar.weeks):
        for number, first in enumerate(range(0, seats, SEATS)):
            start = whole.at(week, SESSION_DAYS[number % len(SESSION_DAYS)], 9)
            session = Meeting(
                id=whole.named(f"F{week + 1}{number + 1:02d}"),
                type="FORM_ISIC",
                professional_ids=people,
                seats=min(SEATS, seats - first),
                duration_minutes=420,
                fixed_start=start,
                release=start.date(),
                due=start.date(),
            )
            whole.meetings.append(session)
