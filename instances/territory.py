"""What the parts of a territory are built from, and what they add to."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from instances.draws import Draws
from instances.figures import DEMAND, Demand, Load
from optimizer.clock import Calendar
from optimizer.week import (
    Case,
    CollectiveAction,
    Meeting,
    Mission,
    Professional,
    ReceptionNeed,
    Service,
    Site,
    Span,
    Travel,
)
from optimizer.words import Profession

SECTOR, CONTRACT, EVALUATION, PMI = "SECTEUR", "CONTRAT", "EVALUATION", "PMI"
SOCIAL_WORKERS = (Profession.AS, Profession.CESF, Profession.ES)


@dataclass
class Territory:
    """A territory under construction; `prefix` starts every id, so that territories can be put together."""

    draws: Draws
    calendar: Calendar
    load: Load
    prefix: str = ""
    services: list[Service] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    travel: list[Travel] = field(default_factory=list)
    professionals: list[Professional] = field(default_factory=list)
    absences: list[Span] = field(default_factory=list)
    busy: list[Span] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    missions: list[Mission] = field(default_factory=list)
    reception: list[ReceptionNeed] = field(default_factory=list)
    actions: list[CollectiveAction] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def demand(self) -> Demand:
        """What is asked at this load."""
        return DEMAND[self.load]

    def named(self, name: str) -> str:
        """An id of this territory."""
        return self.prefix + name

    def zone(self, number: int) -> str:
        """The id of a zone, counted from 1."""
        return self.named(f"Z{number}")

    def next_mission(self) -> str:
        """The id of the mission that comes next."""
        return self.named(f"M{len(self.missions) + 1:04d}")

    def of_service(self, service: str) -> list[Professional]:
        """The people of a service."""
        return [person for person in self.professionals if self.named(service) in person.service_ids]

    @property
    def social_workers(self) -> list[Professional]:
        """The social workers of the sector team."""
        return [person for person in self.of_service(SECTOR) if person.profession in SOCIAL_WORKERS]

    def posts(self, people: list[Professional]) -> float:
        """Full-time posts of some people."""
        return sum(person.quotite for person in people) / 100

    def working_day(self, day: date, shift: int) -> date:
        """The day a number of working days after (or before) another."""
        calendar = self.calendar
        step = 1 if shift >= 0 else -1
        while shift:
            day = date.fromordinal(day.toordinal() + step)
            shift -= step * calendar.is_working(day)
        return day

    def at(self, week: int, weekday: int, hour: int, minute: int = 0) -> datetime:
        """An instant of a week of the horizon, on that weekday or the next working day of the week."""
        days = [day for day in self.calendar.days_of_week(week) if day.weekday() >= weekday]
        day = days[0] if days else self.calendar.days_of_week(week)[-1]
        return datetime.combine(day, time(hour, minute))
