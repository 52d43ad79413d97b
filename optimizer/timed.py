"""What a half-day becomes once it has clock times. Times are minutes from the start of the horizon."""

from dataclasses import dataclass, field

from optimizer.board import Location
from optimizer.intervals import Interval
from optimizer.tasks import Task


@dataclass(frozen=True)
class Timed:
    """A task with its clock times and its room; `people` are those who do it."""

    task: Task
    start: int
    end: int
    room_id: str | None = None


@dataclass(frozen=True)
class Kept:
    """A reservation with its clock times."""

    kind: str
    person: str
    site_id: str | None
    start: int
    end: int


@dataclass
class TimedHalfDay:
    """What a half-day became: timed tasks, reservations, and what did not fit."""

    timed: list[Timed] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    dropped: list[Task] = field(default_factory=list)
    attendance_dropped: list[tuple[str, int, str]] = field(default_factory=list)
    is_proven: bool = False
    lost: int = 0

    def minutes_kept(self, person: str, kind: str) -> int:
        """Minutes reserved of a kind for someone."""
        return sum(one.end - one.start for one in self.kept if one.person == person and one.kind == kind)


@dataclass(frozen=True)
class Meeting:
    """A meeting attended in this half-day: its parts are fixed."""

    meeting_id: str
    start: int
    people: tuple[str, ...]
    parts: tuple[Interval, ...]
    location: Location | None
    price: int
