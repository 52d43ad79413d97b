"""Reception duty is one person's, for a whole half-day of a site's opening, half of it kept free.

By someone of SECTEUR who may do ACCUEIL and is posted there; no more people than the need. Source: H4.4
(proposition 4); docs/semantics.md, section 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import DAY_MINUTES
from optimizer.linear import each
from optimizer.plan import ReservationKind
from optimizer.reading import Reading
from optimizer.reading.activities import Kept
from optimizer.reading.cover import need_of
from optimizer.reading.presence import HalfDay
from optimizer.reading.stretches import total_minutes
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import between, people
from optimizer.week import Professional
from optimizer.words import ServiceKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each duty of the wrong people, at the wrong time, in too great a number, or too full."""
    on_duty: defaultdict[tuple[str, HalfDay], list[Kept]] = defaultdict(list)
    for kept in reading.kept_for(ReservationKind.RECEPTION):
        if half := _half_day(reading, kept):
            on_duty[kept.source.site_id or "", half].append(kept)
        else:
            yield _violation(kept, "ne couvre pas exactement une demi-journée d'ouverture")
        if len(kept.source.professional_ids) != 1:
            yield _violation(kept, "ne nomme pas exactement une personne")
        for person in kept.people:
            yield from _person(reading, kept, person)
    for (site, half), duties in on_duty.items():
        need = need_of(reading.week, site, half)
        found = {person for kept in duties for person in kept.person_ids}
        if len(found) > need:
            sentence = f"est tenue par {len(found)} personnes pour un besoin de {need}"
            yield _violation(duties[-1], sentence, len(found) - need, "personnes")


def _half_day(reading: Reading, kept: Kept) -> HalfDay | None:
    halves = reading.presence.site_half_days.get(kept.source.site_id or "", {})
    on_day = halves.get(kept.stretch.start // DAY_MINUTES, ())
    return next((half for half in on_day if half.stretch == kept.stretch), None)


def _person(reading: Reading, kept: Kept, person: Professional) -> Iterator[Violation]:
    if not reading.serves(person, ServiceKind.SECTEUR):
        yield _violation(kept, f"est tenue par {person.id}, qui n'est pas du secteur")
    if not reading.may_do(person, "ACCUEIL"):
        yield _violation(kept, f"est tenue par {person.id}, dont le métier ne fait pas d'accueil")
    if kept.location and kept.location not in reading.posts[person.id]:
        yield _violation(kept, f"est tenue par {person.id}, dont aucun service n'est sur ce site")
    half = _half_day(reading, kept)
    if half and half.name is not reading.presence.name_of_half(person.id, *kept.stretch):
        yield _violation(kept, f"est tenue par {person.id} dans une autre demi-journée que la sienne")
    duty = next((one for one in reading.activities[person.id] if one.kept is kept), None)
    if duty is None:
        return
    held = total_minutes(one.stretch for one in reading.activities[person.id] if one.is_held_by(duty))
    if 2 * held > kept.stretch.minutes:
        beyond = -(-(2 * held - kept.stretch.minutes) // 2)
        yield _violation(
            kept, f"de {person.id} est prise à plus de la moitié ({held} minutes)", beyond, "minutes"
        )


def _violation(kept: Kept, fault: str, amount: int = 1, unit: str = "permanences") -> Violation:
    hours = between(kept.source.start, kept.source.end)
    sentence = f"la permanence de {kept.source.site_id} {hours} ({people(kept.person_ids)}) {fault}"
    return Violation("H4.4", sentence, amount, unit, None, None, kept.person_ids, kept.source.start)


def post(model: BucketModel) -> None:
    """Duty is at its site's post, apart from what it cannot hold; no more people than the need."""
    for key, reserved in model.reserved.items():
        for site, duty in reserved.reception.items():
            length = model.time.opening(site, key[1])
            outside = model.time.outside_reception(key, site)
            model.at_most(model.size(key), "duty_only", (site, *key), outside, [(duty, length)])
            model.at_most(0, "reception_post", (site, *key), [(duty, 1)], each(model.posted(key, site), -1))
        model.at_most(1, "one_duty", key, each(reserved.reception.values()))
    for slot, sites in model.cover.items():
        for site, (need, _) in sites.items():
            model.at_most(need, "no_more_duty", (site, slot), each(model.duties(site, slot)))


RULE = Rule("H4.4", "Permanence d'accueil", "proposition 4", RuleLevel.NEVER, check, post)
