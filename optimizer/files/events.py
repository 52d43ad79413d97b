"""One event of a calendar and its occurrences, on the wall clock of Paris."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from icalendar import Event as Component

from optimizer.clock import PARIS, to_wall_clock
from optimizer.errors import WrongValue
from optimizer.files.recurrence import Rule, last_moment, rule_of
from optimizer.files.sheets import quoted
from optimizer.values import YEARS

FIRST_YEAR = 1900
LONGEST = timedelta(days=366)
_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
Span = tuple[datetime, datetime]
Moment = date | datetime


@dataclass(frozen=True)
class Event:
    """A busy event: its first start in its own time zone (`None`: the clock of Paris)."""

    uid: str
    start: datetime
    zone: tzinfo | None
    length: timedelta
    rule: Rule | None
    added: tuple[datetime, ...]
    excluded: frozenset[Moment]
    replaces: datetime | None

    def occurrences(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """The starts from `since` to `until` (and some earlier), on the clock of Paris, less the excluded."""
        for start in [*self._recurring(since, until), *self.added]:
            wall = self._in_paris(start)
            if wall not in self.excluded and wall.date() not in self.excluded:
                yield wall

    def _in_paris(self, local: datetime) -> datetime:
        return to_wall_clock(local.replace(tzinfo=self.zone)) if self.zone else local

    def _recurring(self, since: datetime, until: datetime) -> Iterator[datetime]:
        if self.rule is None:
            yield self.start
            return
        last = self._last(self.rule) or until
        for day in self.rule.days(
            self.start.date(), since.date(), min(last, until).date() + timedelta(days=1)
        ):
            if (start := datetime.combine(day, self.start.time())) <= last:
                yield start

    def _last(self, rule: Rule) -> datetime | None:
        last = last_moment(rule.until)
        if last is None or not rule.until.endswith("Z") or last.year not in YEARS:
            return last
        return last.replace(tzinfo=UTC).astimezone(self.zone or PARIS).replace(tzinfo=None)


def event_of(component: Component) -> Event | None:
    """The event of a component; `None` when it does not make its owner busy."""
    for name, _ in component.errors:
        if name in _TIMES:
            raise WrongValue(f"{name} illisible", "une date ou une règle au format iCalendar")
    if _is_free(component):
        return None
    first = _moment(component, "DTSTART")
    if first is None:
        raise WrongValue("événement sans DTSTART", "une date de début")
    start = _local(first)
    replaced = _moment(component, "RECURRENCE-ID")
    return Event(
        uid=str(component.get("UID", "")),
        start=start,
        zone=_zone(first),
        length=_length(component, first),
        rule=_rule(component),
        added=tuple(_local(moment) for moment in _moments(component, "RDATE")),
        excluded=frozenset(_wall(moment) for moment in _moments(component, "EXDATE")),
        replaces=None if replaced is None else _as_datetime(_wall(replaced)),
    )


def _is_free(component: Component) -> bool:
    values = [
        str(component.get(name, "")).upper() for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
    ]
    return values[0] == "CANCELLED" or values[1] == "TRANSPARENT" or values[2] == "FREE"


def _moment(component: Component, name: str) -> Moment | None:
    value = component.get(name)
    if value is None:
        return None
    moment = getattr(value, "dt", None)
    if not isinstance(moment, date):
        raise WrongValue(f"{name} illisible", "une seule date au format iCalendar")
    _check_year(moment)
    if isinstance(moment, datetime) and moment.tzinfo is None and "TZID" in value.params:
        raise WrongValue(f"fuseau inconnu {quoted(value.params['TZID'])}", "un fuseau comme Europe/Paris")
    return moment


def _moments(component: Component, name: str) -> Iterator[Moment]:
    values = component.get(name, [])
    for group in values if isinstance(values, list) else [values]:
        for value in getattr(group, "dts", []):
            moment = value.dt[0] if isinstance(value.dt, tuple) else value.dt
            if not isinstance(moment, date):
                raise WrongValue(f"{name} illisible", "des dates au format iCalendar")
            _check_year(moment)
            yield moment


def _check_year(moment: Moment) -> None:
    if not FIRST_YEAR <= moment.year < YEARS.stop:
        raise WrongValue(f"année {moment.year}", f"une année de {FIRST_YEAR} à {YEARS.stop - 1}")


def _as_datetime(moment: Moment) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _local(moment: Moment) -> datetime:
    return _as_datetime(moment).replace(tzinfo=None)


def _zone(moment: Moment) -> tzinfo | None:
    return moment.tzinfo if isinstance(moment, datetime) else None


def _wall(moment: Moment) -> Moment:
    """On the clock of Paris; a whole day stays a day."""
    return to_wall_clock(moment) if isinstance(moment, datetime) else moment


def _length(component: Component, first: Moment) -> timedelta:
    last = _moment(component, "DTEND")
    if last is not None:
        end, start = _as_datetime(_wall(last)), _as_datetime(_wall(first))
        if end < start:
            raise WrongValue(f"une fin le {end:%d/%m/%Y %H:%M}", "une fin après le début")
        return end - start
    length = getattr(component.get("DURATION"), "dt", None)
    if isinstance(length, timedelta):
        if not timedelta() <= length <= LONGEST:
            raise WrongValue(f"une durée de {length.days} jours", "une durée de moins d'un an")
        return length
    return timedelta() if isinstance(first, datetime) else timedelta(days=1)


def _rule(component: Component) -> Rule | None:
    value = component.get("RRULE")
    if isinstance(value, list):
        raise WrongValue("plusieurs règles de récurrence", "une seule règle RRULE")
    return None if value is None else rule_of(value.to_ical().decode("utf-8", "replace"))
