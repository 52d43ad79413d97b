"""The queue holds no more in a week than the team could receive, day after day.

The weekly capacity is read on the last week of the horizon. Source: H4.1 (proposition 4); docs/semantics.md,
section 5.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import Activity
from optimizer.reading.dates import within_reach
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.words import ServiceKind


def check(reading: Reading) -> Iterator[Violation]:
    """Each later week, up to each of its days, with more minutes than the team has."""
    calendar, weeks = reading.week.calendar, _queued_minutes(reading)
    longest = max((minutes for days in weeks.values() for _, minutes in days), default=0)
    capacity = weekly_capacity(reading) if weeks else 0
    for week, queued in sorted(weeks.items()):
        days = calendar.days_of_week(week)
        if len(queued) < 2:
            continue  # one request alone is always received
        for count, day in enumerate(days, 1):
            minutes = sum(length for on, length in queued if on <= day)
            slack = longest if count < len(days) else 0
            beyond = minutes * len(days) - capacity * count - slack * len(days)
            if beyond > 0:
                sentence = (
                    f"la file compte {minutes} minutes du {days[0]:%d/%m/%Y} au {day:%d/%m}, "
                    f"pour {capacity * count // len(days)} possibles"
                )
                yield Violation("H4.1d", sentence, -(-beyond // len(days)), "minutes")


def _queued_minutes(reading: Reading) -> dict[int, list[tuple[date, int]]]:
    weeks: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    for item, day in reading.queue_date.items():
        mission = reading.week.mission.get(item)
        if mission and within_reach(reading.week.calendar, day) == day >= reading.week.calendar.end:
            weeks[reading.week.calendar.week_of(day)].append((day, mission.duration_minutes))
    return weeks


def weekly_capacity(reading: Reading) -> int:
    """Minutes that the team has for requests in the last week of the horizon."""
    last = reading.week.horizon.weeks - 1
    people = (
        person.id
        for person in reading.week.professionals
        if reading.serves(person, ServiceKind.SECTEUR)
        and reading.may_do(person, "ACCUEIL")
        and reading.stays(person)
    )
    return max(0, sum(_minutes_left(reading, person, last) for person in people))


def _minutes_left(reading: Reading, person: str, week: int) -> int:
    days = reading.presence.available[person].items()
    available = sum(stretch.minutes for day, hours in days if day // 7 == week for stretch in hours)
    done = (
        one for day, ones in reading.activities_by_day[person].items() if day // 7 == week for one in ones
    )
    return available - sum(map(_minutes_taken, done))


def _minutes_taken(activity: Activity) -> int:
    if activity.kept:
        is_reception = activity.kept.kind is ReservationKind.RECEPTION
        return activity.stretch.minutes // 2 if is_reception else activity.stretch.minutes
    is_request = activity.row and activity.row.kind and activity.row.kind.request
    return 0 if is_request else activity.stretch.minutes


RULE = Rule("H4.1d", "Capacité de la file", "proposition 4", RuleLevel.NEVER, check)
