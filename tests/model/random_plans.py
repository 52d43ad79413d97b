"""Random plans of a small week, built row by row while the judge accepts, then disturbed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from optimizer.board import Board, Location
from optimizer.check import judge
from optimizer.plan import Assignment, Place, Plan, Queued, Reason, Referent, Reservation, Status, Unserved
from optimizer.week import Mission, Week
from optimizer.words import RoomKind

NOT_YET = {"H4.1", "H4.1c", "H4.1d", "referents", "pins"}
"""Rules that an unfinished plan breaks, or that the model leaves to the engine (H4.1c)."""
Row = Assignment | Reservation


class RandomPlans:
    """Builds and disturbs plans of a week."""

    def __init__(self, week: Week, rng: Random) -> None:
        self.week, self.rng, self.board = week, rng, Board(week)

    def build(self) -> Plan:
        """A plan that the judge accepts, but perhaps for its queue."""
        items = [*self.week.missions, *self.week.actions, *self.week.meetings] * 3 + ["kept"] * 8
        self.rng.shuffle(items)
        rows: list[Row] = []
        for item in items:
            if item != "kept" and any(
                isinstance(row, Assignment) and row.mission_id == item.id for row in rows
            ):
                continue
            more = list(self._reservations() if item == "kept" else self._rows(item))
            if more and not self._broken(self.plan_of([*rows, *more])) - NOT_YET:
                rows += more
        return self.complete(rows)

    def disturb(self, plan: Plan) -> Plan:
        """The plan with one row changed: its people, its time, its room, or dropped."""
        rows: list[Row] = [*plan.assignments, *plan.reservations]
        if not rows:
            return plan
        index = self.rng.randrange(len(rows))
        row = rows.pop(index)
        change = self.rng.choice(["move", "move", "day", "person", "swap", "room", "drop", "length"])
        if change == "drop":
            return self.complete(rows)
        if change == "move":
            rows.append(_shifted(row, self.rng.choice([-60, -30, -15, -5, 5, 15, 30, 60])))
        elif change == "day":
            rows.append(_shifted(row, self.rng.choice([-1440, 1440])))
        elif change == "length":
            end = row.end + timedelta(minutes=self.rng.choice([-5, 5]))
            rows.append(row.model_copy(update={"end": max(end, row.start + timedelta(minutes=5))}))
        elif change == "room" and isinstance(row, Assignment):
            rooms = [room.id for site in self.week.sites for room in site.rooms]
            rows.append(row.model_copy(update={"room_id": self.rng.choice([*rooms, None])}))
        elif change == "swap" and rows:
            other = rows.pop(self.rng.randrange(len(rows)))
            rows.append(row.model_copy(update={"professional_ids": other.professional_ids}))
            rows.append(other.model_copy(update={"professional_ids": row.professional_ids}))
        else:
            rows.append(row.model_copy(update={"professional_ids": self._people(len(row.professional_ids))}))
        return self.complete(rows)

    def plan_of(self, rows: list[Row], *rest: Queued | Unserved | Referent) -> Plan:
        """Rows as a plan."""
        return Plan(
            status=Status.FEASIBLE,
            assignments=tuple(row for row in rows if isinstance(row, Assignment)),
            reservations=tuple(row for row in rows if isinstance(row, Reservation)),
            queue=tuple(row for row in rest if isinstance(row, Queued)),
            unserved=tuple(row for row in rest if isinstance(row, Unserved)),
            referents=tuple(row for row in rest if isinstance(row, Referent)),
        )

    def complete(self, rows: list[Row]) -> Plan:
        """The plan with an answer for all that has no row, and referents."""
        placed = {row.mission_id for row in rows if isinstance(row, Assignment)}
        after = self.week.calendar.first_day_after
        rest: list[Queued | Unserved | Referent] = []
        sessions = [meeting for meeting in self.week.meetings if meeting.seats is not None]
        for item in (*self.week.missions, *self.week.actions, *sessions):
            if item.id in placed:
                continue
            if self.week.types[item.type].request:
                date = after + timedelta(days=self.rng.choice([0, 1, 2, 7]))
                rest.append(Queued(mission_id=item.id, date=date, reason=Reason.NO_CAPACITY))
            else:
                rest.append(Unserved(mission_id=item.id, reason=Reason.NO_CAPACITY, earliest_date=after))
        for case in self.board.cases_to_attribute():
            people = [p.id for p in self.week.professionals]
            self.rng.shuffle(people)
            for person in people:
                referent = Referent(case_id=case.id, professional_id=person)
                if "referents" not in self._broken_for(case.id, self.plan_of(rows, *rest, referent)):
                    rest.append(referent)
                    break
        return self.plan_of(rows, *rest)

    def _broken(self, plan: Plan) -> set[str]:
        return {violation.rule for violation in judge(self.week, plan).hard}

    def _broken_for(self, item: str, plan: Plan) -> set[str]:
        return {violation.rule for violation in judge(self.week, plan).hard if violation.item_id == item}

    def _people(self, number: int) -> tuple[str, ...]:
        ids = [person.id for person in self.week.professionals]
        return tuple(self.rng.sample(ids, min(number, len(ids))))

    def _start(self) -> datetime:
        day = self.rng.choice(self.week.calendar.days[:2])
        minutes = 15 * self.rng.randrange(4 * 8 + 2, 4 * 17)
        return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)

    def _rows(self, item: object) -> Iterator[Assignment]:
        if item in self.week.meetings:
            yield from self._meeting(item)  # type: ignore[arg-type]
        elif isinstance(item, Mission):
            yield from self._mission(item)
        else:
            yield self._action(item)  # type: ignore[arg-type]

    def _mission(self, mission: Mission) -> Iterator[Assignment]:
        kind, people = self.week.types[mission.type], self._able(mission)
        location = self.board.location(mission)
        place, site = _written(location)
        if kind.telework and self.rng.random() < 0.5:
            place, site = Place.TELEWORK, None
        rooms = self.board.rooms(site, kind.room) if site and kind.room is not RoomKind.NONE else []
        room = self.rng.choice(rooms) if rooms else None
        lengths = [mission.duration_minutes]
        if kind.splittable and self.rng.random() < 0.6:
            first = self.rng.choice([60, 75, 90])
            lengths = [first, mission.duration_minutes - first]
        for minutes in lengths:
            start = mission.fixed_start if mission.fixed_start and self.rng.random() < 0.8 else self._start()
            yield _assignment(mission.id, people, site, room, place, start, minutes)

    def _able(self, mission: Mission) -> tuple[str, ...]:
        number = self.board.people(mission)
        team = self.board.teams.of_mission(mission)
        able = [p.id for p in self.week.professionals if self.board.may_take(p, mission.type, team)]
        if len(able) < number or self.rng.random() < 0.1:
            return self._people(number)
        return tuple(self.rng.sample(able, number))

    def _action(self, action) -> Assignment:  # type: ignore[no-untyped-def]
        people = self._people(len(action.leaders))
        for _ in range(10):
            found = sorted(self.week.professional[person].profession for person in people)
            if found == sorted(action.leaders):
                break
            people = self._people(len(action.leaders))
        is_group = self.week.types[action.type].room is RoomKind.GROUP
        room = "AG" if action.site_id and is_group else None
        place = Place.SITE if action.site_id else Place.OUTSIDE
        start = action.fixed_start or self._start()
        return _assignment(action.id, people, action.site_id, room, place, start, action.duration_minutes)

    def _meeting(self, meeting) -> Iterator[Assignment]:  # type: ignore[no-untyped-def]
        members = [p.id for p in self.board.members(meeting)]
        people = tuple(self.rng.sample(members, self.rng.randint(1, len(members)))) if members else ()
        start = meeting.fixed_start or self._start().replace(minute=self.rng.choice([0, 30]))
        place = Place.SITE if meeting.site_id else Place.OUTSIDE
        for begin, end in self.board.parts(self.board.calendar.minute(start), meeting.duration_minutes):
            instant = self.board.calendar.instant(begin)
            yield _assignment(meeting.id, people, meeting.site_id, None, place, instant, end - begin)

    def _reservations(self) -> Iterator[Reservation]:
        kind = self.rng.choice(
            ["writing", "writing", "collective", "preparation", "urgency", "reception", "reception"]
        )
        start, minutes, site = (
            self._start(),
            self.rng.choice([30, 60, 90, 120]),
            self.rng.choice(["MDS-A", "MDS-B"]),
        )
        if kind == "reception":
            hours = [
                one for (name, slot), one in self.board.duty_hours.items() if (name, slot // 2) == (site, 0)
            ]
            begin, end = self.rng.choice(hours)
            start, minutes = self.board.calendar.instant(begin), end - begin
        if kind == "urgency":
            start, minutes, site = start.replace(day=self.week.calendar.first_day.day), 60, "MDS-A"
            if not any(need.urgency_hours for need in self.week.reception):
                return
        where = None if kind in ("writing", "preparation") and self.rng.random() < 0.2 else site
        yield Reservation(
            kind=kind,
            professional_ids=self._people(1),
            site_id=where,
            start=start,
            end=start + timedelta(minutes=minutes),
        )


def _written(location: Location | None) -> tuple[str, str | None]:
    if location is None:
        return Place.OUTSIDE, None
    return (Place.SITE, location.site_id) if location.site_id else (f"{Place.HOME}:{location.zone}", None)


def _assignment(
    item: str,
    people: tuple[str, ...],
    site: str | None,
    room: str | None,
    place: str,
    start: datetime,
    minutes: int,
) -> Assignment:
    return Assignment(
        mission_id=item,
        professional_ids=people,
        site_id=site,
        room_id=room,
        place=place,
        start=start,
        end=start + timedelta(minutes=minutes),
    )


def _shifted(row: Row, minutes: int) -> Row:
    move = timedelta(minutes=minutes)
    return row.model_copy(update={"start": row.start + move, "end": row.end + move})
