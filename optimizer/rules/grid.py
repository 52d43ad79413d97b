"""Every instant of a plan stands on the 5-minute grid, and everything ends after it starts.

Source: docs/semantics.md, first paragraph and section 5.
Not posted: clock times are counted in steps of the grid.
"""

from collections.abc import Iterator
from datetime import datetime

from optimizer.clock import GRID_MINUTES
from optimizer.plan import Assignment, Reservation
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at


def check(reading: Reading) -> Iterator[Violation]:
    """Each row or reservation off the grid, or without a length."""
    named: list[tuple[str, Assignment | Reservation]] = []
    named += [(row.mission_id, row) for row in reading.plan.assignments]
    named += [(kept.kind, kept) for kept in reading.plan.reservations]
    for name, row in named:
        for instant in (row.start, row.end):
            if beyond := _beyond_the_grid(instant):
                sentence = (
                    f"{name} : l'heure {instant:%H:%M:%S} n'est pas un multiple de {GRID_MINUTES} minutes"
                )
                yield Violation(
                    "grid", sentence, beyond, "secondes", None, name, row.professional_ids, instant
                )
        if row.end <= row.start:
            sentence = f"{name} finit avant d'avoir commencé, {at(row.start)}"
            yield Violation("grid", sentence, 1, "ligne", None, name, row.professional_ids, row.start)


def _beyond_the_grid(instant: datetime) -> int:
    seconds = 60 * (instant.minute % GRID_MINUTES) + instant.second
    return seconds + (instant.microsecond > 0)


RULE = Rule("grid", "Grille de cinq minutes", "semantics.md, 5", RuleLevel.NEVER, check, is_local=True)
