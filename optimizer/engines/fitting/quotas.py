"""Collective time and writing: each person's share of their week."""

from optimizer.clock import GRID_MINUTES
from optimizer.engines.fitting.filling import Filling
from optimizer.organisation import tenths
from optimizer.rules.reserved_blocks import LEAST_COLLECTIVE, LEAST_WRITING
from optimizer.tasks import Key


class Quotas:
    """What is reserved without a name."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        organisation = filling.week.organisation
        self._collective = self._shares(organisation.collective_share_percent)
        self._writing = self._shares(organisation.writing_share_percent)
        """Minutes of the shares of each person and week, until they are reserved."""
        self._minute = {
            "collective": tenths(organisation.commitments.collective_minute_missing),
            "writing": tenths(organisation.commitments.writing_minute_missing),
        }

    def lost(self, person: str, week: int, minutes: int) -> int:
        """What the shares of a week lose, in tenths, when so many minutes of it go to something else."""
        writing = self._writing.get((person, week), 0)
        collective = self._collective.get((person, week), 0) - self.filling.counted[person, week]
        missing = minutes - (self._free(person, week) - writing - max(0, collective))
        if missing <= 0:
            return 0
        of_writing = min(missing, writing)
        of_collective = min(missing - of_writing, max(0, collective))
        return of_writing * self._minute["writing"] + of_collective * self._minute["collective"]

    def _free(self, person: str, week: int) -> int:
        """Minutes that a week has left for its shares."""
        keys = self.filling.model.keys_of_week(person, week)
        rooms = [self.filling.rooms.half_days[key] for key in keys]
        pieces = [piece for room in rooms for piece in (*room.pieces, room.duty) if piece]
        return sum(piece.left for piece in pieces if piece.left >= LEAST_WRITING)

    def _shares(self, percent: int) -> dict[tuple[str, int], int]:
        """The minutes of a share of paid time, by person and week."""
        found: dict[tuple[str, int], int] = {}
        for person in self.filling.model.sector_people:
            for week in range(self.filling.week.horizon.weeks):
                paid = self.filling.board.paid_minutes(person, week) * percent // 100
                found[person.id, week] = paid // GRID_MINUTES * GRID_MINUTES
        return found

    def collective_time(self) -> None:
        """Blocks of collective time, in the half-days that have most time left."""
        filling = self.filling
        for (person, week), quota in self._collective.items():
            keys = filling.model.keys_of_week(person, week)
            able = [key for key in keys if filling.model.reserved[key].collective is not None]
            for key in sorted(able, key=lambda key: -filling.most(key)):
                missing = quota - filling.counted[person, week]
                size = min(max(missing, LEAST_COLLECTIVE), filling.most(key))
                if missing > 0 and size >= LEAST_COLLECTIVE:
                    filling.reserve(key, size, "collective")
        self._collective.clear()

    def writing(self) -> None:
        """Writing inside duties, then in the half-days that have least time left."""
        filling = self.filling
        for (person, week), quota in self._writing.items():
            left, keys = quota, filling.model.keys_of_week(person, week)
            for key in keys:
                left -= self._inside_duty(key, left)
            for key in sorted(keys, key=filling.most):
                size = min(left, filling.most(key))
                if size >= LEAST_WRITING and filling.model.reserved[key].writing is not None:
                    filling.reserve(key, size, "writing")
                    left -= size
        self._writing.clear()

    def _inside_duty(self, key: Key, most: int) -> int:
        """Write inside a duty, which may hold some; the minutes written."""
        room = self.filling.rooms.half_days[key]
        size = min(most, room.duty.left) if room.duty else 0
        if room.duty is None or size < LEAST_WRITING:
            return 0
        room.writing += size
        room.duty.left -= size
        return size
