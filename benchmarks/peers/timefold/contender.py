"""Timefold Solver, team by team, as a contender.

One nullable planning variable an item, whose range holds its own options: who, in which half-days. Constraint
streams; first fit decreasing for every team, then local search team by team, two at a time, for a share of
the limit. The parts are those of the product's own division, with what they share given to one part or
another. The choices then go through the product's clock, its last look and the judge.

Its score follows the judge for delays, waiting, home meetings, reception and urgency hours, writing and
collective time, meetings and seats; travel, posting, core professions and continuity at level 2. It knows
capacity by half-day, fixed hours, lunch between two posts, rooms by their minutes, the order and the pair of
evaluations, preparation.

Left out: fairness of loads and of caseloads (referents go to the least loaded, before the solver), trips of
a household, series of actions, short lunches, telework but for writing, other starts of a free meeting than
the best attended, reports in more than two parts, preparation elsewhere than in the half-day before, the
least block of collective time. The queue is one sum of minutes a team, priced by a parabola.
"""

from collections.abc import Sequence
from time import monotonic

from benchmarks.peers.answer import WORKERS, Answer
from benchmarks.peers.timefold.deciding import Choice, decided
from benchmarks.peers.timefold.items import Part
from benchmarks.peers.timefold.solver import Stopped, Told, compiled, missing, plans
from benchmarks.peers.timefold.writing import Numbers, as_json
from benchmarks.peers.timing import timed_plan
from optimizer.board import Board
from optimizer.check import Verdict, judge
from optimizer.engines.division import Division
from optimizer.engines.options import Options
from optimizer.engines.part_weeks import PartWeeks
from optimizer.plan import Plan
from optimizer.week import Week

SETTINGS = ("DIVERSIFIED_LATE_ACCEPTANCE", "both")
"""Local search and moves beside single changes: by the judge, the best on five territories of those run there
(benchmarks/README.md)."""
CLOCK_SHARE, GRACE_SHARE = 0.2, 0.25
"""Shares of the limit: kept for clock times, and granted beyond it before the solver is stopped."""
FIRST_SHARE = 0.2
"""What the clock of the first plan, beside the solver, may take of that of the last."""


def plan(week: Week, limit: int, settings: Sequence[str] = SETTINGS) -> Answer:
    """The better of the first plan and the last, each told when it is judged."""
    if lack := missing():
        return Answer(note=f"skipped: {lack}")
    compiled()
    started, found = monotonic(), list[tuple[float, Plan, Verdict]]()
    board, parts = Board(week), parts_of(week)
    text = as_json(parts)
    seconds = max(1.0, (1 - CLOCK_SHARE) * limit - (monotonic() - started))
    note = ""
    try:
        for teams in plans(text, seconds, GRACE_SHARE * limit, [str(WORKERS), *settings]):
            decision = decided([(part, _choice(part, team)) for part, team in zip(parts, teams, strict=True)])
            clock = WORKERS * CLOCK_SHARE * limit * (1 if found else FIRST_SHARE)
            planned = timed_plan(board, decision, Options(clock, WORKERS))
            found.append((round(monotonic() - started, 1), planned, judge(week, planned)))
    except Stopped as stopped:
        note = str(stopped)
    if not found:
        return Answer(note=note)
    told = [(at, verdict.value("commitments") / 10) for at, _, verdict in found if verdict.passed]
    return Answer(min(found, key=_rank)[1], told=told, note=note)


def _rank(found: tuple[float, Plan, Verdict]) -> tuple[bool, int, int]:
    """Plans that the judge accepts first, then the least level after level."""
    _, _, verdict = found
    return not verdict.passed, verdict.value("commitments"), verdict.value("preferences")


def parts_of(week: Week) -> list[Part]:
    """The parts of a week, each with its share of what they share; the week itself where it has but one."""
    division = Division(week)
    if len(division.staffed) < 2:
        return [Part(week)]
    weeks, sharing = PartWeeks(division), division.first_sharing()
    return [Part(weeks.restricted(part, sharing)) for part in division.staffed]


def _choice(part: Part, told: Told) -> Choice:
    """What the solver tells of a part, its numbers read back."""
    numbers = Numbers(part)
    keys, places = list(numbers.cells), list(numbers.places)
    uses = {keys[cell]: (places[post].site_id or "", minutes) for cell, post, minutes in told["uses"]}
    return Choice(told["chosen"], uses)
