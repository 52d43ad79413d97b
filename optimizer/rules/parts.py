"""A mission or an action is done whole: its full duration, from its release on or at its fixed start.

Only splittable types have several parts, each of at least 60 minutes, one a half-day.
Source: docs/semantics.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.reading.activities import Row
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at
from optimizer.week import CollectiveAction, Mission

if TYPE_CHECKING:
    from optimizer.bundles import Bundle
    from optimizer.linear import Variable
    from optimizer.model import BucketModel


SHORTEST_PART = 60


def check(reading: Reading) -> Iterator[Violation]:
    """Each item too short, too long, cut wrongly, too early or off its fixed start."""
    for item in reading.dated_items:
        if rows := reading.parts.get(item.id):
            yield from _lengths(item, rows)
            yield from _one_a_half_day(reading, item, rows)
            yield from _starts(reading, item, rows)


def _lengths(item: Mission | CollectiveAction, rows: tuple[Row, ...]) -> Iterator[Violation]:
    total = sum(row.stretch.minutes for row in rows)
    if total != item.duration_minutes:
        sentence = f"{item.id} dure {total} minutes au lieu de {item.duration_minutes}"
        yield Violation("parts", sentence, abs(total - item.duration_minutes), "minutes", item_id=item.id)
    if len(rows) == 1:
        return
    kind = rows[0].kind
    if kind is None or not kind.splittable or isinstance(item, CollectiveAction):
        sentence = f"{item.id} ne peut pas être fait en {len(rows)} fois"
        yield Violation("parts", sentence, len(rows) - 1, "parties", item_id=item.id)
    for row in rows:
        if row.stretch.minutes < SHORTEST_PART:
            sentence = f"une partie de {item.id} dure {row.stretch.minutes} minutes, moins de {SHORTEST_PART}"
            missing = SHORTEST_PART - row.stretch.minutes
            yield Violation("parts", sentence, missing, "minutes", None, item.id, when=row.source.start)


def _one_a_half_day(
    reading: Reading, item: Mission | CollectiveAction, rows: tuple[Row, ...]
) -> Iterator[Violation]:
    halves: set[tuple[str, object, str]] = set()
    kind = rows[0].kind
    for row in rows if kind is not None and kind.splittable else ():
        for person in row.people:
            name = reading.presence.name_of_half(person.id, *row.stretch)
            half = (person.id, row.source.start.date(), name)
            if half in halves:
                sentence = f"{item.id} a deux parties dans une demi-journée de {person.id}"
                yield Violation("parts", sentence, 1, "parties", None, item.id, when=row.source.start)
            halves.add(half)


def _starts(reading: Reading, item: Mission | CollectiveAction, rows: tuple[Row, ...]) -> Iterator[Violation]:
    for row in rows:
        if row.source.start.date() < item.release:
            sentence = f"{item.id} commence {at(row.source.start)}, avant le {item.release:%d/%m}"
            days = (item.release - row.source.start.date()).days
            yield Violation("parts", sentence, days, "jours", None, item.id, when=row.source.start)
    start = rows[0].source.start
    if item.fixed_start and start != item.fixed_start:
        sentence = f"{item.id} commence {at(start)} au lieu de {at(item.fixed_start)}"
        away = abs(rows[0].stretch.start - reading.week.calendar.minute(item.fixed_start))
        yield Violation("parts", sentence, max(1, away), "minutes", None, item.id, when=start)


def post(model: BucketModel) -> None:
    """The parts of a report add up to it, each long enough; two people write theirs together."""
    for bundle in model.bundles:
        if not bundle.kind.splittable:
            continue
        duration = grid_steps(bundle.first.duration_minutes)
        for key, part in model.take[bundle.index].items():
            whom, steps = (bundle.name, *key), model.part_minutes[bundle.index][key]
            longest = model.statement.uppers[steps]
            model.at_most(0, "steps_need_a_part", whom, [(steps, 1), (part, -longest)])
            for fixed, left in model.longest_beside_fixed(key):
                if left < longest:
                    terms = [(steps, 1), (fixed, longest - left)]
                    model.at_most(longest, "steps_beside", (*whom, fixed), terms)
            model.at_least(0, "part_is_long_enough", whom, [(steps, 1), (part, -min(duration, 12))])
            model.at_most(0, "part_by", whom, [(part, 1), (model.does[bundle.index, key[0]], -1)])
        for person, does in model.doing(bundle):
            mine = {key: v for key, v in model.part_minutes[bundle.index].items() if key[0] == person}
            model.equal(0, "parts", (bundle.name, person), each(mine.values()), [(does, -duration)])
            _from_its_start(model, bundle, person, does)
        if bundle.people > 1:
            _together(model, bundle)


def _from_its_start(model: BucketModel, bundle: Bundle, person: str, does: Variable) -> None:
    """A report with a fixed start has its first part then."""
    start = model.start_of(bundle.first)
    if start is None:
        return
    parts = model.take[bundle.index].items()
    first = [v for key, v in parts if key[0] == person and model.half_days[key].free[0][0] <= start]
    model.at_most(0, "first_part", (bundle.name, person), [(does, 1)], each(first, -1))


def _together(model: BucketModel, bundle: Bundle) -> None:
    """Both write the same grid steps of each half-day."""
    minutes = model.part_minutes[bundle.index]
    for slot in sorted({slot for _, slot in minutes}):
        mine = {key: v for key, v in minutes.items() if key[1] == slot}
        both = model.variable("together", (bundle.name, slot), grid_steps(bundle.first.duration_minutes))
        model.equal(0, "together", (bundle.name, slot), each(mine.values()), [(both, -bundle.people)])
        for key, steps in mine.items():
            model.at_most(0, "together_by", (bundle.name, *key), [(steps, 1), (both, -1)])


RULE = Rule("parts", "Durées et débuts", "semantics.md, 5", RuleLevel.NEVER, check, post, is_local=True)
