"""Collective time and writing: each person's share of their week."""

from collections.abc import Iterator

from optimizer.clock import GRID_MINUTES
from optimizer.engines.fitting.filling import Filling
from optimizer.model.reservations import COLLECTIVE_FLOOR, WRITING_FLOOR
from optimizer.tasks import Key
from optimizer.week import Professional


class Quotas:
    """What is reserved without a name."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling

    def _shares(self, percent: int) -> Iterator[tuple[Professional, int, int]]:
        """Each person and week with its minutes of a share of paid time."""
        for person in self.filling.model.sector_people:
            for week in range(self.filling.week.horizon.weeks):
                paid = self.filling.board.paid_minutes(person, week) * percent // 100
                yield person, week, paid // GRID_MINUTES * GRID_MINUTES

    def collective_time(self) -> None:
        """Blocks of collective time, in the half-days that have most time left."""
        filling = self.filling
        for person, week, quota in self._shares(filling.week.organisation.collective_share_percent):
            keys = filling.model.keys_of_week(person.id, week)
            able = [key for key in keys if filling.model.reserved[key].collective is not None]
            for key in sorted(able, key=lambda key: -filling.most(key)):
                missing = quota - filling.counted[person.id, week]
                size = min(max(missing, COLLECTIVE_FLOOR), filling.most(key))
                if missing > 0 and size >= COLLECTIVE_FLOOR:
                    filling.reserve(key, size, "collective")

    def writing(self) -> None:
        """Writing inside duties, then in the half-days that have least time left."""
        filling = self.filling
        for person, week, quota in self._shares(filling.week.organisation.writing_share_percent):
            left, keys = quota, filling.model.keys_of_week(person.id, week)
            for key in keys:
                left -= self._inside_duty(key, left)
            for key in sorted(keys, key=filling.most):
                size = min(left, filling.most(key))
                if size >= WRITING_FLOOR and filling.model.reserved[key].writing is not None:
                    filling.reserve(key, size, "writing")
                    left -= size

    def _inside_duty(self, key: Key, most: int) -> int:
        """Write inside a duty, which may hold some; the minutes written."""
        room = self.filling.rooms.half_days[key]
        size = min(most, room.inside_duty)
        if size < WRITING_FLOOR:
            return 0
        room.writing += size
        room.inside_duty -= size
        return size
