"""Recurrence rules of calendars, by day, week, month or year; the search never goes beyond the horizon."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from optimizer.errors import WrongValue
from optimizer.files.sheets import quoted

MAX_OCCURRENCES = 1_000
ORDINARY = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


@dataclass(frozen=True)
class Rule:
    """One recurrence: the days of each period that count, at most `count`, up to `until` (its own text)."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_start: int = 0
    weekdays: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()

    def days(self, first: date, since: date, last: date) -> Iterator[date]:
        """The days of a recurrence that begins on `first`, up to `last`; those before `since` may lack."""
        found = 0
        for period in self._periods(first, since if self.count is None else first, last):
            days = [day for day in period if self._holds(day, first)]
            for day in sorted(self._picked(days)):
                if day < first:
                    continue
                found += 1
                if day > last or (self.count is not None and found > self.count):
                    return
                yield day

    def _periods(self, first: date, since: date, last: date) -> Iterator[list[date]]:
        start, length = self._origin(first), _LENGTHS[self.frequency]
        step = max(0, (since - start).days // (length * self.interval) - 1)
        while (period := self._period(start, step * self.interval)) and period[0] <= last:
            yield period
            step += 1

    def _origin(self, first: date) -> date:
        if self.frequency == "WEEKLY":
            return first - timedelta(days=(first.weekday() - self.week_start) % 7)
        return first if self.frequency == "DAILY" else first.replace(day=1)

    def _period(self, start: date, number: int) -> list[date]:
        if self.frequency == "DAILY":
            return [start + timedelta(days=number)]
        if self.frequency == "WEEKLY":
            return [start + timedelta(days=7 * number + n) for n in range(7)]
        if self.frequency == "MONTHLY":
            years, month = divmod(start.month - 1 + number, 12)
            return _days_of_month(start.year + years, month + 1)
        return [day for month in range(1, 13) for day in _days_of_month(start.year + number, month)]

    def _holds(self, day: date, first: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        if self.month_days and not {day.day, day.day - _month_length(day) - 1} & set(self.month_days):
            return False
        if self.weekdays:
            return any(day.weekday() == weekday and self._is_nth(day, nth) for nth, weekday in self.weekdays)
        if self.month_days or self.frequency == "DAILY":
            return True
        if self.frequency == "WEEKLY":
            return day.weekday() == first.weekday()
        is_month = self.frequency == "MONTHLY" or self.months or day.month == first.month
        return bool(is_month) and day.day == first.day

    def _is_nth(self, day: date, nth: int) -> bool:
        """Whether a day is the nth of its weekday, in its month or (yearly, without months) in its year."""
        if nth == 0:
            return True
        if self.frequency == "YEARLY" and not self.months:
            index, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
        else:
            index, length = day.day, _month_length(day)
        return nth in ((index - 1) // 7 + 1, -((length - index) // 7 + 1))

    def _picked(self, days: list[date]) -> set[date]:
        if not self.positions:
            return set(days)
        places = [place - 1 if place > 0 else len(days) + place for place in self.positions]
        return {days[place] for place in places if 0 <= place < len(days)}


_LENGTHS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _days_of_month(year: int, month: int) -> list[date]:
    return [date(year, month, day + 1) for day in range(calendar.monthrange(year, month)[1])]


def rule_of(text: str) -> Rule:
    """The rule of a text like `FREQ=WEEKLY;BYDAY=MO`; raises `WrongValue` for what is not ordinary."""
    parts = dict(part.split("=", 1) for part in text.upper().split(";") if "=" in part)
    frequency = parts.get("FREQ", "")
    if frequency not in ORDINARY:
        expected = "une récurrence par jour, semaine, mois ou année"
        raise WrongValue(f"récurrence {quoted(frequency)}", expected)
    if unknown := sorted(set(parts) - _PARTS):
        raise WrongValue(f"récurrence avec {', '.join(unknown)[:60]}", "une récurrence ordinaire")
    count = parts.get("COUNT")
    return Rule(
        frequency,
        interval=_number("INTERVAL", parts.get("INTERVAL", "1"), 1, 1_000),
        count=None if count is None else _number("COUNT", count, 1, MAX_OCCURRENCES),
        until=parts.get("UNTIL", ""),
        week_start=_weekday(parts.get("WKST", "MO")),
        weekdays=tuple(_nth_weekday(text, frequency) for text in _list(parts, "BYDAY")),
        months=tuple(_number("BYMONTH", text, 1, 12) for text in _list(parts, "BYMONTH")),
        month_days=tuple(_number("BYMONTHDAY", text, -31, 31) for text in _list(parts, "BYMONTHDAY")),
        positions=tuple(_number("BYSETPOS", text, -366, 366) for text in _list(parts, "BYSETPOS")),
    )


def _list(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if parts.get(name) else []


def _number(name: str, text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", text, re.ASCII) or not least <= int(text) <= most or int(text) == 0:
        raise WrongValue(f"récurrence {name}={text[:20]}", f"un nombre de {least} à {most}")
    return int(text)


def _weekday(text: str) -> int:
    if text not in DAYS:
        raise WrongValue(f"récurrence WKST={text[:20]}", f"un jour parmi {', '.join(DAYS)}")
    return DAYS.index(text)


def _nth_weekday(text: str, frequency: str) -> tuple[int, int]:
    match = _BY_DAY.fullmatch(text)
    if not match or (match[1] and frequency in ("DAILY", "WEEKLY")):
        raise WrongValue(f"récurrence BYDAY={text[:20]}", f"un jour parmi {', '.join(DAYS)}")
    return int(match[1] or 0), DAYS.index(match[2])


def last_moment(until: str) -> datetime | None:
    """The moment of an `UNTIL`, at the end of its day when it has no hour; `None` without limit."""
    if not until:
        return None
    form = "%Y%m%dT%H%M%S" if "T" in until else "%Y%m%d"
    try:
        moment = datetime.strptime(until.removesuffix("Z"), form)
    except ValueError:
        raise WrongValue(f"fin de récurrence {quoted(until)}", "une date UNTIL") from None
    return moment if "T" in until else moment.replace(hour=23, minute=59, second=59)
