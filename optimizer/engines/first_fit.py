"""A first decision of a part, without a solver: everything by what a minute of it is worth, first fit.

Meetings and duties first; then missions, actions, collective time and writing, each kind by the price of
leaving it over its minutes; each at the cheapest place that has time for it. Method: first fit decreasing
(Johnson 1974), decreasing in value per minute.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations
from statistics import median

from optimizer.board import APART_FROM_SECTOR, Board, Location
from optimizer.bundles import Bundle
from optimizer.clock import GRID_MINUTES
from optimizer.decision import Decision, task_of
from optimizer.engines.room_left import Fit, Rooms
from optimizer.model import COMMITMENTS, BucketModel
from optimizer.model.gatherings import create_action, create_meeting
from optimizer.model.missions import PART_FLOOR, create_bundle
from optimizer.model.reservations import COLLECTIVE_FLOOR, WRITING_FLOOR, create_reservations
from optimizer.organisation import tenths
from optimizer.rules import late, late_legal, late_requests, waiting
from optimizer.tasks import Key
from optimizer.week import CollectiveAction, Mission, Professional
from optimizer.words import RoomKind, ServiceKind

DETOUR, STRANGER = 1, 20
"""Tenths that a minute of travel and a household's other professional weigh between places of one price."""


def first_fit(board: Board) -> Decision:
    """What everybody does in each half-day, to be timed."""
    return _Filling(board).decision()


def least_loaded(board: Board) -> Iterator[tuple[str, str]]:
    """Each case to attribute goes to who has the fewest files for their time."""
    people, load = board.week.professionals, {p.id: p.dossiers for p in board.week.professionals}
    for case in board.cases_to_attribute():
        able = [person for person in people if board.may_be_referent(person, case)]
        if able:
            chosen = min(able, key=lambda person: (load[person.id] / person.quotite, person.id))
            load[chosen.id] += case.weight
            yield case.id, chosen.id


