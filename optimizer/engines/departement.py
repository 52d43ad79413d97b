"""A large week planned part by part, with one bound for the whole.

Each part is planned in a week of its own, with its share of what parts share (`part_weeks`), by workers side
by side; the plans are put together and judged as one. The bound adds up the parts', each with all of what is
shared (Lagrangian relaxation: Geoffrion 1974): people who float are counted once, a seat of a shared
session is lost at no price.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic

from optimizer.check import judge
from optimizer.engines import decomposition
from optimizer.engines.assembling import mended, with_bounds
from optimizer.engines.division import Division
from optimizer.engines.guiding import WEIGHT, Names
from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import (
    BoundJob,
    PartBounds,
    PartPlan,
    PlanJob,
    bound_part,
    first_plan,
    plan_part,
)
from optimizer.engines.part_weeks import PartWeeks
from optimizer.engines.sharing import Part
from optimizer.engines.solvers import UNHURRIED_SECONDS
from optimizer.engines.stopwatch import Stopwatch
from optimizer.engines.workers import Done, Job, Workers
from optimizer.errors import SolverLost
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.news import Advance, Checkpoint, News, SavedPart, Setback, Spent
from optimizer.plan import Assignment, Plan, Status
from optimizer.week import Week

LOGGER = logging.getLogger(__name__)
Report = Callable[[News], None]
GUIDED_SHARE, SCARCE_SHARE, SCARCE, LAST_SHARE = 0.7, 0.9, 0.5, 0.05
"""Share of the time until which each part has its guided plan; the same where guided plans take more than
half of it at least; share kept at the end at most to put the plan together."""
TELL_SHARE, JUDGE_SHARE = 0.1, 0.05
"""A better plan is told after this share of the limit; judging plans takes no more than this share."""
JUDGINGS_KEPT = 3
"""Times that putting the plan together took, kept to do it once more; once at least."""
SHORTEST_JOB, LATER_JOB = 1.0, 3.0
BOUND_SECONDS, BOUND_SHARE, BOUNDS_SHARE = (2.0, 60.0), 0.1, 0.7
"""Seconds of a bound, at least and at most, its share of the limit; share after which no other is begun."""
GUIDED_SECONDS, USUAL_SECONDS, USUAL_SIZE, SIZE_POWER, WEEKS_POWER = 1.2, 1.8, 2_000, 1.4, 0.5
"""Seconds of a guided plan, at least: of any part, and besides of a usual one, in people times missions; they
grow with powers of its size and of its weeks. Under them little comes of its relaxation, and a few parts
planned well are worth more than all of them badly."""
GAIN_WEIGHT = 20
"""What level 1 weighs beside level 2 where later plans share the time."""
AMPLE = 5
"""Times its work from which a part is not hurried."""


@dataclass
class PartState:
    """What is known of one part: the best plan, and the best of those with values to go on from."""

    part: Part
    week: Week
    found: PartPlan | None = None
    searched: PartPlan | None = None
    bounds: PartBounds = field(default_factory=PartBounds)
    guide: Names | None = None
    turns: int = 0

    @property
    def work(self) -> float:
        """Seconds of one core that a guided plan of it takes at least; what it weighs when time is shared
        out."""
        size = len(self.week.professionals) * len(self.week.missions) / USUAL_SIZE
        weeks = self.week.horizon.weeks
        return float(GUIDED_SECONDS + USUAL_SECONDS * size**SIZE_POWER * weeks**WEEKS_POWER)

    @property
    def lost(self) -> int:
        """What level 1 may still gain, in tenths, as far as is known."""
        return max(0, self.found.commitments - (self.bounds.commitments or 0)) if self.found else 0

    @property
    def is_planned(self) -> bool:
        """Whether its plan was searched for, or is the best at level 1."""
        return self.searched is not None or (self.found is not None and not self.lost)

    @property
    def gap(self) -> int:
        """What is left to gain at most on both levels, in tenths.

        Level 1 weighs more: bounds of level 2 are loose.
        """
        if self.found is None:
            return 0
        preferences = max(0, (self.bounds.together or 0) - WEIGHT * (self.bounds.commitments or 0))
        return max(0, GAIN_WEIGHT * self.lost + self.found.preferences - preferences)

    def take(self, found: PartPlan) -> None:
        """Take a plan that is no worse."""
        if self.found is None or found.prices <= self.found.prices:
            self.found = found
        if found.values and (self.searched is None or found.prices <= self.searched.prices):
            self.searched = found
        self.guide = found.guide or self.guide
        self.turns += 1


def solve(week: Week, options: Options, report: Report | None = None) -> Plan:
    """A judged plan with a bound and a gap per level.

    A week that does not divide goes to the engine for one team.

    Raises
    ------
    SolverLost
        The process of a part was lost before a first plan of it.
    """
    division = Division(week)
    if len(division.staffed) < 2:
        return decomposition.solve(week, options, report)
    return Departement(division, Clock(options), report).solve()


class Departement:
    """The parts of a week under way."""

    def __init__(self, division: Division, clock: Clock, report: Report | None = None) -> None:
        self.division, self.week, self.clock, self.report = division, division.week, clock, report
        self.weeks = PartWeeks(division)
        sharing = division.first_sharing()
        self.states = {
            part: PartState(part, self.weeks.restricted(part, sharing)) for part in division.staffed
        }
        self.unstaffed = [
            self._bounds_of_unstaffed(part) for part in division.parts if part not in self.states
        ]
        if clock.options.resume:
            self._resume(clock.options.resume)
        self.best: Plan | None = None
        self._told_at, self._judging_seconds, self._is_new = monotonic(), 0.0, False
        self.spent = Stopwatch()

    def solve(self) -> Plan:
        """A first plan of each part whatever it takes; bounds and better plans as long as there is time."""
        options = self.clock.options
        with Workers(options.workers) as workers:
            for done in workers.do(self._first_jobs(), is_over=lambda: False):
                self._take(done)
            stages = self._bound_jobs(), self._guided_jobs(), self._bound_together(), self._later_jobs()
            for jobs in stages:
                for done in workers.do(jobs, self._is_over, self._put_together_in_time):
                    self._take(done)
        if self._is_new or self.best is None:
            self._put_together()
        self._tell(Spent(seconds=self.spent.seconds))
        if self.best is None:
            raise SolverLost("le plan des équipes réunies n'est pas accepté par le juge")
        return self.best

    def _resume(self, checkpoint: Checkpoint) -> None:
        """Take what was found before, for the parts whose plan the judge accepts."""
        for part, saved in checkpoint.parts.items():
            state = self.states.get(part)
            if state and (verdict := judge(state.week, saved.plan)).passed:
                prices = verdict.value(COMMITMENTS), verdict.value(PREFERENCES)
                state.take(PartPlan(saved.plan, *prices, saved.values))
                state.bounds = PartBounds(saved.commitments, saved.together)

    def _checkpoint(self) -> Checkpoint:
        """Where another run may go on from."""
        parts = {
            part: SavedPart(
                plan=state.found.plan,
                values=state.searched.values if state.searched else None,
                commitments=state.bounds.commitments,
                together=state.bounds.together,
            )
            for part, state in self.states.items()
            if state.found
        }
        return Checkpoint(parts=parts)

    def _tell(self, news: News) -> None:
        if self.report:
            self.report(news)

    # ------------------------------------------------------------------ jobs

    def _first_jobs(self) -> Iterator[Job]:
        for state in self._by_work():
            if state.found:
                continue
            yield Job(state.part, first_plan, PlanJob(state.week, self._options(SHORTEST_JOB)))

    def _bound_jobs(self) -> Iterator[Job]:
        """The bound of level 1 of each part: it tells where there is something to gain; the dearest first."""
        until = (1 - BOUNDS_SHARE) * self.clock.options.time_limit
        unknown = [state for state in self._by_gain() if state.bounds.commitments is None]
        for state in unknown:
            if self.clock.left() <= until:
                return
            yield Job(state.part, bound_part, self._bound_job(state.part, is_together=False))

    def _guided_jobs(self) -> Iterator[Job]:
        """A plan of each part guided by its relaxation, those that may gain most for their work first."""
        options = self.clock.options
        ordered = [state for state in self._by_gain() if not state.is_planned]
        is_scarce = sum(state.work for state in ordered) > SCARCE * options.workers * options.time_limit
        kept = (1 - (SCARCE_SHARE if is_scarce else GUIDED_SHARE)) * options.time_limit
        for rank, state in enumerate(ordered):
            left = max(0.0, self.clock.left() - kept)
            part = options.workers * state.work / sum(other.work for other in ordered[rank:])
            share = min(max(left * min(1.0, part), state.work), self.clock.left())
            yield Job(state.part, plan_part, self._plan_job(state, share))

    def _later_jobs(self) -> Iterator[Job]:
        """Better plans, in proportion to what is left to gain, at level 2 where level 1 is at its bound."""
        kept = self._kept()
        ranked = sorted(self.states.values(), key=lambda state: -state.gap)
        gaps = [state.gap for state in ranked]
        for rank, state in enumerate(ranked):
            left = (self.clock.left() - kept) * self.clock.options.workers
            share = left * gaps[rank] / max(1, sum(gaps[rank:]))
            least = LATER_JOB if state.searched else state.work
            seconds = min(max(share, least), self.clock.left() - kept)
            if seconds >= SHORTEST_JOB and state.found:
                yield Job(state.part, plan_part, replace(self._plan_job(state, seconds), floor=-1))

    def _plan_job(self, state: PartState, seconds: float) -> PlanJob:
        """Go on with a part for some seconds."""
        return PlanJob(
            week=state.week,
            options=self._options(seconds, state.turns),
            floor=-1 if state.bounds.commitments is None else state.bounds.commitments,
            guide=state.guide,
            start=state.searched.values if state.searched else None,
            sizes=state.searched.sizes if state.searched else (),
            is_hurried=seconds < AMPLE * state.work,
        )

    def _bound_together(self) -> Iterator[Job]:
        """Bounds of both levels together, once level 1 is near enough to its bound for them to tell."""
        found = [state for state in self._by_work() if state.found]
        lost = sum(state.lost for state in found)
        if 2 * WEIGHT * lost < sum(state.found.preferences for state in found if state.found):
            for state in (state for state in found if state.bounds.together is None):
                yield Job(state.part, bound_part, self._bound_job(state.part, is_together=True))

    def _bound_job(self, part: Part, is_together: bool) -> BoundJob:
        floating = {who: parts for who, parts in self.division.floating.items() if part in parts}
        foreign = self.weeks.foreign(part)
        return BoundJob(
            week=self.weeks.bounding(part),
            visitors=frozenset(who for who, parts in floating.items() if parts[0] != part),
            is_shared=bool(floating),
            free_sessions=frozenset(self.division.sessions),
            joint_actions=foreign.actions.union(self.division.joint_actions),
            foreign_sites=foreign.sites,
            is_together=is_together,
            seconds=self._bound_seconds(),
        )

    def _bounds_of_unstaffed(self, part: Part) -> PartBounds:
        """What a part without people costs, whatever is planned."""
        jobs = [self._bound_job(part, is_together) for is_together in (False, True)]
        alone, together = map(bound_part, jobs)
        return alone.with_those_of(together)

    def _bound_seconds(self) -> float:
        options = self.clock.options
        if options.deterministic:
            return UNHURRIED_SECONDS
        least, most = BOUND_SECONDS
        return min(most, max(least, BOUND_SHARE * options.time_limit))

    def _by_gain(self) -> list[PartState]:
        """Parts by what they may gain for their work, as far as is known by now."""
        return sorted(self.states.values(), key=lambda state: -state.lost / state.work)

    def _by_work(self) -> list[PartState]:
        return sorted(self.states.values(), key=lambda state: -state.work)

    def _options(self, seconds: float, turn: int = 0) -> Options:
        """Those of one worker for a job; a part that is gone on with draws other moves each time."""
        options = self.clock.options
        return Options(max(SHORTEST_JOB, seconds), 1, options.seed + turn, options.deterministic)

    def _take(self, done: Done) -> None:
        """Take what a worker found; a part whose process is lost keeps the plan it has."""
        state = self.states[str(done.name)]
        match done.answer:
            case PartPlan() as found:
                self.spent.add(found.seconds)
                state.take(found)
                self._is_new = True
            case PartBounds() as bounds:
                self.spent.add(bounds.seconds)
                state.bounds = state.bounds.with_those_of(bounds)
                self._is_new = True
            case _:
                LOGGER.warning("%s: %s", state.part, done.failure)
                kept = "son dernier plan est gardé" if state.found else "elle est planifiée sans recherche"
                self._tell(Setback(sentence=f"{state.part} : calcul perdu ({done.failure}) ; {kept}"))
        self._tell(Advance(done=sum(one.is_planned for one in self.states.values()), total=len(self.states)))

    # ------------------------------------------------------------------ whole

    def _is_over(self) -> bool:
        return self.clock.left() <= self._kept()

    def _kept(self) -> float:
        """Seconds kept to put the plan together at the end."""
        judging = 0.0 if self.clock.options.deterministic else self._judging_seconds
        return max(judging, min(LAST_SHARE * self.clock.options.time_limit, JUDGINGS_KEPT * judging))

    def _put_together_in_time(self) -> None:
        """Put the plan together at first, then when something is new and enough time went by."""
        limit, since = self.clock.options.time_limit, monotonic() - self._told_at
        is_time = since > max(TELL_SHARE * limit, self._judging_seconds / JUDGE_SHARE)
        if self.best is None or (self._is_new and is_time):
            self._put_together()

    def _put_together(self) -> None:
        """The plans of the parts as one, judged; the best is kept and told."""
        started = monotonic()
        plan = joined(self.week, [self._plan_of(state) for state in self.states.values()])
        plan, verdict = mended(self.division.board, plan, self._waiting(plan))
        if verdict.passed:
            values = {level: verdict.value(level) for level in (COMMITMENTS, PREFERENCES)}
            self.best = with_bounds(plan, verdict, self._bounds(values))
            self._tell(self.best)
        else:
            LOGGER.warning("refused: %s", "; ".join(map(str, verdict.hard[:5])))
        if self.clock.options.is_saving:
            self._tell(self._checkpoint())
        self._told_at, self._is_new = monotonic(), False
        self._judging_seconds = self._told_at - started
        self.spent.add({"judging the whole": self._judging_seconds})

    def _waiting(self, plan: Plan) -> set[str]:
        """The requests in the queue that may find a slot which their own part did not see: of someone who
        floats, or in a room lent to others that day."""
        teams, board, division = self.division.board.teams, self.division.board, self.division
        theirs = {service for who in division.floating for service in self.week.professional[who].service_ids}
        found = set()
        for row in plan.queue:
            mission = self.week.mission[row.mission_id]
            location = board.location(mission)
            is_lent = location is not None and location.site_id in division.shared_sites
            if is_lent or not theirs.isdisjoint(teams.of_mission(mission) or ()):
                found.add(row.mission_id)
        return found

    def _plan_of(self, state: PartState) -> Plan:
        """The best plan of a part; where its process was lost, what finds a slot."""
        if state.found is None:
            state.found = first_plan(PlanJob(state.week, self._options(SHORTEST_JOB)))
        return state.found.plan

    def _bounds(self, values: dict[str, int]) -> dict[str, int]:
        """Bounds of both levels over the whole, in tenths; the second over the plans no worse at level 1.

        A bound above the value of a judged plan is wrong, and none is told then.
        """
        known = [*self.unstaffed, *(state.bounds for state in self.states.values())]
        alone = sum(bounds.commitments or 0 for bounds in known)
        together = sum(bounds.together or 0 for bounds in known)
        bounds = {COMMITMENTS: alone, PREFERENCES: max(0, together - WEIGHT * values[COMMITMENTS])}
        for level, value in values.items():
            if bounds[level] > value:
                LOGGER.error("bound of %s above a judged plan: %d, %d tenths", level, bounds[level], value)
                bounds[level] = 0
        return bounds


def joined(week: Week, plans: list[Plan]) -> Plan:
    """One plan of several parts' plans; rows of one meeting become one."""
    rows: dict[object, Assignment] = {}
    for row in (row for plan in plans for row in plan.assignments):
        key: object = (row.mission_id, row.start) if row.mission_id in week.meeting else len(rows)
        before = rows.get(key)
        people = (*(before.professional_ids if before else ()), *row.professional_ids)
        rows[key] = row.model_copy(update={"professional_ids": people})
    placed = {row.mission_id for row in rows.values()}
    left = {row.mission_id: row for plan in plans for row in plan.unserved}
    return Plan(
        status=Status.FEASIBLE,
        assignments=tuple(sorted(rows.values(), key=lambda row: (row.start, row.mission_id, row.end))),
        reservations=tuple(row for plan in plans for row in plan.reservations),
        referents=tuple(row for plan in plans for row in plan.referents),
        queue=tuple(row for plan in plans for row in plan.queue),
        unserved=tuple(row for item, row in left.items() if item not in placed),
    )
