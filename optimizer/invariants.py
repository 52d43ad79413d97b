"""What must hold between the parts of a week: cross-references and the separations that data cannot undo.

Each problem stands at a JSON pointer. `references` holds the ids, `separations` the propositions and what is
simply impossible; this module orders them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.errors import Problem
from optimizer.references import reference_problems
from optimizer.separations import impossible_items, separation_problems, unreachable_items

if TYPE_CHECKING:
    from optimizer.week import Week


def problems_of(week: "Week") -> Iterator[Problem]:
    """Every invariant that the week breaks, each at a JSON pointer."""
    yield from local_problems_of(week)
    yield from unreachable_items(week)


def local_problems_of(week: "Week") -> Iterator[Problem]:
    """The invariants that still mean something when some rows are left out, because they cannot be read."""
    yield from reference_problems(week)
    yield from separation_problems(week)
    yield from impossible_items(week)
