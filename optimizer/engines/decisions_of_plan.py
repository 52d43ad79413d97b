"""A plan read back by the model: the value of each decision, and what no variable can say.

Decisions are who, which half-day, what is reserved; what follows from them (tours, shortfalls, switches) is
left to a small solve.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from optimizer.bundles import Bundle
from optimizer.engines.matrix import Integers, Matrix
from optimizer.engines.solvers import solve_with_cp_sat
from optimizer.intervals import Interval
from optimizer.linear import Variable
from optimizer.model import BucketModel, Key
from optimizer.plan import Assignment, Place, Plan, Reservation, ReservationKind

LOGGER = logging.getLogger(__name__)
FOLLOW_SECONDS, SHOWN = 5.0, 5
"""Deterministic seconds for what follows from decisions; refusals that are logged."""
BLOCKS = {
    ReservationKind.WRITING: (6, 24),
    ReservationKind.COLLECTIVE: (18, 288),
    ReservationKind.URGENCY: (12, 12),
}
"""Least and most grid steps of what the clock reserves."""


@dataclass(frozen=True)
class Decisions:
    """The value of each decision, 0 for those that a plan does not take; sentences about what has no
    variable."""

    values: dict[Variable, int]
    unsaid: list[str]


def of_some(people: frozenset[str], plan: Plan) -> Plan:
    """The part of a plan that is some people's own."""
    return plan.model_copy(
        update={
            "assignments": tuple(
                row.model_copy(update={"professional_ids": mine})
                for row in plan.assignments
                if (mine := tuple(who for who in row.professional_ids if who in people))
            ),
            "reservations": tuple(
                row for row in plan.reservations if people.issuperset(row.professional_ids)
            ),
            "referents": tuple(row for row in plan.referents if row.professional_id in people),
        }
    )


@dataclass(frozen=True)
class Meant:
    """Values of all variables that agree with a plan, and which of them the plan decides."""

    values: Integers
    decided: frozenset[Variable]


def values_meant(model: BucketModel, plan: Plan, weights: dict[str, int], seed: int = 0) -> Meant | None:
    """The cheapest values that agree with a plan; None where the model does not take it, which is logged."""
    found = decisions_of(model, plan)
    if found.unsaid:
        LOGGER.warning("not said by the model: %s", found.unsaid[:SHOWN])
        return None
    values = np.array(model.statement.lowers, np.int64)
    for variable, value in found.values.items():
        values[variable] = value
    is_free = np.ones(len(values), bool)
    is_free[list(found.values)] = False
    free, matrix = np.flatnonzero(is_free), Matrix(model.statement)
    problem = matrix.restrict(free, values, weights)
    answer = solve_with_cp_sat(problem, None, FOLLOW_SECONDS, 1, seed, True)
    if answer.values is not None:
        values[free] = answer.values
    if answer.values is None or not matrix.holds(values):
        LOGGER.warning("refused by the model: %s", model.statement.violated(values.tolist())[:SHOWN])
        return None
    return Meant(values, frozenset(found.values))


def decisions_of(model: BucketModel, plan: Plan) -> Decisions:
    """The decisions of a plan, as values of the model's variables."""
    return _Reader(model, plan).read()


