"""The door of a re-plan: a published plan and what happened since, in; a judged plan and what moves, out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from optimizer.answers.repair import repaired, what_is_left
from optimizer.contradictions import contradictions
from optimizer.disturbance import Shift, counted, shifts
from optimizer.engines.options import Options, Progress
from optimizer.engines.replanning import Replanning
from optimizer.errors import ContradictoryWeek
from optimizer.events import Absent, Added, Changed, Event, Leaves, changed_by
from optimizer.plan import Plan
from optimizer.solve import OnNews, followed
from optimizer.standing import Standing
from optimizer.vouching import vouched
from optimizer.week import Week


@dataclass(frozen=True)
class Replanned:
    """A plan after events: the week that it is for, what moved, the heaviest first, and rules that the
    published plan broke and this one breaks still."""

    week: Week
    plan: Plan
    shifts: tuple[Shift, ...]
    still_broken: tuple[str, ...] = ()

    @property
    def moves(self) -> dict[str, int]:
        """How many people are told again, and how many moves of each kind."""
        return {kind.value: times for kind, times in counted(self.shifts).items()}


def replan(
    standing: Standing,
    events: Iterable[Event],
    now: datetime,
    options: Options,
    on_progress: Progress | None = None,
    on_news: OnNews | None = None,
) -> Replanned:
    """What people do after some events: commitments that these break first, then the least that moves, then
    the usual preferences. What is past does not move; without an event nothing does.

    Raises
    ------
    UnusableInput
        Every event that is unknown, past, or that the week cannot hold.
    ContradictoryWeek
        What the events fix cannot hold together with what is fixed already.
    SolverLost
        The judge does not confirm the plan.
    """
    started, asked = monotonic(), list(events)
    if not asked:
        return Replanned(standing.week, standing.plan, ())
    changed = changed_by(standing.week, standing.plan, asked, now)
    if facts := contradictions(changed.week):
        raise ContradictoryWeek(facts)
    left = what_is_left(changed, standing.plan)
    plan, _ = repaired(changed, left)
    job = Replanning(
        standing.week, standing.plan, plan, changed.items, _touched(standing, changed, asked, plan)
    )
    found = followed(changed.week, options, job, on_progress, on_news)
    moved = shifts(changed.week, standing.plan, found.plan, changed.items)
    seconds = None if options.deterministic and not found.is_cut_short else monotonic() - started
    whole = vouched(changed.week, found.plan, options, Replanning.__name__.lower(), seconds)
    return Replanned(changed.week, whole, tuple(moved))


def _touched(standing: Standing, changed: Changed, events: Iterable[Event], plan: Plan) -> frozenset[str]:
    """Whom the events are about, those who do or did what they move, and who may do what is new."""
    people: set[str] = set()
    board = standing.board_of(changed.week)
    for event in events:
        match event:
            case Absent() | Leaves():
                people.add(event.professional_id)
            case Added():
                team = board.teams.of_mission(event.mission)
                able = board.week.professionals
                people |= {one.id for one in able if board.may_take(one, event.mission.type, team)}
    before, after = standing.plan.assignments, plan.assignments
    gone = {row.mission_id for row in before} - {row.mission_id for row in after}
    moved = changed.items | gone
    people |= {who for row in (*before, *after) if row.mission_id in moved for who in row.professional_ids}
    return frozenset(people & set(changed.week.professional))
