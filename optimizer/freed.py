"""Hours of the propositions: what P1 and P2 free, what P3 asks for, and what is not placed."""

from collections import defaultdict
from dataclasses import dataclass

from optimizer.clock import GRID_MINUTES
from optimizer.done import ip_missions, people_wanted, type_of
from optimizer.paid import Presence
from optimizer.plan import Assignment, Plan, Reservation, ReservationKind
from optimizer.week import Mission, Professional, Week
from optimizer.words import Profession, ServiceKind

WORKED_WEEKS_A_YEAR = 46
TRAINING_DAY_MINUTES = 420
COLLECTIVE = (ReservationKind.COLLECTIVE, ReservationKind.PREPARATION)

PersonWeek = tuple[str, int]


@dataclass(frozen=True)
class CollectiveTime:
    """Minutes of collective time by person of the sector team and week."""

    held: dict[PersonWeek, int]
    reserved: dict[PersonWeek, int]
    quota: dict[PersonWeek, int]

    @property
    def missing(self) -> int:
        """Minutes under the quota; what one person has beyond theirs makes up for nobody else."""
        return sum(max(0, asked - self.held[key] - self.reserved[key]) for key, asked in self.quota.items())


def collective_time(presence: Presence, plan: Plan) -> CollectiveTime:
    """Held, reserved and asked minutes; secretaries have no quota."""
    week = presence.week
    share = week.organisation.collective_share_percent
    quota = {
        (person.id, index): presence.paid_minutes(person, index)
        * share
        // (100 * GRID_MINUTES)
        * GRID_MINUTES
        for person in _with_a_quota(week)
        for index in range(week.horizon.weeks)
    }
    held, reserved = dict.fromkeys(quota, 0), dict.fromkeys(quota, 0)
    for row in plan.assignments:
        item = week.mission.get(row.mission_id) or week.action.get(row.mission_id)
        if item and type_of(week, item).collective:
            _add(week, held, row)
    for reservation in plan.reservations:
        if reservation.kind in COLLECTIVE:
            _add(week, reserved, reservation)
    return CollectiveTime(held, reserved, quota)


def minutes_freed_by_contracts(week: Week) -> int:
    """Person-minutes of contractual missions asked for in the week (P1)."""
    return sum(
        _person_minutes(week, mission) for mission in week.missions if type_of(week, mission).contractual
    )


def minutes_freed_by_evaluations(week: Week) -> int:
    """Person-minutes of evaluation acts asked for in the week (P2)."""
    return sum(_person_minutes(week, mission) for mission in ip_missions(week))


def training_minutes(week: Week) -> int:
    """The horizon's part of the yearly training of the sector team."""
    yearly = week.organisation.isic_days_per_year * TRAINING_DAY_MINUTES * len(_with_a_quota(week))
    return round(yearly * week.horizon.weeks / WORKED_WEEKS_A_YEAR)


def training_days_missing(week: Week, plan: Plan) -> dict[str, float]:
    """Days of training each person of the sector team, managers included, still lacks after the plan (H3.1).

    Those at target are in it with 0. A day is 420 minutes of sessions attended.
    """
    attended: defaultdict[str, int] = defaultdict(int)
    for row in plan.assignments:
        meeting = week.meeting.get(row.mission_id)
        if meeting and meeting.seats:
            for person in row.professional_ids:
                attended[person] += _minutes(row)
    target = week.organisation.isic_days_per_year
    return {
        person.id: round(
            max(0, target - person.isic_days_done - attended[person.id] / TRAINING_DAY_MINUTES), 1
        )
        for person in _with_a_quota(week)
    }


def minutes_not_placed(week: Week, plan: Plan) -> defaultdict[ServiceKind, int]:
    """Person-minutes that were due in the horizon and are in no assignment, by kind of service."""
    placed = {row.mission_id for row in plan.assignments}
    lacking: defaultdict[ServiceKind, int] = defaultdict(int)
    for mission in week.missions:
        owner = type_of(week, mission).owner
        if owner and mission.id not in placed and mission.due < week.calendar.end:
            lacking[owner] += _person_minutes(week, mission)
    for action in week.actions:
        owner = type_of(week, action).owner
        if owner and action.id not in placed and action.due < week.calendar.end:
            lacking[owner] += (action.duration_minutes + action.preparation_minutes) * len(action.leaders)
    return lacking


def full_time_minutes(week: Week) -> float:
    """Minutes of a full-time post over the horizon: everybody's weekly hours over their quotités."""
    windows = [window.minutes for person in week.professionals for window in person.windows]
    weekly = sum(end - start for start, end in windows)
    return 100 * weekly * week.horizon.weeks / sum(person.quotite for person in week.professionals)


def travel_minutes(plan: Plan, people: set[str]) -> int:
    """Minutes of travel of these people."""
    rows = [row for row in plan.reservations if row.kind is ReservationKind.TRAVEL]
    return sum(_minutes(row) * len(people.intersection(row.professional_ids)) for row in rows)


def people_of(week: Week, kind: ServiceKind) -> list[Professional]:
    """Those who serve a kind of service."""
    return [person for person in week.professionals if kind in week.kinds_served_by(person)]


def people_apart(week: Week) -> list[Professional]:
    """Those who hold the posts of the two distinct services, each once."""
    apart = {ServiceKind.CONTRAT, ServiceKind.EVALUATION}
    return [person for person in week.professionals if apart & week.kinds_served_by(person)]


def paid_in_horizon(presence: Presence, person: Professional) -> int:
    """Paid minutes over the horizon."""
    return sum(presence.paid_minutes(person, index) for index in range(presence.week.horizon.weeks))


def _with_a_quota(week: Week) -> list[Professional]:
    return [
        person for person in people_of(week, ServiceKind.SECTEUR) if person.profession is not Profession.SECR
    ]


def _person_minutes(week: Week, mission: Mission) -> int:
    return mission.duration_minutes * people_wanted(week, mission)


def _add(week: Week, found: dict[PersonWeek, int], row: Assignment | Reservation) -> None:
    index = week.calendar.week_of(row.start.date())
    for person in row.professional_ids:
        if (person, index) in found:
            found[person, index] += _minutes(row)


def _minutes(row: Assignment | Reservation) -> int:
    return int((row.end - row.start).total_seconds()) // 60
