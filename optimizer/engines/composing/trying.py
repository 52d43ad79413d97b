"""Whether the weeks of a team are reached: all are planned, then those that nearly are are gone on with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from optimizer.engines.composing.known import Composed, Team
from optimizer.engines.composing.lanes import Batch, Step
from optimizer.engines.composing.paid import Fixed, least_paid
from optimizer.engines.composing.reaching import Reach, plan_of_nobody, plan_to_reach, plans_by_week
from optimizer.engines.composing.setting import Setting
from optimizer.engines.options import Options
from optimizer.engines.part_jobs import PartPlan, PlanJob
from optimizer.engines.solvers import rounded_up
from optimizer.engines.workers import Done, Job

NEARLY, WORTH, FURTHER = 3.0, 1.0, ((1.5, 1.5), (3.0, 0.0))
"""Tenths a mission by which a week is nearly reached, and by which all may be missed on average to go on with
those that are; then for how many times as long, and how many one may lack after that to go on again."""
BELOW = 0.7
"""Share of what a target leaves above its floor at which the search of a plan stops: the rest is what clock
times may lose."""


@dataclass(frozen=True)
class Trying:
    """Teams tried one after the other."""

    setting: Setting

    def is_reached(self, team: Composed, people: Team) -> Step[bool]:
        """Whether every week is reached with a team, or with one that costs no more."""
        if team.plans and team.cost_of(people) >= team.cost:
            return True
        return (yield from self.reach(team, people))

    def may_reach(self, team: Composed, people: Team) -> Step[bool]:
        """Whether the relaxation of each week leaves a team a chance."""
        weeks = tuple(range(len(team.targets)))
        job = Fixed(team.of.problem, people, weeks, self.setting.relaxation_seconds)
        answers = yield Batch((Job("fixed", least_paid, job),))
        paid = answers["fixed"].answer
        return not isinstance(paid, list) or all(
            rounded_up(one) <= target
            for n, (one, target) in enumerate(zip(paid, team.targets, strict=True))
            if n in self.setting.asked
        )

    def reach(self, team: Composed, people: Team) -> Step[bool]:
        """Whether every week is reached with a team, which is then the best; the hardest week first."""
        order = sorted(
            range(len(team.targets)),
            key=lambda n: (
                n not in self.setting.asked,
                n not in team.missed,
                -len(team.of.weeks[n].missions),
            ),
        )
        team.tries += 1
        jobs = tuple(self.plan_job(team, n, people, team.targets[n]) for n in order)
        plans, missed = yield from self._plan_all(team, jobs, NEARLY)
        for times, nearly in FURTHER:
            if len(plans) == len(jobs) and 0 < sum(missed.values()) <= WORTH * team.missions * len(jobs):
                again = [self._go_on(team, n, people, plans[n], times) for n in missed]
                further, still = yield from self._plan_all(team, again, nearly)
                missed = {n: still.get(n, by) for n, by in missed.items() if n in still or n not in further}
                plans |= {n: min(plans[n], plan, key=lambda one: one.prices) for n, plan in further.items()}
        team.missed = missed
        if len(plans) < len(jobs) or missed:
            return False
        if team.cost_of(people) < team.cost or not team.plans:
            team.team, team.plans = people, plans
        return True

    def _plan_all(
        self, team: Composed, jobs: Sequence[Job], nearly: float
    ) -> Step[tuple[dict[int, PartPlan], dict[int, float]]]:
        """The plans of some weeks, and by how many tenths each is missed that is, until one is by more than
        so many a mission."""
        answers = yield Batch(tuple(jobs), lambda done: self._misses(team, done) > nearly * team.missions)
        misses = {n: self._misses(team, done) for n, done in answers.items() if isinstance(n, int)}
        return plans_by_week(answers), {n: by for n, by in misses.items() if by}

    def _misses(self, team: Composed, done: Done) -> float:
        """By how many tenths a week that must be reached is not; without end where it has no plan."""
        number, plan = int(str(done.name)), done.answer
        if not isinstance(plan, PartPlan):
            return inf
        return max(0, plan.commitments - team.targets[number]) if number in self.setting.asked else 0

    def _go_on(self, team: Composed, number: int, people: Team, plan: PartPlan, times: float) -> Job:
        """Go on with a week that is nearly reached, for some times as long."""
        job = self.plan_job(team, number, people, team.targets[number])
        if not isinstance(job.argument, Reach):
            return job
        before = job.argument.plan
        limit, seed = times * before.options.time_limit, before.options.seed + round(10 * times)
        further = replace(
            before,
            options=replace(before.options, time_limit=limit, seed=seed),
            floor=team.floors[number],
            start=plan.values,
            guide=plan.guide,
            sizes=plan.sizes,
        )
        return Job(number, job.function, replace(job.argument, plan=further))

    def plan_job(self, team: Composed, number: int, people: Team, target: int) -> Job:
        """Plan a week with a team; where there is nobody, it pays what the relaxation says."""
        options = self.setting.clock.options
        if not team.of.people(people):
            fixed = Fixed(team.of.problem, people, (number,), self.setting.relaxation_seconds)
            return Job(number, plan_of_nobody, fixed)
        limit = Options(self.setting.plan_seconds(team), 1, options.seed, options.deterministic)
        floor = team.floors[number] + round(BELOW * (target - team.floors[number]))
        plan = PlanJob(team.of.week(number, people), limit, floor, has_preferences=False)
        return Job(number, plan_to_reach, Reach(target, plan))
