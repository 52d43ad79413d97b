"""Reserved time is the sector team's, in blocks: writing 30 to 120 minutes, collective at least 90.

At a site; writing and preparation may be teleworked; preparation is for those who may lead what asks for it.
Source: H3.2 (proposition 3); docs/semantics.md, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import each
from optimizer.plan import ReservationKind, is_past
from optimizer.reading import Reading
from optimizer.reading.activities import KEPT_LABELS, Kept
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import between, people
from optimizer.week import Professional
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.linear import Part, Variable
    from optimizer.model import BucketModel
    from optimizer.tasks import Key

LEAST_WRITING, LEAST_COLLECTIVE = 30, 90
BLOCKS = {
    ReservationKind.WRITING: range(LEAST_WRITING, 120 + 1),
    ReservationKind.COLLECTIVE: range(LEAST_COLLECTIVE, 24 * 60),
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
            is_prepared = kept.kind is ReservationKind.PREPARATION and not is_past(reading.week, kept.source)
            if is_prepared and not _may_prepare(reading, person):
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
            ("writing", reserved.writing, reserved.writing_held, LEAST_WRITING),
            ("collective", reserved.collective, reserved.collective_held, LEAST_COLLECTIVE),
        )
        for kind, steps, held, least in kinds:
            if steps is None or held is None:
                continue
            model.at_most(0, f"{kind}_held", key, [(steps, 1), (held, -model.size(key))])
            model.at_least(0, f"{kind}_least", key, [(steps, 1), (held, -grid_steps(least))])
            for fixed, left in model.longest_beside_fixed(key):
                if left < grid_steps(least):
                    model.at_most(1, f"{kind}_beside", (*key, fixed), [(held, 1), (fixed, 1)])
        if reserved.collective is not None:
            _in_blocks(model, key, reserved.collective)


def _in_blocks(model: BucketModel, key: Key, steps: Variable) -> None:
    """Collective time is no longer than the longest gap of its half-day, or two blocks in two of them."""
    whole, twice = model.size(key), None
    for parts, variables in model.dated(key):
        gaps = [end - start for start, end in model.left_by(key, parts)]
        longest, both = grid_steps(max(gaps, default=0)), [gap for gap in gaps if gap >= LEAST_COLLECTIVE]
        if longest >= whole:
            continue
        more: Part = []
        if len(both) > 1:
            twice = _two_blocks(model, key, steps) if twice is None else twice
            more = [(twice, longest - grid_steps(sum(both)))]
        most = whole if variables else longest
        taken = each(variables, whole - longest)
        model.at_most(most, "collective_in_blocks", (*key, *variables), [(steps, 1)], taken, more)


def _two_blocks(model: BucketModel, key: Key, steps: Variable) -> Variable:
    """A variable that is 0 unless collective time is long enough for two blocks."""
    twice = model.variable("collective_twice", key)
    least = grid_steps(2 * LEAST_COLLECTIVE)
    model.at_least(0, "collective_twice", key, [(steps, 1), (twice, -least)])
    return twice


RULE = Rule("H3.2", "Temps réservés par blocs", "proposition 3", RuleLevel.NEVER, check, post)
