"""Opening windows as hours of work, for whoever the week says nothing of."""

from collections import defaultdict
from collections.abc import Iterable

from api.rdv.entities import PlageOuverture
from api.rdv.heard import Heard
from api.rdv.occurrences import DAY_MINUTES, WEEK_MINUTES, inward, occurrences
from optimizer.intervals import Interval, minus, union
from optimizer.week import WEEKDAYS, Professional, Week, Window

Minutes = dict[str, tuple[Interval, ...]]
WEEKEND = "Plages d'ouverture un samedi ou un dimanche, laissées de côté"


def with_hours(
    week: Week, plages: Iterable[PlageOuverture], people: dict[int, str], heard: Heard
) -> tuple[tuple[Professional, ...], Minutes]:
    """People, with the hours of their opening windows where the week says none; and when, of these hours,
    they are not there: hours are those of every week, and a window may be that of one week alone."""
    opened = _opened(week, plages, people, heard)
    hours = {who: _of_one_week(minutes) for who, minutes in opened.items()}
    away = {who: minus(_of_every_week(hours[who], week.horizon.weeks), opened[who]) for who in hours}
    given = tuple(
        one.model_copy(update={"windows": _windows(week, hours[one.id])}) if one.id in hours else one
        for one in week.professionals
    )
    return given, {who: minutes for who, minutes in away.items() if minutes}


def _opened(week: Week, plages: Iterable[PlageOuverture], people: dict[int, str], heard: Heard) -> Minutes:
    """When those without hours may be booked, over the horizon."""
    found: dict[str, list[Interval]] = defaultdict(list)
    for plage in plages:
        who = people.get(plage.agent.id)
        if who is None or week.professional[who].windows:
            continue
        for stretch in occurrences(plage, week.calendar):
            start, end = inward(stretch, week.calendar)
            if stretch[0].weekday() >= len(WEEKDAYS):
                heard.tell(WEEKEND, str(plage.id))
            elif start < end:
                found[who].append((start, end))
    return {who: union(minutes) for who, minutes in found.items()}


def _of_one_week(minutes: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same hours in one week, whichever week they are of."""
    return union((start % WEEK_MINUTES, start % WEEK_MINUTES + end - start) for start, end in minutes)


def _of_every_week(hours: tuple[Interval, ...], weeks: int) -> tuple[Interval, ...]:
    """Hours of one week in each week."""
    return tuple(
        (WEEK_MINUTES * n + start, WEEK_MINUTES * n + end) for n in range(weeks) for start, end in hours
    )


def _windows(week: Week, hours: Iterable[Interval]) -> tuple[Window, ...]:
    instant = week.calendar.instant
    return tuple(
        Window(day=WEEKDAYS[start // DAY_MINUTES], start=instant(start).time(), end=instant(end).time())
        for start, end in hours
    )
