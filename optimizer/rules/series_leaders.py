"""The sessions of one series are led by the same people.

As many leaders as its largest held session has are free. Source: S3.4 (proposition 3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.linear import Part
    from optimizer.model import BucketModel
    from optimizer.week import CollectiveAction


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


def post(model: BucketModel) -> None:
    """A regret for each leader of a series beyond those of its largest session."""
    series: defaultdict[str, list[CollectiveAction]] = defaultdict(list)
    for action in model.actions():
        if action.series:
            series[action.series].append(action)
    for code, actions in series.items():
        if len(actions) > 1:
            _leaders_of(model, code, actions)


def _leaders_of(model: BucketModel, code: str, actions: list[CollectiveAction]) -> None:
    people = sorted({person for action in actions for person, _, _ in model.lead[action.id]})
    leads = {person: model.variable("leads_series", (code, person)) for person in people}
    for action in actions:
        for person in people:
            if mine := model.leads(action, person):
                model.at_most(0, "leads", (action.id, person), each(mine), [(leads[person], -1)])
    price = tenths(model.week.organisation.preferences.leader_change)
    beyond = model.regret("leader_changes", (code,), len(people), price)
    largest = _largest(model, code, actions)
    model.at_most(0, "series", (code,), each(leads.values()), largest, [(beyond, -1)])


def _largest(model: BucketModel, code: str, actions: list[CollectiveAction]) -> Part:
    """The leaders of the largest session held, as minus a sum: each size reached adds to the one below."""
    reached, below = [], 0
    for size in sorted({len(action.leaders) for action in actions}):
        large = [action for action in actions if len(action.leaders) >= size]
        held = each((v for action in large for v in model.action_held[action.id].values()), -1)
        is_reached = model.variable("series_reaches", (code, size))
        model.at_most(0, "series_reaches", (code, size), [(is_reached, 1)], held)
        reached.append((is_reached, below - size))
        below = size
    return reached


RULE = Rule("leaders", "Continuité des animateurs", "proposition 3", RuleLevel.PREFERENCE, check, post)
