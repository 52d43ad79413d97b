"""What is received at a site has a room of the right kind, and a room holds one thing at a time.

Source: docs/semantics.md, section 4; H3.3 (the action's own room when it names one).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import Variable
from optimizer.reading import Reading
from optimizer.reading.activities import Row
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at
from optimizer.words import RoomKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each row without its room, with another, and each room taken twice at once."""
    for row in reading.rows:
        if row.kind and (fault := _fault(reading, row)):
            yield Violation(
                "rooms",
                f"{row.item_id} {fault}",
                1,
                "salles",
                None,
                row.item_id,
                row.person_ids,
                row.source.start,
            )
    yield from _shared(reading)


def _fault(reading: Reading, row: Row) -> str | None:
    room_id = row.source.room_id
    if not row.takes_a_room:
        return f"n'a pas besoin de la salle {room_id}" if room_id else None
    if row.action and row.action.room_id:
        return None if room_id == row.action.room_id else f"se tient dans la salle {row.action.room_id}"
    kind = row.kind.room if row.kind else RoomKind.NONE
    site = reading.week.site[row.site_id] if row.site_id else None
    fitting = {room.id for room in site.rooms if room.kind is kind} if site else set()
    return None if room_id in fitting else f"n'a pas de salle « {kind} » à {row.site_id}"


def _shared(reading: Reading) -> Iterator[Violation]:
    uses: defaultdict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in reading.rows:
        if row.source.room_id and row.stretch.minutes > 0:
            uses[row.source.site_id, row.source.room_id].append(row)
    for (_, room), rows in uses.items():
        last: Row | None = None
        for row in sorted(rows, key=lambda row: row.stretch):
            if last and row.stretch.start < last.stretch.end:
                minutes = min(last.stretch.end, row.stretch.end) - row.stretch.start
                sentence = (
                    f"la salle {room} est prise par {last.item_id} et {row.item_id} {at(row.source.start)}"
                )
                yield Violation(
                    "rooms", sentence, minutes, "minutes", None, row.item_id, (), row.source.start
                )
            if last is None or row.stretch.end > last.stretch.end:
                last = row


def post(model: BucketModel) -> None:
    """The rooms of a kind at a site hold no more than their opening, in minutes and in long missions."""
    users: defaultdict[tuple[str, RoomKind, int], list[tuple[Variable, int]]] = defaultdict(list)
    for site, kind, slot, variable, minutes in _users(model):
        users[site, kind, slot].append((variable, minutes))
    for (site, kind, slot), found in users.items():
        number, opening = len(model.board.rooms(site, kind)), model.board.opening.get((site, slot), ())
        length = grid_steps(sum(end - start for start, end in opening))
        taken = [(variable, grid_steps(minutes)) for variable, minutes in found]
        model.at_most(number * length, "rooms", (site, kind, slot), taken)
        for size in (45, 60):
            most = number * sum((end - start) // size for start, end in opening)
            counted = [(variable, minutes // size) for variable, minutes in found]
            model.at_most(most, "rooms_count", (size, site, kind, slot), counted)


def _users(model: BucketModel) -> Iterator[tuple[str, RoomKind, int, Variable, int]]:
    for bundle in model.bundles:
        site = bundle.location.site_id if bundle.location else None
        if site and bundle.kind.room is not RoomKind.NONE:
            for slot, variable in model.placed(bundle):
                yield site, bundle.kind.room, slot, variable, bundle.first.duration_minutes
    for action in model.actions():
        if action.site_id and model.week.types[action.type].room is RoomKind.GROUP:
            for slot, variable in model.action_held[action.id].items():
                yield action.site_id, RoomKind.GROUP, slot, variable, action.duration_minutes


RULE = Rule("rooms", "Salles", "semantics.md, 4", RuleLevel.NEVER, check, post)
