"""What is left of a half-day while a week is filled, one thing after the other, without clock times.

Free time is held in pieces; what has a start cuts them, the rest takes minutes of one piece. Travel is that
of the tour through all the places that a half-day has. It is a first guess: the clock has the last word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from optimizer.board import LUNCH_FLOOR, Board, HalfDay, Location
from optimizer.clock import GRID_MINUTES
from optimizer.intervals import Interval, minus, overlap
from optimizer.tasks import Key, Stay
from optimizer.tours import TourBook
from optimizer.words import RoomKind

Hours = tuple[Interval, ...]
Booking = tuple[Hours, int]
"""The hours in which something takes a room, and for how many minutes."""


@dataclass
class Piece:
    """A stretch of free time, and the minutes of it that nothing takes yet."""

    hours: Interval
    left: int

    @property
    def tenths_taken(self) -> int:
        """How much of it is taken."""
        return 10 - 10 * self.left // (self.hours[1] - self.hours[0])

    def has(self, minutes: int, hours: Hours | None = None) -> bool:
        """Whether some minutes are left, in one stretch of hours if any are given."""
        if self.left < minutes:
            return False
        return hours is None or any(b - a >= minutes for a, b in overlap((self.hours,), hours))


@dataclass(frozen=True)
class Fit:
    """Where something would go: a piece and the hours in it, the minutes that it takes with the way to it,
    the post that it asks for, and the travel of the half-day then."""

    piece: Piece
    hours: Hours
    minutes: int
    post: str
    travel: int


@dataclass
class RoomLeft:
    """A half-day of someone under way; `post` is None as long as nothing tells it."""

    half_day: HalfDay
    pieces: list[Piece]
    post: str | None = None
    stops: frozenset[Location] = frozenset()
    travel: int = 0
    writing: int = 0
    collective: int = 0
    preparation: int = 0
    urgency: str | None = None
    reception: str | None = None
    duty: Piece | None = None
    """The stretch of reception, and the minutes that requests and writing may still take of it."""

    def stay(self, key: Key, own_site: str) -> Stay:
        """What the clock is asked to keep."""
        return Stay(
            key,
            self.post or own_site,
            writing=self.writing,
            collective=self.collective,
            preparation=self.preparation,
            urgency=self.urgency,
            reception=self.reception,
            travel=self.travel,
        )

    def piece_for(self, left: int, minutes: int = 0, hours: Hours | None = None) -> Piece | None:
        """The fullest piece that still has some minutes left, and a stretch within hours if any are given."""
        fitting = [piece for piece in self.pieces if piece.left >= left and piece.has(minutes, hours)]
        return min(fitting, key=lambda piece: piece.left, default=None)

    def receives(self, duty: Interval, site: str) -> None:
        """Take reception duty at a site, at most half of which may hold anything."""
        self.cut((duty,))
        self.post, self.reception = site, site
        self.duty = Piece(duty, (duty[1] - duty[0]) // 2 // GRID_MINUTES * GRID_MINUTES)

    def cut(self, parts: Hours, way: int = 0) -> None:
        """Take a stretch of the clock, with a way to it and back."""
        before = {piece.hours: piece.left for piece in self.pieces}
        found = []
        for hours, left in before.items():
            taken = hours[1] - hours[0] - left
            for begin, end in minus((hours,), parts):
                lost = taken + way * ((begin, end) != hours)
                found.append(Piece((begin, end), max(0, end - begin - lost)))
        self.pieces = found


class Rooms:
    """Everybody's half-days under way, and the rooms of the sites."""

    def __init__(self, board: Board) -> None:
        self.board, self.book = board, TourBook(board)
        self.half_days = {key: RoomLeft(half, _pieces(half)) for key, half in board.half_days.items()}
        self._rooms: dict[tuple[str, str, int], list[list[Booking]]] = {}
        for key in self.half_days:
            if key[1] % 2 == 0 and (key[0], key[1] + 1) in self.half_days:
                self._keep_lunch(key, (key[0], key[1] + 1))

    def _keep_lunch(self, morning: Key, afternoon: Key) -> None:
        end = self.board.half_days[morning].free[-1][1]
        missing = LUNCH_FLOOR - (self.board.half_days[afternoon].free[0][0] - end)
        last = self.half_days[morning].pieces[-1]
        last.left = max(0, last.left - max(0, missing))

    def fit_in_duty(
        self, key: Key, minutes: int, location: Location | None, hours: Hours | None
    ) -> Fit | None:
        """Where a request fits inside the reception duty of a half-day, held at its place."""
        room = self.half_days[key]
        if (
            room.duty is None
            or room.reception is None
            or location != self.board.site_location(room.reception)
        ):
            return None
        if not room.duty.has(minutes, hours):
            return None
        inside = overlap((room.duty.hours,), hours or (room.duty.hours,))
        return Fit(room.duty, inside, minutes, room.reception, room.travel)

    def fit(
        self, key: Key, minutes: int, location: Location | None, hours: Hours | None = None
    ) -> Fit | None:
        """Where something of some minutes fits in a half-day; None when it does not."""
        fits = (self._fit(key, minutes, location, hours, *post) for post in self._posts(key, location))
        return min((fit for fit in fits if fit), key=lambda fit: fit.minutes, default=None)

    def _fit(
        self,
        key: Key,
        minutes: int,
        location: Location | None,
        hours: Hours | None,
        post: str,
        change: int,
    ) -> Fit | None:
        room = self.half_days[key]
        travel = room.travel
        here, way = self.board.site_location(post), 0
        if location is not None and location != here:
            travel = _on_the_grid(self.book.tour(post, room.stops | {location}).fixed_minutes)
            way = self.board.travel(here, location)
        hop = self.board.hop_minutes if location is not None and location.is_home else 0
        needed = minutes + hop + max(0, travel - room.travel) + change
        there: Hours = ((room.half_day.free[0][0] + way, room.half_day.free[-1][1] - way),)
        if hours is not None:
            there = overlap(there, hours)
        piece = room.piece_for(minutes if hours is not None else needed, minutes, there)
        if piece is None or piece.left < needed:
            return None
        return Fit(piece, overlap((piece.hours,), there), needed, post, travel)

    def _posts(self, key: Key, location: Location | None) -> list[tuple[str, int]]:
        """The posts that a half-day may have for something, each with the minutes that a change over lunch
        takes of it."""
        room, other = self.half_days[key], self.half_days.get((key[0], key[1] ^ 1))
        person = self.board.week.professional[key[0]]
        if room.post:
            return [(room.post, 0)]
        near = [location.site_id] if location and location.site_id in self.board.posts(person) else []
        if other is None or other.post is None:
            return [(site or person.site_id, 0) for site in (*near, person.site_id)[:1]]
        changed = [(site, self.change(key, site)) for site in near if site and site != other.post]
        return [(other.post, 0), *changed]

    def change(self, key: Key, site: str) -> int:
        """Minutes that being posted at a site takes of a day once lunch has its own, the other half being
        elsewhere."""
        other = (key[0], key[1] ^ 1)
        post = self.half_days[other].post if other in self.half_days else None
        if post in (None, site):
            return 0
        morning, afternoon = sorted((key, other), key=lambda one: one[1])
        gap = self.board.half_days[afternoon].free[0][0] - self.board.half_days[morning].free[-1][1]
        way = self.board.travel(self.board.site_location(post), self.board.site_location(site))
        return max(0, LUNCH_FLOOR + way - gap)

    def edge(self, key: Key) -> Piece | None:
        """The stretch of a half-day beside lunch, if any is left."""
        pieces = self.half_days[key].pieces if key in self.half_days else []
        return (pieces[0] if key[1] % 2 else pieces[-1]) if pieces else None

    def put(self, key: Key, fit: Fit, location: Location | None) -> None:
        """Take what a fit takes."""
        room = self.half_days[key]
        fit.piece.left -= fit.minutes
        room.travel = fit.travel
        if location is not None:
            room.post = fit.post
            if location != self.board.site_location(fit.post):
                room.stops = room.stops | {location}

    def cut(self, key: Key, parts: Hours, location: Location | None, post: str | None = None) -> None:
        """Take stretches of the clock somewhere, with the way there and back from a post."""
        room = self.half_days[key]
        if location is None:
            room.cut(parts)
            return
        room.post = room.post or post or self._posts(key, location)[0][0]
        here = self.board.site_location(room.post)
        room.cut(parts, self.board.travel(here, location))
        if location != here:
            room.stops = room.stops | {location}
            room.travel = _on_the_grid(self.book.tour(room.post, room.stops).fixed_minutes)

    def room(
        self, place: tuple[str, str] | None, slot: int, minutes: int, hours: Hours, *, take: bool = False
    ) -> bool:
        """Whether a room of a site and kind has some minutes left within hours of a half-day; `take` takes
        them."""
        if place is None:
            return True
        site, kind = place
        if (site, kind, slot) not in self._rooms:
            self._rooms[site, kind, slot] = self._open_all_along(site, RoomKind(kind), slot)
        open_for = overlap(self.board.opening.get((site, slot), ()), hours)
        for booked in self._rooms[site, kind, slot]:
            if open_for and _has_time(booked, (open_for, minutes)):
                if take:
                    booked.append((open_for, minutes))
                return True
        return False

    def _open_all_along(self, site: str, kind: RoomKind, slot: int) -> list[list[Booking]]:
        """Nothing booked yet in each room that does not close during the hours of a site in a half-day."""
        opening, rooms = self.board.opening.get((site, slot), ()), self.board.rooms(site, kind)
        span = (opening[0][0], opening[-1][1]) if opening else (0, 0)
        return [[] for room in rooms if not self.board.closed(site, room, span)]


def _has_time(booked: list[Booking], one_more: Booking) -> bool:
    """Whether a room has the time for what must be held within some hours, looked at for each of these."""
    wanted = [*booked, one_more]
    for hours, _ in wanted:
        begin, end = hours[0][0], hours[-1][1]
        inside = sum(m for other, m in wanted if begin <= other[0][0] and other[-1][1] <= end)
        if inside > sum(b - a for a, b in hours):
            return False
    return True


def together(fits: Sequence[Fit], minutes: int) -> Hours:
    """The hours that several people have in common, where they are long enough."""
    common = reduce(overlap, (fit.hours for fit in fits))
    return tuple((begin, end) for begin, end in common if end - begin >= minutes)


def _pieces(half_day: HalfDay) -> list[Piece]:
    return [Piece(hours, hours[1] - hours[0]) for hours in half_day.free]


def _on_the_grid(minutes: int) -> int:
    return -(-minutes // GRID_MINUTES) * GRID_MINUTES
