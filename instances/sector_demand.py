"""What is asked of the sector team: households, appointments, requests."""

from datetime import date, datetime, time

from instances.figures import (
    DSF_DELAY_DAYS,
    FIXED_APPOINTMENTS,
    FOLLOW_UPS,
    HOME_SHARES,
    HOUSEHOLD_WEIGHTS,
    OPEN_HOUSEHOLDS_PER_MISSION,
    REASONS,
    REFERENTS_MISSING,
    TARGET_DELAY_DAYS,
    VISITS_IN_PAIRS,
    WORKERS_OF_A_HOUSE,
)
from instances.territory import Territory
from optimizer.catalogue import catalogue
from optimizer.week import WEEKDAYS, Case, Mission
from optimizer.words import Profession, Urgency

SECOND_SITE_SHARES = {10: 0.25, 5: 0.2, 0: 0.15}  # by number of social workers: ASSUMPTION
ZONE_WEIGHTS = {1: 0.35, 2: 0.25, 3: 0.1, 4: 0.15, 5: 0.15}  # ASSUMPTION
FOLLOW_UP_WINDOW_DAYS = (3, 10)  # working days from release to due, ASSUMPTION
OVERDUE_DAYS = (1, 3)
DUE_SOON_DAYS = (0, 4)


def add_households(territory: Territory) -> None:
    """Households with something open, most with a referent."""
    draws = territory.draws
    workers = territory.social_workers
    expected = territory.demand.follow_ups * territory.posts(workers) * territory.calendar.weeks
    for number in range(round(expected * OPEN_HOUSEHOLDS_PER_MISSION)):
        case = Case(
            id=territory.named(f"S{number + 1:04d}"),
            site_id=_site(territory),
            referent_id=None if draws.chance(REFERENTS_MISSING) else draws.pick(workers).id,
            weight=draws.weighted(HOUSEHOLD_WEIGHTS),
            zone=territory.zone(draws.weighted(ZONE_WEIGHTS)),
        )
        territory.cases.append(case)


def _site(territory: Territory) -> str:
    workers = len(territory.social_workers)
    share = next(share for least, share in SECOND_SITE_SHARES.items() if workers >= least)
    return territory.named("MDS-B" if territory.draws.chance(share) else "MDS-A")


def add_follow_ups(territory: Territory) -> None:
    """Appointments of the households, spread over the horizon, earlier days a little fuller."""
    households = list(territory.cases)
    expected = (
        territory.demand.follow_ups * territory.posts(territory.social_workers) * territory.calendar.weeks
    )
    for _ in range(territory.draws.rounded(expected)):
        kind = territory.draws.weighted(FOLLOW_UPS)
        territory.missions.append(_follow_up(territory, kind, territory.draws.pick(households)))


def _follow_up(territory: Territory, kind: str, case: Case) -> Mission:
    draws, days = territory.draws, territory.calendar.days
    release = days[int(len(days) * draws.scaled(0, 0.9) ** 1.3)]
    received = territory.working_day(release, -draws.between(0, 4))
    due = territory.working_day(release, draws.between(*FOLLOW_UP_WINDOW_DAYS))
    if kind == "DSF":
        received = territory.working_day(release, -draws.between(2, 8))
        due = territory.working_day(received, DSF_DELAY_DAYS)
    is_home = draws.chance(HOME_SHARES.get(kind, 0))
    is_pair = kind == "VAD" and draws.chance(VISITS_IN_PAIRS)
    is_fixed = not is_home and draws.chance(FIXED_APPOINTMENTS)
    start = _opening_hour(territory, case.site_id, release, due) if is_fixed else None
    return Mission(
        id=territory.next_mission(),
        type=kind,
        case_id=case.id,
        received=received,
        duration_minutes=catalogue()[kind].duration_minutes,
        release=release,
        due=due,
        professions=(Profession.AS, Profession.CESF) if is_pair else (),
        site_id=None if is_home else case.site_id,
        home_zone=case.zone if is_home else None,
        fixed_start=start,
    )


def _opening_hour(territory: Territory, site_id: str, release: date, due: date) -> datetime | None:
    """A time when the site is open, on a day of the horizon that suits."""
    site = next(site for site in territory.sites if site.id == site_id)
    days = [day for day in territory.calendar.days if release <= day <= due]
    hours = [
        (day, window) for day in days for window in site.opening if WEEKDAYS[day.weekday()] == window.day
    ]
    if not hours:
        return None
    day, window = territory.draws.pick(hours)
    return datetime.combine(day, time(window.start.hour + territory.draws.between(1, 2), 0))


def add_requests(territory: Territory) -> None:
    """Requests: those still waiting when the horizon begins, then those that come each day."""
    draws, demand = territory.draws, territory.demand
    workers = territory.posts(territory.social_workers)
    waiting = draws.rounded(demand.waiting * workers)
    for number in range(waiting):
        is_overdue = number < demand.overdue * waiting
        urgency = draws.weighted(
            {kind: demand.classes[kind] for kind in (Urgency.PRIORITY, Urgency.ORDINARY)}
        )
        shift = -draws.between(*OVERDUE_DAYS) if is_overdue else draws.between(*DUE_SOON_DAYS)
        due = territory.working_day(territory.calendar.days[0], shift)
        received = territory.working_day(due, -TARGET_DELAY_DAYS[urgency])
        _request(territory, urgency, received, due)
    for _ in range(draws.rounded(demand.requests * workers / WORKERS_OF_A_HOUSE * territory.calendar.weeks)):
        urgency = draws.weighted(demand.classes)
        received = draws.pick(territory.calendar.days)
        _request(territory, urgency, received, territory.working_day(received, TARGET_DELAY_DAYS[urgency]))


def _request(territory: Territory, urgency: Urgency, received: date, due: date) -> None:
    draws = territory.draws
    kind = "URGENCE" if urgency is Urgency.URGENT else "ACCUEIL"
    mission = Mission(
        id=territory.next_mission(),
        type=kind,
        received=received,
        duration_minutes=catalogue()[kind].duration_minutes,
        release=received,
        due=due,
        urgency=urgency,
        site_id=_site(territory),
        reason=None if draws.chance(territory.demand.without_reason) else draws.pick(REASONS),
    )
    territory.missions.append(mission)
