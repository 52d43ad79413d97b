"""The whole of each demand week with the composed team: the plans of its teams as one, judged.

Teams are composed each alone. What whole weeks pay beyond them with as many posts as it takes is no team's
to mend: it is added to the targets. Seats of a shared session that a team has no use for any more go to the
others, whose weeks are planned again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from optimizer.board import Board
from optimizer.check import Verdict
from optimizer.engines.assembling import mended, with_bounds
from optimizer.engines.composing.known import Composed, Team
from optimizer.engines.composing.reaching import Reach, plan_to_reach
from optimizer.engines.departement import joined
from optimizer.engines.options import Clock, Options
from optimizer.engines.part_jobs import PartPlan, PlanJob
from optimizer.engines.sharing import Part
from optimizer.engines.workers import Job, Workers
from optimizer.model import COMMITMENTS, PREFERENCES
from optimizer.plan import Plan
from optimizer.scenarios import Scenario, changed_week, with_people
from optimizer.week import Meeting, Professional, Week

AGAIN_SHARE, LEAST_AGAIN = 0.5, 2.0
"""Share of the time left for weeks planned again, and seconds of one at least."""


@dataclass(frozen=True)
class WholeJob:
    """Put the plans of the teams of a week together; no team pays less than `floor` tenths at level 1."""

    week: Week
    plans: tuple[Plan, ...]
    floor: int


def _put_together(job: WholeJob) -> tuple[Plan, Verdict]:
    """One plan, mended where teams broke a rule together, and the judge's word on it."""
    plan = joined(job.week, list(job.plans))
    return mended(Board(job.week), plan, {row.mission_id for row in plan.queue})


def whole_plan(job: WholeJob) -> Plan:
    """The plan of all teams, with the judge's word and a bound of level 1."""
    plan, verdict = _put_together(job)
    bounds = {COMMITMENTS: min(job.floor, verdict.value(COMMITMENTS)), PREFERENCES: 0}
    return with_bounds(plan, verdict, bounds)


def whole_value(job: WholeJob) -> int:
    """Tenths of level 1 of that plan."""
    return _put_together(job)[1].value(COMMITMENTS)


def everybody(teams: Sequence[Composed], of: Callable[[Composed], Team]) -> tuple[Professional, ...]:
    """Everybody of all teams, each once, those present first."""
    everyone = {person.id: person for team in teams for person in team.of.people(of(team))}
    present = {person.id for team in teams for person in team.of.present}
    return tuple(sorted(everyone.values(), key=lambda person: person.id not in present))


def plenty_jobs(teams: Sequence[Composed], scenarios: Sequence[Scenario]) -> Iterator[Job]:
    """What each whole week pays with as many posts as it takes."""
    people = everybody(teams, lambda team: team.plenty)
    for number, scenario in enumerate(scenarios):
        plans = tuple(team.plans_of_plenty[number].plan for team in teams)
        job = WholeJob(with_people(scenario.week, people), plans, 0)
        yield Job(("plenty", number), whole_value, job)


def targets_of(teams: Sequence[Composed], answers: Mapping[object, object], weeks: int) -> tuple[int, ...]:
    """Tenths that each whole week is to pay at most: what its teams may, and what they lose together with as
    many posts as it takes."""
    targets = []
    for number in range(weeks):
        alone = sum(team.plans_of_plenty[number].commitments for team in teams)
        together = answers.get(("plenty", number))
        lost = max(0, together - alone) if isinstance(together, int) else 0
        targets.append(sum(team.targets[number] for team in teams) + lost)
    return tuple(targets)


# ------------------------------------------------------------------ seats


def plan_again_where_seats_are_left(teams: Sequence[Composed], clock: Clock) -> None:
    """Plan the weeks of teams again that take seats which others have no use for any more."""
    jobs = [
        (team, number, week)
        for number in range(len(teams[0].targets))
        for team, week in _with_seats_left(teams, number)
    ]
    if not jobs:
        return
    options = clock.options
    each = max(LEAST_AGAIN, AGAIN_SHARE * max(0.0, clock.left()) * options.workers / len(jobs))
    limit = Options(each, 1, options.seed, options.deterministic)
    with Workers(options.workers) as workers:
        asked = (
            Job(
                place,
                plan_to_reach,
                Reach(team.targets[number], PlanJob(week, limit, team.floors[number], has_preferences=False)),
            )
            for place, (team, number, week) in enumerate(jobs)
        )
        for done in workers.do(asked, lambda: options.is_stopped()):
            team, number, _ = jobs[int(str(done.name))]
            if isinstance(done.answer, PartPlan):
                team.plans_together[number] = done.answer


def _with_seats_left(teams: Sequence[Composed], number: int) -> Iterator[tuple[Composed, Week]]:
    """The teams that take more seats of a week, each with its week."""
    weeks = {team.of.part: team.of.week(number, team.team) for team in teams}
    taken: dict[Part, dict[str, Meeting]] = {}
    for id_ in dict.fromkeys(one.id for week in weeks.values() for one in week.meetings if one.seats):
        for part, seats in _seats_taken(teams, weeks, id_, number).items():
            if seats > _seats(weeks[part], id_):
                more = weeks[part].meeting[id_].model_copy(update={"seats": seats})
                taken.setdefault(part, {})[id_] = more
    for team in teams:
        if changed := taken.get(team.of.part):
            week = weeks[team.of.part]
            meetings = tuple(changed.get(one.id, one) for one in week.meetings)
            yield team, changed_week(week, {"meetings": meetings})


def _seats_taken(
    teams: Sequence[Composed], weeks: Mapping[Part, Week], meeting: str, number: int
) -> dict[Part, int]:
    """Seats of a session that each team has a use for: its own, then those that others leave, in turn."""
    offered = sum(_seats(team.of.weeks[number], meeting) for team in teams)
    use = {part: _wanting(week, meeting) for part, week in weeks.items()}
    given = {part: min(use[part], _seats(week, meeting)) for part, week in weeks.items()}
    while sum(given.values()) < offered:
        part = max(use, key=lambda part: use[part] - given[part])
        if use[part] <= given[part]:
            break
        given[part] += 1
    return given


def _seats(week: Week, meeting: str) -> int:
    return (week.meeting[meeting].seats or 0) if meeting in week.meeting else 0


def _wanting(week: Week, meeting: str) -> int:
    """People of a week who may take a seat and lack training."""
    if meeting not in week.meeting:
        return 0
    named, target = set(week.meeting[meeting].professional_ids), week.organisation.isic_days_per_year
    return sum(person.id in named and person.isic_days_done < target for person in week.professionals)
