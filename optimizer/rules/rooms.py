"""What is received at a site has a room of the right kind, and a room holds one thing at a time.

Source: docs/semantics.md, section 4; H3.3 (the action's own room when it names one).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.clock import grid_steps
from optimizer.linear import each
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
    """The rooms of a kind at a site hold no more than their hours, in minutes and in long missions.

    A meeting that everybody who uses them attends leaves them empty.
    """
    for place, rooms in model.rooms_in_use().items():
        taken = [(variable, grid_steps(minutes)) for variable, minutes in rooms.taken]
        most = rooms.steps()
        for parts, attending in rooms.gatherings:
            lost = rooms.steps_lost(parts)
            taken += each(attending, lost)
            most += lost * (len(attending) - 1)
        model.at_most(most, "rooms", place, taken)
        for size in (45, 60):
            counted = [(variable, minutes // size) for variable, minutes in rooms.taken]
            whole = rooms.times(size)
            model.at_most(whole, "rooms_count", (size, *place), counted)
            for number, (parts, attending) in enumerate(rooms.gatherings):
                lost = whole - rooms.times(size, parts)
                beside = whole + lost * (len(attending) - 1)
                model.at_most(beside, "rooms_beside", (size, number, *place), counted, each(attending, lost))


RULE = Rule("rooms", "Salles", "semantics.md, 4", RuleLevel.NEVER, check, post)
