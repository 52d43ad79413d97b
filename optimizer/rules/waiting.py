"""What may wait and is not placed costs a little for each day since its release, so that free time is used.

Source: design, "Waiting": working days after `release` up to and including the day it counts as done.
"""

from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each mission or action that is not placed and not late."""
    price = tenths(reading.week.organisation.commitments.waiting_day)
    for item in reading.dated_items:
        if reading.is_placed(item.id) or reading.days_late(item):
            continue
        if days := reading.working_days_between(item.release, reading.done_day(item)):
            sentence = f"{item.id} attend depuis {days} jour(s)"
            yield Violation("waiting", sentence, days, "jours", days * price, item.id)


RULE = Rule("waiting", "Attente", "échéances", RuleLevel.COMMITMENT, check)
