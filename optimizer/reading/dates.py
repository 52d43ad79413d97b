"""Working days between two dates, at a cost that does not grow with a date set to year 9999."""

from datetime import date, timedelta

from optimizer.clock import Calendar, public_holidays

REACH = timedelta(days=36_500)


def within_reach(calendar: Calendar, day: date) -> date:
    """The day, brought back to a century before or after the horizon when it lies beyond."""
    return min(max(day, calendar.first_day - REACH), calendar.end + REACH)


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Number of working days after `start` up to and including `end`; 0 when `end` is not later."""
    start, end = within_reach(calendar, start), within_reach(calendar, end)
    if end <= start:
        return 0
    holidays = sum(
        day.weekday() < 5 and start < day <= end
        for year in range(start.year, end.year + 1)
        for day in public_holidays(year, calendar.pentecost_worked)
    )
    return _weekdays_until(end) - _weekdays_until(start) - holidays


def _weekdays_until(day: date) -> int:
    weeks, rest = divmod(day.toordinal(), 7)  # 1 January of year 1, ordinal 1, is a Monday
    return 5 * weeks + min(rest, 5)
