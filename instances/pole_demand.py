"""What is asked of the poles: child-concern evaluations, contracts, child-health visits."""

from datetime import date, timedelta

from instances.figures import (
    CONTRACT_DELAY_DAYS,
    CONTRACTS,
    EVALUATION_DAYS,
    EVALUATIONS_DUE_SOON,
    NURSE_VISITS_A_WEEK,
    WORKERS_OF_A_HOUSE,
)
from instances.sector_demand import ZONE_WEIGHTS
from instances.territory import CONTRACT, EVALUATION, PMI, SECTOR, SOCIAL_WORKERS, Territory
from optimizer.catalogue import catalogue
from optimizer.week import Case, Mission, Professional
from optimizer.words import Profession

SECOND_REPORT = 0.5  # ASSUMPTION: a second child, a shorter report
SUPPORTED = 0.6  # ASSUMPTION: parents who ask the sector team for support (IP_SOUTIEN)
FOLLOWED_BEFORE = 0.6  # ASSUMPTION: households that the sector team knew
KNOWN_TO_AN_EVALUATOR = 0.3  # ASSUMPTION
CONTRACTS_OF_A_KNOWN_HOUSEHOLD = 0.5  # ASSUMPTION


def add_evaluations(territory: Territory, pole: Territory, share: float = 1.0) -> None:
    """Evaluations in progress, each with all its acts, and support to parents by the sector team.

    `share`: the part of the pole's work that comes from this territory.
    """
    pairs = [person for person in pole.of_service(EVALUATION) if person.profession is not Profession.CT]
    expected = territory.demand.evaluations * pole.posts(pairs) * territory.calendar.weeks * share
    for number in range(max(1, territory.draws.rounded(expected))):
        case = Case(
            id=territory.named(f"E{number + 1:03d}"),
            site_id=pole.named("POLE-E"),
            weight=3,
            zone=territory.zone(territory.draws.weighted(ZONE_WEIGHTS)),
            followers=_followers(territory, pairs),
        )
        territory.cases.append(case)
        _add_acts(territory, case)


def _followers(territory: Territory, evaluators: list[Professional]) -> tuple[str, ...]:
    """Who knew the household before; two evaluators of different professions always remain."""
    draws = territory.draws
    known = draws.some(territory.social_workers, draws.between(1, 2)) if draws.chance(FOLLOWED_BEFORE) else ()
    followers = tuple(person.id for person in known)
    one = draws.pick(evaluators)
    left = {person.profession for person in evaluators if person is not one}
    if len(left) >= 2 and draws.chance(KNOWN_TO_AN_EVALUATOR):
        return (*followers, one.id)
    return followers


def _add_acts(territory: Territory, case: Case) -> None:
    draws, calendar = territory.draws, territory.calendar
    last = draws.pick(calendar.days) if draws.chance(EVALUATIONS_DUE_SOON) else None
    due = last or calendar.end + timedelta(days=draws.between(0, 50))
    received = due - timedelta(days=EVALUATION_DAYS)
    first = calendar.days[0]
    due = max(due, territory.working_day(first, 4))
    _act(territory, "IP_VAD", case, received, first, due, people=2)
    _act(territory, "IP_RENC", case, received, first, due, people=1)
    _act(territory, "IP_RENC", case, received, first, due, people=2)
    _act(territory, "IP_CONC", case, received, territory.working_day(first, 1), due, people=2)
    _act(territory, "IP_ECR", case, received, territory.working_day(first, 2), due)
    if draws.chance(SECOND_REPORT):
        _act(territory, "IP_ECR", case, received, territory.working_day(first, 2), due, minutes=120)
    if draws.chance(SUPPORTED):
        _support(territory, case)


def _act(
    territory: Territory,
    kind: str,
    case: Case,
    received: date,
    release: date,
    due: date,
    people: int | None = None,
    minutes: int | None = None,
) -> None:
    is_home = kind == "IP_VAD"
    mission = Mission(
        id=territory.next_mission(),
        type=kind,
        case_id=case.id,
        received=received,
        duration_minutes=minutes or catalogue()[kind].duration_minutes,
        release=release,
        due=due,
        people=people,
        site_id=None if is_home else case.site_id,
        home_zone=case.zone if is_home else None,
    )
    territory.missions.append(mission)


def _support(territory: Territory, case: Case) -> None:
    days = territory.calendar.days
    mission = Mission(
        id=territory.next_mission(),
        type="IP_SOUTIEN",
        case_id=case.id,
        received=territory.working_day(days[0], -territory.draws.between(0, 3)),
        duration_minutes=catalogue()["IP_SOUTIEN"].duration_minutes,
        release=days[0],
        due=territory.working_day(days[0], territory.draws.between(4, 9)),
        site_id=territory.named("MDS-A"),
    )
    territory.missions.append(mission)


def add_contracts(territory: Territory, pole: Territory) -> None:
    """Contract appointments at a pole, half of them of households that the sector team accompanies."""
    draws = territory.draws
    workers = len([p for p in territory.social_workers if p.profession in SOCIAL_WORKERS])
    if not pole.of_service(CONTRACT):
        return
    own = {site.id for site in territory.sites if territory.named(SECTOR) in site.service_ids}
    households = [case for case in territory.cases if case.site_id in own]
    expected = territory.demand.contracts * workers / WORKERS_OF_A_HOUSE * territory.calendar.weeks
    for _ in range(draws.rounded(expected)):
        kind = draws.weighted(CONTRACTS)
        release = draws.pick(territory.calendar.days[:-2])
        received = territory.working_day(release, -draws.between(0, 12))
        is_known = draws.chance(CONTRACTS_OF_A_KNOWN_HOUSEHOLD)
        mission = Mission(
            id=territory.next_mission(),
            type=kind,
            case_id=draws.pick(households).id if is_known else None,
            received=received,
            duration_minutes=catalogue()[kind].duration_minutes,
            release=release,
            due=territory.working_day(received, CONTRACT_DELAY_DAYS),
            site_id=pole.named("POLE-C"),
        )
        territory.missions.append(mission)


def add_nurse_visits(territory: Territory) -> None:
    """Child-health visits at home, by the nurses alone."""
    draws = territory.draws
    nurses = territory.posts(territory.of_service(PMI))
    for _ in range(draws.rounded(nurses * NURSE_VISITS_A_WEEK * territory.calendar.weeks)):
        release = draws.pick(territory.calendar.days)
        mission = Mission(
            id=territory.next_mission(),
            type="PMI_VAD",
            received=territory.working_day(release, -draws.between(1, 5)),
            duration_minutes=catalogue()["PMI_VAD"].duration_minutes,
            release=release,
            due=territory.working_day(release, draws.between(3, 10)),
            home_zone=territory.zone(draws.weighted(ZONE_WEIGHTS)),
        )
        territory.missions.append(mission)
