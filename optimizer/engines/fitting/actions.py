"""Collective actions: their leaders, their room, and their preparation before."""

from collections import defaultdict

from optimizer.board import Location
from optimizer.engines.fitting.filling import Filling
from optimizer.engines.fitting.room_left import Fit, together
from optimizer.tasks import Key
from optimizer.week import CollectiveAction


class Actions:
    """Who leads what, and when."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling

    def lead(self, action: CollectiveAction) -> None:
        """An action in the cheapest half-day that has its leaders, its room, and their preparation before."""
        filling = self.filling
        able: dict[int, list[str]] = defaultdict(list)
        for person, slot, _ in filling.model.lead[action.id]:
            able[slot].append(person)
        held = filling.model.action_held[action.id]
        place = filling.board.site_location(action.site_id) if action.site_id else None
        for slot in sorted(able, key=lambda slot: (filling.prices.get(held[slot], 0), slot)):
            led = self._leaders(action, slot, able[slot], place)
            task = filling.model.action_task(action, tuple(led), slot)
            hours = together([fit for fit, _ in led.values()], action.duration_minutes) if led else ()
            if led and filling.rooms.room(task.room, slot, action.duration_minutes, hours):
                filling.rooms.room(task.room, slot, action.duration_minutes, hours, take=True)
                filling.found.tasks[slot].append(task)
                for person, (fit, before) in led.items():
                    filling.hold(action, (person, slot), fit, place)
                    if before:
                        filling.reserve(before, action.preparation_minutes, "preparation")
                return

    def _leaders(
        self, action: CollectiveAction, slot: int, able: list[str], place: Location | None
    ) -> dict[str, tuple[Fit, Key | None]]:
        """Someone of each profession with the time, and when they prepare; nobody when one is missing."""
        start = self.filling.model.start_of(action)
        hours = self.filling.board.opening.get((action.site_id, slot)) if action.site_id else None
        if start is not None:
            hours = ((start, start + action.duration_minutes),)
        found: dict[str, tuple[Fit, Key | None]] = {}
        for profession in action.leaders:
            for person in able:
                if person in found or self.filling.week.professional[person].profession != profession:
                    continue
                fit = self.filling.rooms.fit((person, slot), action.duration_minutes, place, hours)
                before = self._time_to_prepare(person, slot, action.preparation_minutes)
                if fit and (before or not action.preparation_minutes):
                    found[person] = fit, before
                    hours = fit.hours
                    break
            else:
                return {}
        return found

    def _time_to_prepare(self, person: str, slot: int, minutes: int) -> Key | None:
        earlier = [key for key in self.filling.model.keys_of(person) if key[1] < slot]
        return next((key for key in earlier if self.filling.rooms.half_days[key].piece_for(minutes)), None)
