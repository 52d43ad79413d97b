"""Between two days there are at least eleven hours of rest (repos quotidien).

Source: W4 (décret 2000-815). From the last activity of a day to the first of the next.
Not posted: it is the matter of working windows; the judge has the last word.
"""

from collections.abc import Iterator
from itertools import pairwise

from optimizer.reading import Reading
from optimizer.reading.limits import SHORTEST_REST
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each night of one person that is too short."""
    for person, days in reading.activities_by_day.items():
        for before, after in pairwise(sorted(days)):
            end = max(activity.stretch.end for activity in days[before])
            rest = days[after][0].stretch.start - end
            if rest < SHORTEST_REST:
                when = reading.instant(end)
                sentence = f"{person} n'a que {rest} minutes de repos après le {when:%d/%m}"
                yield Violation("W4", sentence, SHORTEST_REST - rest, "minutes", None, None, (person,), when)


RULE = Rule("W4", "Repos quotidien", "décret 2000-815", RuleLevel.NEVER, check, is_local=True)
