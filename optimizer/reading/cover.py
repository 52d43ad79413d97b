"""How many people and hours a site needs in a half-day, and how many the plan gives it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.plan import ReservationKind
from optimizer.reading.presence import HalfDay
from optimizer.week import WEEKDAYS, ReceptionNeed, Week
from optimizer.words import HalfDayName

if TYPE_CHECKING:
    from optimizer.reading.reading import Reading


def need_of(week: Week, site_id: str, half: HalfDay) -> int:
    """People wanted at reception in a half-day of a site."""
    return sum(
        people_needed(need, half)
        for need in week.reception
        if need.site_id == site_id and need.day == WEEKDAYS[half.day % 7]
    )


def hours_needed(week: Week, site_id: str, half: HalfDay) -> int:
    """Urgency hours wanted in a half-day of a site."""
    return sum(
        need.urgency_hours
        for need in week.reception
        if need.site_id == site_id and need.day == WEEKDAYS[half.day % 7]
    )


def people_needed(need: ReceptionNeed, half: HalfDay) -> int:
    """People that one line of the need asks for in a half-day."""
    return need.morning if half.name is HalfDayName.MORNING else need.afternoon


def open_half_days(reading: "Reading") -> Iterator[tuple[ReceptionNeed, HalfDay]]:
    """Each line of the need with each half-day of the horizon in which its site is open."""
    for need in reading.week.reception:
        for day, halves in reading.presence.site_half_days.get(need.site_id, {}).items():
            if WEEKDAYS[day % 7] == need.day:
                yield from ((need, half) for half in halves)


def people_on_duty(reading: "Reading", site_id: str, half: HalfDay) -> int:
    """People whose reception duty covers a half-day of a site."""
    return len(
        {
            person
            for kept in reading.kept_for(ReservationKind.RECEPTION, site_id)
            if kept.stretch == half.stretch
            for person in kept.person_ids
        }
    )


def urgency_hours(reading: "Reading", site_id: str, half: HalfDay) -> int:
    """Urgency hours kept within a half-day of a site."""
    return sum(
        half.stretch.holds(*kept.stretch) for kept in reading.kept_for(ReservationKind.URGENCY, site_id)
    )
