"""When people are there and sites are open: time and half-days (docs/semantics.md, section 1)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from optimizer.clock import DAY_MINUTES, minute_of_day
from optimizer.reading.limits import SHORTEST_LUNCH
from optimizer.reading.stretches import Stretch, merged, without
from optimizer.week import WEEKDAYS, Professional, Site, Span, Week, Window
from optimizer.words import HalfDayName

LONGEST_HALF_DAY = 360
LUNCH_HOURS = Stretch(11 * 60 + 30, 14 * 60 + 30)
SITE_LUNCH = 60


@dataclass(frozen=True)
class HalfDay:
    """One half of a day of a person or a site; days count from the first Monday."""

    day: int
    name: HalfDayName
    stretch: Stretch


HalfDays = Mapping[int, tuple[HalfDay, ...]]


class Presence:
    """Who may be planned when, from the week alone."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.midday = minute_of_day(week.organisation.midday)
        self._absences = self._by_person(week.absences)
        self._busy = self._by_person(week.busy)

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The working days of the horizon, counted from the first Monday."""
        return tuple((day - self.week.horizon.first_day).days for day in self.week.calendar.days)

    @cached_property
    def paid(self) -> dict[str, dict[int, tuple[Stretch, ...]]]:
        """By person and day: windows less absences, up to the departure day."""
        return {
            person.id: {
                day: without(hours, self._absences[person.id]) for day, hours in self._windows(person).items()
            }
            for person in self.week.professionals
        }

    @cached_property
    def available(self) -> dict[str, dict[int, tuple[Stretch, ...]]]:
        """By person and day: paid time less the busy events of the agenda."""
        return {
            person: {day: without(stretches, self._busy[person]) for day, stretches in days.items()}
            for person, days in self.paid.items()
        }

    @cached_property
    def half_days(self) -> dict[str, HalfDays]:
        """By person and day: the halves of the working hours, absences left aside."""
        return {
            person.id: {
                day: self._halves_of_a_person(day, hours) for day, hours in self._windows(person).items()
            }
            for person in self.week.professionals
        }

    @cached_property
    def site_half_days(self) -> dict[str, HalfDays]:
        """By site and day: the halves of the opening, each from its first to its last minute."""
        return {site.id: self._halves_of_a_site(site) for site in self.week.sites}

    @cached_property
    def opening(self) -> dict[str, dict[int, tuple[Stretch, ...]]]:
        """By site and day: the public's opening hours."""
        return {
            site.id: {day: merged(_hours_on(day, site.opening)) for day in self.days}
            for site in self.week.sites
        }

    def is_available(self, person: str, start: int, end: int) -> bool:
        """Whether [start, end) lies inside available time of a person."""
        stretches = self.available.get(person, {}).get(start // DAY_MINUTES, ())
        return start < end and any(stretch.holds(start, end) for stretch in stretches)

    def half_day_of(self, person: str, start: int, end: int) -> HalfDay | None:
        """The half-day of a person that holds [start, end)."""
        halves = self.half_days.get(person, {}).get(start // DAY_MINUTES, ())
        return next((half for half in halves if half.stretch.holds(start, end)), None)

    def fits(self, person: str, start: int, end: int) -> bool:
        """Whether an activity may stand there: inside available time and inside one half-day."""
        return self.is_available(person, start, end) and self.half_day_of(person, start, end) is not None

    def name_of_half(self, person: str, start: int, end: int) -> HalfDayName:
        """The half in which something stands, by the clock when it is in none of the person's."""
        if half := self.half_day_of(person, start, end):
            return half.name
        return HalfDayName.MORNING if start % DAY_MINUTES < self.midday else HalfDayName.AFTERNOON

    def is_open_in_the_half(self, site: str, person: str, stretch: Stretch) -> bool:
        """Whether something stands in the half-day of a site that has the name of the person's."""
        name = self.name_of_half(person, *stretch)
        halves = self.site_half_days.get(site, {}).get(stretch.start // DAY_MINUTES, ())
        return any(half.name is name and half.stretch.holds(*stretch) for half in halves)

    def busy_stretches(self, person: str) -> list[Stretch]:
        """The busy events of a person's agenda."""
        return self._busy[person]

    def absent_stretches(self, person: str) -> list[Stretch]:
        """The absences of a person."""
        return self._absences[person]

    def worked(self, person: str, minute: int) -> tuple[Stretch, ...]:
        """The working hours of the day of a minute, absences left aside."""
        return self._windows(self.week.professional[person]).get(minute // DAY_MINUTES, ())

    def paid_minutes(self, person: str, week: int | None = None) -> int:
        """Paid minutes of a person in a week of the horizon, or in the whole of it."""
        return sum(
            stretch.minutes
            for day, stretches in self.paid[person].items()
            if week is None or day // 7 == week
            for stretch in stretches
        )

    def _by_person(self, spans: Iterable[Span]) -> defaultdict[str, list[Stretch]]:
        minute = self.week.calendar.minute
        found: defaultdict[str, list[Stretch]] = defaultdict(list)
        for span in spans:
            found[span.professional_id].append(Stretch(minute(span.start), minute(span.end)))
        return found

    def _windows(self, person: Professional) -> dict[int, tuple[Stretch, ...]]:
        last = (person.departure or date.max) - self.week.horizon.first_day
        return {
            day: hours
            for day in self.days
            if day <= last.days and (hours := merged(_hours_on(day, person.windows)))
        }

    def _halves_of_a_person(self, day: int, hours: tuple[Stretch, ...]) -> tuple[HalfDay, ...]:
        midnight = day * DAY_MINUTES
        midday = midnight + self.midday
        if len(hours) == 1 and hours[0].minutes <= LONGEST_HALF_DAY:
            before = hours[0].start + hours[0].end < 2 * midday
            return (HalfDay(day, HalfDayName.MORNING if before else HalfDayName.AFTERNOON, hours[0]),)
        for earlier, later in pairwise(hours):
            touches = LUNCH_HOURS.meets(earlier.end - midnight, later.start - midnight)
            if touches and later.start - earlier.end >= SHORTEST_LUNCH:
                return self._cut(day, hours, earlier.end, later.start)
        return self._cut(day, hours, midday, midday + SHORTEST_LUNCH)

    def _halves_of_a_site(self, site: Site) -> HalfDays:
        halves: dict[int, tuple[HalfDay, ...]] = {}
        for day in self.days:
            midday = day * DAY_MINUTES + self.midday
            mornings: list[Stretch] = []
            afternoons: list[Stretch] = []
            for hours in _hours_on(day, site.opening):
                is_short = hours.start + hours.end < 2 * midday and hours.minutes <= LONGEST_HALF_DAY
                if hours.end <= midday + SITE_LUNCH or is_short:
                    mornings.append(hours)
                elif hours.start >= midday:
                    afternoons.append(hours)
                else:
                    mornings.append(Stretch(hours.start, midday))
                    afternoons.append(Stretch(midday + SITE_LUNCH, hours.end))
            halves[day] = _named(day, mornings, afternoons)
        return halves

    def _cut(self, day: int, hours: tuple[Stretch, ...], end: int, start: int) -> tuple[HalfDay, ...]:
        mornings = [Stretch(piece.start, min(piece.end, end)) for piece in hours if piece.start < end]
        afternoons = [Stretch(max(piece.start, start), piece.end) for piece in hours if piece.end > start]
        return _named(day, mornings, afternoons)


def _named(day: int, mornings: list[Stretch], afternoons: list[Stretch]) -> tuple[HalfDay, ...]:
    return tuple(
        HalfDay(day, name, Stretch(min(piece.start for piece in pieces), max(piece.end for piece in pieces)))
        for name, pieces in ((HalfDayName.MORNING, mornings), (HalfDayName.AFTERNOON, afternoons))
        if pieces
    )


def _hours_on(day: int, windows: tuple[Window, ...]) -> list[Stretch]:
    midnight = day * DAY_MINUTES
    return [
        Stretch(midnight + window.minutes[0], midnight + window.minutes[1])
        for window in windows
        if window.day == WEEKDAYS[day % 7]
    ]
