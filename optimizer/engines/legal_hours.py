"""Hours cut, before the clock is asked, so that the limits on a day's shape hold whatever it decides.

The bucket stage leaves the span of a day, the rest between two and the break of a long half-day to windows
(W2, W4, W5, décret 2000-815): ordinary hours cannot break them. Where unusual ones could, they lose what is
beyond.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from optimizer.board import Board, HalfDay, Interval, minus
from optimizer.clock import DAY_MINUTES, GRID_MINUTES
from optimizer.decision import Decision
from optimizer.tasks import Key

LONGEST_SPAN, SHORTEST_REST, LONGEST_STRETCH, BREAK = 720, 660, 360, 20

Hours = dict[Key, HalfDay]


def within_legal_limits(board: Board, decision: Decision, hours: Hours) -> Hours:
    """The same half-days, where hours beyond a limit are free no more."""
    kept = dict(hours)
    for person in sorted({person for person, _ in hours}):
        days = sorted({slot // 2 for who, slot in hours if who == person})
        for day in days:
            _keep_span(kept, person, day)
        for before, after in pairwise(days):
            _keep_rest(kept, person, before, after)
        for day in days:
            _keep_break(board, decision, kept, person, day)
    return kept


def shortened(half_day: HalfDay, begin: int, end: int) -> HalfDay:
    """What lies between two moments of a half-day; a grid step is left where nothing does."""
    free = tuple((max(a, begin), min(b, end)) for a, b in half_day.free if max(a, begin) < min(b, end))
    first = half_day.span[0]
    return replace(half_day, free=free or ((first, first + GRID_MINUTES),))


def _halves(hours: Hours, person: str, day: int) -> list[Key]:
    return [key for key in ((person, 2 * day), (person, 2 * day + 1)) if key in hours]


def _keep_span(hours: Hours, person: str, day: int) -> None:
    keys = _halves(hours, person, day)
    first = hours[keys[0]].free[0][0]
    if hours[keys[-1]].free[-1][1] - first > LONGEST_SPAN:
        hours[keys[-1]] = shortened(hours[keys[-1]], first, first + LONGEST_SPAN)


def _keep_rest(hours: Hours, person: str, before: int, after: int) -> None:
    last, key = hours[_halves(hours, person, before)[-1]].free[-1][1], _halves(hours, person, after)[0]
    if hours[key].free[0][0] - last < SHORTEST_REST:
        hours[key] = shortened(hours[key], last + SHORTEST_REST, hours[key].free[-1][1])


def _keep_break(board: Board, decision: Decision, hours: Hours, person: str, day: int) -> None:
    """Twenty minutes taken out of a stretch that could pass six hours, beside what is dated.

    A busy event of the agenda is not idle: one that covers lunch joins the morning to the afternoon.
    """
    keys = _halves(hours, person, day)
    free = {key: minus(hours[key].free, tuple(_dated(board, decision, key))) for key in keys}
    for first, last in _stretches(board, hours, person, day):
        earliest, latest = last - BREAK - LONGEST_STRETCH, min(last - BREAK, first + LONGEST_STRETCH)
        if last - first <= LONGEST_STRETCH:
            continue
        starts = range(latest, max(first, earliest) - 1, -GRID_MINUTES)
        fitting = ((key, begin) for begin in starts for key in keys if _holds(free[key], begin))
        for key, begin in islice(fitting, 1):
            left = minus(hours[key].free, ((begin, begin + BREAK),))
            hours[key] = replace(hours[key], free=left or hours[key].free)


def _holds(free: tuple[Interval, ...], begin: int) -> bool:
    return any(a <= begin and begin + BREAK <= b for a, b in free)


def _stretches(board: Board, hours: Hours, person: str, day: int) -> list[Interval]:
    """The stretches of a day that could be worked, or be busy, without a break."""
    minute = board.calendar.minute
    busy = [
        (minute(span.start), minute(span.end)) for span in board.week.busy if span.professional_id == person
    ]
    start = board.base(board.calendar.days[day])
    pieces = [piece for key in _halves(hours, person, day) for piece in hours[key].free]
    pieces += [(a, b) for a, b in busy if a < start + DAY_MINUTES and b > start]
    found: list[Interval] = []
    for begin, end in sorted(pieces):
        if found and begin - found[-1][1] < BREAK:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _dated(board: Board, decision: Decision, key: Key) -> Iterator[Interval]:
    person, slot = key
    for task in decision.tasks.get(slot, []):
        if person in task.people and task.hours and len(task.hours) == 1:
            begin, end = task.hours[0]
            if end - begin == task.minutes:
                yield begin, end
    for (meeting_id, start), people in decision.attendance.items():
        if person in people:
            parts = board.parts(start, board.week.meeting[meeting_id].duration_minutes)
            yield from (part for part in parts if part[0] // DAY_MINUTES == start // DAY_MINUTES)
    duty = decision.stays[key].reception
    if duty:
        yield from board.opening[duty, slot]
