"""Variables of collective actions and meetings: when they are held, who leads, who attends."""

from collections import defaultdict
from typing import TYPE_CHECKING

from optimizer.board import HalfDay
from optimizer.intervals import Interval
from optimizer.linear import Variable
from optimizer.model.load import Load
from optimizer.week import CollectiveAction, Meeting
from optimizer.words import Profession, RoomKind

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel


def create_action(model: "BucketModel", action: CollectiveAction) -> None:
    """Variables of a collective action: held in a half-day, led by someone of each profession; unplaced."""
    kind = model.week.types[action.type]
    team = model.board.teams.of_action(action)
    if not model.belongs(team):
        return
    site = model.board.site_location(action.site_id) if action.site_id else None
    start = model.start_of(action)
    parts = () if start is None else ((start, start + action.duration_minutes),)
    led: dict[tuple[str, int, Profession], Variable] = {}
    people = [person for person in model.doers(action.type, team) if person.profession in action.leaders]
    for person in people:
        for key in model.keys_of(person.id):
            if not _action_fits(model, action, model.half_days[key], parts):
                continue
            variable = model.variable("lead", (action.id, *key))
            led[person.id, key[1], person.profession] = variable
            minutes = action.duration_minutes
            at_home = kind.telework and kind.room is RoomKind.NONE
            load = Load(variable, minutes, kind, site, at_home, parts=parts, shortest=minutes)
            model.occupy(key, load)
    model.lead[action.id] = led
    slots = sorted({slot for _, slot, _ in led})
    model.action_held[action.id] = {slot: model.variable("action_held", (action.id, slot)) for slot in slots}
    model.action_unplaced[action.id] = model.variable("action_unplaced", (action.id,))


def _action_fits(
    model: "BucketModel", action: CollectiveAction, half_day: HalfDay, parts: tuple[Interval, ...]
) -> bool:
    if half_day.day < action.release:
        return False
    hours = model.action_hours(action, half_day)
    if parts:
        return all(any(a <= start and end <= b for a, b in hours) for start, end in parts)
    return any(b - a >= action.duration_minutes for a, b in hours)


def create_meeting(model: "BucketModel", meeting: Meeting) -> None:
    """Variables of attendance, for each start that a meeting may have."""
    members = model.expected(meeting)
    if not members:
        return
    starts = model.meeting_starts(meeting)
    if len(starts) > 1:
        model.meeting_held[meeting.id] = {
            start: model.variable("meeting_held", (meeting.id, start)) for start in starts
        }
    kind = model.week.types[meeting.type]
    site = model.board.site_location(meeting.site_id) if meeting.site_id else None
    attendance: dict[str, dict[int, Variable]] = defaultdict(dict)
    for person in members:
        for start in starts:
            keys = model.keys_holding(person.id, model.board.parts(start, meeting.duration_minutes))
            if keys is None:
                continue
            variable = model.variable("attend", (meeting.id, person.id, start))
            attendance[person.id][start] = variable
            for key, inside in keys.items():
                minutes = sum(end - begin for begin, end in inside)
                model.occupy(key, Load(variable, minutes, kind, site, parts=inside, shortest=minutes))
    model.attend[meeting.id] = dict(attendance)
