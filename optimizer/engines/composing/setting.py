"""What teams under way share: the request, the demand weeks, the clock, one another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from optimizer.engines.composing.known import Composed
from optimizer.engines.options import Clock
from optimizer.scenarios import Scenario
from optimizer.team import TeamRequest

MANY = 4
"""Large teams beyond which there is little time for each."""
RELAXATION_SHARE = 0.05
"""Share of the limit that a relaxation may take."""
MISSION_SECONDS, ROUND_SHARE = 0.05, (0.15, 0.4)
"""Seconds of the plan of a week for each of its missions, with which it comes near its floor; shares of the
limit that plans of all weeks of all teams take once, at least and at most."""
LEAST_PLAN, MOST_PLAN = 4.0, 40.0
"""Least and most seconds of a plan."""


@dataclass
class Setting:
    """What teams under way share."""

    request: TeamRequest
    scenarios: Sequence[Scenario]
    clock: Clock
    teams: list[Composed] = field(default_factory=list)

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

    def seconds(self, share: float) -> float:
        """A share of the limit, less of it where there are more large teams than workers."""
        options = self.clock.options
        large = sum(not team.is_small for team in self.teams)
        return share * options.time_limit * min(1.0, options.workers / max(1, large))

    @property
    def relaxation_seconds(self) -> float:
        """What a relaxation may take."""
        return self.seconds(RELAXATION_SHARE)

    def plan_seconds(self, team: Composed) -> float:
        """Seconds of the plan of one week of a team, by its missions, between shares of the limit: those that
        its work has of all weeks of all teams."""
        options = self.clock.options
        whole = len(self.scenarios) * sum(other.work for other in self.teams)
        least, most = (
            share * options.time_limit * options.workers * team.work / max(1, whole) for share in ROUND_SHARE
        )
        seconds = min(most, max(least, MISSION_SECONDS * team.missions))
        return min(MOST_PLAN, max(LEAST_PLAN, seconds))
