"""The queue holds no more in a week than the team could receive, day after day.

The weekly capacity is read on the last week of the horizon. Source: H4.1 (proposition 4); docs/semantics.md,
section 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import each
from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import Activity
from optimizer.reading.dates import within_reach
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Mission, Professional
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.bundles import Bundle
    from optimizer.linear import Variable
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each later week, up to each of its days, with more minutes than the circle of teams has."""
    for circle, weeks in _queued_minutes(reading).items():
        yield from _beyond(reading, weeks, weekly_capacity(reading, circle))


def _beyond(reading: Reading, weeks: dict[int, list[tuple[date, int]]], capacity: int) -> Iterator[Violation]:
    calendar = reading.week.calendar
    longest = max((minutes for days in weeks.values() for _, minutes in days), default=0)
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


def _queued_minutes(reading: Reading) -> dict[frozenset[str], dict[int, list[tuple[date, int]]]]:
    """By circle of teams and week: the days and minutes of what is queued."""
    found: dict[frozenset[str], dict[int, list[tuple[date, int]]]] = {}
    for item, day in reading.queue_date.items():
        mission = reading.week.mission.get(item)
        if mission is None or _has_its_date(reading, mission):
            continue
        if within_reach(reading.week.calendar, day) == day >= reading.week.calendar.end:
            weeks = found.setdefault(_circle_of(reading, mission), {})
            days = weeks.setdefault(reading.week.calendar.week_of(day), [])
            days.append((day, mission.duration_minutes))
    return found


def _circle_of(reading: Reading, mission: Mission) -> frozenset[str]:
    team = reading.teams.of(mission)
    return reading.teams.circle(min(team)) if team else frozenset()


def _has_its_date(reading: Reading, mission: Mission) -> bool:
    """A date given before, after the horizon: the week neither chooses it nor counts it."""
    start = mission.fixed_start
    return start is not None and start.date() >= reading.week.calendar.end


def weekly_capacity(reading: Reading, circle: frozenset[str]) -> int:
    """Minutes that the people counted in a circle of teams have for requests in the last week of the
    horizon."""
    last = reading.week.horizon.weeks - 1
    people = (
        person.id
        for person in reading.week.professionals
        if reading.teams.first(person, ServiceKind.SECTEUR) in circle
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


def post(model: BucketModel) -> None:
    """What is queued up to each day of a later week fits its share of the capacity and one long request."""
    teams = model.board.teams
    requests: dict[str, list[Bundle]] = defaultdict(list)
    for bundle in model.bundles:
        if bundle.kind.request and model.board.date_given(bundle.first) is None:
            requests[teams.circle(bundle.team[0]) if bundle.team else ""].append(bundle)
    receiving = model.circles(model.doers("ACCUEIL"), ServiceKind.SECTEUR)
    for circle, asked in requests.items():
        _post_one(model, circle, asked, receiving.get(circle, []))


def _post_one(model: BucketModel, circle: str, requests: list[Bundle], people: list[Professional]) -> None:
    spare = _spare(model, circle, people)
    longest = max((grid_steps(bundle.first.duration_minutes) for bundle in requests), default=0)
    for days in model.queue_weeks:
        alone = _alone(model, circle, requests, days)
        for count, last in enumerate(days, 1):
            size, is_last = len(days), last == days[-1]
            queued = [
                (variable, size * grid_steps(bundle.first.duration_minutes))
                for bundle, day, variable in _queued(model, requests, days)
                if day <= last
            ]
            slack = [(alone, -size * longest)] if is_last else []
            room = 0 if is_last else size * longest
            model.at_most(room, "queue", (circle, last), queued, [(spare, -count)], slack)


def _alone(model: BucketModel, circle: str, requests: list[Bundle], days: tuple[date, ...]) -> Variable:
    """Whether a week has one request at most, which is always received."""
    alone = model.variable("alone", (circle, *days[:1]))
    most = sum(bundle.count for bundle in requests)
    queued = each(variable for *_, variable in _queued(model, requests, days))
    model.at_most(most + 1, "alone", (circle, *days[:1]), queued, [(alone, most)])
    return alone


def _queued(
    model: BucketModel, requests: list[Bundle], days: tuple[date, ...]
) -> Iterator[tuple[Bundle, date, Variable]]:
    for bundle in requests:
        for day, variable in model.queued[bundle.index].items():
            if day in days:
                yield bundle, day, variable


def _spare(model: BucketModel, circle: str, people: list[Professional]) -> Variable:
    """Grid steps of the horizon's last week that nothing but requests may take."""
    last = model.week.horizon.weeks - 1
    staying = [person for person in people if model.board.stays(person)]
    keys = [key for person in staying for key in model.keys_of_week(person.id, last)]
    used = [*model.time.work_of(keys, lambda load: not load.in_reception).items()]
    for key in keys:
        reserved = model.reserved[key]
        kept = (reserved.writing, reserved.collective, reserved.preparation)
        used += each(variable for variable in kept if variable is not None)
        used += each(reserved.urgency.values(), grid_steps(60))
        used += [(v, model.time.opening(site, key[1]) // 2) for site, v in reserved.reception.items()]
    capacity = model.size(*keys)
    spare = model.variable("spare", (circle, last), capacity)
    model.equal(capacity, "spare", (circle, last), used, [(spare, 1)])
    return spare


RULE = Rule("H4.1d", "Capacité de la file", "proposition 4", RuleLevel.NEVER, check, post)
