"""The hours that the clock is given, cut so that lunch and the limits of a day hold whatever it decides.

The bucket stage leaves the span of a day, the rest between two and the break of a long half-day to windows
(W2, W4, W5, décret 2000-815): ordinary hours cannot break them. Where unusual ones could, they lose what is
beyond.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise

from optimizer.board import LUNCH_FLOOR, Board, HalfDay
from optimizer.clock import DAY_MINUTES, GRID_MINUTES
from optimizer.decision import Decision
from optimizer.engines.spare import spare_at_the_end
from optimizer.intervals import Interval, minus
from optimizer.tasks import Key, Stay, Task

LONGEST_SPAN, SHORTEST_REST, LONGEST_STRETCH, BREAK = 720, 660, 360, 20

Hours = dict[Key, HalfDay]


def hours_of(board: Board, decision: Decision) -> Hours:
    """Each half-day that somebody works, less what lunch, a change of post and the legal limits ask for."""
    hours = hours_after_lunch(board, decision)
    for person in sorted({person for person, _ in hours}):
        days = sorted({slot // 2 for who, slot in hours if who == person})
        for day in days:
            _keep_span(hours, person, day)
        for before, after in pairwise(days):
            _keep_rest(hours, person, before, after)
        for day in days:
            _keep_break(board, decision, hours, person, day)
    return hours


def hours_after_lunch(board: Board, decision: Decision) -> Hours:
    """Each half-day, cut so that lunch and the change of post over it keep their time.

    The minutes come off the half-day that has more to spare, as far as what is dated allows; one in which
    nothing is decided may still be written in.
    """
    hours = {key: board.half_days[key] for key in decision.stays}
    used = _used_minutes(board, decision)
    for (person, slot), stay in decision.stays.items():
        key, other = (person, slot), (person, slot + 1)
        if slot % 2 or other not in decision.stays:
            continue
        morning, afternoon = hours[key], hours[other]
        end, start = morning.free[-1][1], afternoon.free[0][0]
        missing = LUNCH_FLOOR + _change_minutes(board, stay, decision.stays[other]) - (start - end)
        if missing <= 0:
            continue
        wished = min(missing, _spare_before_lunch(board, decision, morning, used[key])) if used[other] else 0
        if not used[key]:
            wished = missing
        most = end - max((b for _, b in _dated(board, decision, key)), default=morning.free[0][0])
        least = missing - (min((a for a, _ in _dated(board, decision, other)), default=end + 1440) - start)
        cut = min(max(wished, least, 0), most, missing)
        hours[key] = shortened(morning, morning.free[0][0], end - cut)
        hours[other] = shortened(afternoon, start + missing - cut, afternoon.free[-1][1])
    return hours


def _spare_before_lunch(board: Board, decision: Decision, morning: HalfDay, used: int) -> int:
    """Minutes that a morning, of which so many are used, can lose at its end: what is long stands in one
    piece."""
    key = morning.professional_id, morning.slot
    stay, dated = decision.stays[key], list(_dated(board, decision, key))
    pieces = [stay.collective, 60 if stay.urgency else 0]
    for task in decision.tasks.get(key[1], []):
        if key[0] in task.people and not (stay.reception and task.in_reception) and not _is_dated(task):
            pieces.append(task.minutes)
    spare = spare_at_the_end(morning.free, dated, [minutes for minutes in pieces if minutes])
    return max(0, min(spare, morning.minutes - used))


def _change_minutes(board: Board, one: Stay, other: Stay) -> int:
    if one.post is None or other.post is None:
        return 0
    return board.travel(board.site_location(one.post), board.site_location(other.post))


def _used_minutes(board: Board, decision: Decision) -> dict[Key, int]:
    """What each half-day holds, travel included; a duty may hold other things, and counts for as much as they
    leave."""
    used: dict[Key, int] = defaultdict(int)
    for slot, tasks in decision.tasks.items():
        for task in tasks:
            is_home = task.location is not None and task.location.is_home
            for person in task.people:
                used[person, slot] += task.minutes + board.hop_minutes * is_home
    for key, stay in decision.stays.items():
        used[key] += stay.writing + stay.collective + stay.preparation + (60 if stay.urgency else 0)
        used[key] += stay.travel
        if stay.reception:
            used[key] = max(used[key], _minutes(board.opening[stay.reception, key[1]]))
    for (meeting_id, start), people in decision.attendance.items():
        for part in board.parts(start, board.week.meeting[meeting_id].duration_minutes):
            morning = 2 * board.day_index[board.calendar.instant(part[0]).date()]
            for key in ((person, morning + half) for person in people for half in (0, 1)):
                if key in decision.stays and board.half_days[key].holds((part,)):
                    used[key] += part[1] - part[0]
    return used


def _minutes(stretches: Iterable[Interval]) -> int:
    return sum(end - begin for begin, end in stretches)


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

    A busy event of the agenda is not idle, nor is a change of post: over lunch they join the morning to the
    afternoon.
    """
    keys = _halves(hours, person, day)
    free = {key: minus(hours[key].free, tuple(_dated(board, decision, key))) for key in keys}
    change = _change_minutes(board, *(decision.stays[key] for key in keys)) if len(keys) > 1 else 0
    afternoon = hours[keys[-1]].free[0][0]
    for first, last in _stretches(board, hours, keys, change):
        if last - first <= LONGEST_STRETCH:
            continue
        rest = BREAK + (change if first < afternoon < last else 0)
        earliest, latest = last - rest - LONGEST_STRETCH, min(last - rest, first + LONGEST_STRETCH)
        starts = range(latest, max(first, earliest) - 1, -GRID_MINUTES)
        fitting = ((key, begin) for begin in starts for key in keys if _holds(free[key], begin, rest))
        for key, begin in islice(fitting, 1):
            left = minus(hours[key].free, ((begin, begin + rest),))
            hours[key] = replace(hours[key], free=left or hours[key].free)


def _holds(free: tuple[Interval, ...], begin: int, minutes: int) -> bool:
    return any(a <= begin and begin + minutes <= b for a, b in free)


def _stretches(board: Board, hours: Hours, keys: list[Key], change: int) -> list[Interval]:
    """The stretches of a day that could be worked, or be busy, without a break."""
    minute, (person, slot) = board.calendar.minute, keys[-1]
    spans = (span for span in board.week.busy if span.professional_id == person)
    start, afternoon = board.base(board.day_of(slot)), hours[keys[-1]].free[0][0]
    pieces = [piece for key in keys for piece in hours[key].free]
    pieces += [
        (minute(span.start), minute(span.end))
        for span in spans
        if minute(span.start) < start + DAY_MINUTES and minute(span.end) > start
    ]
    found: list[Interval] = []
    for begin, end in sorted(pieces):
        over_lunch = change if found and found[-1][1] <= afternoon <= begin else 0
        if found and begin - found[-1][1] - over_lunch < BREAK:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _is_dated(task: Task) -> bool:
    """Whether the hours of a task leave it one start."""
    return task.hours is not None and [end - begin for begin, end in task.hours] == [task.minutes]


def _dated(board: Board, decision: Decision, key: Key) -> Iterator[Interval]:
    person, slot = key
    for task in decision.tasks.get(slot, []):
        if person in task.people and _is_dated(task):
            yield from task.hours or ()
    for (meeting_id, start), people in decision.attendance.items():
        if person in people:
            parts = board.parts(start, board.week.meeting[meeting_id].duration_minutes)
            yield from (part for part in parts if board.half_days[key].holds((part,)))
    duty = decision.stays[key].reception
    if duty:
        yield from board.opening[duty, slot]
