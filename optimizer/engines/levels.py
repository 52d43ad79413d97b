"""The levels of one block: a search in lexicographic order, and valid bounds found beside it."""

from dataclasses import dataclass

from optimizer.engines.bounding import Bounding
from optimizer.engines.options import Clock
from optimizer.engines.outcome import LEXICOGRAPHIC, BlockOutcome
from optimizer.engines.search import Search
from optimizer.model import BucketModel


@dataclass(frozen=True)
class Block:
    """What was reached for one block, and what can go on: its search, and a relaxation not ended yet."""

    outcome: BlockOutcome
    search: Search
    bounding: Bounding


def solve_block(model: BucketModel, clock: Clock, share: float) -> Block:
    """Both levels of a block within `share` of the seconds left; its bounding is still to be stopped."""
    end = max(0.0, clock.left() - share)
    model.post_commitments()
    model.post_preferences()
    search = Search(model, LEXICOGRAPHIC, clock)
    outcome = BlockOutcome(model, search.nothing())
    bounding = Bounding(outcome, search.matrix, clock, end)
    search.construct(outcome, end, bounding.advance)
    search.improve(outcome, end, bounding.advance)
    return Block(outcome, search, bounding)
