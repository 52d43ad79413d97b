"""What may wait and is not placed costs a little for each day since its release, so that free time is used.

Source: design, "Waiting": working days after `release` up to and including the day it counts as done.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import CollectiveAction, Mission

if TYPE_CHECKING:
    from optimizer.board import Board
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each mission or action that is not placed and not late."""
    price = tenths(reading.week.organisation.commitments.waiting_day)
    for item in reading.dated_items:
        if reading.is_placed(item.id) or reading.days_late(item):
            continue
        if days := reading.working_days_between(item.release, reading.done_day(item)):
            sentence = f"{item.id} attend depuis {days} jour(s)"
            yield Violation("waiting", sentence, days, "jours", days * price, item.id)


def post(model: BucketModel) -> None:
    """What is left and not late pays each day since its release."""
    for bundle in model.bundles:
        for day, variable in model.left(bundle):
            model.commitment(variable, price_until(model.board, bundle.first, day))
    after = model.board.calendar.first_day_after
    for action in model.actions():
        model.commitment(model.action_unplaced[action.id], price_until(model.board, action, after))


def price_until(board: Board, item: Mission | CollectiveAction, day: date) -> int:
    """What the model charges an item that is left until a day, in tenths; nothing more once it is late."""
    if board.late_days(item.due, day):
        return 0
    days = board.calendar.working_days_between(item.release, day)
    return tenths(board.week.organisation.commitments.waiting_day) * days


RULE = Rule("waiting", "Attente", "échéances", RuleLevel.COMMITMENT, check, post, is_local=True)
