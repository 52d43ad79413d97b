"""Tiny weeks and plans: one team, two poles, four sites, and only what a test is about.

    week = a_week(missions=[a_mission("M1", "SUIVI", case_id="FAM1")])
    plan = a_plan(a_row("M1", "AS01", "tuesday 09:00", 45, site="MDS-A", room="A1"))

Everybody works 8:30-12:30 and 13:30-17:30, the hours of every site. The horizon starts on Monday
5 January 2026.
Quotas are off (`QUIET`), so that a price in a test comes from what the test states.

- SECTEUR: AS01, CESF01, ES01, CT01, at MDS-A (zone NORD; rooms A1, A2, group room AG) or MDS-B (SUD; B1)
- EVALUATION: EV01 (AS) and EV02 (ES), at POLE-E (EST; E1, E2); CONTRAT: CO01 (AS), at POLE-C (NORD; C1)
- travel: NORD-SUD 20 minutes, NORD-EST 15, SUD-EST 25; household FAM1 (referent AS01) lives in NORD
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from optimizer.catalogue import catalogue
from optimizer.check import judge
from optimizer.organisation import Organisation
from optimizer.plan import (
    Assignment,
    Plan,
    Queued,
    Reason,
    Referent,
    Reservation,
    ReservationKind,
    Status,
    Unserved,
)
from optimizer.week import (
    WEEKDAYS,
    Case,
    CollectiveAction,
    Horizon,
    Meeting,
    Mission,
    Pin,
    Professional,
    ReceptionNeed,
    Room,
    Service,
    Site,
    Span,
    Travel,
    Week,
    Weekday,
    Window,
)
from optimizer.words import Profession, RoomKind, ServiceKind, Urgency

MONDAY = date(2026, 1, 5)
QUIET = Organisation(collective_share_percent=0, writing_share_percent=0)
DAY_NAMES = (*WEEKDAYS, "saturday", "sunday")

Part = Assignment | Reservation | Referent | Queued | Unserved


def day(name: str, week: int = 0) -> date:
    """A day of the horizon, by name."""
    return MONDAY + timedelta(days=DAY_NAMES.index(name), weeks=week)


def at(moment: str, week: int = 0) -> datetime:
    """An instant of the horizon, as in "tuesday 09:00"."""
    name, hour = moment.split()
    return datetime.combine(day(name, week), time.fromisoformat(hour))


def hours(*stretches: str, days: Iterable[str] = WEEKDAYS) -> tuple[Window, ...]:
    """Hours of each day, as in "08:30-12:30"."""
    pairs = [stretch.split("-") for stretch in stretches]
    return tuple(
        Window(day=Weekday(name), start=time.fromisoformat(start), end=time.fromisoformat(end))
        for name in days
        for start, end in pairs
    )


OFFICE_HOURS = hours("08:30-12:30", "13:30-17:30")
SERVICES = (
    Service(id="SECTEUR-1", kind=ServiceKind.SECTEUR),
    Service(id="EVAL-1", kind=ServiceKind.EVALUATION),
    Service(id="CONTRAT-1", kind=ServiceKind.CONTRAT),
)
TRAVEL = (
    Travel(from_zone="NORD", to_zone="SUD", minutes=20),
    Travel(from_zone="NORD", to_zone="EST", minutes=15),
    Travel(from_zone="SUD", to_zone="EST", minutes=25),
)


def a_service(name: str, kind: str = "SECTEUR", covers: Sequence[str] = ()) -> Service:
    """A service more."""
    return Service(id=name, kind=ServiceKind(kind), covered_site_ids=tuple(covers))


def a_site(
    name: str,
    zone: str,
    services: Sequence[str],
    rooms: str = "",
    group_rooms: str = "",
    opening: tuple[Window, ...] = OFFICE_HOURS,
) -> Site:
    """A site with its rooms, named in one string."""
    found = [Room(id=room, kind=RoomKind.INTERVIEW) for room in rooms.split()]
    found += [Room(id=room, kind=RoomKind.GROUP, seats=12) for room in group_rooms.split()]
    return Site(id=name, zone=zone, service_ids=tuple(services), opening=opening, rooms=tuple(found))


SITES = (
    a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1 A2", "AG"),
    a_site("MDS-B", "SUD", ["SECTEUR-1"], "B1"),
    a_site("POLE-C", "NORD", ["CONTRAT-1"], "C1"),
    a_site("POLE-E", "EST", ["EVAL-1"], "E1 E2"),
)


def a_professional(
    name: str,
    profession: str = "AS",
    service: str | Sequence[str] = "SECTEUR-1",
    site: str = "MDS-A",
    quotite: int = 100,
    windows: tuple[Window, ...] = OFFICE_HOURS,
    telework: Sequence[str] = (),
    dossiers: int = 0,
    training_days: int = 0,
    departure: date | None = None,
    hands_over: bool = False,
) -> Professional:
    """Someone who works here."""
    return Professional(
        id=name,
        profession=Profession(profession),
        service_ids=(service,) if isinstance(service, str) else tuple(service),
        site_id=site,
        quotite=quotite,
        windows=windows,
        telework_days=tuple(Weekday(name) for name in telework),
        dossiers=dossiers,
        isic_days_done=training_days,
        departure=departure,
        hands_over=hands_over,
    )


TEAM = (
    a_professional("AS01"),
    a_professional("CESF01", "CESF"),
    a_professional("ES01", "ES"),
    a_professional("CT01", "CT"),
    a_professional("EV01", "AS", "EVAL-1", "POLE-E"),
    a_professional("EV02", "ES", "EVAL-1", "POLE-E"),
    a_professional("CO01", "AS", "CONTRAT-1", "POLE-C"),
)


def team_with(*changed: Professional) -> tuple[Professional, ...]:
    """The team where some are replaced by their id, or added."""
    ids = {person.id for person in changed}
    return (*(person for person in TEAM if person.id not in ids), *changed)


def a_case(
    name: str,
    referent: str | None = "AS01",
    site: str = "MDS-A",
    zone: str = "NORD",
    weight: int = 1,
    followers: Sequence[str] = (),
) -> Case:
    """A household."""
    return Case(
        id=name, site_id=site, referent_id=referent, weight=weight, zone=zone, followers=tuple(followers)
    )


def a_mission(
    name: str,
    kind: str,
    case_id: str | None = None,
    minutes: int | None = None,
    release: date = MONDAY,
    due: date | None = None,
    urgency: Urgency | None = None,
    professions: Sequence[str] = (),
    people: int | None = None,
    site: str | None = None,
    home_zone: str | None = None,
    fixed: str | None = None,
) -> Mission:
    """A mission of the catalogue's duration, from Monday to Friday of the first week."""
    known = catalogue().get(kind)
    return Mission(
        id=name,
        type=kind,
        case_id=case_id,
        received=min(release, MONDAY),
        duration_minutes=minutes or (known.duration_minutes if known else 60),
        release=release,
        due=due or max(release, day("friday")),
        urgency=urgency,
        professions=tuple(Profession(profession) for profession in professions),
        people=people,
        site_id=site,
        home_zone=home_zone,
        fixed_start=at(fixed) if fixed else None,
    )


