"""Nobody works more than six hours without twenty idle minutes.

Source: W5 (décret 2000-815). Travel between two activities that follow each other and busy events of the
agenda are not idle.
Not posted: half-days of at most six hours either side of lunch cannot break it; the judge has the last word
on longer ones.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.reading.limits import LONGEST_STRETCH
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each stretch of one person without a break."""
    for person, days in reading.activities_by_day.items():
        for activities in days.values():
            for stretch in reading.without_break(person, activities):
                if stretch.minutes > LONGEST_STRETCH:
                    when = reading.instant(stretch.start)
                    sentence = f"{person} : {stretch.minutes} minutes sans pause le {when:%d/%m}"
                    beyond = stretch.minutes - LONGEST_STRETCH
                    yield Violation("W5", sentence, beyond, "minutes", None, None, (person,), when)


RULE = Rule("W5", "Pause de vingt minutes", "décret 2000-815", RuleLevel.NEVER, check, is_local=True)
