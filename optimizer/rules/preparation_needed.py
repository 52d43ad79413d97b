"""Nobody reserves more preparation than the actions they lead ask for; other collective time is in blocks.

Source: H3.2 and H3.3 (proposition 3); docs/semantics.md, section 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import each
from optimizer.plan import ReservationKind, is_past
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each person with preparation beyond that of the actions they lead."""
    needed: defaultdict[str, int] = defaultdict(int)
    for action, person in {(row.action, who) for row in reading.rows if row.action for who in row.person_ids}:
        needed[person] += action.preparation_minutes
    reserved: defaultdict[str, int] = defaultdict(int)
    for kept in reading.kept_for(ReservationKind.PREPARATION):
        if is_past(reading.week, kept.source):
            continue
        for person in kept.person_ids:
            reserved[person] += kept.stretch.minutes
    for person, minutes in sorted(reserved.items()):
        if minutes > needed[person]:
            asked = needed[person]
            sentence = f"{person} réserve {minutes} minutes de préparation, ses actions en demandent {asked}"
            yield Violation("H3.3b", sentence, minutes - asked, "minutes", None, None, (person,))


def post(model: BucketModel) -> None:
    """Preparation over the horizon is at most that of the actions led."""
    for person in model.people:
        reserved = each(variable for _, variable in model.preparations(person))
        led = [
            (variable, -grid_steps(action.preparation_minutes))
            for action in model.actions()
            for (who, _, _), variable in model.lead[action.id].items()
            if who == person
        ]
        model.at_most(0, "preparation_needed", (person,), reserved, led)


RULE = Rule("H3.3b", "Préparation des seules actions animées", "proposition 3", RuleLevel.NEVER, check, post)
