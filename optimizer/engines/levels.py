"""The levels of one block: a search in lexicographic order, and valid bounds found beside it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from optimizer.board import Board
from optimizer.engines.bounding import Bounding
from optimizer.engines.guiding import Guiding
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


def build(board: Board, people: frozenset[str], with_preferences: bool = True) -> BucketModel:
    """The statement of a block, both levels or the first alone.

    The garbage collector rests meanwhile: what is made stays, and looking it through again and again takes a
    fifth of the time.
    """
    with _collector_at_rest():
        model = BucketModel(board, people)
        model.post_commitments()
        if with_preferences:
            model.post_preferences()
    return model


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def solve_block(board: Board, people: frozenset[str], clock: Clock, share: float) -> Block:
    """Both levels of a block within `share` of the seconds left; its bounding is still to be stopped."""
    end = max(0.0, clock.left() - share)
    model = build(board, people)
    search = Search(model, LEXICOGRAPHIC, clock)
    outcome = BlockOutcome(model, search.nothing())
    bounding = Bounding(outcome, search.matrix, clock, end)
    guiding = Guiding(search, outcome, clock.left() - end, beside=bounding.advance)
    names = guiding.start(end)
    if bounding.is_small:
        search.search_whole(outcome, end, bounding.advance)
    guiding.improve(names, end)
    return Block(outcome, search, bounding)
