"""When each item of a plan is done, and how late: the dates that reports speak of."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from optimizer.catalogue import MissionType
from optimizer.plan import Assignment, Plan
from optimizer.week import CollectiveAction, Meeting, Mission, Week

Item = Mission | CollectiveAction | Meeting


def item_of(week: Week, item_id: str) -> Item | None:
    """What the week calls by this id: a mission, a collective action or a meeting."""
    return week.mission.get(item_id) or week.action.get(item_id) or week.meeting.get(item_id)


def type_of(week: Week, item: Item) -> MissionType:
    """The type of an item."""
    return week.types[item.type]


def parts(plan: Plan) -> dict[str, list[Assignment]]:
    """The rows of each placed item, in order of time."""
    rows: defaultdict[str, list[Assignment]] = defaultdict(list)
    for row in sorted(plan.assignments, key=lambda row: (row.start, row.end)):
        rows[row.mission_id].append(row)
    return dict(rows)


def done_days(week: Week, plan: Plan) -> dict[str, date]:
    """The day on which each mission and action counts as done.

    Placed: the day of its last part. Queued: its date. Otherwise the first working day after the horizon.
    """
    placed = {item_id: rows[-1].end.date() for item_id, rows in parts(plan).items()}
    queued = {row.mission_id: row.date for row in plan.queue}
    after = week.calendar.first_day_after
    dated: list[Mission | CollectiveAction] = [*week.missions, *week.actions]
    return {item.id: placed.get(item.id) or queued.get(item.id) or after for item in dated}


def days_late(week: Week, plan: Plan) -> dict[str, int]:
    """Working days after the due date for each mission and action, 0 when on time."""
    return {
        item_id: week.calendar.working_days_between(item.due, day)
        for item_id, day in done_days(week, plan).items()
        if (item := item_of(week, item_id)) is not None
    }


def evaluations(week: Week) -> dict[str, list[Mission]]:
    """The IP missions of each evaluated household."""
    found: defaultdict[str, list[Mission]] = defaultdict(list)
    for mission in ip_missions(week):
        if mission.case_id is not None:
            found[mission.case_id].append(mission)
    return dict(found)


def ip_missions(week: Week) -> Iterator[Mission]:
    """The missions that are acts of an evaluation."""
    return (mission for mission in week.missions if week.types[mission.type].ip)


def people_wanted(week: Week, mission: Mission) -> int:
    """How many people a mission takes at once."""
    if mission.people is not None:
        return mission.people
    if mission.professions:
        return len(mission.professions)
    return 2 if week.types[mission.type].needs_pair == "required" else 1
