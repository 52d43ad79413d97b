"""A département: territories by district, coupled by what they share.

A district is five territories. They share evaluation poles and contract poles, people who float between two
teams, a partner's place whose room two teams use, and collective actions that two teams lead together. All
the sector teams of the département share its training sessions.
"""

from collections.abc import Sequence
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


def departement(territories: int, weeks: int, load: Load, seed: int) -> Week:
    """The week of a département.

    A district is drawn on its own: the first ones of a larger département are those of a smaller one, but for
    the training sessions.

    Parameters
    ----------
    territories : 1 to 200, of 16 to 23 people each, the poles' included.
    weeks : length of the horizon, 1 to 8.
    load : how much is asked.
    seed : the only source of randomness.
    """
    if not 1 <= territories <= MOST_TERRITORIES:
        raise ValueError(f"{territories} territories: expected 1 to {MOST_TERRITORIES}")
    parts: list[Territory] = []
    for first in range(0, territories, DISTRICT):
        draws, numbers = Draws(Random(seed * 1000 + first // DISTRICT)), range(first, territories)[:DISTRICT]
        parts += _district(draws, Calendar(FIRST_DAY, weeks), load, numbers)
    whole = Territory(Draws(Random(seed)), Calendar(FIRST_DAY, weeks), load, "DEP-")
    _add_sessions(whole, parts)
    return put_together([*parts, whole], weeks)


def _district(draws: Draws, calendar: Calendar, load: Load, numbers: range) -> list[Territory]:
    """The teams of the territories of those numbers, and their poles."""
    name = f"D{numbers[0] // DISTRICT + 1:02d}"
    sizes = [draws.between(*PEOPLE) for _ in numbers]
    teams = [Territory(draws, calendar, load, f"T{number + 1:03d}-") for number in numbers]
    for team, people in zip(teams, sizes, strict=True):
        _add_team(team, people)
    for one, other in pairwise(teams):
        way = draws.between(*WAYS, step=5)
        one.travel.append(Travel(from_zone=one.zone(1), to_zone=other.zone(1), minutes=way))
    poles = []
    for letter, members in POLES.items():
        own = [index for index in members if index < len(teams)]
        for service in (EVALUATION, CONTRACT) if own else ():
            pole, served = Territory(draws, calendar, load, f"{name}{letter}-"), [teams[i] for i in own]
            poles.append(_pole(pole, service, served, [sizes[i] for i in own]))
    if len(teams) > 1:
        _let_some_float(draws, teams)
        _share_an_antenna(draws, name, *draws.some(teams, 2))
        _lead_together(draws, name, teams)
    for part in (*teams, *poles):
        add_hours_away(part)
    return [*teams, *poles]


def _add_team(team: Territory, people: int) -> None:
    """A sector team, its nurses, and what is asked of them."""
    posts = [post for post in posts_of(people) if post[2] not in (EVALUATION, CONTRACT)]
    workers = sum(service == SECTOR and profession in SOCIAL_WORKERS for _, profession, service in posts)
    add_places(team, people, workers, list(dict.fromkeys(service for _, _, service in posts)))
    _cover(team, SECTOR, [site.id for site in team.sites])
    fill(team, posts)
    if team.draws.chance(LEAVING):
        let_one_leave(team)
    add_reception(team)
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


def _pole(pole: Territory, service: str, teams: Sequence[Territory], sizes: Sequence[int]) -> Territory:
    """A pole of several territories: its staff, and what each of them asks of it."""
    posts = [post for size in sizes for post in posts_of(size) if post[2] == service]
    add_pole(pole, service, sum(sizes))
    for team in teams:
        way = pole.draws.between(*WAYS, step=5)
        pole.travel.append(Travel(from_zone=pole.sites[0].zone, to_zone=team.zone(1), minutes=way))
    _cover(pole, service, [site.id for part in (pole, *teams) for site in part.sites])
    fill(pole, posts)
    for team, size in zip(teams, sizes, strict=True):
        if service == EVALUATION:
            add_evaluations(team, pole, size / sum(sizes))
        else:
            add_contracts(team, pole)
    if service == EVALUATION:
        for week in range(pole.calendar.weeks):
            meet(pole, f"R{week + 1}2", EVALUATION, pole.at(week, 0, 14), 90)
    return pole


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


def _share_an_antenna(draws: Draws, name: str, one: Territory, other: Territory) -> None:
    """One interview room lent between two territories, where both teams hold some of their interviews."""
    site = an_antenna(one, f"{name}-ANT")
    one.sites.append(site)
    for team in (one, other):
        own = {site.id for site in team.sites if team.named(SECTOR) in site.service_ids}
        households = {case.id for case in team.cases if case.site_id in own}
        for place, mission in enumerate(team.missions):
            may_move = mission.site_id in own and mission.case_id in households and not mission.fixed_start
            if may_move and draws.chance(AT_THE_ANTENNA):
                team.missions[place] = Mission.model_validate(mission.model_dump() | {"site_id": site.id})


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
