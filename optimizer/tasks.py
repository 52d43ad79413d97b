"""What a half-day holds before it has clock times."""

from dataclasses import dataclass

from optimizer.board import Location
from optimizer.intervals import Interval

Key = tuple[str, int]
"""A professional and a half-day."""


@dataclass(frozen=True)
class Task:
    """Something to give a clock time within a half-day: who, how long, where, when it may be held.

    `price` is what dropping it costs, in tenths; `hours` restricts it to opening hours or to its fixed time;
    `room` names the site and kind of room it takes, `named_room` a given one. `wished` are the start and the
    room that it had, and keeps where it can.
    """

    item_id: str
    people: tuple[str, ...]
    minutes: int
    location: Location | None
    price: int
    hours: tuple[Interval, ...] | None = None
    room: tuple[str, str] | None = None
    named_room: str | None = None
    in_reception: bool = False
    teleworkable: bool = False
    after: tuple[str, ...] = ()
    wished: tuple[int, str | None] | None = None


@dataclass(frozen=True)
class Stay:
    """One half-day of one person: their post, what is kept, what is reserved (minutes).

    `more_writing` is welcome beyond `writing` where time is left; `travel` is that of the tour, hops to homes
    left aside.
    """

    key: Key
    post: str | None
    writing: int = 0
    more_writing: int = 0
    collective: int = 0
    preparation: int = 0
    urgency: str | None = None
    reception: str | None = None
    travel: int = 0
    tour_variable: int | None = None
