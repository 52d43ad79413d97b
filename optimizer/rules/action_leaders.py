"""A collective action that is held has its leaders, one of each profession asked, and each has prepared it.

For each leader, the preparation ended before an action starts is at least that of the actions led so far,
this one included. Source: H3.3 (proposition 3).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import Row
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import CollectiveAction


def check(reading: Reading) -> Iterator[Violation]:
    """Each action without its leaders, each leader without preparation."""
    led: defaultdict[str, list[tuple[Row, CollectiveAction]]] = defaultdict(list)
    for row in reading.rows:
        if row.action:
            yield from _leaders(row, row.action)
            for person in row.person_ids:
                led[person].append((row, row.action))
    for person, actions in led.items():
        yield from _preparation(reading, person, actions)


def _leaders(row: Row, action: CollectiveAction) -> Iterator[Violation]:
    found = Counter(person.profession for person in row.people)
    wanted = Counter(action.leaders)
    wrong = max((wanted - found).total(), (found - wanted).total())
    if wrong:
        sentence = (
            f"{action.id} demande {' + '.join(action.leaders)}, la ligne a {' + '.join(found.elements())}"
        )
        yield Violation(
            "H3.3", sentence, wrong, "personnes", None, action.id, row.person_ids, row.source.start
        )


def _preparation(
    reading: Reading, person: str, actions: list[tuple[Row, CollectiveAction]]
) -> Iterator[Violation]:
    prepared = [kept for kept in reading.kept_for(ReservationKind.PREPARATION) if person in kept.person_ids]
    needed = 0
    for row, action in sorted(actions, key=lambda led: led[0].stretch):
        needed += action.preparation_minutes
        before = sum(kept.stretch.minutes for kept in prepared if kept.stretch.end <= row.stretch.start)
        if before < needed:
            sentence = f"{person} n'a préparé que {before} minutes sur {needed} avant {action.id}"
            yield Violation(
                "H3.3", sentence, needed - before, "minutes", None, action.id, (person,), row.source.start
            )


RULE = Rule("H3.3", "Actions collectives animées et préparées", "proposition 3", RuleLevel.NEVER, check)
