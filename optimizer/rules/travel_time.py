"""People have the time to go where they are planned, from their post and back to it.

Source: docs/semantics.md, section 2. The travel between two posts is taken over lunch (rule W6).
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at


def check(reading: Reading) -> Iterator[Violation]:
    """Each way without idle minutes for it, and each day that nobody can place at a post."""
    for person, days in reading.tours.items():
        for tour in days.values():
            for leg in (leg for posting in tour.postings for leg in posting.legs):
                if leg.missing:
                    when = reading.instant(leg.after)
                    sentence = f"{person} n'a que {leg.idle} minutes pour {leg.minutes} de trajet {at(when)}"
                    yield Violation("travel", sentence, leg.missing, "minutes", None, None, (person,), when)


RULE = Rule("travel", "Trajets", "semantics.md, 2", RuleLevel.NEVER, check)
