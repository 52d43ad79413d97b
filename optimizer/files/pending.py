"""What is late, queued or not placed, as an audience may read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from optimizer.done import Item, parts, type_of
from optimizer.files.audience import Audience, Reach
from optimizer.files.shown import among, placed_item, reference, shown_as, site_shown, with_series
from optimizer.plan import Plan, Reason
from optimizer.week import Meeting, Mission, Week


@dataclass(frozen=True)
class Pending:
    """Something late, queued or not placed, and the date it gets."""

    code: str
    label: str
    reference: str
    site_id: str | None
    due: date
    date: date
    days_late: int
    reason: Reason | None = None
    item_id: str | None = None
    case_id: str | None = None


def late(week: Week, plan: Plan, who: Audience) -> Iterator[Pending]:
    """What is placed after its due date."""
    for item_id, rows in parts(plan).items():
        item, day = placed_item(week, item_id), rows[-1].end.date()
        is_late = not isinstance(item, Meeting) and day > item.due
        if is_late and _may_list(week, item, who) and (who.is_whole or among(rows[-1].professional_ids, who)):
            yield _pending(week, item, who, day, day)


def queued(week: Week, plan: Plan, who: Audience) -> Iterator[Pending]:
    """The requests dated after the horizon."""
    for row in plan.queue:
        item = placed_item(week, row.mission_id)
        if _may_list(week, item, who) and _is_of_a_team(week, item, who):
            yield _pending(week, item, who, row.date, row.date, row.reason)


def unserved(week: Week, plan: Plan, who: Audience) -> Iterator[Pending]:
    """What is not placed in the horizon; it counts as done on the first working day after it."""
    done = week.calendar.first_day_after
    for row in plan.unserved:
        item = placed_item(week, row.mission_id)
        if _may_list(week, item, who) and _is_of_a_team(week, item, who):
            yield _pending(week, item, who, row.earliest_date, done, row.reason)


def _pending(
    week: Week, item: Item, who: Audience, day: date, done: date, reason: Reason | None = None
) -> Pending:
    code, label, _ = shown_as(type_of(week, item), who)
    return Pending(
        code=code,
        label=with_series(label, item),
        reference=reference(item.id),
        site_id=site_shown(week, _site_of(week, item), who),
        due=item.due,
        date=day,
        days_late=week.calendar.working_days_between(item.due, done),
        reason=reason,
        item_id=None if who.is_sector else item.id,
        case_id=None if who.is_sector or not isinstance(item, Mission) else item.case_id,
    )


def _may_list(week: Week, item: Item, who: Audience) -> bool:
    """A list names what belongs to one kind of service; what is open to all is the planner's."""
    kind = type_of(week, item)
    if who.is_whole:
        return True
    if who.reach is Reach.PERSON and not isinstance(item, Mission):
        return False
    return kind.owner in who.kinds or (kind.owner is None and isinstance(item, Meeting))


def _is_of_a_team(week: Week, item: Item, who: Audience) -> bool:
    """Lists of what is not placed go to teams: by the service of a meeting, by the site of the rest."""
    if who.is_whole:
        return True
    if who.reach is Reach.PERSON:
        return False
    own = {team.service_id for team in who.teams}
    if isinstance(item, Meeting):
        return item.service_id in own or bool(among(item.professional_ids, who))
    near = _services_near(week, item)
    return not near or not own.isdisjoint(near)


def _services_near(week: Week, item: Item) -> set[str]:
    """The services of the item's kind at its site, or its household's; empty when it has neither."""
    case = week.case.get(item.case_id or "") if isinstance(item, Mission) else None
    site = week.site.get(item.site_id or (case.site_id if case else ""))
    owner = type_of(week, item).owner
    return {name for name in site.service_ids if week.kind_of_service.get(name) is owner} if site else set()


def _site_of(week: Week, item: Item) -> str | None:
    if item.site_id is not None or not isinstance(item, Mission):
        return item.site_id
    case = week.case.get(item.case_id or "")
    return case.site_id if case and not item.home_zone else None


def in_order(rows: Iterator[Pending]) -> tuple[Pending, ...]:
    """By date, then by what says nothing of the household."""
    return tuple(sorted(rows, key=lambda row: (row.date, row.code, row.reference)))
