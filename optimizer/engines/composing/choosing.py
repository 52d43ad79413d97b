"""Which teams are tried, in what order: what a relaxation proposes, the present one, then smaller ones."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import ceil, inf

from optimizer.engines.composing.known import Composed, Team
from optimizer.engines.composing.lanes import Batch, Step
from optimizer.engines.composing.master import Proposal, Proposed, cheapest_team
from optimizer.engines.composing.problem import keeps_limits
from optimizer.engines.composing.trying import Trying
from optimizer.engines.workers import Job
from optimizer.team import Start

SPARES = (0.0, 5.0, 9.0, 14.0, 20.0, 28.0)
"""Percents of time to spare that are proposed for a small team."""
FIRST_SPARE, FIRST_SPARE_OF_MANY, ROUNDS = 4.0, 18.0, 8
"""The percent to spare with which a large team is first proposed, or one of many; how often it is."""
WORTH_A_PERCENT, STEPS = 0.25, (0.5, 6.0)
"""Tenths a mission that a percent more to spare gains in plans; the least and most percents of a step."""
LAST_SPARES = (18.0, 28.0, 0.0)
"""Percents to spare that are proposed where no team was reached so."""
THINNED = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of the posts of a team that lacks nothing which are tried as well."""
NEAR, PROPOSAL_SHARE, SMALL_PROPOSAL_SHARE = 0.01, 0.05, 0.01
"""Gap at which a proposal is good enough: the bound is asked for apart; shares of the limit that a proposal
for a large or a small team may take."""
Spares = Sequence[float]
"""By week, the percent of everyone's time that it may not use in a proposal."""


class Choosing(Trying):
    """The order in which teams are tried."""

    def try_present(self, team: Composed) -> Step[None]:
        """Keep everyone present and open nothing, where that is allowed, reaches, and costs less."""
        for present in self._present_of(team):
            if (yield from self.may_reach(team, present)):
                yield from self.is_reached(team, present)

    def _present_of(self, team: Composed) -> Iterator[Team]:
        """Everyone present, where one starts from there and limits allow it."""
        if self.setting.request.start is Start.PRESENT and keeps_limits(team.of.tried, team.there):
            yield team.there

    def propose(self, team: Composed, spares: Sequence[Spares], preferred: Team) -> Step[list[Proposal]]:
        """The cheapest teams by the relaxation, by the percents of time that weeks keep to spare; those of
        which something is known."""
        seconds = self.setting.seconds(SMALL_PROPOSAL_SHARE if team.is_small else PROPOSAL_SHARE)
        targets = tuple(one if n in self.setting.asked else None for n, one in enumerate(team.targets))
        columns = frozenset(id_ for id_, count in preferred.items() if count)
        jobs = [
            Job(number, cheapest_team, Proposed(team.of.tried, targets, seconds, tuple(one), NEAR, columns))
            for number, one in enumerate(spares)
        ]
        answers = yield Batch(tuple(jobs))
        found = (answers[number].answer for number in range(len(spares)))
        return [answer for answer in found if isinstance(answer, Proposal)]

    def propose_each(self, team: Composed, spares: Sequence[float]) -> Step[list[Proposal]]:
        """The same, all weeks keeping as much to spare."""
        every = [[spare] * len(team.targets) for spare in spares]
        return (yield from self.propose(team, every, team.there))

    def thinned(self, team: Composed, generous: Team) -> Iterator[Team]:
        """The team that lacks nothing, with fewer people of each profession, those present first."""
        for share in THINNED:
            left = {kind: ceil(share * count) for kind, count in team.of.people_of(generous).items()}
            thin = {}
            for column in team.of.tried.columns:
                kind = column.person.profession, column.person.service_ids[0]
                kept = max(column.least, min(generous.get(column.person.id, 0), left.get(kind, 0)))
                thin[column.person.id] = kept
                left[kind] = left.get(kind, 0) - kept
            if keeps_limits(team.of.tried, thin):
                yield thin

    def try_from_the_cheapest(self, team: Composed, teams: Sequence[Team]) -> Step[None]:
        """The cheapest of some teams whose weeks are reached."""
        for people in sorted(teams, key=team.cost_of):
            if (yield from self.is_reached(team, people)):
                return

    def search(self, team: Composed) -> Step[None]:
        """A large team, or one of many: weeks that are missed have more time to spare in the next proposal,
        which keeps to the same columns; where all are reached they have less, each between what missed it
        and what reached it."""
        first = FIRST_SPARE_OF_MANY if self.setting.are_many else FIRST_SPARE
        spares, people = [first] * len(team.targets), team.there
        missed_with = [-inf] * len(spares)
        for _ in range(ROUNDS):
            proposals = yield from self.propose(team, [spares], people)
            if not proposals:
                return
            people = proposals[0].team or people
            is_reached = proposals[0].team is None or (yield from self.is_reached(team, people))
            if is_reached and not any(spares):
                break
            for week, spare in enumerate(spares):
                if not is_reached and week in team.missed:
                    missed_with[week] = spare
                    spares[week] += _step(team, team.missed[week])
                elif is_reached:
                    step = _step(team, team.targets[week] - team.plans[week].commitments)
                    spares[week] = max(0.0, spare - step, (spare + missed_with[week]) / 2)
        for proposal in (yield from self.propose_each(team, LAST_SPARES)) if not team.plans else ():
            if proposal.team:
                yield from self.is_reached(team, proposal.team)

    def shrink(self, team: Composed) -> Step[None]:
        """Each post gone, or another in its place, as long as every week is reached."""
        refused: set[frozenset[tuple[str, int]]] = set()
        while team.plans and not team.is_proven:
            smaller = (one for one in self._smaller(team) if frozenset(one.items()) not in refused)
            people = next(smaller, None)
            if people is None:
                return
            refused.add(frozenset(people.items()))
            if (yield from self.may_reach(team, people)):
                yield from self.reach(team, people)

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
        allowed = (one for one in found if keeps_limits(team.of.tried, one))
        cheaper = [one for one in allowed if team.bound <= team.cost_of(one) < team.cost]
        return sorted(cheaper, key=team.cost_of, reverse=not team.is_small)


def _step(team: Composed, tenths: float) -> float:
    """The percents to spare that are worth so many tenths of level 1 in the plans of a week."""
    least, most = STEPS
    return min(most, max(least, tenths / (WORTH_A_PERCENT * max(1.0, team.missions))))
