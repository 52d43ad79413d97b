"""A request is queued only when the plan has no slot left for it, nothing else being moved.

Source: H4.1 (proposition 4): nobody waits while someone could receive them; docs/semantics.md, section 5.
Not posted: once half-days have clock times, the engine places what waits wherever a slot is left.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at, people


def check(reading: Reading) -> Iterator[Violation]:
    """Each queued request for which a slot is left."""
    for item in reading.queue_date:
        mission = reading.week.mission.get(item)
        kind = reading.week.types.get(mission.type) if mission else None
        if mission is None or kind is None or not kind.request:
            continue
        if slot := reading.slots.left_for(mission, kind):
            when, who = reading.instant(slot.start), tuple(person.id for person in slot.people)
            sentence = f"{item} est en file alors que {people(who)} peut recevoir {at(when)}"
            yield Violation("H4.1c", sentence, 1, "créneaux", None, item, who, when)


RULE = Rule("H4.1c", "File en dernier recours", "proposition 4", RuleLevel.NEVER, check)
