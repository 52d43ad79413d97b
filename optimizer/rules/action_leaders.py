"""A collective action that is held has its leaders, one of each profession asked, and each has prepared it.

For each leader, the preparation ended before an action starts is at least that of the actions led so far,
this one included. Source: H3.3 (proposition 3).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import Part, each
from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import Kept, Row
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import CollectiveAction

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each action without its leaders, each leader without preparation."""
    led: defaultdict[str, list[tuple[Row, CollectiveAction]]] = defaultdict(list)
    for row in reading.rows:
        if row.action:
            yield from _leaders(row, row.action)
            for person in row.person_ids:
                led[person].append((row, row.action))
    prepared: defaultdict[str, list[Kept]] = defaultdict(list)
    for kept in reading.kept_for(ReservationKind.PREPARATION):
        for person in kept.person_ids:
            prepared[person].append(kept)
    for person, actions in led.items():
        yield from _preparation(prepared[person], person, actions)


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
    prepared: list[Kept], person: str, actions: list[tuple[Row, CollectiveAction]]
) -> Iterator[Violation]:
    needed = 0
    for row, action in sorted(actions, key=lambda led: led[0].stretch):
        needed += action.preparation_minutes
        before = sum(kept.stretch.minutes for kept in prepared if kept.stretch.end <= row.stretch.start)
        if before < needed:
            sentence = f"{person} n'a préparé que {before} minutes sur {needed} avant {action.id}"
            yield Violation(
                "H3.3", sentence, needed - before, "minutes", None, action.id, (person,), row.source.start
            )


def post(model: BucketModel) -> None:
    """A half-day in which an action is held has its leaders, who have prepared it by then."""
    for action in model.actions():
        for slot, held in model.action_held[action.id].items():
            for profession in sorted(set(action.leaders)):
                led = [v for (_, *where), v in model.lead[action.id].items() if where == [slot, profession]]
                number = action.leaders.count(profession)
                model.equal(0, "leaders", (action.id, slot, profession), each(led), [(held, -number)])
    prepared = [action for action in model.actions() if action.preparation_minutes]
    for person in model.people:
        slots = {slot for action in prepared for who, slot, _ in model.lead[action.id] if who == person}
        for slot in sorted(slots):
            _prepared_by(model, person, slot, prepared)
            for action in prepared:
                _prepared_before(model, person, slot, action, prepared)


def _prepared_by(model: BucketModel, person: str, slot: int, prepared: list[CollectiveAction]) -> None:
    """What is led up to the end of a half-day has been prepared by then."""
    needed = _needed(model, person, slot, prepared)
    done = each((v for s, v in model.preparations(person) if s <= slot), -1)
    model.at_most(0, "prepared", (person, slot), needed, done)


def _prepared_before(
    model: BucketModel, person: str, slot: int, action: CollectiveAction, prepared: list[CollectiveAction]
) -> None:
    """What is prepared in the half-day of an action comes before its start, the latest that it may have."""
    led = model.leads(action, person, slot)
    if not led:
        return
    half_day, start, duration = model.half_days[person, slot], model.start_of(action), action.duration_minutes
    if start is None:
        hours = model.action_hours(action, half_day)
        start = max(end - duration for begin, end in hours if end - begin >= duration)
    before = sum(max(0, min(end, start) - begin) for begin, end in half_day.free)
    needed = _needed(model, person, slot - 1, prepared), each(led, grid_steps(action.preparation_minutes))
    done = each((v for s, v in model.preparations(person) if s < slot), -1)
    model.at_most(grid_steps(before), "prepared_before", (action.id, person, slot), *needed, done)


def _needed(model: BucketModel, person: str, until: int, prepared: list[CollectiveAction]) -> Part:
    return [
        (variable, grid_steps(action.preparation_minutes))
        for action in prepared
        for (who, slot, _), variable in model.lead[action.id].items()
        if who == person and slot <= until
    ]


RULE = Rule("H3.3", "Actions collectives animées et préparées", "proposition 3", RuleLevel.NEVER, check, post)
