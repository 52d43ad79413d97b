"""What a team does together: weekly meetings, training, supervision, collective actions."""

from datetime import date, datetime

from instances.figures import MEETING_MINUTES
from instances.territory import EVALUATION, SECTOR, Territory
from optimizer.week import CollectiveAction, Meeting
from optimizer.words import Profession

TRAINING_SEATS_SHARE = 0.35  # ASSUMPTION
LARGE_TEAM = 10
TRAINING_EVERY_WEEKS = 2


def add_meetings(territory: Territory) -> None:
    """The weekly meetings, a training session every second week, supervision for half a large team."""
    for week in range(territory.calendar.weeks):
        meet(territory, f"R{week + 1}1", SECTOR, territory.at(week, 1, 9), MEETING_MINUTES)
        meet(territory, f"R{week + 1}2", EVALUATION, territory.at(week, 0, 14), 90)
        is_last = week == territory.calendar.weeks - 1
        if week % TRAINING_EVERY_WEEKS == TRAINING_EVERY_WEEKS - 1 or territory.calendar.weeks == 1:
            _train(territory, week)
        if is_last and len(territory.social_workers) >= LARGE_TEAM:
            supervise(territory, week)


def meet(territory: Territory, name: str, service: str, start: datetime, minutes: int) -> None:
    """A meeting of a service at its first site."""
    site = next(site for site in territory.sites if territory.named(service) in site.service_ids)
    meeting = Meeting(
        id=territory.named(name),
        type="REUNION",
        service_id=territory.named(service),
        site_id=site.id,
        duration_minutes=minutes,
        fixed_start=start,
        release=start.date(),
        due=start.date(),
    )
    territory.meetings.append(meeting)


def _train(territory: Territory, week: int) -> None:
    """A day of 420 minutes, on the Thursday, for some of the sector team."""
    start = territory.at(week, 3, 9)
    session = Meeting(
        id=territory.named(f"F{week + 1}"),
        type="FORM_ISIC",
        service_id=territory.named(SECTOR),
        seats=max(1, round(len(territory.social_workers) * TRAINING_SEATS_SHARE)),
        duration_minutes=420,
        fixed_start=start,
        release=start.date(),
        due=start.date(),
    )
    territory.meetings.append(session)


def supervise(territory: Territory, week: int) -> None:
    """Supervision (analyse des pratiques) for half the social workers, at a time to be found."""
    days = territory.calendar.days_of_week(week)
    half = territory.social_workers[::2]
    meeting = Meeting(
        id=territory.named(f"N{week + 1}"),
        type="ANALYSE",
        professional_ids=tuple(person.id for person in half if person.departure is None),
        site_id=territory.named("MDS-A"),
        duration_minutes=120,
        release=days[0],
        due=days[-1],
    )
    territory.meetings.append(meeting)


def add_actions(territory: Territory) -> None:
    """Each week: a dated group, an undated one where there is an ES, the territory's diagnosis."""
    present = {person.profession for person in territory.of_service(SECTOR)}
    for week in range(territory.calendar.weeks):
        days = territory.calendar.days_of_week(week)
        first, last = days[0], days[-1]
        start = territory.at(week, 3, 14)
        _group(territory, f"G{week + 1}1", "BUDGET", Profession.CESF, "A", first, last, start)
        if Profession.ES in present:
            _group(territory, f"G{week + 1}2", "PARENTS", Profession.ES, "B", first, last, None)
        second = Profession.CT if Profession.CT in present else Profession.CESF
        study(territory, f"D{week + 1}1", "ISIC_DIAG", (Profession.AS, second), first, last)
        if len(territory.social_workers) >= LARGE_TEAM:
            study(territory, f"L{week + 1}1", "ISIC_DSL", (Profession.AS,), first, last)


def _group(
    territory: Territory,
    name: str,
    series: str,
    leader: Profession,
    letter: str,
    release: date,
    due: date,
    start: datetime | None,
) -> None:
    action = CollectiveAction(
        id=territory.named(name),
        type="ISIC_GRP",
        series=territory.named(series),
        duration_minutes=120,
        leaders=(leader, Profession.AS),
        site_id=territory.named(f"MDS-{letter}"),
        room_id=territory.named(f"{letter}-salle"),
        release=start.date() if start else release,
        due=start.date() if start else due,
        fixed_start=start,
        preparation_minutes=60,
    )
    territory.actions.append(action)


def study(
    territory: Territory,
    name: str,
    kind: str,
    leaders: tuple[Profession, ...],
    release: date,
    due: date,
    services: tuple[str, ...] = (),
) -> None:
    """An action outside, of the territory's sector team or of the services named."""
    action = CollectiveAction(
        id=territory.named(name),
        type=kind,
        duration_minutes=120,
        leaders=leaders,
        service_ids=services,
        release=release,
        due=due,
    )
    territory.actions.append(action)
