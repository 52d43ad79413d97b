"""At a site shared with the sector team, no contract is met in a half-day of its reception or urgency duty.

Source: H1.3 (proposition 1).
Not posted: no variable lets a contract be met in those half-days.
"""

from collections.abc import Iterator

from optimizer.clock import DAY_MINUTES
from optimizer.reading import Reading
from optimizer.reading.stretches import Stretch
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import between
from optimizer.week import WEEKDAYS
from optimizer.words import HalfDayName, ServiceKind


def check(reading: Reading) -> Iterator[Violation]:
    """Each contractual mission that overlaps a half-day of the sector team's duty."""
    duties = _duties(reading)
    for row, _, kind in reading.mission_rows:
        if not kind.contractual or row.site_id is None:
            continue
        for duty in duties.get((row.site_id, row.stretch.start // DAY_MINUTES), ()):
            if duty.meets(*row.stretch):
                minutes = min(duty.end, row.stretch.end) - max(duty.start, row.stretch.start)
                hours = between(reading.instant(duty.start), reading.instant(duty.end))
                sentence = f"{row.item_id} est tenu à {row.site_id} pendant l'accueil du secteur, {hours}"
                yield Violation(
                    "H1.3", sentence, minutes, "minutes", None, row.item_id, row.person_ids, row.source.start
                )


def _duties(reading: Reading) -> dict[tuple[str, int], list[Stretch]]:
    duties: dict[tuple[str, int], list[Stretch]] = {}
    for need in reading.week.reception:
        if ServiceKind.SECTEUR not in reading.places.kinds_at.get(need.site_id, ()):
            continue
        for day, halves in reading.presence.site_half_days[need.site_id].items():
            for half in halves:
                people = need.morning if half.name is HalfDayName.MORNING else need.afternoon
                if WEEKDAYS[day % 7] == need.day and (people or need.urgency_hours):
                    duties.setdefault((need.site_id, day), []).append(half.stretch)
    return duties


RULE = Rule(
    "H1.3", "Temps distincts sur un site partagé", "proposition 1", RuleLevel.NEVER, check, is_local=True
)
