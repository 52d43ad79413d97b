"""A plan speaks only of what its week knows, and names somebody, each person once.

Source: docs/semantics.md, section 5; H2.3: the same person listed twice is no pair.
Not posted: the model speaks of the week's own ids, and counts each person once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation


def check(reading: Reading) -> Iterator[Violation]:
    """Each unknown or repeated id."""
    week, plan = reading.week, reading.plan
    rooms = {room.id for site in week.sites for room in site.rooms}
    items = Counter([*week.mission, *week.action, *week.meeting])
    for row in plan.assignments:
        yield from _unknown(row.mission_id, "élément", [row.mission_id], items)
        yield from _unknown(row.mission_id, "site", [row.site_id], week.site)
        yield from _unknown(row.mission_id, "salle", [row.room_id], rooms)
        yield from _names(row.mission_id, row.professional_ids, reading)
    for kept in plan.reservations:
        yield from _unknown(kept.kind, "site", [kept.site_id], week.site)
        yield from _names(kept.kind, kept.professional_ids, reading)
    for mission in (*(row.mission_id for row in plan.queue), *(row.mission_id for row in plan.unserved)):
        yield from _unknown(mission, "élément", [mission], items)
    for referent in plan.referents:
        yield from _unknown(referent.case_id, "situation", [referent.case_id], week.case)
        yield from _names(referent.case_id, (referent.professional_id,), reading)
    for item, times in items.items():
        if times > 1:
            sentence = f"{item} désigne à la fois une mission, une action ou une réunion"
            yield Violation("ids", sentence, times - 1, "identifiants", item_id=item)


def _names(where: str, ids: tuple[str, ...], reading: Reading) -> Iterator[Violation]:
    yield from _unknown(where, "professionnel", ids, reading.week.professional)
    if not ids:
        yield Violation("ids", f"{where} ne nomme personne", 1, "lignes", item_id=where)
    for person, times in Counter(ids).items() if len(set(ids)) < len(ids) else ():
        if times > 1:
            sentence = f"{where} nomme {times} fois {person}"
            yield Violation("ids", sentence, times - 1, "identifiants", None, where, (person,))


def _unknown(where: str, what: str, found: Iterable[str | None], known: Iterable[str]) -> Iterator[Violation]:
    names = known if isinstance(known, (dict, set)) else set(known)
    for name in found:
        if name is not None and name not in names:
            yield Violation("ids", f"{where} : {what} {name} inconnu", 1, "identifiants", item_id=where)


RULE = Rule("ids", "Identifiants connus", "semantics.md, 5", RuleLevel.NEVER, check)
