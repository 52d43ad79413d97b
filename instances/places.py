"""Where a territory works: the sector team's two sites, the poles' own, rooms, zones, reception."""

from instances.figures import TRAVEL_MINUTES
from instances.staff import hours
from instances.territory import CONTRACT, EVALUATION, PMI, SECTOR, Territory
from optimizer.week import WEEKDAYS, ReceptionNeed, Room, Service, Site, Travel, Weekday, Window
from optimizer.words import RoomKind, ServiceKind

ZONES = 5
OPEN_SECOND_SITE = {  # half-days when the second site is open, by number of social workers: ASSUMPTION
    10: (
        (Weekday.MONDAY, 0),
        (Weekday.TUESDAY, 1),
        (Weekday.THURSDAY, 0),
        (Weekday.THURSDAY, 1),
        (Weekday.FRIDAY, 0),
    ),
    5: ((Weekday.MONDAY, 0), (Weekday.TUESDAY, 1), (Weekday.THURSDAY, 0)),
    0: ((Weekday.MONDAY, 0), (Weekday.THURSDAY, 0)),
}
POLES = {CONTRACT: ("POLE-C", "C", 1), EVALUATION: ("POLE-E", "E", 3)}  # site, letter of its rooms, zone
CLOSED_MAIN_SITE = (Weekday.WEDNESDAY, 0)
TEAM_MEETING = (Weekday.TUESDAY, 0)  # nobody is wanted at reception then


def add_places(territory: Territory, people: int, workers: int, services: list[str]) -> None:
    """Services, sites, rooms and the travel table."""
    territory.services += [Service(id=territory.named(name), kind=ServiceKind(name)) for name in services]
    every = [(day, half) for day in WEEKDAYS for half in (0, 1)]
    main = [half_day for half_day in every if half_day != CLOSED_MAIN_SITE]
    housed = [SECTOR, PMI] if PMI in services else [SECTOR]
    rooms = _rooms(territory, "A", max(2, round(workers * 0.45)), groups=1)
    territory.sites.append(_site(territory, "MDS-A", 1, housed, main, rooms))
    rooms = _rooms(territory, "B", max(1, round(workers * 0.18)), groups=1)
    territory.sites.append(_site(territory, "MDS-B", 2, [SECTOR], _second(workers), rooms))
    for name in (CONTRACT, EVALUATION):
        if name in services:
            _add_pole_site(territory, name, people)
    _add_travel(territory)


def add_pole(pole: Territory, name: str, people: int) -> None:
    """The service and the site of a pole, for territories of so many people."""
    pole.services.append(Service(id=pole.named(name), kind=ServiceKind(name)))
    _add_pole_site(pole, name, people)


def _add_pole_site(territory: Territory, name: str, people: int) -> None:
    every = [(day, half) for day in WEEKDAYS for half in (0, 1)]
    site, letter, zone = POLES[name]
    rooms = _rooms(territory, letter, max(1, round(people * 0.1)), groups=0)
    territory.sites.append(_site(territory, site, zone, [name], every, rooms))


def an_antenna(territory: Territory, name: str) -> Site:
    """A partner's place with one interview room to lend, where nobody is at home."""
    return Site(
        id=name,
        zone=territory.zone(ZONES),
        service_ids=(),
        opening=territory.sites[0].opening,
        rooms=(Room(id=f"{name}-1", kind=RoomKind.INTERVIEW, seats=4),),
    )


def _second(workers: int) -> list[tuple[Weekday, int]]:
    return list(next(open_ for least, open_ in OPEN_SECOND_SITE.items() if workers >= least))


def _site(
    territory: Territory,
    name: str,
    zone: int,
    services: list[str],
    opening: list[tuple[Weekday, int]],
    rooms: tuple[Room, ...],
) -> Site:
    windows = [Window(day=day, start=hours(day, half)[0], end=hours(day, half)[1]) for day, half in opening]
    return Site(
        id=territory.named(name),
        zone=territory.zone(zone),
        service_ids=tuple(territory.named(service) for service in services),
        opening=tuple(windows),
        rooms=rooms,
    )


def _rooms(territory: Territory, letter: str, interviews: int, groups: int) -> tuple[Room, ...]:
    small = [
        Room(id=territory.named(f"{letter}{n + 1}"), kind=RoomKind.INTERVIEW, seats=4)
        for n in range(interviews)
    ]
    large = [
        Room(id=territory.named(f"{letter}-salle"), kind=RoomKind.GROUP, seats=14) for _ in range(groups)
    ]
    return (*small, *large)


def _add_travel(territory: Territory) -> None:
    """Ways between zones, none longer than a detour through a third."""
    pairs = [(one, other) for one in range(1, ZONES + 1) for other in range(one + 1, ZONES + 1)]
    ways = {pair: territory.draws.between(*TRAVEL_MINUTES, step=5) for pair in pairs}
    for via in range(1, ZONES + 1):
        for one, other in pairs:
            if via not in (one, other):
                detour = ways[min(one, via), max(one, via)] + ways[min(via, other), max(via, other)]
                ways[one, other] = min(ways[one, other], detour)
    for (one, other), minutes in ways.items():
        way = Travel(from_zone=territory.zone(one), to_zone=territory.zone(other), minutes=minutes)
        territory.travel.append(way)


def add_reception(territory: Territory) -> None:
    """People at reception and urgency hours, by site and weekday, in proportion to the team."""
    workers = len(territory.social_workers)
    morning, afternoon = max(1, round(workers * 0.18)), 1
    for day in WEEKDAYS:
        is_open = (day, 0) != CLOSED_MAIN_SITE
        need = ReceptionNeed(
            site_id=territory.named("MDS-A"),
            day=day,
            morning=morning if is_open and (day, 0) != TEAM_MEETING else 0,
            afternoon=afternoon if workers >= 10 or day in (Weekday.TUESDAY, Weekday.WEDNESDAY) else 0,
            urgency_hours=1 if workers >= 10 or day in (Weekday.MONDAY, Weekday.FRIDAY) else 0,
        )
        territory.reception.append(need)
    opening = _second(workers)
    for day in WEEKDAYS:
        halves = [int((day, half) in opening) for half in (0, 1)]
        if any(halves):
            site = territory.named("MDS-B")
            territory.reception.append(
                ReceptionNeed(site_id=site, day=day, morning=halves[0], afternoon=halves[1])
            )
