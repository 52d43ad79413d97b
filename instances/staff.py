"""Who works in a territory: posts by profession, part time, telework, absences, a departure."""

from datetime import date, datetime, time, timedelta

from instances.figures import (
    BUSY_SHARE,
    CONTRACT_SHARE,
    EVALUATOR_PROFESSIONS,
    EVALUATOR_SHARE,
    PEOPLE_PER_NURSE,
    QUOTITES,
    SECTOR_PEOPLE_PER_MANAGER,
    SECTOR_PEOPLE_PER_SECRETARY,
    SOCIAL_WORKER_SHARES,
    TELEWORK_SHARE,
    TRAINING_DAYS_DONE,
)
from instances.territory import CONTRACT, EVALUATION, PMI, SECTOR, SOCIAL_WORKERS, Territory
from optimizer.week import WEEKDAYS, Professional, Span, Weekday, Window
from optimizer.words import Profession

SMALLEST_WITH_CONTRACT = 10
SMALLEST_WITH_DEPARTURE = 10
MORNING = (time(8, 30), time(12, 30))
AFTERNOON = (time(13, 30), time(17, 30))
FRIDAY_AFTERNOON = (time(13, 30), time(16, 30))  # a cycle of 39 hours
HALF_DAYS = tuple((day, half) for day in WEEKDAYS for half in (0, 1))
OFF = {  # half-days not worked by quotité: an ASSUMPTION that spreads the absences
    100: ((),),
    90: ((5,), (9,)),
    80: ((4, 5), (8, 9), (5, 9), (2, 3)),
    50: ((3, 4, 5, 7, 8), (0, 1, 4, 5, 9)),
}
GRADES = {
    Profession.CT: "cadre socio-éducatif",
    Profession.PUER: "puéricultrice",
    Profession.SECR: "adjoint administratif",
    Profession.PSY: "psychologue",
}

Post = tuple[str, Profession, str]  # id prefix, profession, service


def posts_of(people: int) -> list[Post]:
    """The posts of a territory of so many people; evaluation and contracts have their own."""
    evaluators = max(2, round(people * EVALUATOR_SHARE))
    contracts = round(people * CONTRACT_SHARE) if people >= SMALLEST_WITH_CONTRACT else 0
    nurses = people // PEOPLE_PER_NURSE
    sector = people - evaluators - contracts - nurses
    managers = max(1, round(sector / SECTOR_PEOPLE_PER_MANAGER)) if sector >= 6 else 0
    secretaries = round(sector / SECTOR_PEOPLE_PER_SECRETARY) if sector >= 6 else 0
    posts = [
        (profession.value, profession, SECTOR)
        for profession in _social_workers(sector - managers - secretaries)
    ]
    posts += [("CT", Profession.CT, SECTOR)] * managers + [("SECR", Profession.SECR, SECTOR)] * secretaries
    posts += [("EV", profession, EVALUATION) for profession in _evaluators(evaluators)]
    posts += [("CO", (Profession.AS, Profession.CESF)[n % 2], CONTRACT) for n in range(contracts)]
    return posts + [("PUER", Profession.PUER, PMI)] * nurses


def _social_workers(count: int) -> list[Profession]:
    cesf = max(1, round(count * SOCIAL_WORKER_SHARES[Profession.CESF]))
    es = round(count * SOCIAL_WORKER_SHARES[Profession.ES])
    return [Profession.AS] * (count - cesf - es) + [Profession.CESF] * cesf + [Profession.ES] * es


def _evaluators(count: int) -> list[Profession]:
    managers = 1 if count >= 5 else 0
    kinds = [EVALUATOR_PROFESSIONS[n % len(EVALUATOR_PROFESSIONS)] for n in range(count - managers)]
    return kinds + [Profession.CT] * managers


def add_people(territory: Territory, people: int) -> None:
    """Fill the posts, then draw one departure."""
    fill(territory, posts_of(people))
    if people >= SMALLEST_WITH_DEPARTURE:
        let_one_leave(territory)


def fill(territory: Territory, posts: list[Post]) -> None:
    """Someone for each post."""
    counts: dict[str, int] = {}
    for name, profession, service in posts:
        counts[name] = counts.get(name, 0) + 1
        person = _person(territory, f"{name}{counts[name]:02d}", profession, service)
        territory.professionals.append(person)


