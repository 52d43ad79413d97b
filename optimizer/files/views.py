"""Who sees what: one plan as its audience may read it.

A sector output holds no row of EVALUATION or CONTRAT, no household key but the manager's referent list, no
id of a mission (a caller's id may say what the mission is, or for whom), and one word, "Entretien", for
accompaniment and for support to parents during an evaluation. Every writer reads a `View` and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from optimizer.done import Item, item_of, type_of
from optimizer.errors import Problem, UnusableInput
from optimizer.files.audience import Audience, Reach, resolve
from optimizer.files.labels import SHORT_RESERVATIONS
from optimizer.files.loads import Load, loads
from optimizer.files.pending import Pending, in_order, late, queued, unserved
from optimizer.files.shown import (
    among,
    is_hidden,
    is_own,
    people_shown,
    placed_item,
    reference,
    shown_as,
    site_shown,
    uid,
    with_series,
)
from optimizer.plan import Assignment, Place, Plan, Referent, Reservation, ReservationKind
from optimizer.sentences import RESERVATIONS
from optimizer.week import Meeting, Mission, Week
from optimizer.words import PlaceKind


class EntryKind(StrEnum):
    """What a row of an output is."""

    APPOINTMENT = "appointment"
    ACTION = "action"
    MEETING = "meeting"
    RESERVATION = "reservation"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Entry:
    """What some people do during a stretch of time; `item_id` and `case_id` only where they may be read."""

    kind: EntryKind
    code: str
    label: str
    short: str
    professional_ids: tuple[str, ...]
    start: datetime
    end: datetime
    site_id: str | None = None
    room_id: str | None = None
    place: str | None = None
    usual_place: PlaceKind | None = None
    reference: str = ""
    uid: str = ""
    item_id: str | None = None
    case_id: str | None = None

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.end - self.start).total_seconds()) // 60


@dataclass(frozen=True)
class View:
    """What one audience may read of a plan."""

    week: Week
    plan: Plan
    audience: Audience
    entries: tuple[Entry, ...]
    late: tuple[Pending, ...]
    queue: tuple[Pending, ...]
    unserved: tuple[Pending, ...]
    referents: tuple[Referent, ...]
    loads: tuple[Load, ...]

    def of(self, professional_id: str) -> tuple[Entry, ...]:
        """The entries of one person, in order of time."""
        return tuple(self._entries_by_person[professional_id])

    @cached_property
    def _entries_by_person(self) -> defaultdict[str, list[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for person in entry.professional_ids:
                found[person].append(entry)
        return found


def view(week: Week, plan: Plan, audience: str | None = None) -> View:
    """The plan as the planner (`None`), a service or a professional may read it."""
    _refuse_a_plan_of_another_week(week, plan)
    who = resolve(week, audience)
    entries = [*_of_assignments(week, plan, who), *_of_reservations(week, plan, who)]
    return View(
        week=week,
        plan=plan,
        audience=who,
        entries=tuple(sorted(entries, key=_order)),
        late=in_order(late(week, plan, who)),
        queue=in_order(queued(week, plan, who)),
        unserved=in_order(unserved(week, plan, who)),
        referents=_referents(plan, who),
        loads=_loads(week, plan, who),
    )


def _order(entry: Entry) -> tuple[datetime, datetime, tuple[str, ...], str, str]:
    return entry.start, entry.end, entry.professional_ids, entry.code, entry.reference


def _of_assignments(week: Week, plan: Plan, who: Audience) -> Iterator[Entry]:
    rows = sorted(plan.assignments, key=lambda row: (row.start, row.end))
    seen: dict[str, int] = {}
    for row in rows:
        part = seen[row.mission_id] = seen.get(row.mission_id, -1) + 1
        if entry := _entry(week, row, part, who):
            yield entry


def _entry(week: Week, row: Assignment, part: int, who: Audience) -> Entry | None:
    item = placed_item(week, row.mission_id)
    kind = type_of(week, item)
    people = people_shown(row.professional_ids, item, kind, who)
    if not people or is_hidden(kind, who):
        return None
    if not is_own(kind, who):
        return Entry(
            EntryKind.ELSEWHERE, "AUTRE", "Autre service", "Autre service", people, row.start, row.end
        )
    code, label, short = shown_as(kind, who)
    shows_id = not who.is_sector
    site_id = site_shown(week, row.site_id, who)
    is_away = site_id != row.site_id
    return Entry(
        kind=_entry_kind(item),
        code=code,
        label=with_series(label, item),
        short=short,
        professional_ids=people,
        start=row.start,
        end=row.end,
        site_id=site_id,
        room_id=None if is_away else row.room_id,
        place=Place.OUTSIDE if is_away else row.place,
        usual_place=kind.place,
        reference=reference(item.id),
        uid=uid(item.id, part),
        item_id=item.id if shows_id else None,
        case_id=item.case_id if shows_id and isinstance(item, Mission) else None,
    )


def _of_reservations(week: Week, plan: Plan, who: Audience) -> Iterator[Entry]:
    for row in plan.reservations:
        people = row.professional_ids if who.is_whole else among(row.professional_ids, who)
        if people:
            yield Entry(
                kind=EntryKind.RESERVATION,
                code=row.kind.value,
                label=RESERVATIONS[row.kind],
                short=SHORT_RESERVATIONS[row.kind],
                professional_ids=people,
                start=row.start,
                end=row.end,
                site_id=site_shown(week, row.site_id, who),
                place=_place_of(row),
            )


def _place_of(row: Reservation) -> str | None:
    if row.site_id is not None:
        return "site"
    can_be_teleworked = row.kind in (ReservationKind.WRITING, ReservationKind.PREPARATION)
    return "telework" if can_be_teleworked else None


def _referents(plan: Plan, who: Audience) -> tuple[Referent, ...]:
    rows = sorted(plan.referents, key=lambda row: (row.professional_id, row.case_id))
    if who.is_whole:
        return tuple(rows)
    if who.reach is not Reach.MANAGER or not who.is_sector:
        return ()
    return tuple(row for row in rows if row.professional_id in who.member_ids)


def _loads(week: Week, plan: Plan, who: Audience) -> tuple[Load, ...]:
    if who.reach not in (Reach.MANAGER, Reach.PERSON):
        return ()
    return loads(week, plan, who.member_ids, who.kinds)


def _entry_kind(item: Item) -> EntryKind:
    if isinstance(item, Mission):
        return EntryKind.APPOINTMENT
    return EntryKind.MEETING if isinstance(item, Meeting) else EntryKind.ACTION


def _refuse_a_plan_of_another_week(week: Week, plan: Plan) -> None:
    people = {person for row in plan.assignments for person in row.professional_ids}
    people |= {person for row in plan.reservations for person in row.professional_ids}
    people |= {row.professional_id for row in plan.referents}
    items = {row.mission_id for row in plan.assignments}
    items |= {row.mission_id for row in plan.queue} | {row.mission_id for row in plan.unserved}
    unknown = [name for name in sorted(items) if item_of(week, name) is None]
    unknown += [name for name in sorted(people) if name not in week.professional]
    unknown += sorted({row.case_id for row in plan.referents} - set(week.case))
    if unknown:
        more = f" et {len(unknown) - 10} autres" if len(unknown) > 10 else ""
        found = f"la semaine ne connaît pas {', '.join(unknown[:10])}{more}"
        raise UnusableInput([Problem("plan", found, "un plan de cette semaine")])
