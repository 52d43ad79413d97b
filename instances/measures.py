"""How loaded a week is: what is asked of the sector team against the time it has to receive."""

from datetime import datetime, time

from optimizer.clock import GRID_MINUTES
from optimizer.week import WEEKDAYS, Mission, Professional, ReceptionNeed, Week
from optimizer.words import ServiceKind


def load_ratio(week: Week) -> float:
    """Person-minutes asked of the sector team over those it can give once all else is kept."""
    return demand_minutes(week) / capacity_minutes(week)


def coupled_missions(week: Week) -> set[str]:
    """Missions that couple territories: of a pole that serves several sector teams, or held at a site of
    none, whose rooms they share."""
    sector = {service.id for service in week.services if service.kind is ServiceKind.SECTEUR}
    teams_at = {site.id: sector & set(site.service_ids) for site in week.sites}
    served = {
        service.id: frozenset().union(*(teams_at[site] for site in service.covered_site_ids))
        for service in week.services
    }
    shared = {service for service, teams in served.items() if len(teams) > 1 and service not in sector}
    kinds_at = {
        (week.kind_of_service[service], site)
        for service in shared
        for site in next(one for one in week.services if one.id == service).covered_site_ids
    }
    return {
        mission.id
        for mission in week.missions
        if not teams_at.get(mission.site_id or "", sector)
        or (week.types[mission.type].owner, _household_site(week, mission)) in kinds_at
    }


def _household_site(week: Week, mission: Mission) -> str | None:
    case = week.case.get(mission.case_id or "")
    return case.site_id if case else mission.site_id


def demand_minutes(week: Week) -> int:
    """Person-minutes of the missions that belong to the sector team, travel not counted."""
    own = [m for m in week.missions if week.types[m.type].owner is ServiceKind.SECTEUR]
    return sum(
        mission.duration_minutes * (mission.people or max(1, len(mission.professions))) for mission in own
    )


def capacity_minutes(week: Week) -> int:
    """Available minutes of the social workers, less writing, collective time, meetings, sessions, half of
    each reception duty and urgency hours."""
    workers = _workers(week)
    present = sum(available_minutes(week, worker) for worker in workers)
    shares = week.organisation.writing_share_percent + week.organisation.collective_share_percent
    return present * (100 - shares) // 100 - _together(week, len(workers)) - _cover(week)


def _workers(week: Week) -> list[Professional]:
    kind = week.types["SUIVI"]
    return [
        person
        for person in week.professionals
        if ServiceKind.SECTEUR in week.kinds_served_by(person) and kind.may_be_done_by(person.profession)
    ]


def available_minutes(week: Week, person: Professional) -> int:
    """Working windows up to the departure, less absences and busy hours."""
    days = [day for day in week.calendar.days if person.departure is None or day <= person.departure]
    slots: set[int] = set()
    for day in days:
        midnight = week.calendar.minute(datetime.combine(day, time()))
        for window in person.windows:
            if window.day == WEEKDAYS[day.weekday()]:
                start, end = window.minutes
                slots.update(range(midnight + start, midnight + end, GRID_MINUTES))
    for span in (*week.absences, *week.busy):
        if span.professional_id == person.id:
            slots.difference_update(
                range(week.calendar.minute(span.start), week.calendar.minute(span.end), GRID_MINUTES)
            )
    return len(slots) * GRID_MINUTES


def _together(week: Week, workers: int) -> int:
    """Minutes of meetings and sessions of the sector team's social workers."""
    sector = {service.id for service in week.services if service.kind is ServiceKind.SECTEUR}
    own = [meeting for meeting in week.meetings if meeting.service_id in sector]
    return sum(meeting.duration_minutes * min(workers, meeting.seats or workers) for meeting in own)


def _cover(week: Week) -> int:
    """Half of each reception duty, and the urgency hours, over the whole horizon."""
    needs = [
        (need, day) for need in week.reception for day in week.calendar.days if _is_on(need, day.weekday())
    ]
    return sum(_cover_of(week, need) for need, _ in needs)


def _is_on(need: ReceptionNeed, weekday: int) -> bool:
    return need.day == WEEKDAYS[weekday]


def _cover_of(week: Week, need: ReceptionNeed) -> int:
    opening = [window for window in week.site[need.site_id].opening if window.day == need.day]
    people = {True: need.morning, False: need.afternoon}
    duty = sum((w.minutes[1] - w.minutes[0]) * people[w.start < time(12)] for w in opening)
    return duty // 2 + 60 * need.urgency_hours * len(opening)
