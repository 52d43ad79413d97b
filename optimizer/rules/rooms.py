"""What is received at a site has a room of the right kind, and a room holds one thing at a time.

Source: docs/semantics.md, section 4; H3.3 (the action's own room when it names one).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING

from optimizer.plan import Assignment, is_past
from optimizer.reading import Reading
from optimizer.reading.activities import Row
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import at
from optimizer.words import RoomKind

if TYPE_CHECKING:
    from optimizer.linear import Part
    from optimizer.model import BucketModel, Gathering, RoomsInUse


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
    if row.site_id and room_id and _is_closed(reading, row.site_id, room_id, row.source):
        return f"est dans la salle {room_id}, qui est fermée"
    if row.action and row.action.room_id:
        return None if room_id == row.action.room_id else f"se tient dans la salle {row.action.room_id}"
    kind = row.kind.room if row.kind else RoomKind.NONE
    site = reading.week.site[row.site_id] if row.site_id else None
    fitting = {room.id for room in site.rooms if room.kind is kind} if site else set()
    return None if room_id in fitting else f"n'a pas de salle « {kind} » à {row.site_id}"


def _is_closed(reading: Reading, site_id: str, room_id: str, row: Assignment) -> bool:
    rooms = reading.week.site[site_id].rooms
    is_closed = any(room.id == room_id and not room.is_open(row.start, row.end) for room in rooms)
    return is_closed and not is_past(reading.week, row)


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
    """The rooms of a kind at a site hold no more than their hours, in minutes and in long missions."""
    for place, rooms in model.rooms_in_use().items():
        for kind, worths in enumerate(rooms.worths()):
            held = [(variable, worths.get(minutes, 0)) for variable, minutes in rooms.taken]
            model.at_most(rooms.worth(worths), "rooms", (kind, *place), held)
            for number, meeting in enumerate(rooms.gatherings):
                _beside_a_meeting(model, (kind, number, *place), rooms, meeting, worths)


def _beside_a_meeting(
    model: BucketModel,
    whom: tuple[Hashable, ...],
    rooms: RoomsInUse,
    meeting: Gathering,
    worths: Mapping[int, int],
) -> None:
    """Those who attend a meeting use the rooms beside it; what the others hold meanwhile is left out."""
    parts: list[Part] = []
    for person, attends in meeting.attending.items():
        held, most = rooms.held_by(person, worths)
        if most:
            meanwhile = model.variable("meanwhile", (*whom, person), most)
            model.at_most(
                0, "meanwhile", (*whom, person), [(meanwhile, 1)], ((v, -worth) for v, worth in held)
            )
            model.at_most(most, "attends_then", (*whom, person), [(meanwhile, 1), (attends, most)])
            parts += [held, [(meanwhile, -1)]]
    model.at_most(rooms.beside(meeting, worths), "rooms_beside", whom, *parts)


RULE = Rule("rooms", "Salles", "semantics.md, 4", RuleLevel.NEVER, check, post)