class _Filling:
    """A week under way."""

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
        self.found = Decision(referents=list(least_loaded(board)))
        self.referent = {case.id: case.referent_id for case in self.week.cases} | dict(self.found.referents)
        self.counted: defaultdict[tuple[str, int], int] = defaultdict(int)
        self.pairs: dict[str, tuple[str, ...]] = {}
        self.last_slot: dict[str, int] = {}
        self.served: dict[tuple[str, str | int | None], ServiceKind] = {}

    def decision(self) -> Decision:
        """Everything placed as far as it fits."""
        self._meetings()
        self._duties()
        commitments = self.week.organisation.commitments
        steps: list[tuple[float, int, Callable[[], None]]] = [
            (tenths(commitments.collective_minute_missing), 0, self._collective_time),
            (tenths(commitments.writing_minute_missing), 1, self._writing),
        ]
        for bundle in self.model.bundles:
            worth = self._worth(bundle) / max(GRID_MINUTES, bundle.first.duration_minutes * bundle.people)
            steps.append((worth, 2, partial(self._place_all, bundle)))
        for action in self.model.actions():
            minutes = (action.duration_minutes + action.preparation_minutes) * len(action.leaders)
            worth = self.prices.get(self.model.action_unplaced[action.id], 0) / minutes
            worth += tenths(commitments.collective_minute_missing) * self.week.types[action.type].collective
            steps.append((worth, 3, partial(self._lead, action)))
        for _, _, step in sorted(steps, key=lambda one: (-one[0], one[1])):
            step()
        for key, room in self.rooms.half_days.items():
            self.found.stays[key] = room.stay(key, self.week.professional[key[0]].site_id)
        return self.found

    def _worth(self, bundle: Bundle) -> float:
        """What a mission costs when it is left: when it is queued, that of an ordinary week of the queue."""
        if bundle.kind.ip and bundle.first.case_id:
            acts = self.model.evaluations[bundle.first.case_id]
            rank = self.model.evaluation_rank(bundle.kind) or 0
            return max(self._price_left(act) for act in acts) * (10 - rank)
        return self._price_left(bundle)

    def _price_left(self, bundle: Bundle) -> float:
        return median(self.prices.get(v, 0) for _, v in self.model.left(bundle))

    # --------------------------------------------------------- meetings, duties

    def _meetings(self) -> None:
        """Every meeting at the start at which most are there; the seats of a session go to who lacks days."""
        target = self.week.organisation.isic_days_per_year
        for meeting_id, people in self.model.attend.items():
            meeting = self.week.meeting[meeting_id]
            starts = Counter(start for mine in people.values() for start in mine)
            if not starts:
                continue
            start = max(starts, key=lambda start: (starts[start], -start))
            parts = self.board.parts(start, meeting.duration_minutes)
            place = self.board.site_location(meeting.site_id) if meeting.site_id else None
            able = [self.week.professional[who] for who, mine in people.items() if start in mine]
            if meeting.seats is not None:
                able = sorted((p for p in able if p.isic_days_done < target), key=lambda p: p.isic_days_done)
            seats = meeting.seats
            for person in able:
                keys = self.model.keys_holding(person.id, parts) or {}
                if seats == 0 or any(self._meets(key, held) for key, held in keys.items()):
                    continue
                self.found.attendance[meeting_id, start].append(person.id)
                seats = None if seats is None else seats - 1
                for key, held in keys.items():
                    self.rooms.cut(key, held, place)
                    minutes = sum(end - begin for begin, end in held)
                    self._count(key, minutes * self.week.types[meeting.type].collective)

    def _meets(self, key: Key, held: Iterable[tuple[int, int]]) -> bool:
        """Whether something with a start is already there."""
        free = [piece.hours for piece in self.rooms.half_days[key].pieces]
        return not all(any(a <= begin and end <= b for a, b in free) for begin, end in held)

    def _duties(self) -> None:
        """Reception, then urgency hours, each by who has kept fewest."""
        kept: Counter[str] = Counter()
        for slot, sites in sorted(self.model.cover.items()):
            for site, (wanted, _) in sites.items():
                able = [key for key in self.model.keys_at(slot) if site in self.model.reserved[key].reception]
                begin, end = self.board.duty_hours[site, slot]
                free = [key for key in able if not self._meets(key, [(begin, end)])]
                free = [key for key in free if self._may_come(key, site)]
                free.sort(key=lambda key: (self.rooms.change(key, site), kept[key[0]], key))
                for key in free[:wanted]:
                    self._come(key, site)
                    room = self.rooms.half_days[key]
                    room.cut(((begin, end),))
                    room.post, room.reception = site, site
                    room.inside_duty = (end - begin) // 2 // GRID_MINUTES * GRID_MINUTES
                    kept[key[0]] += 1
        for slot, sites in sorted(self.model.cover.items()):
            for site, (_, wanted) in sites.items():
                place, hours = self.board.site_location(site), self.board.opening[site, slot]
                able = [key for key in self.model.keys_at(slot) if site in self.model.reserved[key].urgency]
                for key in sorted(able, key=lambda key: (kept[key[0]], key)):
                    room = self.rooms.half_days[key]
                    fit = self.rooms.fit(key, 60, place, hours) if not room.reception else None
                    if wanted and fit and fit.post == site:
                        self.rooms.put(key, fit, place)
                        room.urgency, wanted = site, wanted - 1
                        kept[key[0]] += 1

    def _may_come(self, key: Key, site: str) -> bool:
        """Whether someone may be on duty at a site: the other half of their day has the time to come."""
        if self.rooms.half_days[key].post not in (None, site):
            return False
        change, edge = self.rooms.change(key, site), self.rooms.edge((key[0], key[1] ^ 1))
        return not change or (edge is not None and edge.left >= change)

    def _come(self, key: Key, site: str) -> None:
        """Take the time to come to a duty from the other half of the day."""
        if change := self.rooms.change(key, site):
            edge = self.rooms.edge((key[0], key[1] ^ 1))
            if edge is not None:
                edge.left -= change

    # ------------------------------------------------------------------ missions

    def _place_all(self, bundle: Bundle) -> None:
        for mission in bundle.missions:
            if bundle.kind.splittable:
                self._write_report(bundle, mission)
            else:
                self._place(bundle, mission)

    def _place(self, bundle: Bundle, mission: Mission) -> None:
        """The cheapest half-day that has time for it, and who does it."""
        slots: dict[int, list[str]] = defaultdict(list)
        for person, slot in self.model.take[bundle.index]:
            slots[slot].append(person)
        by_price = defaultdict(list)
        held = dict(self.model.placed(bundle))
        first = self._earliest(bundle)
        for slot in slots:
            if first is not None and slot >= first:
                by_price[self.prices.get(held[slot], 0)].append(slot)
        for _, alike in sorted(by_price.items()):
            found = [
                (self._regret(bundle, people, fits), slot, people, fits)
                for slot in alike
                for people, fits in self._teams(bundle, slot, slots[slot])
            ]
            if found:
                _, slot, people, fits = min(found, key=lambda one: one[:3])
                self._hold(bundle, mission, slot, people, fits)
                return

    def _earliest(self, bundle: Bundle) -> int | None:
        """The first half-day after the acts that come before; None when one of those is not held."""
        before = self.model.must_follow(bundle)
        known = [self.last_slot[item] for item in before if item in self.last_slot]
        return max(known, default=0) if len(known) == len(before) else None

    def _teams(
        self, bundle: Bundle, slot: int, able: list[str]
    ) -> Iterator[tuple[tuple[str, ...], tuple[Fit, ...]]]:
        """Who has time for a mission in a half-day: the pair of its household, or each that may do it."""
        hours, minutes = self.model.room_hours(bundle, slot), bundle.first.duration_minutes
        start = self.model.start_of(bundle.first)
        if start is not None:
            hours = ((start, start + minutes),)
        place = self._place_of(bundle)
        if not self.rooms.room(place, slot, minutes):
            return
        fits: dict[str, Fit] = {}
        pair = self.pairs.get(bundle.first.case_id or "") if bundle.kind.ip else None
        for person in able:
            if self._may_serve(person, bundle, slot) and (pair is None or len(pair) < 2 or person in pair):
                fit = self.rooms.fit((person, slot), minutes, bundle.location, hours)
                if fit:
                    fits[person] = fit
        wanted = Counter(bundle.first.professions)
        for people in combinations(fits, bundle.people):
            professions = Counter(self.week.professional[person].profession for person in people)
            if bundle.people > 1 and not (wanted <= professions):
                continue
            together = {*people, *(pair or ())} if bundle.kind.ip else set(people)
            jobs = {self.week.professional[person].profession for person in together}
            if bundle.kind.ip and bundle.first.case_id and (len(together) > 2 or len(jobs) < len(together)):
                continue
            yield people, tuple(fits[person] for person in people)

    def _may_serve(self, person: str, bundle: Bundle, slot: int) -> bool:
        """Whether someone does nothing of the other separate service for the household, nor in the half-day
        (H1.4)."""
        kind = bundle.kind.owner
        if kind not in APART_FROM_SECTOR:
            return True
        case = bundle.first.case_id
        return all(self.served.get((person, what), kind) == kind for what in (case, slot) if what is not None)

    def _place_of(self, bundle: Bundle) -> tuple[str, str] | None:
        site = bundle.location.site_id if bundle.location else None
        return (site, bundle.kind.room) if site and bundle.kind.room is not RoomKind.NONE else None

    def _regret(self, bundle: Bundle, people: tuple[str, ...], fits: tuple[Fit, ...]) -> int:
        """What tells places of one price apart: detours, and someone else than the referent."""
        detour = sum(fit.minutes - bundle.first.duration_minutes for fit in fits)
        is_strange = self.referent.get(bundle.first.case_id or "") not in (None, *people)
        return DETOUR * detour + STRANGER * is_strange

    def _hold(
        self, bundle: Bundle, mission: Mission, slot: int, people: tuple[str, ...], fits: tuple[Fit, ...]
    ) -> None:
        start, minutes = self.model.start_of(mission), mission.duration_minutes
        for person, fit in zip(people, fits, strict=True):
            key = person, slot
            if start is None:
                self.rooms.put(key, fit, bundle.location)
            else:
                self.rooms.cut(key, ((start, start + minutes),), bundle.location)
            self._count(key, minutes * bundle.kind.collective)
        self.rooms.room(self._place_of(bundle), slot, minutes, take=True)
        task = task_of(self.model, bundle, mission.id, people, slot)
        self.found.tasks[slot].append(task)
        self._remember(bundle, slot, people)

    def _remember(self, bundle: Bundle, slot: int, people: tuple[str, ...]) -> None:
        self.last_slot[bundle.first.id] = slot
        if bundle.kind.owner in APART_FROM_SECTOR:
            case = bundle.first.case_id
            self.served |= {
                (who, what): bundle.kind.owner for who in people for what in (case, slot) if what is not None
            }
        if bundle.kind.ip and bundle.first.case_id:
            known = self.pairs.get(bundle.first.case_id, ())
            self.pairs[bundle.first.case_id] = tuple(dict.fromkeys((*known, *people)))

    def _write_report(self, bundle: Bundle, mission: Mission) -> None:
        """A report in as few half-days as hold it, of those who write it together, from the first on."""
        first, case = self._earliest(bundle), mission.case_id or ""
        slots: dict[str, list[int]] = defaultdict(list)
        for person, slot in self.model.take[bundle.index]:
            if self._may_serve(person, bundle, slot):
                slots[person].append(slot)
        pair = self.pairs.get(case, ())
        teams = [pair] if len(pair) == bundle.people > 1 else combinations(pair or slots, bundle.people)
        if first is None:
            return
        for people in teams:
            common = set.intersection(*(set(slots[person]) for person in people))
            parts, left = list[tuple[int, int]](), mission.duration_minutes
            for slot in sorted(slot for slot in common if slot >= first):
                pieces = (self.rooms.half_days[person, slot].pieces for person in people)
                longest = min(max((piece.left for piece in mine), default=0) for mine in pieces)
                size = min(left, longest // GRID_MINUTES * GRID_MINUTES)
                if 0 < left - size < PART_FLOOR:
                    size -= PART_FLOOR
                if size >= min(PART_FLOOR, left):
                    parts.append((slot, size))
                    left -= size
                if not left:
                    self._write(bundle, mission, people, parts)
                    return

    def _write(
        self, bundle: Bundle, mission: Mission, people: tuple[str, ...], parts: list[tuple[int, int]]
    ) -> None:
        for slot, minutes in parts:
            for person in people:
                fit = self.rooms.fit((person, slot), minutes, None)
                if fit:
                    self.rooms.put((person, slot), fit, None)
            task = task_of(self.model, bundle, mission.id, people, slot)
            self.found.tasks[slot].append(replace(task, minutes=minutes))
        self._remember(bundle, parts[-1][0], people)

    # ------------------------------------------------------------------- actions

    def _lead(self, action: CollectiveAction) -> None:
        """An action in the cheapest half-day that has its leaders, its room, and their preparation before."""
        slots: dict[int, list[str]] = defaultdict(list)
        for person, slot, _ in self.model.lead[action.id]:
            slots[slot].append(person)
        held = self.model.action_held[action.id]
        place = self.board.site_location(action.site_id) if action.site_id else None
        for slot in sorted(slots, key=lambda slot: (self.prices.get(held[slot], 0), slot)):
            led = self._leaders(action, slot, slots[slot], place)
            if led is None:
                continue
            task = self.model.action_task(action, tuple(led), slot)
            if not self.rooms.room(task.room, slot, action.duration_minutes):
                continue
            self.rooms.room(task.room, slot, action.duration_minutes, take=True)
            start = self.model.start_of(action)
            for person, (fit, before) in led.items():
                key = person, slot
                if start is None:
                    self.rooms.put(key, fit, place)
                else:
                    part = (start, start + action.duration_minutes)
                    self.rooms.cut(key, (part,), place)
                self._count(key, action.duration_minutes * self.week.types[action.type].collective)
                if before:
                    self._reserve(before, action.preparation_minutes, "preparation")
            self.found.tasks[slot].append(task)
            return

    def _leaders(
        self, action: CollectiveAction, slot: int, able: list[str], place: Location | None
    ) -> dict[str, tuple[Fit, Key | None]] | None:
        """Someone of each profession with the time, and when they prepare; None when one is missing."""
        start = self.model.start_of(action)
        hours = self.board.opening.get((action.site_id, slot)) if action.site_id else None
        if start is not None:
            hours = ((start, start + action.duration_minutes),)
        found: dict[str, tuple[Fit, Key | None]] = {}
        for profession in action.leaders:
            for person in able:
                if person in found or self.week.professional[person].profession != profession:
                    continue
                fit = self.rooms.fit((person, slot), action.duration_minutes, place, hours)
                before = self._time_to_prepare(person, slot, action.preparation_minutes)
                if fit and (before or not action.preparation_minutes):
                    found[person] = fit, before
                    break
            else:
                return None
        return found

    def _time_to_prepare(self, person: str, slot: int, minutes: int) -> Key | None:
        earlier = [key for key in self.model.keys_of(person) if key[1] < slot]
        return next((key for key in earlier if self.rooms.half_days[key].piece_for(minutes)), None)

    # -------------------------------------------------------------------- quotas

    def _count(self, key: Key, minutes: int) -> None:
        """Count minutes of collective time."""
        week = self.board.calendar.week_of(self.board.day_of(key[1]))
        self.counted[key[0], week] += minutes

    def _reserve(self, key: Key, minutes: int, kind: str) -> None:
        room = self.rooms.half_days[key]
        piece = room.piece_for(minutes)
        if piece:
            piece.left -= minutes
            setattr(room, kind, getattr(room, kind) + minutes)
            if kind != "writing":
                self._count(key, minutes)

    def _shares(self, percent: int) -> Iterator[tuple[Professional, int, int]]:
        """Each person and week with its minutes of a share of paid time."""
        for person in self.model.sector_people:
            for week in range(self.week.horizon.weeks):
                paid = self.board.paid_minutes(person, week) * percent // 100
                yield person, week, paid // GRID_MINUTES * GRID_MINUTES

    def _collective_time(self) -> None:
        """Blocks of collective time, in the half-days that have most time left."""
        for person, week, quota in self._shares(self.week.organisation.collective_share_percent):
            keys = [
                key for key in self.model.keys_of_week(person.id, week) if self.model.reserved[key].collective
            ]
            for key in sorted(keys, key=lambda key: -self._most(key)):
                missing = quota - self.counted[person.id, week]
                size = min(max(missing, COLLECTIVE_FLOOR), self._most(key))
                if missing > 0 and size >= COLLECTIVE_FLOOR and not self.rooms.half_days[key].collective:
                    self._reserve(key, size, "collective")

    def _writing(self) -> None:
        """Writing inside duties, then wherever a block fits."""
        for person, week, quota in self._shares(self.week.organisation.writing_share_percent):
            left, keys = quota, self.model.keys_of_week(person.id, week)
            for key in keys:
                room = self.rooms.half_days[key]
                inside = min(left, room.inside_duty)
                if inside >= WRITING_FLOOR:
                    room.writing += inside
                    room.inside_duty -= inside
                    left -= inside
            for key in sorted(keys, key=self._most):
                size = min(left, self._most(key))
                if size >= WRITING_FLOOR:
                    self._reserve(key, size, "writing")
                    left -= size

    def _most(self, key: Key) -> int:
        """The minutes on the grid that one piece of a half-day has left."""
        most = max((piece.left for piece in self.rooms.half_days[key].pieces), default=0)
        return most // GRID_MINUTES * GRID_MINUTES
