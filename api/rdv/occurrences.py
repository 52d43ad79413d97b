"""When hours that repeat take place, on the clock of Paris: 9:00 stays 9:00 when the clocks change."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from api.rdv.entities import Absence, Rdv, Repeating
from optimizer.clock import GRID_MINUTES, Calendar, floor_to_grid, to_wall_clock
from optimizer.files.recurrence import rule_of
from optimizer.intervals import Interval

Stretch = tuple[datetime, datetime]
DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES


def occurrences(item: Repeating, calendar: Calendar) -> Iterator[Stretch]:
    """The times of something that touch a horizon, as they are: neither cut nor on the grid."""
    first, end = (datetime.combine(day, time()) for day in (calendar.first_day, calendar.end))
    length = datetime.combine(item.last_day, item.end_time) - datetime.combine(
        item.first_day, item.start_time
    )
    for start in _starts(item, first - length - DAY, end):
        if start < end and start + length > max(first, start):
            yield start, start + length


def _starts(item: Repeating, since: datetime, end: datetime) -> Iterator[datetime]:
    if item.rrule is None:
        yield datetime.combine(item.first_day, item.start_time)
        return
    last = min(end, item.until or end)
    for day in rule_of(item.rrule).days(item.first_day, since.date(), last.date()):
        if (start := datetime.combine(day, item.start_time)) <= last:
            yield start


def minutes_of_rdv(rdv: Rdv, calendar: Calendar) -> Interval:
    """The minutes that an appointment takes."""
    return outward((to_wall_clock(rdv.starts_at), to_wall_clock(rdv.ends_at)), calendar)


def minutes_of_absence(absence: Absence, calendar: Calendar) -> list[Interval]:
    """The minutes of a horizon that an absence takes, whole occurrences."""
    return [outward(stretch, calendar) for stretch in occurrences(absence, calendar)]


def outward(stretch: Stretch, calendar: Calendar) -> Interval:
    """The minutes of a stretch, on the grid, all of it held."""
    start, end = _minutes(stretch[0], calendar), _minutes(stretch[1], calendar, is_up=True)
    return floor_to_grid(start), max(-floor_to_grid(-end), floor_to_grid(start) + GRID_MINUTES)


def inward(stretch: Stretch, calendar: Calendar) -> Interval:
    """The minutes of a stretch, on the grid, nothing more held."""
    start, end = _minutes(stretch[0], calendar, is_up=True), _minutes(stretch[1], calendar)
    return -floor_to_grid(-start), floor_to_grid(end)


def _minutes(instant: datetime, calendar: Calendar, is_up: bool = False) -> int:
    """Whole minutes since the horizon's Monday, a begun one counted or not."""
    is_begun = bool(instant.second or instant.microsecond)
    return calendar.minute(instant) + (is_up and is_begun)
