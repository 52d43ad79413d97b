"""When someone is at work: the windows of a day less absences, up to the departure day."""

from collections import defaultdict
from datetime import date, datetime

from optimizer.week import WEEKDAYS, Professional, Span, Week

Stretch = tuple[datetime, datetime]


class Presence:
    """The hours of everybody in a week, absences sorted by person once."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.absences: defaultdict[str, list[Span]] = defaultdict(list)
        self.busy: defaultdict[str, list[Span]] = defaultdict(list)
        for spans, found in ((week.absences, self.absences), (week.busy, self.busy)):
            for span in spans:
                found[span.professional_id].append(span)

    def windows(self, person: Professional, day: date) -> list[Stretch]:
        """The hours of a day, absences not taken off; none on a public holiday or after the departure."""
        gone = person.departure is not None and day > person.departure
        if gone or not self.week.calendar.is_working(day):
            return []
        hours = [window for window in person.windows if window.day == WEEKDAYS[day.weekday()]]
        return [(datetime.combine(day, window.start), datetime.combine(day, window.end)) for window in hours]

    def at_work(self, person: Professional, day: date) -> list[Stretch]:
        """The paid stretches of a day."""
        stretches = self.windows(person, day)
        for span in self.absences[person.id]:
            stretches = without(stretches, span)
        return stretches

    def paid_minutes(self, person: Professional, index: int) -> int:
        """Paid minutes of one week of the horizon, counted from 0."""
        return sum(minutes_of(self.at_work(person, day)) for day in self.week.calendar.days_of_week(index))


def without(stretches: list[Stretch], span: Span) -> list[Stretch]:
    """What is left of some stretches once a span is taken out."""
    before = [(start, min(end, span.start)) for start, end in stretches]
    after = [(max(start, span.end), end) for start, end in stretches]
    return sorted({(start, end) for start, end in before + after if start < end})


def minutes_of(stretches: list[Stretch]) -> int:
    """Total minutes."""
    return sum(int((end - start).total_seconds()) // 60 for start, end in stretches)
