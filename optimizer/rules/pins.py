"""What is pinned is placed with exactly the people pinned and, when given, at the instant pinned.

Source: docs/semantics.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at, people

if TYPE_CHECKING:
    from optimizer.linear import Variable
    from optimizer.model import BucketModel
    from optimizer.week import CollectiveAction, Meeting, Mission, Pin


def check(reading: Reading) -> Iterator[Violation]:
    """Each pin that is not kept."""
    for pin in reading.week.pins:
        rows = reading.parts.get(pin.item_id, ())
        if not rows:
            sentence = f"{pin.item_id} est épinglé et n'est pas placé"
            yield Violation("pins", sentence, 1, "épingles", None, pin.item_id, pin.professional_ids)
            continue
        if any(set(row.source.professional_ids) != set(pin.professional_ids) for row in rows):
            sentence = f"{pin.item_id} est épinglé pour {people(pin.professional_ids)}"
            yield Violation("pins", sentence, 1, "épingles", None, pin.item_id, pin.professional_ids)
        if pin.start and rows[0].source.start != pin.start:
            sentence = f"{pin.item_id} est épinglé {at(pin.start)}"
            yield Violation("pins", sentence, 1, "épingles", None, pin.item_id, when=pin.start)


def post(model: BucketModel) -> None:
    """Those pinned do it and nobody else does; the start pinned is the start that variables know."""
    pins = {pin.item_id: pin for pin in model.week.pins}
    for bundle in model.bundles:
        if pin := pins.get(bundle.first.id):
            _pin(model, pin, bundle.first, model.doing(bundle))
    for action in model.actions():
        if pin := pins.get(action.id):
            _pin(model, pin, action, [(person, v) for (person, *_), v in model.lead[action.id].items()])
    for meeting in model.week.meetings:
        if (pin := pins.get(meeting.id)) and meeting.id in model.attend:
            attending = model.attend[meeting.id].items()
            _pin(model, pin, meeting, [(person, v) for person, starts in attending for v in starts.values()])


def _pin(
    model: BucketModel,
    pin: Pin,
    item: Mission | CollectiveAction | Meeting,
    doing: list[tuple[str, Variable]],
) -> None:
    others = each(variable for person, variable in doing if person not in pin.professional_ids)
    model.at_most(0, "nobody_else", (pin.item_id,), others)
    for pinned in pin.professional_ids:
        mine = each(variable for person, variable in doing if person == pinned)
        model.equal(1, "pinned", (pin.item_id, pinned), mine)
    if pin.start and item.fixed_start not in (None, pin.start):
        model.equal(1, "pinned_off_its_start", (pin.item_id,))


RULE = Rule("pins", "Épingles", "semantics.md, 5", RuleLevel.NEVER, check, post)
