"""Missions, evaluations and reports: each at the cheapest place that has time for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from statistics import median

from optimizer.bundles import Bundle
from optimizer.decision import task_of
from optimizer.engines.fitting.filling import Filling
from optimizer.engines.fitting.quotas import Quotas
from optimizer.engines.fitting.room_left import Fit, together
from optimizer.model.missions import PART_FLOOR
from optimizer.week import Mission
from optimizer.words import APART_FROM_SECTOR, RoomKind, ServiceKind

DETOUR, STRANGER, FULLNESS = 1, 20, 1
"""What a minute of travel, someone else than the referent, and each tenth of a half-day that is taken weigh
between places of one price: the clock holds more of half-days that are not full."""

Team = tuple[tuple[str, ...], tuple[Fit, ...]]
"""Who would do a mission, and where it fits for each."""


class Missions:
    """Who does what, and when; the pair of each evaluation."""

    def __init__(self, filling: Filling, quotas: Quotas) -> None:
        self.filling, self.quotas = filling, quotas
        self.referent = {case.id: case.referent_id for case in filling.week.cases}
        self.referent |= dict(filling.found.referents)
        self.pairs: dict[str, tuple[str, ...]] = {}
        self.last_slot: dict[str, int] = {}
        self.served: dict[tuple[str, str | int], ServiceKind | None] = {}

    def place_all(self, bundle: Bundle) -> None:
        """Each mission of a bundle, where one fits."""
        for mission in bundle.missions:
            if bundle.kind.splittable:
                self._write_report(bundle, mission)
            else:
                self._place(bundle, mission)

    def _place(self, bundle: Bundle, mission: Mission) -> None:
        """The cheapest half-day that has time for it, and who does it."""
        able: dict[int, list[str]] = defaultdict(list)
        for person, slot in self.filling.model.take[bundle.index]:
            able[slot].append(person)
        least, best = self.price_left(bundle), None
        for price, slots in self._by_price(bundle, able):
            if best is not None and price >= least:
                break
            for slot in slots:
                for people, fits in self._teams(bundle, slot, able[slot]):
                    paid = price + self._lost(slot, people, fits)
                    rank = paid, self._regret(bundle, people, fits), slot, people
                    if paid <= least and (best is None or rank < best[0]):
                        least, best = paid, (rank, slot, people, fits)
        if best:
            self._hold(bundle, mission, *best[1:])

    def _lost(self, slot: int, people: tuple[str, ...], fits: tuple[Fit, ...]) -> int:
        """What the shares of the week lose of those who would do a mission."""
        week = self.filling.board.calendar.week_of(self.filling.board.day_of(slot))
        return sum(self.quotas.lost(who, week, fit.minutes) for who, fit in zip(people, fits, strict=True))

    def _by_price(self, bundle: Bundle, slots: Iterable[int]) -> list[tuple[int, list[int]]]:
        """Prices, and the half-days of each in which a mission may be held, the cheapest first."""
        first, held = self._earliest(bundle), dict(self.filling.model.placed(bundle))
        alike: dict[int, list[int]] = defaultdict(list)
        for slot in slots:
            if first is not None and slot >= first:
                alike[self.filling.prices.get(held[slot], 0)].append(slot)
        return sorted(alike.items())

    def _earliest(self, bundle: Bundle) -> int | None:
        """The first half-day after the acts that come before; None when one of those is not held."""
        before = self.filling.model.must_follow(bundle)
        known = [self.last_slot[item] for item in before if item in self.last_slot]
        return max(known, default=0) if len(known) == len(before) else None

    def _teams(self, bundle: Bundle, slot: int, able: list[str]) -> Iterator[Team]:
        """Who has time for a mission in a half-day, as many as it takes at once."""
        minutes, start = bundle.first.duration_minutes, self._start_of(bundle.first)
        hours = self.filling.model.room_hours(bundle, slot)
        if start is not None:
            hours = ((start, start + minutes),)
        place = self._place_of(bundle)
        if not self.filling.rooms.room(place, slot, minutes, hours or ()):
            return
        fits: dict[str, Fit] = {}
        for person in able:
            key, fit = (person, slot), None
            if bundle.kind.request and start is None:
                fit = self.filling.rooms.fit_in_duty(key, minutes, bundle.location, hours)
            fit = fit or self.filling.rooms.fit(key, minutes, bundle.location, hours)
            if fit and self._may_serve(person, bundle, slot):
                fits[person] = fit
        for people in combinations(fits, bundle.people):
            own = tuple(fits[person] for person in people)
            common = together(own, minutes)
            if not common or not self.filling.rooms.room(place, slot, minutes, common):
                continue
            if self._may_be_together(bundle, people):
                yield people, own

    def _start_of(self, mission: Mission) -> int | None:
        return self.filling.model.start_of(mission)

    def _may_be_together(self, bundle: Bundle, people: tuple[str, ...]) -> bool:
        """The professions wanted; for an evaluation, the same two people of two professions (H2.6)."""
        profession = {who: person.profession for who, person in self.filling.week.professional.items()}
        wanted = Counter(bundle.first.professions)
        if bundle.people > 1 and not wanted <= Counter(profession[who] for who in people):
            return False
        if not bundle.kind.ip or not bundle.first.case_id:
            return True
        pair = {*people, *self.pairs.get(bundle.first.case_id, ())}
        return len(pair) <= 2 and len({profession[who] for who in pair}) == len(pair)

    def _may_serve(self, person: str, bundle: Bundle, slot: int) -> bool:
        """Whether someone does nothing of the other separate service there."""
        kind = bundle.kind.owner
        return all(
            self.served.get((person, what), kind) == kind for what in self._of_one_service(bundle, slot)
        )

    def _of_one_service(self, bundle: Bundle, slot: int) -> list[str | int]:
        """The household and the half-day, in which someone is of CONTRAT or of EVALUATION (H1.4)."""
        if bundle.kind.owner not in APART_FROM_SECTOR:
            return []
        return [bundle.first.case_id, slot] if bundle.first.case_id else [slot]

    def _place_of(self, bundle: Bundle) -> tuple[str, str] | None:
        site = bundle.location.site_id if bundle.location else None
        return (site, bundle.kind.room) if site and bundle.kind.room is not RoomKind.NONE else None

    def _regret(self, bundle: Bundle, people: tuple[str, ...], fits: tuple[Fit, ...]) -> int:
        """What tells places of one price apart: detours, someone else than the referent, a full half-day."""
        detour = sum(fit.minutes - bundle.first.duration_minutes for fit in fits)
        taken = 0 if bundle.kind.ip else max(fit.piece.tenths_taken for fit in fits)
        return DETOUR * detour + STRANGER * self.is_strange(bundle, people) + FULLNESS * taken

    def is_strange(self, bundle: Bundle, people: tuple[str, ...]) -> bool:
        """Whether a household with a referent would be met by others."""
        return self.referent.get(bundle.first.case_id or "") not in (None, *people)

    def price_left(self, bundle: Bundle) -> int:
        """The price of leaving a mission out; where it is queued, that of an ordinary day of the queue."""
        left = self.filling.model.left(bundle)
        return round(median(self.filling.prices.get(variable, 0) for _, variable in left))

    def _hold(
        self, bundle: Bundle, mission: Mission, slot: int, people: tuple[str, ...], fits: tuple[Fit, ...]
    ) -> None:
        for person, fit in zip(people, fits, strict=True):
            self.filling.hold(mission, (person, slot), fit, bundle.location)
        common = together(fits, mission.duration_minutes)
        self.filling.rooms.room(self._place_of(bundle), slot, mission.duration_minutes, common, take=True)
        task, start = task_of(self.filling.model, bundle, mission.id, people, slot), self._start_of(mission)
        if start is not None:
            task = replace(task, hours=((start, start + mission.duration_minutes),))
        self.filling.found.tasks[slot].append(task)
        self._remember(bundle, slot, people)

    def _remember(self, bundle: Bundle, slot: int, people: tuple[str, ...]) -> None:
        self.last_slot[bundle.first.id] = slot
        case = bundle.first.case_id
        for who in people:
            for what in self._of_one_service(bundle, slot):
                self.served[who, what] = bundle.kind.owner
        if bundle.kind.ip and case:
            self.pairs[case] = tuple(dict.fromkeys((*self.pairs.get(case, ()), *people)))

    def _write_report(self, bundle: Bundle, mission: Mission) -> None:
        """A report in the first half-days that hold it, of those who write it together."""
        slots: dict[str, set[int]] = defaultdict(set)
        first = self._earliest(bundle)
        for person, slot in self.filling.model.take[bundle.index]:
            if first is not None and slot >= first and self._may_serve(person, bundle, slot):
                slots[person].add(slot)
        known = self.pairs.get(mission.case_id or "", ())
        able = [person for person in known if person in slots] or list(slots)
        for people in combinations(able, bundle.people):
            parts = self._parts(people, set.intersection(*(slots[who] for who in people)), mission)
            if parts and self._may_be_together(bundle, people):
                self._write(bundle, mission, people, parts)
                return

    def _parts(self, people: tuple[str, ...], slots: set[int], mission: Mission) -> list[tuple[int, int]]:
        """Half-days, with minutes that all have there, in which a report is written; none if it cannot be."""
        parts, left = list[tuple[int, int]](), mission.duration_minutes
        for slot in sorted(slots):
            size = min(left, *(self.filling.most((person, slot)) for person in people))
            if 0 < left - size < PART_FLOOR:
                size -= PART_FLOOR
            if size >= min(PART_FLOOR, left):
                parts.append((slot, size))
                left -= size
            if not left:
                return parts
        return []

    def _write(
        self, bundle: Bundle, mission: Mission, people: tuple[str, ...], parts: list[tuple[int, int]]
    ) -> None:
        for slot, minutes in parts:
            for person in people:
                fit = self.filling.rooms.fit((person, slot), minutes, None)
                if fit:
                    self.filling.rooms.put((person, slot), fit, None)
            task = task_of(self.filling.model, bundle, mission.id, people, slot)
            self.filling.found.tasks[slot].append(replace(task, minutes=minutes))
        self._remember(bundle, parts[-1][0], people)
