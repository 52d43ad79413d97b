"""A mission or an action is done whole: its full duration, from its release on or at its fixed start.

Only splittable types have several parts, each of at least 60 minutes. Source: docs/semantics.md, section 5.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.reading.activities import Row
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at
from optimizer.week import CollectiveAction, Mission

SHORTEST_PART = 60


def check(reading: Reading) -> Iterator[Violation]:
    """Each item too short, too long, cut wrongly, too early or off its fixed start."""
    for item in reading.dated_items:
        if rows := reading.parts.get(item.id):
            yield from _lengths(item, rows)
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


RULE = Rule("parts", "Durées et débuts", "semantics.md, 5", RuleLevel.NEVER, check)
