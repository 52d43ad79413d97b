"""All conversion of time.

Inside the product an instant is a naive `datetime` on the wall clock of Europe/Paris, on a 5-minute
grid; engines count minutes since Monday 00:00 of the first week. On the wire instants carry their offset
(RFC 3339). A working day is Monday to Friday less the French public holidays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import holidays

from optimizer.errors import WrongValue

PARIS = ZoneInfo("Europe/Paris")
GRID_MINUTES = 5
DAY_MINUTES = 24 * 60


def to_wall_clock(instant: datetime) -> datetime:
    """The naive wall-clock time in Paris of an instant, which may carry an offset."""
    if instant.tzinfo is None:
        return instant
    try:
        return instant.astimezone(PARIS).replace(tzinfo=None)
    except OverflowError:
        raise WrongValue(f"année {instant.year}, hors du calendrier", "un instant de l'horizon") from None


def to_wire(instant: datetime) -> str:
    """The instant in RFC 3339 with the offset of Paris on that day."""
    return instant.replace(tzinfo=PARIS).isoformat(timespec="seconds")


def minute_of_day(moment: time | datetime) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


@lru_cache(maxsize=256)
def public_holidays(year: int, pentecost_worked: bool) -> frozenset[date]:
    """French public holidays of a year; Pentecost Monday is left out when it is worked (journée de
    solidarité)."""
    days = set(holidays.country_holidays("FR", years=year))
    if pentecost_worked:
        days -= {day for day, name in _named_holidays(year) if "Pentec" in name}
    return frozenset(days)


def _named_holidays(year: int) -> list[tuple[date, str]]:
    return list(holidays.country_holidays("FR", years=year, language="fr").items())


def grid_steps(minutes: int) -> int:
    """Minutes in whole steps of the grid."""
    return minutes // GRID_MINUTES


@dataclass(frozen=True)
class Calendar:
    """The days of a horizon: which are worked, and how far apart they are in working days."""

    first_day: date
    weeks: int
    pentecost_worked: bool = False

    def is_working(self, day: date) -> bool:
        """Monday to Friday and no public holiday."""
        return day.weekday() < 5 and day not in public_holidays(day.year, self.pentecost_worked)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The working days of the horizon, in order."""
        span = (self.first_day + timedelta(days=n) for n in range(7 * self.weeks))
        return tuple(day for day in span if self.is_working(day))

    @property
    def end(self) -> date:
        """The first day after the horizon, a Monday."""
        return self.first_day + timedelta(weeks=self.weeks)

    @cached_property
    def first_day_after(self) -> date:
        """The first working day after the horizon: when what is not placed counts as done."""
        return next(self.working_days_from(self.end))

    def working_days_from(self, day: date) -> Iterator[date]:
        """The working days from a day on, that day included, without end."""
        while True:
            if self.is_working(day):
                yield day
            day += timedelta(days=1)

    def week_of(self, day: date) -> int:
        """Index of the day's week, 0 for the first week of the horizon."""
        return (day - self.first_day).days // 7

    def days_of_week(self, week: int) -> tuple[date, ...]:
        """The working days of a week, counted from 0; a week after the horizon is allowed."""
        monday = self.first_day + timedelta(weeks=week)
        return tuple(
            monday + timedelta(days=n) for n in range(7) if self.is_working(monday + timedelta(days=n))
        )

    def working_days_between(self, start: date, end: date) -> int:
        """Number of working days after `start` up to and including `end`; 0 when `end` is not later."""
        if end <= start:
            return 0
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def minute(self, instant: datetime) -> int:
        """Minutes since Monday 00:00 of the first week."""
        return (instant.date() - self.first_day).days * DAY_MINUTES + minute_of_day(instant)

    def instant(self, minute: int) -> datetime:
        """The wall-clock instant of a minute counted from Monday 00:00 of the first week."""
        return datetime.combine(self.first_day, time()) + timedelta(minutes=minute)


def floor_to_grid(minutes: int) -> int:
    """Minutes rounded down to the 5-minute grid."""
    return minutes - minutes % GRID_MINUTES
