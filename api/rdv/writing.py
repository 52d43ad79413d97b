"""What a plan keeps, written to RDV-Solidarités as absences, so that nobody books there.

They say nothing but « Indisponible »: no household, no mission, not even which kind of time it is. Written
again, they are the same absences: what has their title and begins in the horizon is kept, moved or removed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import zip_longest

from api.rdv.client import Api
from api.rdv.entities import OUR_TITLE, Absence
from api.rdv.occurrences import WEEK_MINUTES, minutes_of_absence
from optimizer.errors import Problem, UnusableInput
from optimizer.intervals import Interval, minus, overlap, union
from optimizer.plan import Assignment, Plan, Reservation, ReservationKind
from optimizer.week import Week

KEPT = frozenset({ReservationKind.WRITING, ReservationKind.COLLECTIVE, ReservationKind.PREPARATION})
LAST_MINUTE = time(23, 59)


class Deed(StrEnum):
    """What is done to an absence."""

    CREATE = "create"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True)
class Change:
    """One absence to create, to change or to remove; `start` and `end` are what it is to be, or was."""

    deed: Deed
    professional_id: str
    agent_id: int
    absence_id: int | None
    start: datetime
    end: datetime

    @property
    def content(self) -> dict[str, object]:
        """Its fields, as the API takes them; a day that ends at midnight ends a minute before."""
        end, is_midnight = self.end, self.end.time() == time()
        return {
            "title": OUR_TITLE,
            "first_day": f"{self.start:%Y-%m-%d}",
            "start_time": f"{self.start:%H:%M}",
            "end_day": f"{_day_before(end) if is_midnight else end.date():%Y-%m-%d}",
            "end_time": f"{LAST_MINUTE if is_midnight else end.time():%H:%M}",
        }


def kept_by(week: Week, plan: Plan | None) -> dict[str, tuple[Interval, ...]]:
    """By person, when nobody should be booked: absences over the horizon; in the first week, which is the one
    that is published, time for writing and collective work, actions and meetings of the plan."""
    minute, found = week.calendar.minute, defaultdict[str, list[Interval]](list)
    for span in week.absences:
        found[span.professional_id].append((minute(span.start), minute(span.end)))
    for row in _rows(week, plan) if plan else ():
        if minute(row.start) < WEEK_MINUTES:
            for who in row.professional_ids:
                found[who].append((minute(row.start), minute(row.end)))
    horizon = ((0, WEEK_MINUTES * week.horizon.weeks),)
    return {who: overlap(union(minutes), horizon) for who, minutes in found.items()}


def _rows(week: Week, plan: Plan) -> Iterator[Assignment | Reservation]:
    """What of a plan is no appointment and leaves no room for one."""
    yield from (row for row in plan.reservations if row.kind in KEPT)
    yield from (
        row for row in plan.assignments if row.mission_id in week.action or row.mission_id in week.meeting
    )


def changes(
    week: Week, plan: Plan | None, people: Mapping[int, str], absences: Sequence[Absence]
) -> list[Change]:
    """What is to be done so that agents have, beside the absences of others, what a week and a plan keep."""
    kept = kept_by(week, plan)
    return [
        change
        for agent, who in sorted(people.items())
        for change in _of_agent(
            week, agent, who, kept.get(who, ()), [one for one in absences if one.agent.id == agent]
        )
    ]


def _of_agent(
    week: Week, agent: int, who: str, kept: tuple[Interval, ...], absences: Iterable[Absence]
) -> Iterator[Change]:
    ours: list[tuple[Interval, Absence]] = []
    others: list[Interval] = []
    for one in absences:
        found = minutes_of_absence(one, week.calendar)
        if one.is_ours and one.rrule is None and found and found[0][0] >= 0:
            ours.append((found[0], one))
        else:
            others += found
    wanted = list(minus(kept, union(others)))
    spare = []
    for minutes, one in sorted(ours, key=lambda pair: (pair[0], pair[1].id)):
        if minutes in wanted:
            wanted.remove(minutes)
        else:
            spare.append((minutes, one.id))
    for known, asked in zip_longest(spare, wanted):
        deed = Deed.REMOVE if asked is None else Deed.CREATE if known is None else Deed.CHANGE
        start, end = asked or known[0]
        instant = week.calendar.instant
        yield Change(deed, who, agent, known and known[1], instant(start), instant(end))


def write(api: Api, asked: Sequence[Change]) -> None:
    """Do them, one after another.

    Raises
    ------
    UnusableInput
        A call fails: what is done stays, and the same command does the rest.
    """
    for done, change in enumerate(asked):
        try:
            _write_one(api, change)
        except UnusableInput as error:
            found = f"{done} absences écrites sur {len(asked)}"
            again = Problem("rdv write", found, "la même commande à nouveau, qui fait le reste")
            raise UnusableInput([*error.problems, again]) from None


def _write_one(api: Api, change: Change) -> None:
    match change.deed:
        case Deed.CREATE:
            api.create("/absences", {"agent_id": change.agent_id} | change.content)
        case Deed.CHANGE:
            api.change(f"/absences/{change.absence_id}", change.content)
        case Deed.REMOVE:
            api.remove(f"/absences/{change.absence_id}")


def _day_before(instant: datetime) -> date:
    return instant.date() - timedelta(days=1)