def add_hours_away(territory: Territory) -> None:
    """Absences and busy hours of everybody."""
    for person in territory.professionals:
        _add_absences(territory, person)
        _add_busy_hour(territory, person)


def float_between(first: Territory, second: Territory, name: str, profession: Profession) -> None:
    """Someone of two sector teams, at home in the first."""
    person = _person(first, name, profession, SECTOR)
    services = (*person.service_ids, second.named(SECTOR))
    first.professionals.append(Professional.model_validate(person.model_dump() | {"service_ids": services}))


def _person(territory: Territory, name: str, profession: Profession, service: str) -> Professional:
    draws = territory.draws
    is_social_worker = service == SECTOR and profession in SOCIAL_WORKERS
    quotite = draws.weighted(QUOTITES)
    windows = _windows(set(draws.pick(OFF[quotite])))
    days = [day for day in WEEKDAYS if sum(window.day == day for window in windows) == 2]
    files = territory.demand.files * quotite / 100 * draws.scaled(0.7, 1.3) if is_social_worker else 0
    return Professional(
        id=territory.named(name),
        profession=profession,
        grade=GRADES.get(profession, "assistant socio-éducatif"),
        service_ids=(territory.named(service),),
        site_id=_site_of(territory, name, service),
        quotite=quotite,
        windows=windows,
        telework_days=(draws.pick(days),) if draws.chance(TELEWORK_SHARE) else (),
        dossiers=round(files),
        isic_days_done=draws.weighted(TRAINING_DAYS_DONE),
    )


def _site_of(territory: Territory, name: str, service: str) -> str:
    """One social worker in four is based at the second site of the sector team."""
    own = [site for site in territory.sites if territory.named(service) in site.service_ids]
    is_second = service == SECTOR and name.startswith("AS") and int(name[2:]) % 4 == 0
    return own[-1].id if is_second else own[0].id


def hours(day: Weekday, half: int) -> tuple[time, time]:
    """The usual hours of a half-day, 0 for the morning."""
    if half == 0:
        return MORNING
    return FRIDAY_AFTERNOON if day is Weekday.FRIDAY else AFTERNOON


def _windows(off: set[int]) -> tuple[Window, ...]:
    worked = [half_day for n, half_day in enumerate(HALF_DAYS) if n not in off]
    return tuple(Window(day=day, start=hours(day, half)[0], end=hours(day, half)[1]) for day, half in worked)


def let_one_leave(territory: Territory) -> None:
    """One AS of the sector team leaves at the end of the first week; the cases need another referent."""
    third = [person for person in territory.social_workers if person.profession is Profession.AS][2]
    last_day = territory.calendar.days_of_week(0)[-1]
    place = territory.professionals.index(third)
    leaving = third.model_copy(update={"departure": last_day})
    territory.professionals[place] = Professional.model_validate(leaving.model_dump())


def _add_absences(territory: Territory, person: Professional) -> None:
    """In some weeks, one absence of one to four half-days in a row: a quarter of a week on average."""
    draws = territory.draws
    for week in range(territory.calendar.weeks):
        if not draws.chance(territory.demand.absence / 0.25):
            continue
        first, length = draws.below(7), draws.between(1, 4)
        monday = territory.calendar.first_day + timedelta(weeks=week)
        start, end = HALF_DAYS[first], HALF_DAYS[first + length - 1]
        span = Span(
            professional_id=person.id,
            start=_moment(monday, *start, 0),
            end=_moment(monday, *end, 1),
        )
        territory.absences.append(span)


def _moment(monday: date, day: Weekday, half: int, edge: int) -> datetime:
    return datetime.combine(monday + timedelta(days=WEEKDAYS.index(day)), hours(day, half)[edge])


def _add_busy_hour(territory: Territory, person: Professional) -> None:
    draws = territory.draws
    if not draws.chance(BUSY_SHARE):
        return
    weekday, hour = draws.below(5), draws.pick((10, 11, 14, 15))
    for week in range(territory.calendar.weeks):
        start = territory.at(week, weekday, hour)
        territory.busy.append(Span(professional_id=person.id, start=start, end=start + timedelta(hours=1)))
