"""A team's week as a manager pins it up: people by half-days, with who is present and what they do."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from optimizer.clock import minute_of_day
from optimizer.files.audience import Team
from optimizer.files.labels import DAYS, hour, hour_of_minute
from optimizer.files.views import Entry, EntryKind, View
from optimizer.paid import Presence, Stretch
from optimizer.plan import Place, ReservationKind
from optimizer.week import Professional

Hours = tuple[tuple[int, int], ...]
HALVES = ("matin", "après-midi")


@dataclass(frozen=True)
class Line:
    """One activity in a cell, with both times or, `brief`, the first alone, and the family that tints it."""

    text: str
    brief: str
    family: str


@dataclass(frozen=True)
class Cell:
    """A half-day of one person: whether they are there, when, and what they do."""

    state: str
    lines: tuple[Line, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything written in the cell, a line each."""
        return (*((self.state,) if self.state else ()), *(line.text for line in self.lines))

    @property
    def brief_texts(self) -> tuple[str, ...]:
        """The same in fewer letters, for the sheet of a large team."""
        return (*((self.state,) if self.state else ()), *(line.brief for line in self.lines))


@dataclass(frozen=True)
class GridRow:
    """One person's week."""

    professional: Professional
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """One team and one week; `days` are the five weekdays, public holidays among them."""

    team: Team
    index: int
    days: tuple[date, ...]
    rows: tuple[GridRow, ...]
    usual: tuple[str, str]

    @property
    def half_days(self) -> tuple[str, ...]:
        """Column titles."""
        return tuple(f"{DAYS[day.weekday()]} {day:%d/%m} {half}" for day in self.days for half in HALVES)


def grids(view: View) -> Iterator[Grid]:
    """The sheets of an output: each week, each team that has somebody."""
    presence = Presence(view.week)
    for index in range(view.week.horizon.weeks):
        for team in view.audience.teams:
            if team.member_ids:
                yield _grid(view, presence, team, index)


def _grid(view: View, presence: Presence, team: Team, index: int) -> Grid:
    monday = view.week.horizon.first_day + timedelta(weeks=index)
    days = tuple(monday + timedelta(days=n) for n in range(5))
    people = [view.week.professional[member] for member in team.member_ids]
    usual = tuple(_usual_hours(presence, people, days, half) for half in (0, 1))
    rows = []
    for person in people:
        halves = [HalfDay(presence, person, day, half) for day in days for half in (0, 1)]
        rows.append(GridRow(person, tuple(_cell(view, half, usual[half.half]) for half in halves)))
    return Grid(team, index, days, tuple(rows), (_hours_text(usual[0]), _hours_text(usual[1])))


def _usual_hours(presence: Presence, people: list[Professional], days: tuple[date, ...], half: int) -> Hours:
    """The commonest morning or afternoon of the team: said once, and not in each cell."""
    halves = (HalfDay(presence, person, day, half) for person in people for day in days)
    found = Counter(hours for half_day in halves if (hours := half_day.hours))
    return found.most_common(1)[0][0] if found else ()


@dataclass(frozen=True)
class HalfDay:
    """A morning (0) or an afternoon (1) of one person, cut at the midday of the organisation."""

    presence: Presence
    person: Professional
    day: date
    half: int

    @property
    def hours(self) -> Hours:
        """Minutes of the day at work."""
        return self._cut(self.presence.at_work(self.person, self.day))

    @property
    def planned(self) -> Hours:
        """Minutes of the day that would be worked without absences."""
        return self._cut(self.presence.windows(self.person, self.day))

    def holds(self, start: datetime) -> bool:
        """Whether something that starts then belongs to this half-day."""
        is_morning = start.time() < self.presence.week.organisation.midday
        return start.date() == self.day and is_morning == (self.half == 0)

    def _cut(self, stretches: list[Stretch]) -> Hours:
        midday = minute_of_day(self.presence.week.organisation.midday)
        pairs = [(minute_of_day(start), minute_of_day(end)) for start, end in stretches]
        if self.half == 0:
            cut = [(start, min(end, midday)) for start, end in pairs]
        else:
            cut = [(max(start, midday), end) for start, end in pairs]
        return tuple((start, end) for start, end in cut if start < end)


def _cell(view: View, half: HalfDay, usual: Hours) -> Cell:
    mine = [entry for entry in view.of(half.person.id) if entry.code != ReservationKind.TRAVEL]
    entries = [entry for entry in mine if half.holds(entry.start)]
    lines = [(entry.start, _line(view, half.person, entry)) for entry in entries]
    lines += [
        (span.start, _timed(span.start, span.end, ["agenda"], "elsewhere"))
        for span in half.presence.busy[half.person.id]
        if half.holds(span.start)
    ]
    return Cell(_state(half, usual, entries), tuple(line for _, line in sorted(lines, key=_at)))


def _at(pair: tuple[datetime, Line]) -> tuple[datetime, str]:
    return pair[0], pair[1].text


def _state(half: HalfDay, usual: Hours, entries: list[Entry]) -> str:
    """Said of a half-day when it is not an ordinary presence."""
    person, hours = half.person, half.hours
    if not half.presence.week.calendar.is_working(half.day):
        return "férié"
    if person.departure is not None and half.day > person.departure:
        return "parti"
    if not hours:
        return "absent" if half.planned else "—"
    places = {entry.place for entry in entries}
    if places and places == {Place.TELEWORK}:
        return "télétravail"
    if hours != usual:
        return "présent " + _hours_text(hours)
    return "" if entries else "présent"


def _hours_text(hours: Hours) -> str:
    return ", ".join(f"{hour_of_minute(start)}-{hour_of_minute(end)}" for start, end in hours)


def _line(view: View, person: Professional, entry: Entry) -> Line:
    words = [entry.short, *_where(person, entry)]
    if entry.kind is EntryKind.APPOINTMENT:
        words.append((view.audience.is_whole and entry.item_id) or entry.reference)
    return _timed(entry.start, entry.end, words, _family(entry))


def _timed(start: datetime, end: datetime, words: list[str], family: str) -> Line:
    return Line(" ".join([f"{hour(start)}-{hour(end)}", *words]), " ".join([hour(start), *words]), family)


def _where(person: Professional, entry: Entry) -> Iterator[str]:
    """The room, the zone of a visit, or a site that is not the person's own."""
    if entry.room_id:
        yield f"({entry.room_id})"
    elif entry.place and entry.place.startswith("home:"):
        yield f"({entry.place.removeprefix('home:')})"
    elif entry.site_id and entry.site_id != person.site_id:
        yield f"({entry.site_id})"


def _family(entry: Entry) -> str:
    if entry.kind is EntryKind.RESERVATION:
        duties = (ReservationKind.RECEPTION.value, ReservationKind.URGENCY.value)
        return "duty" if entry.code in duties else "reserved"
    return entry.kind.value
