"""What must hold between the parts of a week: cross-references and the separations that data cannot undo."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.errors import Problem

if TYPE_CHECKING:
    from optimizer.week import Week


def problems_of(week: "Week") -> Iterator[Problem]:
    """Every invariant that the week breaks, each at a JSON pointer."""
    yield from ()
