"""The levels of one block: a search in lexicographic order, and valid bounds found beside it."""

from optimizer.engines.bounding import Bounding
from optimizer.engines.options import Clock
from optimizer.engines.outcome import LEXICOGRAPHIC, BlockOutcome
from optimizer.engines.search import Search
from optimizer.model import BucketModel


def solve_block(model: BucketModel, clock: Clock, share: float) -> tuple[BlockOutcome, Search]:
    """Both levels of a block within `share` of the seconds left; and the search, to go on with."""
    end = max(0.0, clock.left() - share)
    model.post_commitments()
    model.post_preferences()
    search = Search(model, LEXICOGRAPHIC, clock)
    outcome = BlockOutcome(model, search.nothing())
    with Bounding(outcome, search.matrix, clock, end) as bounding:
        search.construct(outcome, end, bounding.advance)
        search.improve(outcome, end, bounding.advance)
    return outcome, search
