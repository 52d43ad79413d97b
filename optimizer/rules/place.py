"""Everything is held at its own place; only what may be teleworked is.

Source: docs/semantics.md, section 2 (place of a mission, telework). What has no place of its own is written
with no site.
Not posted: the place is read from the week, never chosen.
"""

from collections.abc import Iterator

from optimizer.plan import Place
from optimizer.reading import Reading
from optimizer.reading.activities import Row
from optimizer.reading.places import Location
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.words import RoomKind


def check(reading: Reading) -> Iterator[Violation]:
    """Each row written at another place than its item's."""
    for row in reading.rows:
        if row.kind is None:
            continue
        expected = _expected(reading, row)
        written = (row.source.place, row.source.site_id)
        if written not in _ways_to_write(expected, row):
            sentence = f"{row.item_id} est placé {_named(*written)} au lieu de {_where(expected)}"
            yield Violation(
                "place", sentence, 1, "lignes", None, row.item_id, row.person_ids, row.source.start
            )


def _expected(reading: Reading, row: Row) -> Location | None:
    if row.mission and row.kind:
        return reading.places.of_mission(row.mission, row.kind)
    if row.action:
        return reading.places.of_action(row.action)
    return reading.places.of_meeting(row.meeting) if row.meeting else None


def _ways_to_write(expected: Location | None, row: Row) -> set[tuple[str, str | None]]:
    ways: set[tuple[str, str | None]] = set()
    if row.kind and row.kind.telework and row.kind.room is RoomKind.NONE and not row.meeting:
        ways.add((Place.TELEWORK, None))
    if expected is None:
        return ways | {(Place.SITE, None), (Place.OUTSIDE, None)}
    if expected.site_id is None:
        return ways | {(f"{Place.HOME}:{expected.zone}", None)}
    return ways | {(Place.SITE, expected.site_id)}


def _named(place: str, site_id: str | None) -> str:
    return f"« {place} »" + (f" à {site_id}" if site_id else "")


def _where(location: Location | None) -> str:
    if location is None:
        return "sans lieu propre"
    return location.site_id or f"à domicile en {location.zone}"


RULE = Rule("place", "Lieu de chaque activité", "semantics.md, 2", RuleLevel.NEVER, check, is_local=True)
