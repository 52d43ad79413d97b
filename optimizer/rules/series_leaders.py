"""The sessions of one series are led by the same people.

As many leaders as its largest held session has are free. Source: S3.4 (proposition 3).
"""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each series with more leaders than it takes."""
    price = tenths(reading.week.organisation.preferences.leader_change)
    leaders: defaultdict[str, set[str]] = defaultdict(set)
    largest: defaultdict[str, int] = defaultdict(int)
    for row in reading.rows:
        if row.action and row.action.series:
            series = row.action.series
            leaders[series].update(row.person_ids)
            largest[series] = max(largest[series], len(row.action.leaders))
    for series, people in leaders.items():
        if (beyond := len(people) - largest[series]) > 0:
            sentence = f"la série {series} change {beyond} fois d'animateur"
            yield Violation(
                "leaders", sentence, beyond, "personnes", beyond * price, None, tuple(sorted(people))
            )


RULE = Rule("leaders", "Continuité des animateurs", "proposition 3", RuleLevel.PREFERENCE, check)