def a_request(name: str, site: str = "MDS-A", kind: str = "ACCUEIL", due: date | None = None) -> Mission:
    """Someone who asks to be received, by default for an hour and by Friday."""
    return a_mission(name, kind, site=site, due=due)


def an_action(
    name: str,
    leaders: Sequence[str] = ("CESF", "AS"),
    kind: str = "ISIC_GRP",
    minutes: int = 120,
    preparation: int = 0,
    fixed: str | None = None,
    site: str | None = "MDS-A",
    room: str | None = None,
    series: str | None = None,
    services: Sequence[str] = (),
    release: date = MONDAY,
    due: date | None = None,
) -> CollectiveAction:
    """A collective action."""
    return CollectiveAction(
        id=name,
        type=kind,
        series=series,
        service_ids=tuple(services),
        duration_minutes=minutes,
        leaders=tuple(Profession(leader) for leader in leaders),
        site_id=site,
        room_id=room,
        release=release,
        due=due or max(release, day("friday")),
        fixed_start=at(fixed) if fixed else None,
        preparation_minutes=preparation,
    )


def a_meeting(
    name: str,
    fixed: str | None = "tuesday 09:00",
    minutes: int = 120,
    service: str | None = "SECTEUR-1",
    people: Sequence[str] = (),
    seats: int | None = None,
    site: str | None = "MDS-A",
    kind: str = "REUNION",
    release: date = MONDAY,
    due: date | None = None,
) -> Meeting:
    """A meeting of the sector team; `people` named instead of a service."""
    return Meeting(
        id=name,
        type=kind,
        service_id=None if people else service,
        seats=seats,
        professional_ids=tuple(people),
        site_id=site,
        duration_minutes=minutes,
        fixed_start=at(fixed) if fixed else None,
        release=release,
        due=due or day("friday"),
    )


