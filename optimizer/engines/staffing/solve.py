"""The smallest staffing of fixed tasks: greedy starts, searches side by side, the whole if small.

It is proven when it takes no more people than tasks run at once, or than a relaxation asks.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from optimizer.engines.options import Clock, Options
from optimizer.engines.staffing.greedy import completed, first_staffing
from optimizer.engines.staffing.overlaps import most_at_once, too_few_for
from optimizer.engines.staffing.rematching import Rematched, RematchingJob, Staffed, rematched
from optimizer.engines.staffing.whole import RelaxedJob, Whole, WholeJob, relaxed_people, staffed_by
from optimizer.engines.workers import Done, Job, Workers
from optimizer.errors import NoPlanYet, NoTeam
from optimizer.plan import Status
from optimizer.shifts import Shifts, Staffing

STARTS = 30
"""Greedy staffings at first."""
WORK, WORK_SECONDS = 20_000_000, 1.0
"""Work of one job of a search, and what it counts for under a deterministic limit."""
SMALL = 20_000
"""Pairs of a task and someone able up to which the whole is asked for at once."""
FIRST_WHOLE_SECONDS, WHOLE_SECONDS, WHOLE_EVERY = 1.0, 15.0, 30
"""What the whole is given, at first and then, and how often: searches find sooner, it proves that so few
cannot. When deterministic it has as long at first: cut short, it was not the same each time."""
RELAXED_SECONDS, RELAXED_AFTER = 30.0, 10
"""What a relaxation is given, and the jobs of searches before it."""
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
            start = Staffed(starts[number % len(starts)], frozenset())
            lane = Lane(number, start, is_descending=number % 2 == 1)
            self.lanes.append(lane)
        # answers of two at once come in any order
        with Workers(1 if options.deterministic else options.workers) as workers:
            for done in workers.do(self._jobs(), self._is_over):
                self._take(done)
        return self.staffing()

    def staffing(self) -> Staffing:
        """The best so far."""
        if not self.best:
            raise NoPlanYet(
                "la limite, ou Ctrl-C, est arrivée avant une première équipe ; laissez plus de temps"
            )
        is_proven = len(set(self.best.values())) <= self.bound
        return Staffing(Status.OPTIMAL if is_proven else Status.FEASIBLE, self.bound, self.best)

    @property
    def fewest(self) -> int:
        """People of the best staffing; more than there are when there is none."""
        return len(set(self.best.values())) if self.best else len(self.shifts.skills) + 1

    def _starts(self) -> list[dict[int, int]]:
        """Greedy staffings, the best first: what is done, by how few."""
        rng = Random(self.clock.options.seed)
        found = [first_staffing(self.shifts, rng)]
        while len(found) < STARTS and self.clock.left() > 0:
            found.append(first_staffing(self.shifts, rng))
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
        seed = options.seed + 1_000 * lane.number + lane.jobs
        if self._is_small and not lane.is_descending and lane.jobs % WHOLE_EVERY == 2:
            people = self.bound if self.best else len(self.shifts.skills)
            is_long = options.deterministic or lane.jobs > WHOLE_EVERY or not self.best
            seconds = WHOLE_SECONDS if is_long else FIRST_WHOLE_SECONDS
            self.clock.spend(seconds)
            whole = WholeJob(self.shifts, people, self._at_most(seconds), seed, options.deterministic)
            return Job(Asked(lane.number, people), staffed_by, whole)
        if lane.is_descending and not self.is_relaxed and lane.jobs > RELAXED_AFTER:
            self.is_relaxed = True
            relaxed = RelaxedJob(self.shifts, self._at_most(RELAXED_SECONDS))
            return Job(Asked(lane.number, 0), relaxed_people, relaxed)
        people = max(self.bound, self.fewest - 1) if lane.is_descending else self.bound
        lane.staffed = with_team_of(self.shifts, lane.staffed, people)
        self.clock.spend(WORK_SECONDS)
        job = RematchingJob(self.shifts, lane.staffed, WORK, seed)
        return Job(Asked(lane.number, people), rematched, job)

    def _at_most(self, seconds: float) -> float:
        return min(seconds, max(1.0, self.clock.left()))

    @property
    def _is_small(self) -> bool:
        return sum(map(len, self.shifts.skills)) <= SMALL

    def _take(self, done: Done) -> None:
        assert isinstance(done.name, Asked)
        lane, people = self.lanes[done.name.lane], done.name.people
        lane.idle = True
        match done.answer:
            case Rematched() as found:
                lane.staffed = found.last
                self._keep(found.best.assignment)
            case Whole(found=Staffed() as staffed):
                self._keep(staffed.assignment)
            case Whole(is_infeasible=True, left=left):
                if people >= len(self.shifts.skills):
                    raise NoTeam([_left_in_words(left)])
                self.bound = max(self.bound, people + 1)
            case int() as bound:
                self.bound = max(self.bound, bound)


def with_team_of(shifts: Shifts, staffed: Staffed, people: int) -> Staffed:
    """A staffing with so many people: those who do most stay, whoever may do most comes."""
    if len(staffed.team) == people:
        return staffed
    busy = [person for person, _ in Counter(staffed.assignment.values()).most_common()]
    others = sorted(range(len(shifts.skills)), key=lambda one: -len(shifts.skills[one]))
    team = frozenset(list(dict.fromkeys([*busy, *others]))[:people])
    kept = {task: one for task, one in staffed.assignment.items() if one in team}
    return Staffed(kept, team, staffed.weights)


def _left_in_words(left: Sequence[int]) -> str:
    told = "chaque instant a assez de monde, mais pas tous les instants ensemble"
    named = ", ".join(map(str, left[:SHOWN])) + (", …" if len(left) > SHOWN else "")
    if not left:
        return told
    if len(left) == 1:
        return f"{told} : la tâche {named} reste ; il suffirait d'une personne de plus qui sache la faire"
    return f"{told} : les tâches {named} restent ; il suffirait d'une personne de plus pour chacune"


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
