"""A plan at once: everything by what it is worth, first fit, then timed."""

import logging

from optimizer.board import Board
from optimizer.check import Verdict
from optimizer.decision import Decision
from optimizer.engines.assembling import put_together
from optimizer.engines.clocking import TimedDecision, time_decision
from optimizer.engines.fitting import first_fit
from optimizer.engines.options import Options
from optimizer.engines.stopwatch import Stopwatch
from optimizer.plan import Plan

LOGGER = logging.getLogger(__name__)


def at_once(board: Board, options: Options, spent: Stopwatch | None = None) -> tuple[Plan, Verdict]:
    """A plan that needs no search, of a week without pins, and the judge's word on it.

    Should the judge refuse it, what finds a slot where nothing is decided.
    """
    spent = spent or Stopwatch()
    decision = first_fit(board)
    spent.count("fitting")
    timed = time_decision(board, decision, options)
    spent.count("timing")
    plan, verdict = put_together(board, [timed])
    if not verdict.passed:
        LOGGER.warning("refused: %s", "; ".join(map(str, verdict.hard[:5])))
        plan, verdict = put_together(board, [TimedDecision(Decision(referents=decision.referents))])
    spent.count("judging")
    return plan, verdict
