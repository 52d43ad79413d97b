"""The load of a person, week by week: shown in that person's file and the manager's alone."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from optimizer.done import item_of, type_of
from optimizer.paid import Presence
from optimizer.plan import Assignment, Plan, Reservation, ReservationKind
from optimizer.reading import Reading
from optimizer.week import Meeting, Professional, Week
from optimizer.words import ServiceKind

Row = Assignment | Reservation
USES = (
    "rendez-vous",
    "permanence",
    "urgence gardée",
    "écrits",
    "collectif",
    "réunions",
    "autre service",
    "trajets",
)
USE_OF_RESERVATION = {
    ReservationKind.RECEPTION: "permanence",
    ReservationKind.URGENCY: "urgence gardée",
    ReservationKind.WRITING: "écrits",
    ReservationKind.COLLECTIVE: "collectif",
    ReservationKind.PREPARATION: "collectif",
}


@dataclass(frozen=True)
class Load:
    """Minutes of one person in one week (counted from 0), by use, and their cases, now and with this plan.

    An appointment held during reception duty counts as an appointment and no longer as reception.
    """

    professional_id: str
    week: int
    paid: int
    minutes: dict[str, int]
    dossiers: int
    attributed: int

    @property
    def planned(self) -> int:
        """Minutes taken by the plan, travel left out."""
        return sum(self.minutes.values()) - self.minutes["trajets"]


def loads(week: Week, plan: Plan, members: frozenset[str], kinds: frozenset[ServiceKind]) -> tuple[Load, ...]:
    """The load of each member in each week; what they do for a service not of `kinds` is one figure."""
    presence, reading = Presence(week), Reading(week, plan)
    return tuple(
        load
        for person in week.professionals
        if person.id in members
        for load in _loads_of(presence, person, plan, kinds, _travel(reading, person.id))
    )


def _travel(reading: Reading, person: str) -> Counter[int]:
    """By week: the minutes of travel that the judge counts."""
    minutes: Counter[int] = Counter()
    for day, halves in reading.halves.get(person, {}).items():
        minutes[reading.week.calendar.week_of(reading.day(day))] += reading.tour(
            person, halves
        ).travel_minutes
    return minutes


def rows_of(plan: Plan, person: str) -> list[Row]:
    """Everything that the plan gives someone to do."""
    rows: list[Row] = [*plan.assignments, *plan.reservations]
    return [row for row in rows if person in row.professional_ids]


def _loads_of(
    presence: Presence,
    person: Professional,
    plan: Plan,
    kinds: frozenset[ServiceKind],
    travel: Counter[int],
) -> Iterator[Load]:
    week, rows = presence.week, rows_of(plan, person.id)
    used: defaultdict[tuple[int, str], int] = defaultdict(int)
    for row in (row for row in rows if not _is_travel(row)):
        use = _use_of(week, row, kinds)
        minutes = _minutes(row) - (_held_during(rows, row) if use == "permanence" else 0)
        used[week.calendar.week_of(row.start.date()), use] += minutes
    for index in range(week.horizon.weeks):
        yield Load(
            professional_id=person.id,
            week=index,
            paid=presence.paid_minutes(person, index),
            minutes={use: used[index, use] for use in USES} | {"trajets": travel[index]},
            dossiers=person.dossiers,
            attributed=_weight_attributed(week, plan, person.id),
        )


def _use_of(week: Week, row: Row, kinds: frozenset[ServiceKind]) -> str:
    if isinstance(row, Reservation):
        return USE_OF_RESERVATION[row.kind]
    item = item_of(week, row.mission_id)
    if item is None or isinstance(item, Meeting):
        return "réunions"
    kind = type_of(week, item)
    if kind.owner is not None and kind.owner not in kinds:
        return "autre service"
    if kind.code == "ECRITS":
        return "écrits"
    return "collectif" if kind.collective else "rendez-vous"


def _held_during(rows: list[Row], duty: Row) -> int:
    """Minutes of reception duty that the same person spends on something else."""
    spent = timedelta()
    for row in rows:
        if row is not duty and not _is_travel(row):
            spent += max(min(row.end, duty.end) - max(row.start, duty.start), timedelta())
    return int(spent.total_seconds()) // 60


def _is_travel(row: Row) -> bool:
    return isinstance(row, Reservation) and row.kind is ReservationKind.TRAVEL


def _minutes(row: Row) -> int:
    return int((row.end - row.start).total_seconds()) // 60


def _weight_attributed(week: Week, plan: Plan, person: str) -> int:
    return sum(week.case[row.case_id].weight for row in plan.referents if row.professional_id == person)
