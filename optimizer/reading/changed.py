"""A plan that differs in a few rows from one already read: only what differs is worked out again."""

from collections.abc import Iterable

from optimizer.clock import DAY_MINUTES
from optimizer.plan import Plan, Queued, ReservationKind, Unserved
from optimizer.reading.activities import Activity, Kept, Row
from optimizer.reading.reading import Reading, by_day
from optimizer.reading.slots import Elsewhere, Slots
from optimizer.reading.tour import Half, Tour
from optimizer.week import Week


def reading_after(before: Reading, plan: Plan, week: Week | None = None) -> Reading:
    """The reading of another plan of the same week, equal to `Reading(week, plan)`; or of a week that has a
    mission more.

    Rows are the same when they are the same objects, as they are in a copy of a plan.
    """
    reading = Reading(week or before.week, plan, before)
    rows, kept = _rows(before, reading), _kept(before, reading)
    known = vars(reading)
    known["rows"], known["kept"] = rows, kept
    changed = [*_differing(before.rows, rows), *_differing(before.kept, kept)]
    people = list(dict.fromkeys(person.id for thing in changed for person in thing.people))
    activities = reading.activities_of(people)
    days = {person: by_day(done) for person, done in activities.items()}
    halves: dict[str, dict[int, tuple[Half, ...]]] = {}
    tours: dict[str, dict[int, Tour]] = {}
    for person in people:
        halves[person], tours[person] = _days_of(before, reading, person, days[person])
    known["activities"] = before.activities | activities
    known["activities_by_day"] = before.activities_by_day | days
    known["halves"] = before.halves | halves
    known["tours"] = before.tours | tours
    now = {id(row) for row in rows}
    freed = {
        row.stretch.start // DAY_MINUTES for row in before.rows if row.source.room_id and id(row) not in now
    }
    known["slots"] = Slots(reading, Elsewhere(before.slots, frozenset(people), frozenset(freed)))
    return reading


def _rows(before: Reading, reading: Reading) -> tuple[Row, ...]:
    known = {id(row.source): row for row in before.rows}
    return tuple(known.get(id(one)) or reading.row_of(one) for one in reading.plan.assignments)


def _kept(before: Reading, reading: Reading) -> tuple[Kept, ...]:
    known = {id(kept.source): kept for kept in before.kept}
    reserved = (one for one in reading.plan.reservations if one.kind is not ReservationKind.TRAVEL)
    return tuple(known.get(id(one)) or reading.kept_of(one) for one in reserved)


def _differing(before: Iterable[Row | Kept], after: Iterable[Row | Kept]) -> list[Row | Kept]:
    """What is in one and not in the other."""
    known, found = {id(one): one for one in before}, {id(one): one for one in after}
    return [one for key, one in (known | found).items() if not (key in known and key in found)]


def _days_of(
    before: Reading, reading: Reading, person: str, days: dict[int, tuple[Activity, ...]]
) -> tuple[dict[int, tuple[Half, ...]], dict[int, Tour]]:
    """The half-days and the tour of each day of a person: those known where the day is the same."""
    halves: dict[int, tuple[Half, ...]] = {}
    tours: dict[int, Tour] = {}
    for day, done in days.items():
        if before.activities_by_day[person].get(day) == done:
            halves[day], tours[day] = before.halves[person][day], before.tours[person][day]
        else:
            halves[day] = reading.halves_of(person, day, done)
            tours[day] = reading.tour(person, halves[day])
    return halves, tours


def differing(before: Reading, after: Reading) -> tuple[frozenset[str], frozenset[str]]:
    """The people and the items for whom two plans of one week differ."""
    changed = [*_differing(before.rows, after.rows), *_differing(before.kept, after.kept)]
    people = {person.id for thing in changed for person in thing.people}
    items = {thing.item_id for thing in changed if isinstance(thing, Row)}
    first, then = (_answers(one.plan) for one in (before, after))
    return frozenset(people), frozenset(items | {row.mission_id for row in first ^ then})


def _answers(plan: Plan) -> set[Queued | Unserved]:
    """What a plan says of what it does not place."""
    return {*plan.queue, *plan.unserved}


def part_of(reading: Reading, people: frozenset[str], items: frozenset[str]) -> Reading:
    """The reading of what some people do and of some items, alone."""
    week = reading.week
    part = Week.model_construct(
        **{name: getattr(week, name) for name in Week.model_fields}
        | {
            "missions": tuple(week.mission[item] for item in items if item in week.mission),
            "actions": tuple(week.action[item] for item in items if item in week.action),
        }
    )
    for name in SHARED:
        vars(part)[name] = getattr(week, name)
    rows = [row for row in reading.rows if row.item_id in items or not people.isdisjoint(row.person_ids)]
    kept = [one for one in reading.kept if not people.isdisjoint(one.person_ids)]
    plan = reading.plan.model_copy(
        update={
            "assignments": tuple(row.source for row in rows),
            "reservations": tuple(one.source for one in kept),
        }
    )
    alone = Reading(part, plan, reading)
    alone.teams = reading.teams
    known = vars(alone)
    known["rows"], known["kept"] = tuple(rows), tuple(kept)
    for name in ("activities", "activities_by_day", "halves", "tours"):
        mine = getattr(reading, name)
        known[name] = {person: mine[person] if person in people else type(mine[person])() for person in mine}
    return alone


SHARED = ("calendar", "types", "site", "kind_of_service", "professional", "case")
"""What is worked out of a week and is the same for some of its items."""
