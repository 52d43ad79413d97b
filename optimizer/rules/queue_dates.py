"""A queued request has a working date after the horizon, not before its release: the one given, if any.

Source: H4.1 (proposition 4); docs/semantics.md, section 5.
Not posted: a request has a variable for each date that it may have.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.reading.dates import within_reach
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each date in the horizon, before the release, on a day off, or beyond any reach."""
    calendar = reading.week.calendar
    for queued in reading.plan.queue:
        mission = reading.week.mission.get(queued.mission_id)
        first = calendar.first_day_after
        if mission:
            first = max(first, mission.release)
        if mission and mission.fixed_start and mission.fixed_start.date() >= first:
            if queued.date != mission.fixed_start.date():
                given = f"alors que son rendez-vous est le {mission.fixed_start:%d/%m/%Y}"
                sentence = f"{queued.mission_id} est en file au {queued.date:%d/%m/%Y}, {given}"
                days = abs((queued.date - mission.fixed_start.date()).days)
                yield Violation("H4.1b", sentence, days, "jours", item_id=queued.mission_id)
        elif queued.date < first:
            sentence = f"{queued.mission_id} est en file au {queued.date:%d/%m/%Y}, avant le {first:%d/%m/%Y}"
            days = (first - queued.date).days
            yield Violation("H4.1b", sentence, days, "jours", item_id=queued.mission_id)
        elif within_reach(calendar, queued.date) != queued.date or not calendar.is_working(queued.date):
            sentence = f"{queued.mission_id} est en file au {queued.date:%d/%m/%Y}, qui n'est pas travaillé"
            yield Violation("H4.1b", sentence, 1, "jours", item_id=queued.mission_id)


RULE = Rule("H4.1b", "Dates de la file", "proposition 4", RuleLevel.NEVER, check)
