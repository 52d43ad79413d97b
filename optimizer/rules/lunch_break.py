"""Between morning and afternoon there are 45 minutes of lunch, beside the travel taken then.

Source: W6 (45 minutes at least); docs/semantics.md, sections 1 and 2.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.reading.limits import SHORTEST_LUNCH
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each day of one person with a shorter lunch."""
    for person, days in reading.tours.items():
        for day, tour in days.items():
            if tour.lunch and tour.lunch.missing:
                needed = SHORTEST_LUNCH + tour.lunch.travel
                sentence = (
                    f"{person} n'a que {tour.lunch.minutes} minutes à midi le {reading.day(day):%d/%m}, "
                    f"il en faut {needed}, trajets compris"
                )
                yield Violation(
                    "W6", sentence, tour.lunch.missing, "minutes", None, None, (person,),
                    reading.instant(tour.lunch.start),
                )  # fmt: skip


RULE = Rule("W6", "Pause de midi", "temps de travail", RuleLevel.NEVER, check)
