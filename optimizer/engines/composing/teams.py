"""The cheapest team that reaches demand weeks: a relaxation proposes it and bounds it, plans decide.

Each team (services planned together) is composed on its own. As many posts as it takes tell what level 1 its
weeks may reach at best; the relaxation says what any team that reaches it costs at least, and proposes one;
its weeks are planned. Where some are missed, the relaxation proposes again with more time to spare in these;
where all are reached, with less, then post by post. Method: minimising a fleet on top of a solver, and
logic-based Benders decomposition, whose master proposes and whose plans refuse.
"""

from collections.abc import Callable, Sequence

from optimizer.engines.composing.choosing import SPARES, Choosing
from optimizer.engines.composing.known import Composed, Team, refusal, without_as
from optimizer.engines.composing.lanes import Batch, Lanes, Recipe, Step
from optimizer.engines.composing.master import Cheapest, Proposal, Share, cheapest_team, cost_of_a_share
from optimizer.engines.composing.paid import Floors, Unlimited, floors_of
from optimizer.engines.composing.parts import teams_to_compose
from optimizer.engines.composing.problem import keeps_limits
from optimizer.engines.composing.reaching import plans_by_week
from optimizer.engines.composing.setting import Setting
from optimizer.engines.options import Clock
from optimizer.engines.workers import Job, Workers
from optimizer.errors import NoPlanYet, NoTeam
from optimizer.scenarios import Scenario
from optimizer.team import TeamRequest

BOUND_SHARE = 0.25
"""Share of the limit that the bound of a team may take."""
LAST_SHARE = 0.12
"""Share of the limit kept to put whole weeks together."""
BOUNDING = " (borne)"
"""Ends the name of the recipe that bounds a team."""


Report = Callable[[Sequence[Composed]], None]


class Composing:
    """Teams under way."""

    def __init__(
        self,
        request: TeamRequest,
        scenarios: Sequence[Scenario],
        clock: Clock,
        report: Report | None = None,
    ) -> None:
        self.setting = Setting(request, scenarios, clock)
        self.choosing = Choosing(self.setting)
        self.report = report
        self.lanes = Lanes({}, self._rank)

    def solve(self) -> list[Composed]:
        """The cheapest team found for each, and its bound.

        Raises
        ------
        NoTeam
            No team within the limits asked for reaches a week.
        NoPlanYet
            The limit came before the weeks of some team were planned.
        """
        setting = self.setting
        setting.teams += [Composed(team) for team in teams_to_compose(setting.request, setting.scenarios)]
        if facts := [fact for team in setting.teams for fact in without_as(team)]:
            raise NoTeam(facts)
        with Workers(setting.clock.options.workers) as workers:
            for team in setting.teams:
                self.lanes.add(team.of.part, self._recipe(team))
            for done in workers.do(self.lanes, self._is_over):
                self.lanes.take(done)
                if self.report:
                    self.report(setting.teams)
        if facts := [fact for team in setting.teams for fact in refusal(team, setting.scenarios)]:
            raise NoTeam(facts)
        if not all(team.plans for team in setting.teams):
            raise NoPlanYet(
                "la limite, ou Ctrl-C, est arrivée avant une première équipe ; laissez plus de temps"
            )
        return setting.teams

    def _is_over(self) -> bool:
        return self.setting.clock.left() <= LAST_SHARE * self.setting.clock.options.time_limit

    def _rank(self, name: str) -> float:
        """What comes first: teams without a plan, the small ones; bounds; the first try of each team, then
        the second; then what may cost less."""
        team = next((one for one in self.setting.teams if one.of.part == name), None)
        if team is None:
            return 1e6
        if not team.plans:
            return team.work
        if not team.is_searched:
            return 1e7 * (1 + team.tries) + team.work
        return 1e10 - (team.cost - team.bound)

    # ---------------------------------------------------------------- a team

    def _recipe(self, team: Composed) -> Recipe:
        """Targets, then a bound beside what is tried, from what is likely to be reached."""
        floors = yield from self._floors(team)
        generous = team.of.generous(floors.teams)
        yield from self._set_targets(team, generous)
        if not team.targets:
            return
        self.lanes.add(f"{team.of.part}{BOUNDING}", self._bound(team))
        choosing = self.choosing
        if team.is_small and not self.setting.are_many:
            yield from choosing.try_present(team)
            proposals = yield from choosing.propose_each(team, SPARES)
            if any(one.refused for one in proposals):
                return
            teams = [one.team for one in proposals if one.team]
            yield from choosing.try_from_the_cheapest(team, [*teams, *choosing.thinned(team, generous)])
        else:
            yield from choosing.search(team)
            if not self.setting.are_many:
                yield from choosing.try_present(team)
        team.is_searched = True
        yield from choosing.shrink(team)

    def _bound(self, team: Composed) -> Recipe:
        """What any team whose weeks are reached costs at least."""
        seconds, weeks = self.setting.seconds(BOUND_SHARE), len(self.setting.asked)
        job = Job("bound", cheapest_team, Cheapest(team.of.problem, team.targets, seconds))
        if weeks < len(team.targets):
            job = Job("bound", cost_of_a_share, Share(team.of.problem, team.targets, weeks, seconds))
        answers = yield Batch((job,))
        answer = answers["bound"].answer
        if isinstance(answer, Proposal):
            team.bound = answer.bound
            team.refused = answer.refused

    def _floors(self, team: Composed) -> Step[Floors]:
        job = Unlimited(team.of.unlimited, self.setting.relaxation_seconds)
        answers = yield Batch((Job("floors", floors_of, job),))
        floors = answers["floors"].answer
        if not isinstance(floors, Floors):
            weeks = len(self.setting.scenarios)
            floors = Floors((0,) * weeks, ({},) * weeks)
        team.floors = floors.tenths
        return floors

    def _set_targets(self, team: Composed, generous: Team) -> Step[None]:
        """What each week reaches with more posts than it takes, and the tolerance: its best plan, to half of
        that, or its floor."""
        tolerance, weeks = round(10 * self.setting.request.tolerance), range(len(team.floors))
        jobs = [self.choosing.plan_job(team, n, generous, team.floors[n] + tolerance // 2) for n in weeks]
        answers = yield Batch(tuple(jobs))
        plans = plans_by_week(answers)
        if len(plans) < len(weeks):
            return
        team.targets = tuple(max(team.floors[n], plans[n].commitments) + tolerance for n in weeks)
        team.plenty, team.plans_of_plenty = generous, plans
        if keeps_limits(team.of.problem, generous):
            team.team, team.plans = generous, plans
