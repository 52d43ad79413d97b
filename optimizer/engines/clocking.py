"""From half-days to the clock: every half-day of a decision is timed, and the plan's rows are written."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from optimizer.board import Board, HalfDay
from optimizer.clock import floor_to_grid
from optimizer.decision import Decision
from optimizer.engines.hours import hours_of
from optimizer.engines.options import Options
from optimizer.organisation import tenths
from optimizer.tasks import Key, Stay, Task
from optimizer.timed import Meeting, TimedHalfDay
from optimizer.timing import LONGEST_WRITING, HalfDayTiming


@dataclass
class TimedDecision:
    """A decision with its clock times: what holds, and what could not be timed."""

    decision: Decision
    half_days: dict[int, TimedHalfDay] = field(default_factory=dict)
    contents: dict[int, object] = field(default_factory=dict)

    def refused(self) -> list[tuple[int, frozenset[str]]]:
        """Half-days, with the people concerned, where the clock could not hold all that was decided."""
        found: list[tuple[int, frozenset[str]]] = []
        for slot, timed in self.half_days.items():
            found += [(slot, frozenset(task.people)) for task in timed.dropped]
            found += [(slot, frozenset((person,))) for _, _, person in timed.attendance_dropped]
            for (person, s), stay in self.decision.stays.items():
                if s == slot and any(
                    timed.minutes_kept(person, kind) < minutes
                    for kind, minutes in (
                        ("collective", stay.collective),
                        ("preparation", stay.preparation),
                        ("urgency", 60 if stay.urgency else 0),
                        ("writing", stay.writing),
                    )
                ):
                    found.append((slot, frozenset((person,))))
        return found

    @property
    def lost(self) -> int:
        """What the clock could not hold costs, in tenths at level 1."""
        return sum(half_day.lost for half_day in self.half_days.values())

    @property
    def dropped(self) -> list[tuple[int, Task]]:
        """What the clock could not hold, with its half-day."""
        return [(slot, task) for slot, timed in self.half_days.items() for task in timed.dropped]


CLOCK_SECONDS, HURRIED_SECONDS, CLOCK_SHARE = 0.2, 0.02, 0.003
"""Deterministic limit of one half-day's clock, at most and at least; its share of the time limit. What more
time would find is little: of three busy weeks, one lost a task more at 0.02 than at 0.2."""
AGAIN_SECONDS, MUCH = 0.1, 1_000
"""Deterministic limit of a second try, where the first finds nothing or loses as many tenths."""


def time_decision(
    board: Board, decision: Decision, options: Options, before: TimedDecision | None = None
) -> TimedDecision:
    """Time every half-day that differs from `before`.

    Half-days are timed side by side where there are workers for it, then, in order, those where writing lost
    earlier in the week may be made up for.
    """
    week_of = {slot: board.calendar.week_of(board.day_of(slot)) for _, slot in decision.stays}
    seconds = min(CLOCK_SECONDS, max(HURRIED_SECONDS, CLOCK_SHARE * options.time_limit))
    if options.is_stopped():
        seconds = HURRIED_SECONDS
    hours, may_take_again = hours_of(board, decision), not options.is_stopped()
    timer = Timer(board, decision, hours, week_of, options.seed, seconds, may_take_again)
    missing = _missing_writing(board, decision)
    alone, result = TimedDecision(decision), TimedDecision(decision)
    if options.workers > 1:
        with ThreadPoolExecutor(options.workers) as pool:
            timed_alone = pool.map(lambda slot: timer.time(slot, missing, before), week_of)
            for slot, timed in zip(week_of, timed_alone, strict=True):
                alone.contents[slot], alone.half_days[slot] = timed
    for slot in sorted(week_of):
        content, timed_half_day = timer.time(slot, missing, alone, before)
        result.contents[slot], result.half_days[slot] = content, timed_half_day
        for person in timer.people_of(slot):
            written = timed_half_day.minutes_kept(person, "writing")
            whom = person, week_of[slot]
            missing[whom] = missing.get(whom, 0) - (written - decision.stays[person, slot].writing)
    return result


@dataclass(frozen=True)
class Timer:
    """Times the half-days of a decision, one at a time."""

    board: Board
    decision: Decision
    hours: dict[Key, HalfDay]
    week_of: dict[int, int]
    seed: int
    seconds: float
    may_take_again: bool

    def people_of(self, slot: int) -> list[str]:
        """Who works in a half-day."""
        return [person for person, s in self.decision.stays if s == slot]

    def time(
        self, slot: int, missing: dict[tuple[str, int], int], *known: TimedDecision | None
    ) -> tuple[object, TimedHalfDay]:
        """A half-day's content, as much of the missing writing being welcome as a half-day takes; and its
        clock times, those known when they are of the same content."""
        stays = []
        for person in self.people_of(slot):
            more = min(LONGEST_WRITING, max(0, missing.get((person, self.week_of[slot]), 0)))
            stays.append(replace(self.decision.stays[person, slot], more_writing=more))
        own = {stay.key[0]: self.hours[stay.key] for stay in stays}
        meetings = list(meetings_of(self.board, self.decision, slot))
        content = _content(self.decision, slot, own, stays, meetings)
        for timed in known:
            if timed is not None and timed.contents.get(slot) == content:
                return content, timed.half_days[slot]
        return content, self._solve(slot, own, stays, meetings)

    def _solve(
        self, slot: int, own: dict[str, HalfDay], stays: list[Stay], meetings: list[Meeting]
    ) -> TimedHalfDay:
        tasks = self.decision.tasks.get(slot, [])
        best: TimedHalfDay | None = None
        for seconds in (self.seconds, AGAIN_SECONDS):
            timing = HalfDayTiming(self.board, slot, own, prices_of(self.board))
            for stay in stays:
                timing.add_stay(stay)
            for task in tasks:
                timing.add_task(task)
            for meeting in meetings:
                timing.add_meeting(meeting)
            found = timing.solve(seconds, self.seed)
            if found and (best is None or found.lost <= best.lost):
                best = found
            is_enough = best is not None and (best.is_proven or best.lost < MUCH)
            if is_enough or seconds >= AGAIN_SECONDS or not self.may_take_again:
                break
        return best or TimedHalfDay(dropped=list(tasks), lost=sum(task.price for task in tasks))


def _missing_writing(board: Board, decision: Decision) -> dict[tuple[str, int], int]:
    """Writing minutes under the quota that the decision leaves, by person and week."""
    missing: dict[tuple[str, int], int] = {}
    share = board.week.organisation.writing_share_percent
    people = {person for person, _ in decision.stays}
    for professional in board.sector_people():
        for week in range(board.week.horizon.weeks):
            if professional.id in people:
                paid = board.paid_minutes(professional, week)
                missing[professional.id, week] = floor_to_grid(paid * share // 100)
    for (person, slot), stay in decision.stays.items():
        key = person, board.calendar.week_of(board.day_of(slot))
        if key in missing:
            missing[key] -= stay.writing
    return missing


def _content(
    decision: Decision, slot: int, hours: dict[str, HalfDay], stays: list[Stay], meetings: list[Meeting]
) -> object:
    """All that the clock of a half-day depends on."""
    bare = [replace(stay, tour_variable=None) for stay in stays]
    return bare, decision.tasks.get(slot, []), hours, meetings


def prices_of(board: Board) -> dict[str, int]:
    """What the clock pays, in tenths: an urgency hour; a minute of collective time, of writing, of travel."""
    commitments, preferences = board.week.organisation.commitments, board.week.organisation.preferences
    return {
        "urgency": tenths(commitments.urgency_hour_missing),
        "collective": tenths(commitments.collective_minute_missing),
        "writing": max(1, tenths(commitments.writing_minute_missing)),
        "travel": tenths(preferences.travel_minute),
    }


def meetings_of(board: Board, decision: Decision, slot: int) -> Iterator[Meeting]:
    """Who attends what in a half-day, one entry a person."""
    day = board.base(board.day_of(slot))
    for (meeting_id, start), people in decision.attendance.items():
        meeting = board.week.meeting[meeting_id]
        parts = board.parts(start, meeting.duration_minutes)
        inside = tuple(p for p in parts if p[0] // 1440 * 1440 == day)
        members = tuple(p for p in people if (p, slot) in decision.stays)
        for person in members:
            half_day = board.half_days[person, slot]
            own = tuple(p for p in inside if half_day.holds((p,)))
            if own:
                location = board.site_location(meeting.site_id) if meeting.site_id else None
                yield Meeting(meeting_id, start, (person,), own, location, 100_000)
