"""Telework is a wished day's, by whole half-days, at most three days a week with two days on site.

Source: W9 (décret 2016-151). A worked day is a day with paid time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations, product
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import WEEKDAYS, Professional
from optimizer.words import RoomKind

if TYPE_CHECKING:
    from optimizer.linear import Variable
    from optimizer.model import BucketModel
    from optimizer.tasks import Key


MOST_DAYS = 3
LEAST_DAYS_ON_SITE = 2


def check(reading: Reading) -> Iterator[Violation]:
    """Each telework on another day, mixed half-day, and week with too much of it."""
    for person in reading.week.professionals:
        days = reading.activities_by_day[person.id]
        teleworked = {day for day, done in days.items() if any(one.is_teleworked for one in done)}
        for day in sorted(teleworked):
            yield from _day(reading, person, day)
        yield from _weeks(reading, person, teleworked)


def _day(reading: Reading, person: Professional, day: int) -> Iterator[Violation]:
    name = f"{reading.day(day):%d/%m}"
    if day % 7 >= len(WEEKDAYS) or WEEKDAYS[day % 7] not in person.telework_days:
        yield _violation(person, f"{person.id} télétravaille le {name}, hors de ses jours de télétravail")
    halves: defaultdict[str, set[bool]] = defaultdict(set)
    for activity in reading.activities_by_day[person.id][day]:
        half = reading.presence.name_of_half(person.id, *activity.stretch)
        halves[half].add(activity.is_teleworked)
    for ways in halves.values():
        if len(ways) == 2:
            yield _violation(
                person, f"{person.id} mêle télétravail et présence dans une demi-journée, le {name}"
            )


def _weeks(reading: Reading, person: Professional, teleworked: set[int]) -> Iterator[Violation]:
    paid = reading.presence.paid[person.id]
    on_site = Counter(day // 7 for day, hours in paid.items() if hours and day not in teleworked)
    for week, days in sorted(Counter(day // 7 for day in teleworked).items()):
        if days > MOST_DAYS:
            yield _violation(
                person, f"{person.id} télétravaille {days} jours en semaine {week + 1}", days - MOST_DAYS
            )
        if on_site[week] < LEAST_DAYS_ON_SITE:
            sentence = f"{person.id} n'a que {on_site[week]} jour(s) sur site en semaine {week + 1}"
            yield _violation(person, sentence, LEAST_DAYS_ON_SITE - on_site[week])


def _violation(person: Professional, sentence: str, amount: int = 1) -> Violation:
    return Violation("W9", sentence, amount, "jours", professional_ids=(person.id,))


def post(model: BucketModel) -> None:
    """A half-day is teleworked whole or not at all, on so many days a week."""
    for key, on_site in model.on_site.items():
        size, home = model.size(key), model.posted(key, None)
        model.at_most(size, "tele_only", key, model.time.not_teleworkable(key), each(home, size))
        model.at_most(0, "tele_or_site", key, model.time.used(key), each((*home, on_site), -size))
        for use, most, is_teleworkable in model.time.each_use(key):
            where = (*home, on_site) if is_teleworkable else (on_site,)
            model.at_most(0, "tele_for", (*key, use), [(use, 1)], each(where, -most))
        away = [v for tour, v in model.tours[key] if tour is not None and tour.stops]
        model.at_most(0, "tele_away", key, each(away), [(on_site, -1)])
    for name, keys in _held_together(model):
        _all_or_nobody(model, name, keys)
    for person in model.people:
        for week in range(model.week.horizon.weeks):
            _days_of_week(model, person, week)


def _held_together(model: BucketModel) -> Iterator[tuple[str, dict[Key, list[Variable]]]]:
    """What several people do at once and could telework, with the variables of each in each half-day."""
    for bundle in model.bundles:
        if bundle.people > 1 and bundle.kind.telework and bundle.kind.room is RoomKind.NONE:
            yield bundle.name, {key: [taken] for key, taken in model.take[bundle.index].items()}
    for action in model.actions():
        kind = model.week.types[action.type]
        if len(action.leaders) > 1 and kind.telework and kind.room is RoomKind.NONE:
            keys = {(person, slot) for person, slot, _ in model.lead[action.id]}
            yield action.id, {key: model.leads(action, *key) for key in sorted(keys)}


def _all_or_nobody(model: BucketModel, name: str, keys: dict[Key, list[Variable]]) -> None:
    """A row has one place: nobody teleworks beside someone who does not."""
    for (one, other), slot in product(permutations(sorted({person for person, _ in keys}), 2), _slots(keys)):
        here, there = (one, slot), (other, slot)
        if here in keys and there in keys and here in model.on_site:
            both, home = each((*keys[here], *keys[there])), each(model.posted(here, None))
            beside = each(model.posted(there, None), -1)
            model.at_most(2, "tele_together", (name, *here, other), both, home, beside)


def _slots(keys: Iterable[Key]) -> list[int]:
    return sorted({slot for _, slot in keys})


def _days_of_week(model: BucketModel, person: str, week: int) -> None:
    keys = model.keys_of_week(person, week)
    worked = model.board.paid_days(model.people[person], week)
    wished = sorted({model.half_days[key].day for key in keys if key in model.on_site})
    most = max(0, min(MOST_DAYS, len(worked) - LEAST_DAYS_ON_SITE))
    if len(wished) <= most:
        return
    days = {day: model.variable("telework_day", (person, day)) for day in wished}
    for key in keys:
        if key in model.on_site:
            day = days[model.half_days[key].day]
            model.at_most(0, "tele_day", key, each(model.posted(key, None)), [(day, -1)])
    model.at_most(most, "telework_days", (person, week), each(days.values()))


RULE = Rule("W9", "Télétravail", "décret 2016-151", RuleLevel.NEVER, check, post, is_local=True)
