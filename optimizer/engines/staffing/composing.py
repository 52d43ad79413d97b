"""The cheapest team that reaches demand weeks: a relaxation proposes it and bounds it, plans decide.

Each team (services planned together) is composed on its own. As many posts as it takes tell what level 1 its
weeks may reach at best; the relaxation says what any team that reaches it costs at least, and proposes one;
its weeks are planned. Where one is missed, the relaxation proposes again with more time to spare; where all
are reached, with less, then post by post. Method: minimising a fleet on top of a solver, and logic-based
Benders decomposition, whose master proposes and whose plans refuse.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from math import ceil, inf

from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import PartPlan, PlanJob
from optimizer.engines.solvers import rounded_up
from optimizer.engines.staffing.known import Composed, Team, refusal, without_as
from optimizer.engines.staffing.lanes import Batch, Lanes, Recipe, Step
from optimizer.engines.staffing.master import (
    Cheapest,
    Fixed,
    Floors,
    Proposal,
    Share,
    Unlimited,
    cheapest_team,
    cost_of_a_share,
    floors_of,
    keeps_limits,
    least_paid,
)
from optimizer.engines.staffing.parts import teams_to_compose
from optimizer.engines.staffing.reaching import Reach, plan_of_nobody, plan_to_reach, plans_by_week
from optimizer.engines.workers import Done, Job, Workers
from optimizer.errors import NoPlanYet, NoTeam
from optimizer.scenarios import Scenario
from optimizer.team import Start, TeamRequest

SPARES = (0.0, 5.0, 9.0, 14.0, 20.0, 28.0)
"""Percent of a week's time that is not used in the relaxation, by proposal for a small team."""
BRACKET, BISECTIONS, LAST_SPARES = (2.0, 18.0), 5, (28.0, 0.0)
"""Between which percents a large team is looked for, and proposals for it; those when none was reached."""
MANY, BRACKET_OF_MANY, BISECTIONS_OF_MANY = 4, (4.0, 24.0), 3
"""Large teams beyond which there is little time for each; the same for each of them."""
THINNED = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of the posts of a team that lacks nothing which are tried as well."""
NEAR = 0.01
"""Gap at which a proposal is good enough: the bound is asked for apart."""
BOUND_SHARE, PROPOSAL_SHARE, SMALL_PROPOSAL_SHARE = 0.25, 0.05, 0.01
"""Shares of the limit that the bound, and a proposal for a large or a small team, may take."""
MISSION_SECONDS, ROUND_SHARE = 0.05, (0.15, 0.4)
"""Seconds of the plan of a week for each of its missions, with which it comes near its floor; shares of the
limit that plans of all weeks of all teams take once, at least and at most."""
LEAST_PLAN, MOST_PLAN = 4.0, 40.0
"""Least and most seconds of a plan."""
NEARLY, AGAIN = 1.5, 1.5
"""Tenths a mission by which a week is nearly reached: it goes on for so many times as long."""
BELOW = 0.7
"""Share of what a target leaves above its floor at which the search of a plan stops: the rest is what clock
times may lose."""
LAST_SHARE = 0.12
"""Share of the limit kept to put whole weeks together."""
BOUNDING = " (borne)"
"""Ends the name of the recipe that bounds a team."""


Report = Callable[[Sequence[Composed]], None]


@dataclass
class Composing:
    """Teams under way."""

    request: TeamRequest
    scenarios: Sequence[Scenario]
    clock: Clock
    report: Report | None = None
    teams: list[Composed] = field(default_factory=list)
    lanes: Lanes = field(default_factory=lambda: Lanes({}, lambda _: 0.0))

    def solve(self) -> list[Composed]:
        """The cheapest team found for each, and its bound.

        Raises
        ------
        NoTeam
            No team within the limits asked for reaches a week.
        NoPlanYet
            The limit came before the weeks of some team were planned.
        """
        self.teams = [Composed(team) for team in teams_to_compose(self.request, self.scenarios)]
        if facts := [fact for team in self.teams for fact in without_as(team)]:
            raise NoTeam(facts)
        known = {team.of.part: team for team in self.teams}
        recipes = {part: self._recipe(team) for part, team in known.items()}
        with Workers(self.clock.options.workers) as workers:
            self.lanes = Lanes({}, lambda name: _rank(name, known, self.are_many))
            for name, recipe in recipes.items():
                self.lanes.add(name, recipe)
            for done in workers.do(self.lanes, self._is_over):
                self.lanes.take(done)
                if self.report:
                    self.report(self.teams)
        if facts := [fact for team in self.teams for fact in refusal(team, self.scenarios)]:
            raise NoTeam(facts)
        if not all(team.plans for team in self.teams):
            raise NoPlanYet(
                "la limite, ou Ctrl-C, est arrivée avant une première équipe ; laissez plus de temps"
            )
        return self.teams

    @cached_property
    def asked(self) -> frozenset[int]:
        """The weeks to reach: all of them, or the share asked for without those of most work."""
        count = -(-len(self.scenarios) * self.request.share_percent // 100)
        work = [sum(mission.duration_minutes for mission in one.week.missions) for one in self.scenarios]
        return frozenset(sorted(range(len(work)), key=work.__getitem__)[:count])

    @cached_property
    def are_many(self) -> bool:
        """Whether there are many large teams."""
        return sum(not team.is_small for team in self.teams) > MANY

    def _is_over(self) -> bool:
        return self.clock.left() <= LAST_SHARE * self.clock.options.time_limit

    # ---------------------------------------------------------------- a team

    def _recipe(self, team: Composed) -> Recipe:
        """Targets, a bound with some proposals, then their weeks, from what is likely to be reached."""
        floors = yield from self._floors(team)
        generous = team.of.generous(floors.teams)
        yield from self._set_targets(team, generous)
        if not team.targets:
            return
        self.lanes.add(f"{team.of.part}{BOUNDING}", self._bound(team))
        if self.are_many and team.is_small:
            yield from self._bisect(team, generous)
        elif team.is_small:
            yield from self._try_present(team)
            proposals = yield from self._propose(team, SPARES)
            if any(one.is_infeasible for one in proposals.values()):
                return
            teams = [one.team for one in proposals.values() if one.team]
            yield from self._first_reached(team, [*teams, *self._thinned(team, generous)])
        else:
            yield from self._search(team)
            if not self.are_many:
                yield from self._try_present(team)
        team.is_searched = True
        yield from self._shrink(team)

    def _bound(self, team: Composed) -> Recipe:
        """What any team whose weeks are reached costs at least."""
        seconds, weeks = self._seconds(BOUND_SHARE), len(self.asked)
        job = Job("bound", cheapest_team, Cheapest(team.of.problem, team.targets, seconds))
        if weeks < len(team.targets):
            job = Job("bound", cost_of_a_share, Share(team.of.problem, team.targets, weeks, seconds))
        answers = yield Batch((job,))
        answer = answers["bound"].answer
        if isinstance(answer, Proposal):
            team.bound = answer.bound
            team.refused = answer if answer.is_infeasible else None

    def _floors(self, team: Composed) -> Step[Floors]:
        job = Unlimited(team.of.unlimited, self._relaxation_seconds)
        answers = yield Batch((Job("floors", floors_of, job),))
        floors = answers["floors"].answer
        if not isinstance(floors, Floors):
            floors = Floors((0,) * len(self.scenarios), ({},) * len(self.scenarios))
        team.floors = floors.tenths
        return floors

    def _set_targets(self, team: Composed, generous: Team) -> Step[None]:
        """What each week reaches with more posts than it takes: its best plan, or its floor."""
        jobs = [self._plan_job(team, n, generous, team.floors[n]) for n in range(len(self.scenarios))]
        answers = yield Batch(tuple(jobs))
        plans = plans_by_week(answers)
        tolerance = round(10 * self.request.tolerance)
        if len(plans) < len(self.scenarios):
            return
        team.targets = tuple(
            max(team.floors[n], plans[n].commitments) + tolerance for n in range(len(self.scenarios))
        )
        team.plenty, team.plans_of_plenty = generous, plans
        if keeps_limits(team.of.problem, generous):
            team.team, team.plans = generous, plans

    def _try_present(self, team: Composed) -> Step[None]:
        """Keep everyone present and open nothing, where that is allowed, reaches, and costs less."""
        for present in self._present_of(team):
            if (yield from self._may_reach(team, present)):
                yield from self._is_reached(team, present)

    def _present_of(self, team: Composed) -> Iterator[Team]:
        """Everyone present, where one starts from there and limits allow it."""
        present = {person.id: 1 for person in team.of.present}
        if self.request.start is Start.PRESENT and keeps_limits(team.of.problem, present):
            yield present

    def _propose(self, team: Composed, spares: Sequence[float]) -> Step[dict[float, Proposal]]:
        """The cheapest teams by the relaxation, by the percents of time that they keep to spare."""
        seconds = self._seconds(SMALL_PROPOSAL_SHARE if team.is_small else PROPOSAL_SHARE)
        targets = tuple(one if n in self.asked else None for n, one in enumerate(team.targets))
        jobs = [
            Job(
                spare,
                cheapest_team,
                Cheapest(team.of.problem, targets, seconds, spare, NEAR, is_proposal=True),
            )
            for spare in spares
        ]
        answers = yield Batch(tuple(jobs))
        found = ((spare, answers[spare].answer) for spare in spares)
        return {spare: answer for spare, answer in found if isinstance(answer, Proposal)}

    def _thinned(self, team: Composed, generous: Team) -> Iterator[Team]:
        """The team that lacks nothing, with fewer people of each profession, those present first."""
        for share in THINNED:
            left = {kind: ceil(share * count) for kind, count in team.of.people_of(generous).items()}
            thin = {}
            for column in team.of.problem.columns:
                kind = column.person.profession, column.person.service_ids[0]
                kept = max(column.least, min(generous.get(column.person.id, 0), left.get(kind, 0)))
                thin[column.person.id] = kept
                left[kind] = left.get(kind, 0) - kept
            if keeps_limits(team.of.problem, thin):
                yield thin

    def _first_reached(self, team: Composed, teams: Sequence[Team]) -> Step[None]:
        """The cheapest of some teams whose weeks are reached."""
        for people in sorted(teams, key=team.cost_of):
            if (yield from self._is_reached(team, people)):
                return

    def _bisect(self, team: Composed, generous: Team) -> Step[None]:
        """A small team beside many: the present one, proposals and thinner ones by what they cost, from the
        middle upwards where one is missed, else downwards."""
        proposals = yield from self._propose(team, SPARES)
        teams = [one.team for one in proposals.values() if one.team]
        teams += [*self._thinned(team, generous), *self._present_of(team)]
        teams = [one for one in sorted(teams, key=team.cost_of) if team.cost_of(one) < team.cost_of(generous)]
        missed, reached = -1, len(teams)
        while reached - missed > 1:
            middle = (missed + reached) // 2
            if (yield from self._is_reached(team, teams[middle])):
                reached = middle
            else:
                missed = middle

    def _search(self, team: Composed) -> Step[None]:
        """A large team with less time to spare where its weeks are reached, else with more (bisection)."""
        low, high = BRACKET_OF_MANY if self.are_many else BRACKET
        for _ in range(BISECTIONS_OF_MANY if self.are_many else BISECTIONS):
            middle = (low + high) / 2
            if (yield from self._is_reached_with(team, middle)):
                high = middle
            else:
                low = middle
        for spare in LAST_SPARES:
            if not team.plans:
                yield from self._is_reached_with(team, spare)

    def _is_reached_with(self, team: Composed, spare: float) -> Step[bool]:
        """Whether weeks are reached with the team that the relaxation proposes with some time to spare; what
        no team keeps to spare is not asked for again."""
        proposals = yield from self._propose(team, [spare])
        proposal = proposals.get(spare)
        if proposal is None or not proposal.team:
            return proposal is not None and proposal.is_infeasible
        return (yield from self._is_reached(team, proposal.team))

    def _is_reached(self, team: Composed, people: Team) -> Step[bool]:
        """Whether every week is reached with a team, or with one that costs no more."""
        if team.plans and team.cost_of(people) >= team.cost:
            return True
        return (yield from self._reach(team, people))

    def _shrink(self, team: Composed) -> Step[None]:
        """Each post gone, or another in its place, as long as every week is reached."""
        refused: set[frozenset[tuple[str, int]]] = set()
        while team.plans and not team.is_proven:
            smaller = (one for one in self._smaller(team) if frozenset(one.items()) not in refused)
            people = next(smaller, None)
            if people is None:
                return
            refused.add(frozenset(people.items()))
            if (yield from self._may_reach(team, people)):
                yield from self._reach(team, people)

    def _smaller(self, team: Composed) -> list[dict[str, int]]:
        """Teams that cost less: with one post gone, or another in the place of one; in small ones, of two.

        In large ones the other is of the same profession, and the least saving comes first: it is the
        likeliest to hold.
        """
        columns = {column.person.id: column for column in team.of.problem.columns}
        there = [id_ for id_, count in team.team.items() for _ in range(count)]
        gone: list[tuple[str, ...]] = [(id_,) for id_ in dict.fromkeys(there)]
        if team.is_small:
            gone += list(dict.fromkeys(combinations(there, 2)))
        found = []
        for ids in gone:
            less = dict(team.team)
            for id_ in ids:
                less[id_] -= 1
            found.append(less)
            for other, column in columns.items():
                kinds = {columns[id_].person.profession for id_ in ids}
                if column.post and (team.is_small or column.person.profession in kinds):
                    found.append(less | {other: less.get(other, 0) + 1})
        allowed = (one for one in found if keeps_limits(team.of.problem, one))
        cheaper = [one for one in allowed if team.bound <= team.cost_of(one) < team.cost]
        return sorted(cheaper, key=team.cost_of, reverse=not team.is_small)

    def _may_reach(self, team: Composed, people: Team) -> Step[bool]:
        """Whether the relaxation of each week leaves a team a chance."""
        weeks = tuple(range(len(team.targets)))
        job = Fixed(team.of.problem, people, weeks, self._relaxation_seconds)
        answers = yield Batch((Job("fixed", least_paid, job),))
        paid = answers["fixed"].answer
        return not isinstance(paid, list) or all(
            rounded_up(one) <= target
            for n, (one, target) in enumerate(zip(paid, team.targets, strict=True))
            if n in self.asked
        )

    def _reach(self, team: Composed, people: Team) -> Step[bool]:
        """Whether every week is reached with a team, which is then the best; the hardest week first."""
        order = sorted(
            range(len(team.targets)),
            key=lambda n: (n not in self.asked, n not in team.missed, -len(team.of.weeks[n].missions)),
        )
        team.tries += 1
        jobs = tuple(self._plan_job(team, n, people, team.targets[n]) for n in order)
        near = NEARLY * team.missions
        answers = yield Batch(jobs, lambda done: self._misses(team, done) > near)
        plans = plans_by_week(answers)
        missed = [n for n, done in answers.items() if isinstance(n, int) and self._misses(team, done)]
        if len(plans) == len(jobs) and missed:
            again = tuple(self._again(team, n, people, plans[n]) for n in missed)
            answers = yield Batch(again, lambda done: self._misses(team, done) > 0)
            plans = {**plans, **plans_by_week(answers)}
            missed = [n for n in missed if n not in answers or self._misses(team, answers[n])]
        team.missed = frozenset(missed)
        if len(plans) < len(jobs) or missed:
            return False
        if team.cost_of(people) < team.cost or not team.plans:
            team.team, team.plans = people, plans
        return True

    def _misses(self, team: Composed, done: Done) -> float:
        """By how many tenths a week that must be reached is not; without end where it has no plan."""
        number, plan = int(str(done.name)), done.answer
        if not isinstance(plan, PartPlan):
            return inf
        return max(0, plan.commitments - team.targets[number]) if number in self.asked else 0

    def _again(self, team: Composed, number: int, people: Team, plan: PartPlan) -> Job:
        """Go on with a week that is nearly reached."""
        job = self._plan_job(team, number, people, team.targets[number])
        if not isinstance(job.argument, Reach):
            return job
        before = job.argument.plan
        options = replace(before.options, time_limit=AGAIN * before.options.time_limit)
        further = replace(
            before, options=options, floor=team.floors[number], start=plan.values, guide=plan.guide
        )
        return Job(number, job.function, replace(job.argument, plan=further))

    def _plan_job(self, team: Composed, number: int, people: Team, target: int) -> Job:
        """Plan a week with a team; where there is nobody, it pays what the relaxation says."""
        options = self.clock.options
        if not team.of.people(people):
            fixed = Fixed(team.of.problem, people, (number,), self._relaxation_seconds)
            return Job(number, plan_of_nobody, fixed)
        limit = Options(self._plan_seconds(team), 1, options.seed, options.deterministic)
        floor = team.floors[number] + round(BELOW * (target - team.floors[number]))
        plan = PlanJob(team.of.week(number, people), limit, floor, has_preferences=False)
        return Job(number, plan_to_reach, Reach(target, plan))

    def _plan_seconds(self, team: Composed) -> float:
        """Seconds of the plan of one week of a team, by its missions, between shares of the limit: those that
        its work has of all weeks of all teams."""
        options = self.clock.options
        whole = len(self.scenarios) * sum(other.work for other in self.teams)
        least, most = (
            share * options.time_limit * options.workers * team.work / max(1, whole) for share in ROUND_SHARE
        )
        seconds = min(most, max(least, MISSION_SECONDS * team.missions))
        return min(MOST_PLAN, max(LEAST_PLAN, seconds))

    @property
    def _relaxation_seconds(self) -> float:
        return self._seconds(PROPOSAL_SHARE)

    def _seconds(self, share: float) -> float:
        """A share of the limit, less of it where there are more large teams than workers."""
        options = self.clock.options
        large = sum(not team.is_small for team in self.teams)
        return share * options.time_limit * min(1.0, options.workers / max(1, large))


def _rank(name: str, known: Mapping[str, Composed], are_many: bool) -> float:
    """What comes first: teams without a plan, the small ones; the first try of many; bounds; teams not
    searched yet; then what may cost less."""
    if name not in known:
        return 1e6
    team = known[name]
    if not team.plans:
        return team.work
    if are_many and not team.tries:
        return 1e5 + team.work
    return 1e7 + team.work if not team.is_searched else 1e10 - (team.cost - team.bound)