class _Reader:
    """Reads a plan's rows into values; whatever has no variable goes to `unsaid`."""

    def __init__(self, model: BucketModel, plan: Plan) -> None:
        self.model, self.plan, self.unsaid = model, plan, list[str]()
        self.values: Counter[Variable] = Counter()
        self.rows: dict[str, list[Assignment]] = defaultdict(list)
        for row in sorted(plan.assignments, key=lambda row: row.start):
            self.rows[row.mission_id].append(row)
        self.teleworked: dict[Key, set[bool]] = defaultdict(set)

    def read(self) -> Decisions:
        """Every decision of the plan; those it does not take are 0."""
        for bundle in self.model.bundles:
            self._bundle(bundle)
        self._actions()
        self._meetings()
        for kept in self.plan.reservations:
            self._reservation(kept)
        for row in self.plan.referents:
            self._add(self.model.referent.get((row.case_id, row.professional_id)), 1, f"référent {row}")
        self._telework()
        return Decisions({v: self.values[v] for v in self._decisions()}, self.unsaid)

    def _decisions(self) -> Iterable[Variable]:
        model = self.model
        tables: tuple[Mapping[int, Mapping[Any, Variable]], ...]
        tables = (model.take, model.held, model.part_minutes, model.queued)
        for table in tables:
            for variables in table.values():
                yield from variables.values()
        yield from (*model.does.values(), *model.unplaced.values())
        yield from (*model.action_unplaced.values(), *model.referent.values())
        for held in (*model.action_held.values(), *model.meeting_held.values()):
            yield from held.values()
        for led in model.lead.values():
            yield from led.values()
        for attendance in model.attend.values():
            for starts in attendance.values():
                yield from starts.values()
        for reserved in model.reserved.values():
            singles = (reserved.writing, reserved.collective, reserved.preparation)
            yield from (variable for variable in singles if variable is not None)
            yield from (*reserved.urgency.values(), *reserved.reception.values())
        for key in model.on_site:
            yield from model.posted(key, None)

    def _add(self, variable: Variable | None, amount: int, what: str) -> None:
        if variable is None:
            self.unsaid.append(what)
        else:
            self.values[variable] += amount

    def _key(self, person: str, row: Assignment | Reservation) -> Key | None:
        start, end = (self.model.board.calendar.minute(instant) for instant in (row.start, row.end))
        found = self.model.keys_holding(person, ((start, end),))
        if found is None:
            self.unsaid.append(f"{person} n'est pas là : {row}")
            return None
        return next(iter(found))

    def _keys(self, row: Assignment | Reservation, is_teleworked: bool) -> list[Key]:
        keys = [key for person in row.professional_ids if (key := self._key(person, row))]
        for key in keys:
            self.teleworked[key].add(is_teleworked)
        return keys

    def _bundle(self, bundle: Bundle) -> None:
        unserved = {row.mission_id for row in self.plan.unserved}
        dates = {row.mission_id: row.date for row in self.plan.queue}
        for mission in bundle.missions:
            rows = self.rows.get(mission.id, [])
            for row in rows:
                self._row(bundle, row)
            for person in rows[0].professional_ids if rows and bundle.kind.splittable else ():
                self._add(
                    self.model.does.get((bundle.index, person)), 1, f"{person} ne fait pas {mission.id}"
                )
            if mission.id in dates:
                self._queue(bundle, dates[mission.id])
            if mission.id in unserved:
                self._add(self.model.unplaced.get(bundle.index), 1, f"{bundle.name} sans date")

    def _row(self, bundle: Bundle, row: Assignment) -> None:
        is_teleworked = row.place == Place.TELEWORK
        keys = self._keys(row, is_teleworked)
        site = bundle.location.site_id if bundle.location else None
        if not is_teleworked and row.site_id != site:
            self.unsaid.append(f"{row.mission_id} à {row.site_id} au lieu de {site}")
        rooms = self.model.board.rooms(site, bundle.kind.room) if site and not is_teleworked else []
        fitting: list[str | None] = [*rooms] or [None]
        if row.room_id not in fitting:
            self.unsaid.append(f"{row.mission_id} en {row.room_id}")
        minutes = int((row.end - row.start) / timedelta(minutes=5))
        if 5 * minutes != bundle.first.duration_minutes and not bundle.kind.splittable:
            self.unsaid.append(f"{row.mission_id} dure {5 * minutes} minutes")
        for key in keys:
            what = f"{key} ne peut tenir {row.mission_id}"
            self._add(self.model.take[bundle.index].get(key), 1, what)
            if bundle.kind.splittable:
                self._add(self.model.part_minutes[bundle.index].get(key), minutes, what)
        if bundle.people > 1 and not bundle.kind.splittable and keys:
            if len({slot for _, slot in keys}) > 1:
                self.unsaid.append(f"{row.mission_id} sur deux demi-journées")
            self._add(self.model.held[bundle.index].get(keys[0][1]), 1, f"{row.mission_id} tenu")

    def _queue(self, bundle: Bundle, day: date) -> None:
        days = self.model.queued[bundle.index]
        last = max(days)
        self._add(days.get(min(day, last)), 1, f"{bundle.name} en file le {day}")

    def _actions(self) -> None:
        for action in self.model.actions():
            rows = self.rows.get(action.id, [])
            if not rows:
                self._add(self.model.action_unplaced[action.id], 1, action.id)
            for row in rows:
                keys = self._keys(row, row.place == Place.TELEWORK)
                kind, minutes = (
                    self.model.week.types[action.type],
                    int((row.end - row.start).total_seconds()) // 60,
                )
                rooms = self.model.board.rooms(action.site_id, kind.room) if action.site_id else []
                fitting: list[str | None] = [action.room_id] if action.room_id else [*rooms] or [None]
                if row.room_id not in fitting:
                    self.unsaid.append(f"{action.id} en {row.room_id}")
                if minutes != action.duration_minutes or len(rows) > 1:
                    self.unsaid.append(f"{action.id} dure {minutes} minutes")
                for person, slot in keys:
                    profession = self.model.people[person].profession
                    variable = self.model.lead[action.id].get((person, slot, profession))
                    self._add(variable, 1, f"{person} n'anime pas {action.id}")
                if keys:
                    held = self.model.action_held[action.id].get(keys[0][1])
                    self._add(held, 1, f"{action.id} tenue en {keys[0][1]}")

    def _meetings(self) -> None:
        for meeting in self.model.week.meetings:
            rows = self.rows.get(meeting.id, [])
            if not rows:
                continue
            start = self.model.board.calendar.minute(rows[0].start)
            if meeting.id in self.model.meeting_held:
                held = self.model.meeting_held[meeting.id].get(start)
                self._add(held, 1, f"{meeting.id} à {rows[0].start}")
            for person in rows[0].professional_ids:
                starts = self.model.attend.get(meeting.id, {}).get(person, {})
                self._add(starts.get(start), 1, f"{person} à {meeting.id}")
            parts = self.model.board.parts(start, meeting.duration_minutes)
            calendar, sites = self.model.board.calendar, {(row.site_id, row.room_id) for row in rows}
            if [(calendar.minute(row.start), calendar.minute(row.end)) for row in rows] != list(parts):
                self.unsaid.append(f"{meeting.id} à une autre heure")
            if len({row.professional_ids for row in rows}) > 1 or sites != {(meeting.site_id, None)}:
                self.unsaid.append(f"{meeting.id} avec d'autres gens, ou ailleurs")
            for row in rows:
                self._keys(row, False)

    def _reservation(self, kept: Reservation) -> None:
        if kept.kind is ReservationKind.TRAVEL:
            return
        kinds = (ReservationKind.WRITING, ReservationKind.PREPARATION)
        steps = int((kept.end - kept.start) / timedelta(minutes=5))
        least, most = BLOCKS.get(kept.kind, (1, 288))
        if not least <= steps <= most:
            self.unsaid.append(f"{kept.kind} de {5 * steps} minutes")
        for key in self._keys(kept, kept.site_id is None and kept.kind in kinds):
            duty = self.model.board.duty_hours.get((kept.site_id or "", key[1]))
            if kept.kind is ReservationKind.RECEPTION and duty != hours_of(self.model, kept):
                self.unsaid.append(f"accueil à d'autres heures, {key}")
            reserved, what = self.model.reserved[key], f"{kept.kind} {key}"
            if kept.kind is ReservationKind.RECEPTION:
                self._add(reserved.reception.get(kept.site_id or ""), 1, what)
            elif kept.kind is ReservationKind.URGENCY:
                self._add(reserved.urgency.get(kept.site_id or ""), 1, what)
            else:
                self._add(getattr(reserved, kept.kind.value), steps, what)

    def _telework(self) -> None:
        for key, ways in self.teleworked.items():
            if len(ways) == 2:
                self.unsaid.append(f"{key} à la fois sur site et en télétravail")
            if True in ways:
                home = self.model.posted(key, None)
                self._add(home[0] if home else None, 1, f"télétravail {key}")


def hours_of(model: BucketModel, row: Assignment | Reservation) -> Interval:
    """The minutes of a row."""
    return model.board.calendar.minute(row.start), model.board.calendar.minute(row.end)
