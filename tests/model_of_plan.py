"""What a plan means to the model: the values of its decisions, what it refuses, what it charges by rule.

Decisions (who, which half-day, what is reserved) are read from the plan; everything that follows from them
(tours, shortfalls, switches) is left to a small solve, level 1 before level 2.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from ortools.sat.python import cp_model

from optimizer.board import Board
from optimizer.bundles import Bundle
from optimizer.intervals import Interval
from optimizer.linear import Statement, Variable
from optimizer.model import COMMITMENTS, PREFERENCES, BucketModel, Key
from optimizer.model.variables import create_variables
from optimizer.plan import Assignment, Place, Plan, Queued, Reason, Reservation, ReservationKind, Unserved
from optimizer.rules import RULES
from optimizer.week import Week

BLOCKS = {
    ReservationKind.WRITING: (6, 24),
    ReservationKind.COLLECTIVE: (18, 288),
    ReservationKind.URGENCY: (12, 12),
}
"""Least and most grid steps of what the clock reserves."""
SOLVE_SECONDS = 20.0


@dataclass
class Meaning:
    """A plan read by the model: the value of each decision, and what no variable can say."""

    model: BucketModel
    by_rule: dict[str, dict[str, dict[Variable, int]]]
    values: dict[Variable, int] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)


@dataclass
class Opinion:
    """What the model thinks of a plan: why it refuses it, else its price by rule at each level, in tenths."""

    refusals: list[str]
    prices: dict[str, Counter[str]] = field(default_factory=dict)
    posts: dict[Key, str | None] = field(default_factory=dict)

    def value(self, level: str) -> int:
        """The price of a level."""
        return self.prices[level].total()


def opinion_of(week: Week, plan: Plan) -> Opinion:
    """What the bucket stage thinks of a plan."""
    meaning = meaning_of(week, plan)
    if meaning.unsaid:
        return Opinion(meaning.unsaid)
    statement = meaning.model.statement
    values, bound = dict(meaning.values), None
    for level in (COMMITMENTS, PREFERENCES):
        found = cheapest(statement, meaning.values, level, bound)
        if found is None:
            return Opinion(_broken(statement, meaning.values))
        values, bound = found, statement.value(COMMITMENTS, found)
    prices = {
        level: Counter(
            {code: sum(price * values[v] for v, price in charged.items()) for code, charged in codes.items()}
        )
        for level, codes in meaning.by_rule.items()
    }
    for level, constant in statement.constants.items():
        prices[level]["caseload"] += constant
    posts = {
        key: tour.post
        for key, tours in meaning.model.tours.items()
        for tour, variable in tours
        if tour is not None and values[variable]
    }
    return Opinion([], prices, posts)


def model_of(week: Week) -> tuple[BucketModel, dict[str, dict[str, dict[Variable, int]]]]:
    """The whole model of a week, with what each rule charges at each level."""
    model = BucketModel(Board(week))
    create_variables(model)
    charged: dict[str, dict[str, dict[Variable, int]]] = {COMMITMENTS: {}, PREFERENCES: {}}
    for rule in RULES:
        before = {level: dict(model.statement.levels.get(level, {})) for level in charged}
        model.post([rule])
        for level, by_code in charged.items():
            after = model.statement.levels.get(level, {})
            more = {v: price - before[level].get(v, 0) for v, price in after.items()}
            found = {v: price for v, price in more.items() if price}
            if found or rule.level == level:
                by_code[rule.code] = found
    return model, charged


def meaning_of(week: Week, plan: Plan) -> Meaning:
    """The decisions of a plan, as values of the model's variables."""
    meaning = Meaning(*model_of(week))
    reader = _Reader(meaning, plan)
    reader.read()
    return meaning


