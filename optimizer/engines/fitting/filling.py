"""A week while it is filled: what it allows, what things cost, what is decided and what is left."""

from collections import defaultdict
from collections.abc import Iterable

from optimizer.board import Board, Location
from optimizer.clock import GRID_MINUTES
from optimizer.decision import Decision
from optimizer.engines.fitting.room_left import Fit, Rooms
from optimizer.intervals import Interval
from optimizer.model import COMMITMENTS, BucketModel
from optimizer.model.gatherings import create_action, create_meeting
from optimizer.model.missions import create_bundle
from optimizer.model.reservations import create_reservations
from optimizer.rules import late, late_legal, late_requests, waiting
from optimizer.tasks import Key
from optimizer.week import CollectiveAction, Mission


class Filling:
    """A week under way.

    The model's variables tell who may do what in which half-day, the rules on delays what leaving it costs;
    no other row of the model is made.
    """

    def __init__(self, board: Board) -> None:
        self.board, self.week, self.rooms = board, board.week, Rooms(board)
        self.model = BucketModel(board)
        for bundle in self.model.bundles:
            create_bundle(self.model, bundle)
        for action in self.week.actions:
            create_action(self.model, action)
        for meeting in self.week.meetings:
            create_meeting(self.model, meeting)
        for key in self.model.half_days:
            create_reservations(self.model, key)
        for rule in (late_requests, late_legal, late, waiting):
            rule.post(self.model)
        self.prices = self.model.statement.levels.get(COMMITMENTS, {})
        self.found = Decision()
        self.counted: defaultdict[tuple[str, int], int] = defaultdict(int)
        """Minutes of collective time, by person and week."""

    def meets(self, key: Key, held: Iterable[Interval]) -> bool:
        """Whether something with a start is already there, in one of some stretches."""
        free = [piece.hours for piece in self.rooms.half_days[key].pieces]
        return not all(any(a <= begin and end <= b for a, b in free) for begin, end in held)

    def hold(self, item: Mission | CollectiveAction, key: Key, fit: Fit, location: Location | None) -> None:
        """Let someone do something where it fits, at its start if it has one."""
        start, minutes = self.model.start_of(item), item.duration_minutes
        if start is None:
            self.rooms.put(key, fit, location)
        else:
            self.rooms.cut(key, ((start, start + minutes),), location, fit.post)
        if self.week.types[item.type].collective:
            self.count(key, minutes)

    def count(self, key: Key, minutes: int) -> None:
        """Count minutes of collective time."""
        week = self.board.calendar.week_of(self.board.day_of(key[1]))
        self.counted[key[0], week] += minutes

    def reserve(self, key: Key, minutes: int, kind: str) -> None:
        """Take minutes of a half-day for writing, collective time or preparation, when a piece has them."""
        room = self.rooms.half_days[key]
        piece = room.piece_for(minutes)
        if piece:
            piece.left -= minutes
            setattr(room, kind, getattr(room, kind) + minutes)
            if kind != "writing":
                self.count(key, minutes)

    def most(self, key: Key) -> int:
        """The minutes on the grid that one piece of a half-day has left."""
        most = max((piece.left for piece in self.rooms.half_days[key].pieces), default=0)
        return most // GRID_MINUTES * GRID_MINUTES
