"""The engine of a re-plan: commitments first, then the least that moves, then the usual preferences.

It starts from a plan repaired at once. A search (large neighbourhood search) gives back the commitments that
the events break, one by one, and moves less; CP-SAT, led by reduced costs, then bounds what must move at
least in plans no worse on the commitments. Half-days that nothing changes keep their clock times; what the
clock must move all the same is told to the buckets, which are then solved again (logic-based Benders).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from optimizer.board import Board
from optimizer.check import Verdict, judge
from optimizer.decision import Decision, read_decision
from optimizer.disturbance import DISTURBANCE, shifts
from optimizer.engines.assembling import with_bounds
from optimizer.engines.benders import cut_off, order_of, refused_groups
from optimizer.engines.blocks import blocks_of
from optimizer.engines.clocking import TimedDecision
from optimizer.engines.cuts import Group
from optimizer.engines.dated_rows import post_dated
from optimizer.engines.decisions_of_plan import of_some, values_meant
from optimizer.engines.disturbing import post_disturbance
from optimizer.engines.following import WEIGHTS, follow, keep_tours
from optimizer.engines.guiding import NEVER_TIGHT, OF_LEVEL_2, lightened
from optimizer.engines.levels import build
from optimizer.engines.losing import LOST, losses, post_losses
from optimizer.engines.matrix import Integers, Matrix
from optimizer.engines.mending import mended
from optimizer.engines.neighbourhoods import operators_near
from optimizer.engines.options import Clock, Options
from optimizer.engines.outcome import BlockOutcome
from optimizer.engines.proving import Beside, prove_beside, prove_by_cp_sat
from optimizer.engines.relaxing import solve_for_proof
from optimizer.engines.retiming import Retiming, identified
from optimizer.engines.search import Search, owners
from optimizer.engines.solvers import Method
from optimizer.engines.time_cuts import must_move, post_time_cut
from optimizer.linear import Row, Statement, Variable
from optimizer.model import COMMITMENTS, PREFERENCES, BucketModel
from optimizer.news import News
from optimizer.plan import Level, Plan
from optimizer.rules import caseload, continuity, core_profession, new_referent, steps
from optimizer.week import Week

EASY = {LOST: 8_000, DISTURBANCE: 1_000, PREFERENCES: 1}
"""Of the search at first: a point given back is worth eight of what moves, a household told again for ten."""
LOSING = {LOST: 1_000, DISTURBANCE: 100, PREFERENCES: 1}
MOVING = {DISTURBANCE: 100, PREFERENCES: 1}
"""What draws half-days to be decided again, while something is lost, and then."""
EASY_SHARE, LOSS_SHARE, MOVE_UNTIL, LEAST_SECONDS = 0.15, 0.15, 0.2, 1.0
"""Shares of the time that giving back commitments may take, easily, then in any way; what is left of it once
the least that moves is found, for the clock, the judge and the bound of the commitments; seconds that this
bound asks for."""
ROUNDS, ROUND_SHARE, LEAST_SHARE = 30, 0.6, 0.2
"""Times that the clock tells what it must move; share of the time left that one of them may take; share of
the whole that one more asks for."""
SMALL, PROOF_SHARE = 10_000, 0.35
"""Variables up to which a MIP proves what is lost at least, and its share of the time."""
OF_WHO = (core_profession.RULE, continuity.RULE, steps.RULE, new_referent.RULE, caseload.RULE)
"""The preferences that a re-plan looks at: who, trips of households, and to whom households are handed over.
Shares of load and travel are left as they come: their rows double the time of a proof."""
Judged = tuple[Plan, Verdict]
Report = Callable[[News], None]


@dataclass(frozen=True)
class Replanning:
    """A re-plan to be made of a week: an engine that can be sent to a process apart.

    `week` and `published` are the plan that people were told in its week, `repaired` its repair at once,
    `left_out` the items that the events themselves move, `people` those whom the events touch.
    """

    week: Week
    published: Plan
    repaired: Plan
    left_out: frozenset[str]
    people: frozenset[str]
    __name__: str = "replanning"

    def __call__(self, week: Week, options: Options, report: Report) -> Plan:
        """The best plan found, told as it gets better."""
        return _Replan(self, week, options).plan(report)


class _Replan:
    def __init__(self, asked: Replanning, week: Week, options: Options) -> None:
        self.asked, self.week = asked, week
        self.board, self.clock = Board(week), Clock(options)
        self.published = judge(asked.week, asked.published)
        self.decided = frozenset[int]()
        self.clocked: TimedDecision | None = None
        self.hopeless: set[Group] = set()
        self.lost_at_least = 0
        self.moved_at_least: list[tuple[int, int]] = []

    def plan(self, report: Report) -> Plan:
        """The best plan found, with what is proven of it; the repaired one where the model has no better."""
        asked, clock = self.asked, self.clock
        people = self._people()
        found: Judged = asked.repaired, judge(self.week, asked.repaired)
        report(self._with_levels(*found, 0, 0))
        model = build(self.board, people, with_preferences=False)
        model.post(OF_WHO)
        told = post_disturbance(model, of_some(people, asked.published), asked.left_out)
        post_dated(model, told.homes)
        post_losses(model, asked.week, asked.published)
        values = self._values(model, people)
        if values is None:
            return self._with_levels(*found, 0, 0)
        search = Search(model, WEIGHTS, clock, operators_near(told.homes))
        outcome = BlockOutcome(model, values)
        self._lose_least(search, outcome)
        for _ in range(ROUNDS):
            self._move_least(search, outcome)
            keep_tours(search, outcome, self.decided, self.asked.published)
            found = min(found, self._timed(outcome, people), key=self._worth)
            report(self._with_levels(*found, 0, self._least(found)))
            if self._least(found) >= self._disturbance(found[0]):
                break
            if clock.left() < LEAST_SHARE * clock.options.time_limit:
                break
            if not self._cut(search, outcome, told.shifted) and not self._looks_again(found):
                break
        return self._with_levels(*found, self._bound(model.statement), self._least(found))

    def _looks_again(self, found: Judged) -> bool:
        """Whether the best plan loses more than plans that a bound is known of: it needs one of its own."""
        lost = losses(self.published, found[1])
        is_new = all(most < lost for most, _ in self.moved_at_least)
        self.lost_at_least = max(self.lost_at_least, lost)
        return is_new

    def _cut(self, search: Search, outcome: BlockOutcome, shifted: Mapping[str, Variable]) -> bool:
        """Tell the buckets what the clock cannot hold of their values, and what it must move; whether there
        is anything."""
        return self._forbid(search, outcome) or self._price(search, outcome, shifted)

    def _forbid(self, search: Search, outcome: BlockOutcome) -> bool:
        """Cut off what the clock could not hold, and find values that respect it."""
        decision = self._decision(outcome)
        refused = replace(self.clocked, decision=decision).refused() if self.clocked else []
        mine = [one for one in refused if self.clocked and one[0] in self.clocked.half_days]
        groups = refused_groups(outcome, decision, mine, self.clock.options.seed) - self.hopeless
        found = {group: cut_off(outcome, decision, group, search) for group in sorted(groups, key=order_of)}
        self.hopeless |= {group for group, is_respected in found.items() if not is_respected}
        return any(found.values())

    def _price(self, search: Search, outcome: BlockOutcome, shifted: Mapping[str, Variable]) -> bool:
        """Price what the clock must move as long as people do at least that."""
        model, decision = outcome.model, self._decision(outcome)
        slots = {slot for _, slot in decision.stays}
        moved = {item for item, variable in shifted.items() if outcome.values[variable]}
        found = list(must_move(model, decision, self.asked.published, moved, slots, self.clock.options.seed))
        before = len(outcome.values)
        extras = [post_time_cut(model, decision, one, shifted) for one in found]
        if not extras:
            return False
        values = np.append(outcome.values, np.ones(len(model.statement.lowers) - before, np.int64))
        for extra, one in zip(extras, found, strict=True):
            values[extra] = one.tenths
        outcome.values = values
        search.read_again()
        return search.matrix.holds(values)

    def _lose_least(self, search: Search, outcome: BlockOutcome) -> None:
        """Give back what the events break: in small teams, beside a proof of what is lost at least."""
        statement, clock = outcome.model.statement, search.clock
        self.lost_at_least = statement.constants.get(LOST, 0)
        if len(outcome.values) > SMALL or self._lost(outcome) <= self.lost_at_least:
            return
        whole = clock.options.time_limit
        self._give_back(search, outcome, clock.left() - EASY_SHARE * whole, Beside())
        problem = Matrix(lightened(statement, OF_LEVEL_2)).whole({LOST: 1})
        until = clock.left() - PROOF_SHARE * whole
        prove = partial(prove_by_cp_sat, clock, problem, outcome.values.tolist())
        proof = prove_beside(clock, until, prove, partial(self._give_back, search, outcome, until))
        self.lost_at_least = max(self.lost_at_least, proof.bound or 0)
        if proof.values is not None:
            follow(search, outcome, self.decided, np.array(proof.values, np.int64))

    def _move_least(self, search: Search, outcome: BlockOutcome) -> None:
        """Move the least among plans that lose the least that is known to be lost, and no more than what is
        reached once that was tried in vain: a search, beside a proof that finds such plans by itself."""
        statement, clock = outcome.model.statement, search.clock
        last = MOVE_UNTIL * clock.options.time_limit
        until = last + (1 - ROUND_SHARE) * max(0.0, clock.left() - last)
        light = lightened(statement, OF_LEVEL_2)
        lost = self._lost(outcome)
        most = self.lost_at_least
        limit = Row(("no_more_lost",), statement.levels.get(LOST, {}), None, most)
        problem = Matrix(replace(light, rows=[*light.rows, limit])).whole({DISTURBANCE: 1})
        prove = partial(prove_by_cp_sat, clock, problem, outcome.values.tolist() if lost <= most else None)
        proof = prove_beside(clock, until, prove, partial(self._improve, search, outcome, until))
        bound = proof.bound or statement.constants.get(DISTURBANCE, 0)
        self.moved_at_least.append((most, bound))
        if proof.values is not None:
            follow(search, outcome, self.decided, np.array(proof.values, np.int64))
        elif self._lost(outcome) > most:
            self.lost_at_least = self._lost(outcome)

    def _improve(self, search: Search, outcome: BlockOutcome, until: float, beside: Beside) -> None:
        """Lose less, then move less, until the clock has `until` seconds left or what goes on beside ends."""
        self._give_back(search, outcome, until, beside)
        search.weights, search.drawn_by = WEIGHTS, MOVING
        search.improve(outcome, until, beside.is_running, lambda _: beside.is_done())

    def _give_back(self, search: Search, outcome: BlockOutcome, until: float, beside: Beside) -> None:
        """Give back what the events break, for a share of the time at most: first what few moves give back,
        then whatever it takes."""
        clock, search.drawn_by = search.clock, LOSING
        for weights, share in ((EASY, EASY_SHARE), (WEIGHTS, LOSS_SHARE)):
            search.weights = weights
            stop = max(until, clock.left() - share * clock.options.time_limit)
            search.improve(
                outcome,
                stop,
                beside.is_running,
                lambda one: beside.is_done() or self._lost(one) <= self.lost_at_least,
            )

    def _least(self, found: Judged) -> int:
        """What moves at least in plans that lose no more than one, in tenths."""
        lost = losses(self.published, found[1])
        return max((bound for most, bound in self.moved_at_least if lost <= most), default=0)

    def _lost(self, outcome: BlockOutcome) -> int:
        """What values lose of the commitments that the published plan kept, in tenths."""
        return outcome.model.statement.value(LOST, outcome.values.tolist())

    def _people(self) -> frozenset[str]:
        """Those whom the events touch, and whom anything couples with them."""
        blocks = (block for block in blocks_of(self.board) if block & self.asked.people)
        return frozenset[str]().union(*blocks)

    def _worth(self, found: Judged) -> tuple[bool, int, int, int]:
        """What orders plans: those that break a rule last, then what they lose of the published plan, what
        they move, and their preferences."""
        plan, verdict = found
        lost = losses(self.published, verdict)
        return not verdict.passed, lost, self._disturbance(plan), verdict.value(PREFERENCES)

    def _disturbance(self, plan: Plan) -> int:
        """What a plan moves, in tenths."""
        moved = shifts(self.week, self.asked.published, plan, self.asked.left_out)
        return sum(shift.tenths for shift in moved)

    def _with_levels(self, plan: Plan, verdict: Verdict, commitments: int, disturbance: int) -> Plan:
        """The plan with its three levels; preferences are not bounded."""
        two = with_bounds(plan, verdict, {COMMITMENTS: commitments, PREFERENCES: 0})
        moved = Level.of(DISTURBANCE, self._disturbance(plan) / 10, disturbance / 10)
        return two.model_copy(update={"levels": (two.levels[0], moved, two.levels[1])})

    # ------------------------------------------------------------ values

    def _values(self, model: BucketModel, people: frozenset[str]) -> Integers | None:
        """The values that the repaired plan means, what is past held; None where the model does not take
        it."""
        statement = model.statement
        meant = values_meant(model, of_some(people, self.asked.repaired), WEIGHTS, self.clock.options.seed)
        if meant is None:
            return None
        self.decided, past = meant.decided, self._past_slots()
        for variable, (_, slot) in owners(model).items():
            if slot in past and variable in meant.decided:
                statement.lowers[variable] = statement.uppers[variable] = int(meant.values[variable])
        return meant.values

    def _past_slots(self) -> frozenset[int]:
        """The half-days that have begun."""
        now = self.week.horizon.now
        if now is None:
            return frozenset()
        minute = self.board.calendar.minute(now)
        return frozenset(slot for (_, slot), half in self.board.half_days.items() if half.span[0] < minute)

    # ------------------------------------------------------------ clock and proof

    def _timed(self, outcome: BlockOutcome, people: frozenset[str]) -> Judged:
        """The plan that values mean: only half-days that change are timed, then their whole days if the judge
        wants it so."""
        retiming = Retiming(
            self.board,
            self.asked.published,
            self.asked.repaired,
            self._decision(outcome),
            people,
            self.clock.options.seed,
        )
        changed = retiming.changed()
        plan, self.clocked = retiming.timed(changed)
        if not judge(self.week, plan).passed:
            days = {slot // 2 for slot in changed}
            whole = {slot for _, slot in retiming.decision.stays if slot // 2 in days}
            plan, self.clocked = retiming.timed(whole)
        return mended(self.board, plan)

    def _decision(self, outcome: BlockOutcome) -> Decision:
        """What values mean, things alike named as in the plan."""
        decision = read_decision(outcome.model, outcome.values.tolist())
        return identified(
            outcome.model, decision, of_some(frozenset(outcome.model.people), self.asked.repaired)
        )

    def _bound(self, statement: Statement) -> int:
        """A bound of the commitments, whatever moves, in tenths."""
        light = lightened(statement, NEVER_TIGHT | OF_LEVEL_2)
        constant = statement.constants.get(COMMITMENTS, 0)
        if (seconds := self.clock.left()) < LEAST_SECONDS:
            return constant
        problem = Matrix(light).whole({COMMITMENTS: 1})
        relaxed = solve_for_proof(problem, seconds, Method.RELAXATION, self.clock.options)
        return max(relaxed.bound or 0, constant)
