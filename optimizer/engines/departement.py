"""A large week planned part by part, with one bound for the whole.

Each part is planned in a week of its own with its share of what parts share (`part_weeks`), by workers side
by side; the plans are put together and judged as one. The bound adds up the parts', each with all of
what is shared (Lagrangian relaxation: Geoffrion 1974): seats of sessions are priced, people who float are
counted once.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from optimizer.board import Board
from optimizer.check import judge
from optimizer.engines.assembling import assemble
from optimizer.engines.division import Division, Part
from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import BoundJob, PartBounds, PartPlan, PlanJob, bound_part, plan_part
from optimizer.engines.part_weeks import PartWeeks
from optimizer.engines.workers import Done, Job, Workers
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.plan import Assignment, Checker, Level, Plan, Status
from optimizer.week import Week

LOGGER = logging.getLogger(__name__)
Report = Callable[[Plan], None]
FIRST_SHARE, LAST_SHARE = 0.35, 0.08
"""Share of the time of a first plan of each part; kept at the end to put the plan together and judge it."""
WEIGHT = 3
"""Weight of level 1 where a part is bounded on both levels together: the same for all, so that they add up."""
SHORTEST_JOB = 1.0


@dataclass
class PartState:
    """What is known of one part."""

    part: Part
    week: Week
    size: int
    found: PartPlan | None = None
    bounds: PartBounds | None = None
    failure: str | None = None

    @property
    def gap(self) -> float:
        """What is left to gain at most, in tenths, level 1 counted as it weighs."""
        if self.found is None:
            return float("inf")
        known = self.bounds.together if self.bounds and self.bounds.together else 0
        return max(0, WEIGHT * self.found.commitments + self.found.preferences - known)


def solve(week: Week, options: Options, report: Report | None = None) -> Plan:
    """A judged plan with a bound and a gap per level."""
    clock = Clock(options)
    return Departement(week, clock, report).solve()


class Departement:
    """The parts of a week under way."""

    def __init__(self, week: Week, clock: Clock, report: Report | None = None) -> None:
        self.week, self.clock, self.report = week, clock, report
        self.division = Division(week)
        self.weeks = PartWeeks(self.division)
        sharing = self.division.first_sharing()
        self.states = {
            part: self._state(part, self.weeks.restricted(part, sharing)) for part in self.division.parts
        }
        self.best: Plan | None = None

    def _state(self, part: Part, week: Week) -> PartState:
        return PartState(part, week, max(1, len(week.professionals) * len(week.missions)))

    def solve(self) -> Plan:
        """Every part planned, bounded, then planned better; the best plan put together."""
        options = self.clock.options
        with Workers(options.workers) as workers:
            for jobs, until in (
                (self._first_jobs(), 0.0),
                (self._bound_jobs(), LAST_SHARE * options.time_limit),
                (self._later_jobs(), LAST_SHARE * options.time_limit),
            ):
                for done in workers.do(jobs, lambda until=until: self.clock.left() <= until):  # type: ignore[misc]
                    self._take(done)
                self._put_together()
        assert self.best is not None
        return self.best

    # ------------------------------------------------------------------ jobs

    def _first_jobs(self) -> Iterator[Job]:
        """A first plan of each part, the largest first."""
        options = self.clock.options
        total = sum(state.size for state in self.states.values())
        for state in sorted(self.states.values(), key=lambda state: -state.size):
            core_seconds = FIRST_SHARE * options.time_limit * options.workers
            yield self._plan_job(state, core_seconds * state.size / total)

    def _bound_jobs(self) -> Iterator[Job]:
        for state in sorted(self.states.values(), key=lambda state: -state.size):
            yield Job(("bound", state.part), bound_part, self._bound_job(state.part))

    def _bound_job(self, part: Part) -> BoundJob:
        floating = {who: parts for who, parts in self.division.floating.items() if part in parts}
        return BoundJob(
            week=self.weeks.relaxed(part),
            visitors=frozenset(who for who, parts in floating.items() if parts[0] != part),
            is_shared=any(parts[0] == part for parts in floating.values()),
            seats=dict.fromkeys(self.division.sessions, 0),
            weight=WEIGHT,
            seconds=60.0,
        )

    def _later_jobs(self) -> Iterator[Job]:
        """Better plans, where most is left to gain."""
        options = self.clock.options
        kept = LAST_SHARE * options.time_limit
        ranked = sorted(self.states.values(), key=lambda state: -state.gap)
        left = (self.clock.left() - kept) * options.workers
        total = sum(min(state.gap, 1e9) for state in ranked) or 1
        for state in ranked:
            seconds = min(left * state.gap / total, self.clock.left() - kept)
            if seconds >= SHORTEST_JOB:
                yield self._plan_job(state, seconds)

    def _plan_job(self, state: PartState, seconds: float) -> Job:
        options = replace(self.clock.options, time_limit=max(SHORTEST_JOB, seconds), workers=1)
        start = state.found.values if state.found else None
        return Job(("plan", state.part), plan_part, PlanJob(state.week, _carried(options), start))

    def _take(self, done: Done) -> None:
        """Take what a worker found."""
        assert isinstance(done.name, tuple)
        state = self.states[done.name[1]]
        if done.failure:
            LOGGER.warning("%s %s: %s", *done.name, done.failure)
            state.failure = done.failure
        elif isinstance(done.answer, PartBounds):
            state.bounds = done.answer
        elif isinstance(done.answer, PartPlan):
            before = state.found
            if before is None or done.answer.prices <= before.prices:
                state.found = done.answer

    # ------------------------------------------------------------------ whole

    def _put_together(self) -> None:
        """The plans of the parts as one, judged; the best is kept and told."""
        plan = joined(self.week, [self._plan_of(state) for state in self.states.values()])
        verdict = judge(self.week, plan)
        if not verdict.passed:
            LOGGER.warning("refused: %s", "; ".join(map(str, verdict.hard[:5])))
        values = {level: verdict.value(level) for level in (COMMITMENTS, PREFERENCES)}
        bounds = self._bounds(values[COMMITMENTS])
        levels = tuple(Level.of(level, values[level] / 10, bounds[level] / 10) for level in values)
        self.best = plan.model_copy(
            update={
                "levels": levels,
                "checker": Checker(passed=verdict.passed, violations=tuple(str(v) for v in verdict.hard)),
            }
        )
        if self.report:
            self.report(self.best)

    def _plan_of(self, state: PartState) -> Plan:
        if state.found is None:
            return assemble(Board(state.week), [])
        return state.found.plan

    def _bounds(self, commitments: int) -> dict[str, int]:
        """Bounds of both levels over the whole, in tenths."""
        known = [state.bounds for state in self.states.values()]
        first = sum(bounds.commitments or 0 for bounds in known if bounds)
        together = [bounds.together if bounds else None for bounds in known]
        second = sum(one or 0 for one in together) - WEIGHT * commitments
        return {COMMITMENTS: max(0, first), PREFERENCES: max(0, second)}


def _carried(options: Options) -> Options:
    return Options(options.time_limit, options.workers, options.seed, options.deterministic)


def joined(week: Week, plans: list[Plan]) -> Plan:
    """One plan of several parts' plans; rows of one meeting become one."""
    rows: dict[object, Assignment] = {}
    for row in (row for plan in plans for row in plan.assignments):
        key: object = (row.mission_id, row.start) if row.mission_id in week.meeting else len(rows)
        if before := rows.get(key):
            row = before.model_copy(
                update={"professional_ids": before.professional_ids + row.professional_ids}
            )
        rows[key] = row
    placed = {row.mission_id for row in rows.values()}
    unserved = {
        row.mission_id: row for plan in plans for row in plan.unserved if row.mission_id not in placed
    }
    return Plan(
        status=Status.FEASIBLE,
        assignments=tuple(sorted(rows.values(), key=lambda row: (row.start, row.mission_id, row.end))),
        reservations=tuple(row for plan in plans for row in plan.reservations),
        referents=tuple(row for plan in plans for row in plan.referents),
        queue=tuple(row for plan in plans for row in plan.queue),
        unserved=tuple(unserved.values()),
    )