def a_session(name: str, seats: int = 1, fixed: str | None = "tuesday 09:00", minutes: int = 180) -> Meeting:
    """A training session, away."""
    return a_meeting(name, fixed, minutes, seats=seats, site=None, kind="FORM_ISIC")


def a_need(
    weekday: str, morning: int = 0, afternoon: int = 0, urgency: int = 0, site: str = "MDS-A"
) -> ReceptionNeed:
    """People at reception, and hours kept for urgencies."""
    return ReceptionNeed(
        site_id=site, day=Weekday(weekday), morning=morning, afternoon=afternoon, urgency_hours=urgency
    )


def a_span(person: str, start: str, end: str) -> Span:
    """An absence or a busy event."""
    return Span(professional_id=person, start=at(start), end=at(end))


def a_pin(item: str, people: str, start: str | None = None) -> Pin:
    """A decision already taken."""
    return Pin(item_id=item, professional_ids=tuple(people.split()), start=at(start) if start else None)


def a_week(
    missions: Iterable[Mission] = (),
    *,
    weeks: int = 1,
    services: Iterable[Service] = SERVICES,
    professionals: Iterable[Professional] = TEAM,
    sites: Iterable[Site] = SITES,
    cases: Iterable[Case] = (a_case("FAM1"),),
    travel: Iterable[Travel] = TRAVEL,
    absences: Iterable[Span] = (),
    busy: Iterable[Span] = (),
    reception: Iterable[ReceptionNeed] = (),
    actions: Iterable[CollectiveAction] = (),
    meetings: Iterable[Meeting] = (),
    pins: Iterable[Pin] = (),
    organisation: Organisation = QUIET,
) -> Week:
    """A week of the team above, with nothing to do but what is given."""
    return Week(
        horizon=Horizon(first_day=MONDAY, weeks=weeks),
        services=tuple(services),
        sites=tuple(sites),
        travel=tuple(travel),
        professionals=tuple(professionals),
        absences=tuple(absences),
        busy=tuple(busy),
        cases=tuple(cases),
        missions=tuple(missions),
        reception=tuple(reception),
        actions=tuple(actions),
        meetings=tuple(meetings),
        pins=tuple(pins),
        organisation=organisation,
    )


def a_row(
    item: str,
    people: str,
    start: str,
    minutes: int,
    site: str | None = None,
    room: str | None = None,
    place: str = "site",
    week: int = 0,
) -> Assignment:
    """A part of an item; several people in one string."""
    begin = at(start, week)
    return Assignment(
        mission_id=item,
        professional_ids=tuple(people.split()),
        site_id=site,
        room_id=room,
        place=place,
        start=begin,
        end=begin + timedelta(minutes=minutes),
    )


def kept(
    kind: str, people: str, start: str, minutes: int, site: str | None = "MDS-A", week: int = 0
) -> Reservation:
    """A reservation, at MDS-A unless said; `site=None` is telework."""
    begin = at(start, week)
    return Reservation(
        kind=ReservationKind(kind),
        professional_ids=tuple(people.split()),
        site_id=site,
        start=begin,
        end=begin + timedelta(minutes=minutes),
    )


def queued(item: str, name: str = "monday", week: int = 1) -> Queued:
    """A request with its date after the horizon."""
    return Queued(mission_id=item, date=day(name, week), reason=Reason.NO_CAPACITY)


def unserved(item: str) -> Unserved:
    """Something not placed."""
    return Unserved(mission_id=item, reason=Reason.WAITING, earliest_date=day("monday", 1))


def a_referent(case: str, person: str) -> Referent:
    """An attribution."""
    return Referent(case_id=case, professional_id=person)


def a_plan(*parts: Part) -> Plan:
    """A plan of rows, reservations, referents, queued and unserved items, in any order."""
    return Plan(
        status=Status.FEASIBLE,
        assignments=tuple(part for part in parts if isinstance(part, Assignment)),
        reservations=tuple(part for part in parts if isinstance(part, Reservation)),
        referents=tuple(part for part in parts if isinstance(part, Referent)),
        queue=tuple(part for part in parts if isinstance(part, Queued)),
        unserved=tuple(part for part in parts if isinstance(part, Unserved)),
    )


def amounts(week: Week, plan: Plan, code: str) -> list[int]:
    """By how much a plan breaks one rule, each time."""
    verdict = judge(week, plan)
    return [violation.amount for violation in verdict.hard + verdict.priced if violation.rule == code]


def price(week: Week, plan: Plan, code: str) -> int:
    """What a plan costs under one rule, in tenths of a point."""
    return judge(week, plan).tenths_of(code)
