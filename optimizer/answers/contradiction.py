"""Why a whole week cannot hold: the fewest things that it fixes and that contradict one another.

Pins, fixed meetings, absences and busy hours are switches; what is left on contradicts itself, and no longer
does without any one of them. Method: QuickXplain (Junker 2004).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.contradictions import contradictions
from optimizer.scenarios import changed_week
from optimizer.week import Meeting, Pin, Span, Week

Element = tuple[str, int]
"""A table of the week and a place in it."""
TABLES = ("pins", "meetings", "absences", "busy")


@dataclass(frozen=True)
class Contradiction:
    """What contradicts itself: the elements, none of which can be taken away, and the rules' words for it."""

    pins: tuple[Pin, ...]
    meetings: tuple[Meeting, ...]
    absences: tuple[Span, ...]
    busy: tuple[Span, ...]
    facts: tuple[str, ...]


def minimal_contradiction(week: Week) -> Contradiction | None:
    """A minimal set of what contradicts itself; None when the week can hold as far as it is fixed."""
    if not contradictions(week):
        return None
    places = ((table, n) for table in TABLES for n in range(len(getattr(week, table))))
    switches = [(table, n) for table, n in places if _is_fixed(week, table, n)]
    kept = _explain(week, [], switches, has_more=False)
    alone = _with(week, kept)
    return Contradiction(
        **{table: tuple(getattr(week, table)[n] for name, n in kept if name == table) for table in TABLES},
        facts=tuple(contradictions(alone)),
    )


def _is_fixed(week: Week, table: str, place: int) -> bool:
    """Meetings that have no time contradict nothing: they stay as they are."""
    return table != "meetings" or week.meetings[place].fixed_start is not None


def _with(week: Week, kept: Sequence[Element]) -> Week:
    """The week with only some of its switches on; a meeting that is off loses its time, not its members."""
    on = set(kept)
    changed: dict[str, object] = {
        table: tuple(row for n, row in enumerate(getattr(week, table)) if (table, n) in on)
        for table in TABLES
        if table != "meetings"
    }
    changed["meetings"] = tuple(
        meeting if ("meetings", n) in on else meeting.model_copy(update={"fixed_start": None})
        for n, meeting in enumerate(week.meetings)
    )
    return changed_week(week, changed)


def _explain(week: Week, background: list[Element], switches: list[Element], has_more: bool) -> list[Element]:
    """A minimal part of some switches that contradicts itself with a background."""
    if has_more and contradictions(_with(week, background)):
        return []
    if len(switches) <= 1:
        return switches
    half = len(switches) // 2
    first, second = switches[:half], switches[half:]
    of_second = _explain(week, background + first, second, bool(first))
    of_first = _explain(week, background + of_second, first, bool(of_second))
    return of_first + of_second
