"""Half-days of windows, as docs/semantics.md section 1 cuts them: needed to tell what can never be placed."""

from collections.abc import Iterable
from datetime import time
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from optimizer.clock import minute_of_day
from optimizer.words import HalfDayName

if TYPE_CHECKING:
    from optimizer.week import Weekday, Window

LONGEST_WITHOUT_LUNCH = 6 * 60
LUNCH_MINUTES = 45
LUNCH_FROM, LUNCH_TO = 11 * 60 + 30, 14 * 60 + 30
SITE_LUNCH_MINUTES = 60


def longest_stretch(windows: Iterable["Window"], midday: time) -> int:
    """The longest time that someone works without a break within one half-day; 0 when they never do."""
    days = groupby(windows, key=lambda window: window.day)
    return max((_longest_of([w.minutes for w in day], minute_of_day(midday)) for _, day in days), default=0)


def _longest_of(windows: list[tuple[int, int]], midday: int) -> int:
    stretches = _joined(windows)
    if len(stretches) == 1 and stretches[0][1] - stretches[0][0] <= LONGEST_WITHOUT_LUNCH:
        return stretches[0][1] - stretches[0][0]
    if not any(_is_lunch(before[1], after[0]) for before, after in pairwise(stretches)):
        morning = [(start, min(end, midday)) for start, end in stretches]
        stretches = morning + [(max(start, midday + LUNCH_MINUTES), end) for start, end in stretches]
    return max(end - start for start, end in stretches)


def _joined(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in windows:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_lunch(start: int, end: int) -> bool:
    return end - start >= LUNCH_MINUTES and start < LUNCH_TO and end > LUNCH_FROM


def open_half_days(opening: Iterable["Window"], midday: time) -> set[tuple["Weekday", HalfDayName]]:
    """The half-days in which a site is open to the public."""
    return {
        (window.day, name) for window in opening for name in _names_of(*window.minutes, minute_of_day(midday))
    }


def _names_of(start: int, end: int, midday: int) -> list[HalfDayName]:
    if start >= midday:
        return [HalfDayName.AFTERNOON]
    if end <= midday + SITE_LUNCH_MINUTES or (
        start + end < 2 * midday and end - start <= LONGEST_WITHOUT_LUNCH
    ):
        return [HalfDayName.MORNING]
    return [HalfDayName.MORNING, HalfDayName.AFTERNOON]
