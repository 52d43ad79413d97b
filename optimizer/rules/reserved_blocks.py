"""Reserved time is the sector team's, in blocks: writing 30 to 120 minutes, collective at least 90.

At a site; writing and preparation may be teleworked; preparation is for those who may lead what asks for it.
Source: H3.2 (proposition 3); docs/semantics.md, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import KEPT_LABELS, Kept
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import between, people
from optimizer.week import Professional
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


BLOCKS = {
    ReservationKind.WRITING: range(30, 120 + 1),
    ReservationKind.COLLECTIVE: range(90, 24 * 60),
    ReservationKind.PREPARATION: range(1, 24 * 60),
}


def check(reading: Reading) -> Iterator[Violation]:
    """Each reservation of the wrong length, place or service."""
    for kept in reading.kept:
        if kept.kind not in BLOCKS:
            continue
        lengths, minutes = BLOCKS[kept.kind], kept.stretch.minutes
        if minutes not in lengths:
            away = max(lengths.start - minutes, minutes - lengths.stop + 1)
            yield _violation(kept, f"dure {minutes} minutes", away, "minutes")
        if kept.location is None and not kept.is_teleworked:
            yield _violation(kept, "n'est à aucun site")
        for person in kept.people:
            if not reading.serves(person, ServiceKind.SECTEUR):
                yield _violation(kept, f"est réservé à {person.id}, qui n'est pas du secteur")
            if kept.kind is ReservationKind.PREPARATION and not _may_prepare(reading, person):
                yield _violation(kept, f"est réservé à {person.id}, qui n'a aucune action à préparer")


def _may_prepare(reading: Reading, person: Professional) -> bool:
    actions = reading.week.actions
    return any(action.preparation_minutes and person.profession in action.leaders for action in actions)


def _violation(kept: Kept, fault: str, amount: int = 1, unit: str = "réservations") -> Violation:
    hours = between(kept.source.start, kept.source.end)
    sentence = f"{KEPT_LABELS[kept.kind]} de {people(kept.person_ids)} {hours} : {fault}"
    return Violation("H3.2", sentence, amount, unit, None, None, kept.person_ids, kept.source.start)


def post(model: BucketModel) -> None:
    """Writing and collective time in a half-day are none or long enough; blocks are the clock's matter."""
    for key, reserved in model.reserved.items():
        kinds = (
            ("writing", reserved.writing, reserved.writing_held, 30),
            ("collective", reserved.collective, reserved.collective_held, 90),
        )
        for kind, steps, held, least in kinds:
            if steps is None or held is None:
                continue
            model.at_most(0, f"{kind}_held", key, [(steps, 1), (held, -model.size(key))])
            model.at_least(0, f"{kind}_least", key, [(steps, 1), (held, -grid_steps(least))])
            for fixed, left in model.longest_beside_fixed(key):
                if left < grid_steps(least):
                    model.at_most(1, f"{kind}_beside", (*key, fixed), [(held, 1), (fixed, 1)])


RULE = Rule("H3.2", "Temps réservés par blocs", "proposition 3", RuleLevel.NEVER, check, post)
