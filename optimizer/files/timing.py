"""When an action or a meeting is held: a date and an hour, a week of the horizon, or a span of days."""

from datetime import date, datetime, time, timedelta

from optimizer.files.draft import Draft, Raw
from optimizer.files.sheets import quoted
from optimizer.files.table_rows import ReadRow

FirstMonday = tuple[date, int] | None
_CELLS = ("week", "day", "clock", "release", "due")
_FIELDS = ("release", "due", "fixed_start")


def timed(draft: Draft, row: ReadRow) -> Raw:
    """The values of a row with `release`, `due` and `fixed_start` in place of its French cells."""
    others = {name: value for name, value in row.values.items() if name not in _CELLS}
    if draft.horizon is None or row.failed & set(_CELLS):
        row.failed |= set(_FIELDS)
        return others
    release, due = _span(draft, row, *draft.horizon)
    start = _fixed_start(draft, row)
    values = {"release": release, "due": due, "fixed_start": start}
    return others | {name: value for name, value in values.items() if value is not None}


def _span(draft: Draft, row: ReadRow, monday: date, weeks: int) -> tuple[date, date]:
    release, due = monday, monday + timedelta(days=7 * weeks - 3)
    week, day = row.values.get("week"), row.values.get("day")
    if isinstance(week, int):
        if not 1 <= week <= 53:
            draft.refuse(row, "week", quoted(week), "une semaine de l'horizon : 1, 2, …", _FIELDS)
            return release, due
        release = monday + timedelta(weeks=week - 1)
        due = release + timedelta(days=4)
    if isinstance(day, date):
        if week is not None and not release <= day <= due + timedelta(days=2):
            found = f"le {day:%d/%m/%Y}, hors de la semaine {week}"
            draft.refuse(row, "week", found, "la semaine de la date, ou une cellule vide", _FIELDS)
        release = due = day
    return _day(row, "release", release), _day(row, "due", due)


def _day(row: ReadRow, name: str, otherwise: date) -> date:
    value = row.values.get(name)
    return value if isinstance(value, date) else otherwise


def _fixed_start(draft: Draft, row: ReadRow) -> datetime | None:
    day, clock = row.values.get("day"), row.values.get("clock")
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock)
    if clock is not None:
        draft.refuse(row, "clock", "une heure sans date", "une date, ou une cellule vide", _FIELDS)
    return None
