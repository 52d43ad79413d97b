"""The events of a request as the product knows them; the label of each is its place in the request."""

from api.jobs.requests import (
    AbsentEvent,
    AddedEvent,
    DroppedEvent,
    EventRequest,
    HandsOverEvent,
    LastsEvent,
    LeavesEvent,
    MeetingMovedEvent,
    MissedEvent,
    RoomClosedEvent,
)
from optimizer.events import (
    Absent,
    Added,
    Dropped,
    Event,
    HandsOver,
    Lasts,
    Leaves,
    MeetingMoved,
    Missed,
    RoomClosed,
)
from optimizer.files.mission_file import mission_of
from optimizer.week import Week


def events_of(requests: tuple[EventRequest, ...], week: Week) -> list[Event]:
    """The events, in order.

    Raises
    ------
    UnusableInput
        A mission to add that the week cannot hold.
    """
    return [_event(one, week, f"/events/{number}") for number, one in enumerate(requests)]


def _event(request: EventRequest, week: Week, label: str) -> Event:
    match request:
        case AbsentEvent():
            return Absent(request.professional_id, request.start, request.end, label)
        case LeavesEvent():
            return Leaves(request.professional_id, request.last_day, label)
        case HandsOverEvent():
            return HandsOver(request.professional_id, label)
        case AddedEvent():
            return Added(mission_of(request.mission, week, f"{label}/mission"), label)
        case DroppedEvent():
            return Dropped(request.item_id, label)
        case LastsEvent():
            return Lasts(request.item_id, request.minutes, label)
        case MissedEvent():
            return Missed(request.item_id, label)
        case MeetingMovedEvent():
            return MeetingMoved(request.meeting_id, request.start, label)
        case RoomClosedEvent():
            return RoomClosed(request.room_id, request.start, request.end, label)
