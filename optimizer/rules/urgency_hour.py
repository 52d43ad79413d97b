"""An urgency hour is 60 minutes kept free while a site is open, by someone not on reception duty then.

By someone of SECTEUR who may do URGENCE and may be posted there, one hour a person and half-day; no more
hours than the need. Source: H4.4 (proposition 4); docs/semantics.md, section 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import DAY_MINUTES
from optimizer.linear import each
from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import Kept
from optimizer.reading.cover import hours_needed
from optimizer.reading.presence import HalfDay
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import between, people
from optimizer.week import Professional
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


MINUTES = 60


def check(reading: Reading) -> Iterator[Violation]:
    """Each urgency hour of another length, outside the opening, or by someone who cannot keep it."""
    counted: Counter[tuple[str, HalfDay]] = Counter()
    for kept in reading.kept_for(ReservationKind.URGENCY):
        if kept.stretch.minutes != MINUTES:
            away = abs(kept.stretch.minutes - MINUTES)
            yield _violation(kept, f"dure {kept.stretch.minutes} minutes", away, "minutes")
        day, site = kept.stretch.start // DAY_MINUTES, kept.source.site_id or ""
        opening = reading.presence.opening.get(site, {}).get(day, ())
        is_open = any(hours.holds(*kept.stretch) for hours in opening)
        if not is_open:
            yield _violation(kept, "est hors des heures d'ouverture")
        for half in reading.presence.site_half_days.get(site, {}).get(day, ()):
            if half.stretch.holds(*kept.stretch):
                counted[site, half] += 1
                if counted[site, half] > hours_needed(reading.week, site, half):
                    yield _violation(kept, "dépasse le besoin du site")
        if len(kept.source.professional_ids) != 1:
            yield _violation(kept, "ne nomme pas exactement une personne")
        for person in kept.people:
            yield from _person(reading, kept, person)
            if is_open and not reading.presence.is_open_in_the_half(site, person.id, kept.stretch):
                yield _violation(kept, f"est gardée par {person.id} dans une autre demi-journée")


def _person(reading: Reading, kept: Kept, person: Professional) -> Iterator[Violation]:
    if not reading.serves(person, ServiceKind.SECTEUR):
        yield _violation(kept, f"est gardée par {person.id}, qui n'est pas du secteur")
    if not reading.may_do(person, "URGENCE"):
        yield _violation(kept, f"est gardée par {person.id}, dont le métier ne fait pas d'urgence")
    if kept.location and kept.location not in reading.posts[person.id]:
        yield _violation(kept, f"est gardée par {person.id}, dont aucun service n'est sur ce site")
    half = reading.presence.name_of_half(person.id, *kept.stretch)
    same_day = reading.activities_by_day[person.id].get(kept.stretch.start // DAY_MINUTES, ())
    same_half = [one for one in same_day if reading.presence.name_of_half(person.id, *one.stretch) == half]
    if any(one.is_reception for one in same_half):
        yield _violation(kept, f"est gardée par {person.id}, qui tient l'accueil dans la demi-journée")
    hours = [one.kept for one in same_half if one.kept and one.kept.kind is ReservationKind.URGENCY]
    if hours and hours[0] is not kept:
        yield _violation(kept, f"est la deuxième de {person.id} dans la demi-journée")


def _violation(kept: Kept, fault: str, amount: int = 1, unit: str = "heures") -> Violation:
    hours = between(kept.source.start, kept.source.end)
    sentence = f"l'heure d'urgence de {kept.source.site_id} {hours} ({people(kept.person_ids)}) {fault}"
    return Violation("H4.4b", sentence, amount, unit, None, None, kept.person_ids, kept.source.start)


def post(model: BucketModel) -> None:
    """An urgency hour is kept where the tour goes, one a half-day, by nobody on duty then, as needed."""
    for slot, sites in model.cover.items():
        for site, (_, need) in sites.items():
            model.at_most(need, "no_more_hours", (site, slot), each(model.urgencies(site, slot)))
    for key, reserved in model.reserved.items():
        kept = each(reserved.urgency.values())
        if kept:
            model.at_most(1, "one_hour_or_duty", key, kept, each(reserved.reception.values()))
        for site, hour in reserved.urgency.items():
            here = model.here(key, model.board.site_location(site))
            model.at_most(0, "urgency_post", (site, *key), [(hour, 1)], each(here, -1))


RULE = Rule("H4.4b", "Heure d'urgence", "proposition 4", RuleLevel.NEVER, check, post)