class _Reader:
    """Reads a plan's rows into values; whatever has no variable goes to `unsaid`."""

    def __init__(self, meaning: Meaning, plan: Plan) -> None:
        self.meaning, self.model, self.plan = meaning, meaning.model, plan
        self.values: Counter[Variable] = Counter()
        self.rows: dict[str, list[Assignment]] = defaultdict(list)
        for row in sorted(plan.assignments, key=lambda row: row.start):
            self.rows[row.mission_id].append(row)
        self.teleworked: dict[Key, set[bool]] = defaultdict(set)

    def read(self) -> None:
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
        self.meaning.values = {v: self.values[v] for v in self._decisions()}

    def _decisions(self) -> Iterable[Variable]:
        model = self.model
        for table in (model.take, model.held, model.part_minutes, model.queued, model.action_held):
            for variables in table.values():
                yield from variables.values()
        for singles in (model.does, model.unplaced, model.action_unplaced, model.referent):
            yield from singles.values()
        for led in (*model.lead.values(), *model.meeting_held.values()):
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
            self.meaning.unsaid.append(what)
        else:
            self.values[variable] += amount

    def _key(self, person: str, row: Assignment | Reservation) -> Key | None:
        start, end = (self.model.board.calendar.minute(instant) for instant in (row.start, row.end))
        found = self.model.keys_holding(person, ((start, end),))
        if found is None:
            self.meaning.unsaid.append(f"{person} n'est pas là : {row}")
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
            self.meaning.unsaid.append(f"{row.mission_id} à {row.site_id} au lieu de {site}")
        rooms = self.model.board.rooms(site, bundle.kind.room) if site and not is_teleworked else []
        if row.room_id not in (rooms or [None]):
            self.meaning.unsaid.append(f"{row.mission_id} en {row.room_id}")
        minutes = int((row.end - row.start) / timedelta(minutes=5))
        if 5 * minutes != bundle.first.duration_minutes and not bundle.kind.splittable:
            self.meaning.unsaid.append(f"{row.mission_id} dure {5 * minutes} minutes")
        for key in keys:
            what = f"{key} ne peut tenir {row.mission_id}"
            self._add(self.model.take[bundle.index].get(key), 1, what)
            if bundle.kind.splittable:
                self._add(self.model.part_minutes[bundle.index].get(key), minutes, what)
        if bundle.people > 1 and not bundle.kind.splittable and keys:
            if len({slot for _, slot in keys}) > 1:
                self.meaning.unsaid.append(f"{row.mission_id} sur deux demi-journées")
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
                if row.room_id not in ([action.room_id] if action.room_id else rooms or [None]):
                    self.meaning.unsaid.append(f"{action.id} en {row.room_id}")
                if minutes != action.duration_minutes or len(rows) > 1:
                    self.meaning.unsaid.append(f"{action.id} dure {minutes} minutes")
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
                self.meaning.unsaid.append(f"{meeting.id} à une autre heure")
            if len({row.professional_ids for row in rows}) > 1 or sites != {(meeting.site_id, None)}:
                self.meaning.unsaid.append(f"{meeting.id} avec d'autres gens, ou ailleurs")
            for row in rows:
                self._keys(row, False)

    def _reservation(self, kept: Reservation) -> None:
        if kept.kind is ReservationKind.TRAVEL:
            return
        kinds = (ReservationKind.WRITING, ReservationKind.PREPARATION)
        steps = int((kept.end - kept.start) / timedelta(minutes=5))
        least, most = BLOCKS.get(kept.kind, (1, 288))
        if not least <= steps <= most:
            self.meaning.unsaid.append(f"{kept.kind} de {5 * steps} minutes")
        for key in self._keys(kept, kept.site_id is None and kept.kind in kinds):
            duty = self.model.board.duty_hours.get((kept.site_id or "", key[1]))
            if kept.kind is ReservationKind.RECEPTION and duty != hours_of(self.model, kept):
                self.meaning.unsaid.append(f"accueil à d'autres heures, {key}")
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
                self.meaning.unsaid.append(f"{key} à la fois sur site et en télétravail")
            if True in ways:
                home = self.model.posted(key, None)
                self._add(home[0] if home else None, 1, f"télétravail {key}")


def cheapest(
    statement: Statement, fixed: dict[Variable, int], level: str, commitments: int | None
) -> dict[Variable, int] | None:
    """The cheapest values at a level that agree with the decisions, level 1 kept when it is given."""
    model, variables = _as_cp_sat(statement, fixed)
    for row in statement.rows:
        total = sum(coefficient * variables[v] for v, coefficient in row.terms.items())
        lower, upper = row.lower, row.upper
        model.add_linear_constraint(
            total, -(10**9) if lower is None else lower, 10**9 if upper is None else upper
        )
    prices = statement.levels.get(level, {})
    if commitments is not None:
        first = statement.levels.get(COMMITMENTS, {})
        constant = statement.constants.get(COMMITMENTS, 0)
        model.add(sum(price * variables[v] for v, price in first.items()) + constant <= commitments)
    model.minimize(sum(price * variables[v] for v, price in prices.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = SOLVE_SECONDS
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    if status == cp_model.INFEASIBLE:
        return None
    return {v: solver.value(variable) for v, variable in enumerate(variables)}


def _broken(statement: Statement, fixed: dict[Variable, int]) -> list[str]:
    """The fewest rows that the decisions break."""
    model, variables = _as_cp_sat(statement, fixed)
    broken = []
    for row in statement.rows:
        total = sum(coefficient * variables[v] for v, coefficient in row.terms.items())
        is_broken = model.new_bool_var(row.name)
        lower, upper = row.lower, row.upper
        model.add_linear_constraint(
            total, -(10**9) if lower is None else lower, 10**9 if upper is None else upper
        ).only_enforce_if(~is_broken)
        broken.append((row.name, is_broken))
    model.minimize(sum(is_broken for _, is_broken in broken))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = SOLVE_SECONDS
    if solver.solve(model) == cp_model.INFEASIBLE:
        return ["une variable hors de ses bornes"]
    return [name for name, is_broken in broken if solver.value(is_broken)]


def _as_cp_sat(
    statement: Statement, fixed: dict[Variable, int]
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    variables = []
    for v, name in enumerate(statement.names):
        variable = model.new_int_var(statement.lowers[v], statement.uppers[v], name)
        if v in fixed:
            model.add(variable == fixed[v])
        variables.append(variable)
    return model, variables


def hours_of(model: BucketModel, row: Assignment | Reservation) -> Interval:
    """The minutes of a row."""
    return model.board.calendar.minute(row.start), model.board.calendar.minute(row.end)


def answered(week: Week, plan: Plan) -> Plan:
    """The plan with an answer for each thing that has none: a request queued at once, the rest unserved."""
    known = {row.mission_id for row in (*plan.assignments, *plan.queue, *plan.unserved)}
    after = week.calendar.first_day_after
    sessions = [meeting for meeting in week.meetings if meeting.seats is not None]
    missing = [item for item in (*week.missions, *week.actions, *sessions) if item.id not in known]
    queue = [item for item in missing if week.types[item.type].request]
    reason = Reason.NO_CAPACITY
    return plan.model_copy(
        update={
            "queue": (*plan.queue, *(Queued(mission_id=m.id, date=after, reason=reason) for m in queue)),
            "unserved": (
                *plan.unserved,
                *(
                    Unserved(mission_id=m.id, reason=reason, earliest_date=after)
                    for m in missing
                    if m not in queue
                ),
            ),
        }
    )
