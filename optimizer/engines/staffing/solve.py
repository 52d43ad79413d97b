"""The smallest staffing of fixed tasks: greedy starts, tabu searches side by side, the whole if small.

It is proven when it takes no more people than tasks run at once, or than a relaxation asks.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from optimizer.engines.options import Clock, Options
from optimizer.engines.staffing.greedy import completed, first_staffing
from optimizer.engines.staffing.overlaps import most_at_once, too_few_for
from optimizer.engines.staffing.tabu import Staffed, TabuJob, searched
from optimizer.engines.staffing.whole import RelaxedJob, Whole, WholeJob, relaxed_people, staffed_by
from optimizer.engines.workers import Done, Job, Workers
from optimizer.errors import NoPlanYet, NoTeam
from optimizer.plan import Status
from optimizer.shifts import Shifts, Staffing

STARTS = 30
"""Greedy staffings at first."""
MOVES, MOVES_SECONDS = 10_000, 1.0
"""Moves of one job, and what it counts for under a deterministic limit."""
SMALL = 20_000
"""Pairs of a task and someone able up to which the whole is asked for at once."""
WHOLE_SECONDS, RELAXED_SECONDS = 15.0, 30.0
SHOWN = 12
"""Tasks named at most in a sentence."""
Report = Callable[[Staffing], None]


@dataclass
class Lane:
    """One search under way: towards so few people, from what it reached."""

    number: int
    staffed: Staffed
    jobs: int = 0
    is_descending: bool = False
    idle: bool = True


@dataclass(frozen=True)
class Asked:
    """Which lane asks for how many people at most."""

    lane: int
    people: int


@dataclass
class Composing:
    """What is known of one problem."""

    shifts: Shifts
    clock: Clock
    report: Report | None = None
    best: dict[int, int] = field(default_factory=dict)
    bound: int = 0
    lanes: list[Lane] = field(default_factory=list)
    is_relaxed: bool = False

    def solve(self) -> Staffing:
        """The best staffing found, with its bound."""
        options = self.clock.options
        if lacking := too_few_for(self.shifts):
            raise NoTeam([_in_words(self.shifts, *lacking)])
        self.bound = most_at_once(self.shifts)
        starts = self._starts()
        if self._is_over():
            return self.staffing()
        for number in range(max(2, options.workers)):
            lane = Lane(number, self._towards(starts[number % len(starts)]), is_descending=number % 2 == 1)
            self.lanes.append(lane)
        with Workers(options.workers) as workers:
            for done in workers.do(self._jobs(), self._is_over):
                self._take(done)
        return self.staffing()

    def staffing(self) -> Staffing:
        """The best so far."""
        if not self.best:
            raise NoPlanYet("la limite est arrivée avant une première équipe ; augmentez --time-limit")
        is_proven = len(set(self.best.values())) <= self.bound
        return Staffing(Status.OPTIMAL if is_proven else Status.FEASIBLE, self.bound, self.best)

    @property
    def fewest(self) -> int:
        """People of the best staffing; more than there are when there is none."""
        return len(set(self.best.values())) if self.best else len(self.shifts.skills) + 1

    def _starts(self) -> list[dict[int, int]]:
        """Greedy staffings, the best first: what is done, by how few."""
        rng = Random(self.clock.options.seed)
        found = [first_staffing(self.shifts, rng) for _ in range(STARTS)]
        found.sort(key=lambda one: (-len(one), len(set(one.values()))))
        for one in found[:3]:
            self._keep(one)
        return found

    def _keep(self, assignment: dict[int, int]) -> None:
        """Take a staffing, once what nobody does is somebody's, when it is better."""
        whole = completed(self.shifts, assignment)
        if whole is not None and len(set(whole.values())) < self.fewest:
            self.best = whole
            if self.report:
                self.report(self.staffing())

    def _towards(self, assignment: dict[int, int], people: int | None = None) -> Staffed:
        """What the busiest of a staffing do, so many of them; the team is filled with who may do most."""
        people = people or self.bound
        busy = [person for person, _ in Counter(assignment.values()).most_common()]
        others = sorted(range(len(self.shifts.skills)), key=lambda one: -len(self.shifts.skills[one]))
        team = frozenset(list(dict.fromkeys([*busy, *others]))[:people])
        return Staffed({task: one for task, one in assignment.items() if one in team}, team)

    def _is_over(self) -> bool:
        return self.clock.left() <= 0 or self.fewest <= self.bound

    # ------------------------------------------------------------------ jobs

    def _jobs(self) -> Iterator[Job]:
        """The next job of whichever lane is idle, for ever."""
        while True:
            lane = min((lane for lane in self.lanes if lane.idle), key=lambda lane: lane.jobs)
            lane.idle, lane.jobs = False, lane.jobs + 1
            yield self._job(lane)

    def _job(self, lane: Lane) -> Job:
        options = self.clock.options
        if lane.is_descending and self._is_small and lane.jobs % 4 == 1:
            self.clock.spend(WHOLE_SECONDS)
            seconds = min(WHOLE_SECONDS * (1 + lane.jobs // 4), max(1.0, self.clock.left()))
            people = self.bound if lane.jobs % 8 == 5 else self.fewest - 1
            job = WholeJob(self.shifts, people, seconds, options.seed + lane.jobs, options.deterministic)
            return Job(Asked(lane.number, people), staffed_by, job)
        if lane.is_descending and not self.is_relaxed and lane.jobs > 1:
            self.is_relaxed = True
            return Job(Asked(lane.number, 0), relaxed_people, RelaxedJob(self.shifts, RELAXED_SECONDS))
        people = max(self.bound, self.fewest - 1) if lane.is_descending else self.bound
        if len(lane.staffed.team) != people:
            lane.staffed = self._towards(lane.staffed.assignment, people)
        self.clock.spend(MOVES_SECONDS)
        seed = options.seed + 1_000 * lane.number + lane.jobs
        return Job(Asked(lane.number, people), searched, TabuJob(self.shifts, lane.staffed, MOVES, seed))

    @property
    def _is_small(self) -> bool:
        return sum(map(len, self.shifts.skills)) <= SMALL

    def _take(self, done: Done) -> None:
        assert isinstance(done.name, Asked)
        lane, people = self.lanes[done.name.lane], done.name.people
        lane.idle = True
        match done.answer:
            case Staffed() as staffed:
                lane.staffed = staffed
                self._keep(staffed.assignment)
            case Whole(found=Staffed() as staffed):
                lane.staffed = staffed
                self._keep(staffed.assignment)
            case Whole(is_infeasible=True):
                if people >= len(self.shifts.skills):
                    raise NoTeam(["chaque instant a assez de monde, mais pas tous ensemble"])
                self.bound = max(self.bound, people + 1)
            case int() as bound:
                self.bound = max(self.bound, bound)


def _in_words(shifts: Shifts, tasks: list[int], able: int) -> str:
    start, end = max(shifts.tasks[task][0] for task in tasks), min(shifts.tasks[task][1] for task in tasks)
    named = ", ".join(map(str, tasks[:SHOWN])) + (", …" if len(tasks) > SHOWN else "")
    return (
        f"de {start} à {end} les tâches {named} ont lieu ensemble : {len(tasks)} tâches, "
        f"{able} personne(s) qui savent en faire ; il en faudrait une de plus qui sache faire l'une d'elles"
    )


def solve(shifts: Shifts, options: Options, report: Report | None = None) -> Staffing:
    """The smallest staffing found within the limits, told as it gets smaller.

    Raises
    ------
    NoPlanYet
        The limit came before any staffing of all tasks.
    NoTeam
        Everybody together cannot do all tasks.
    """
    return Composing(shifts, Clock(options), report).solve()
