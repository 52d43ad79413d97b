"""Timefold's choices as the product's `Decision`, with writing and collective time in what is left.

What is kept for no mission is shared out after the solver, which has left its minutes free: collective time
in the largest rests, then writing. A half-day of a telework day that holds nothing but writing is teleworked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.peers.timefold.items import Item, Option, Part
from optimizer.bundles import Bundle
from optimizer.clock import floor_to_grid
from optimizer.decision import Decision, task_of
from optimizer.tasks import Key, Stay, Task
from optimizer.week import CollectiveAction, Meeting
from optimizer.words import WEEKDAY_NAMES, RoomKind

SHORTEST = {"collective": 90, "writing": 30}
MOST_TELEWORK, LEAST_ON_SITE = 3, 2


@dataclass
class Choice:
    """What the solver says of one part: an option of each item (-1 for none); by half-day in use, its post
    and the minutes taken."""

    chosen: Sequence[int]
    uses: dict[Key, tuple[str, int]] = field(default_factory=dict)


def decided(parts: Sequence[tuple[Part, Choice]]) -> Decision:
    """The decision of all parts together: no half-day is in two."""
    whole = Decision()
    for part, choice in parts:
        one = _Deciding(part, choice).decision
        for slot, tasks in one.tasks.items():
            whole.tasks[slot] += tasks
        for meeting, people in one.attendance.items():
            whole.attendance[meeting] += people
        whole.stays |= one.stays
        whole.unplaced += one.unplaced
        whole.referents += one.referents
    return whole


class _Deciding:
    """The decision of one part."""

    def __init__(self, part: Part, choice: Choice) -> None:
        self.part, self.board, self.choice = part, part.board, choice
        self.decision = Decision(referents=list(part.referents.items()))
        self.duty: dict[Key, str] = {}
        self.urgency: dict[Key, str] = {}
        self.preparation: dict[Key, int] = defaultdict(int)
        self.collective: dict[tuple[str, int], int] = defaultdict(int)
        taken = [(item, option) for item, option in self._taken() if option is not None]
        for item, option in taken:
            if item.of == "duty":
                self.duty[option.loads[0].key] = item.id
        for item, option in taken:
            self._decide(item, option)
        placed = {item.id for item, _ in taken}
        ids = [row.id for row in part.week.missions] + [row.id for row in part.week.actions]
        self.decision.unplaced = [name for name in ids if name not in placed]
        self._keep_time()

    def _taken(self) -> Iterator[tuple[Item, Option | None]]:
        for item, index in zip(self.part.items, self.choice.chosen, strict=True):
            yield item, None if index < 0 else item.options[index]

    def _decide(self, item: Item, option: Option) -> None:
        match item.of:
            case Bundle():
                self._mission(item, item.of, option)
            case CollectiveAction():
                self._action(item, item.of, option)
            case Meeting():
                self.decision.attendance[item.id, item.start].append(option.people[0])
            case "urgency" if option.loads[0].key not in self.duty:
                self.urgency[option.loads[0].key] = item.id
        if "collective" in item.flags:
            for load in option.loads:
                self.collective[self._week(load.key)] += load.minutes

    def _mission(self, item: Item, bundle: Bundle, option: Option) -> None:
        for slot in option.slots:
            load = next(load for load in option.loads if load.key[1] == slot)
            task = task_of(self.part.model, bundle, item.id, option.people, slot)
            hours = task.hours if load.start < 0 else ((load.start, load.start + load.minutes),)
            site = bundle.location.site_id if bundle.location else None
            is_inside = any(self.duty.get((person, slot), "") == site for person in option.people)
            self.decision.tasks[slot].append(
                replace(
                    task,
                    minutes=load.minutes,
                    hours=hours,
                    price=max(1, item.unplaced),
                    in_reception=task.in_reception and is_inside,
                )
            )

    def _action(self, item: Item, action: CollectiveAction, option: Option) -> None:
        (slot,), load = option.slots, option.loads[0]
        hours, room = None, None
        if action.site_id and self.part.week.types[action.type].room is RoomKind.GROUP:
            hours = self.board.opening.get((action.site_id, slot), ())
            room = action.site_id, RoomKind.GROUP.value
        if load.start >= 0:
            hours = ((load.start, load.start + load.minutes),)
        task = Task(
            item.id,
            option.people,
            load.minutes,
            item.location,
            max(1, item.unplaced),
            hours=hours,
            room=room,
            named_room=action.room_id,
        )
        self.decision.tasks[slot].append(task)
        for prepared in option.loads[len(option.held) :]:
            self.preparation[prepared.key] += prepared.minutes

    # ------------------------------------------------------------- time kept

    def _keep_time(self) -> None:
        """A stay for each half-day, with the collective time and the writing that its rest takes."""
        left = {key: half.minutes - self._use(key)[1] for key, half in self.board.half_days.items()}
        collective = dict(self._shared_out(left, "collective"))
        for key, minutes in collective.items():
            left[key] -= minutes
        writing = dict(self._shared_out(left, "writing"))
        for key in left:
            self.decision.stays[key] = Stay(
                key,
                self._use(key)[0],
                writing=writing.get(key, 0),
                collective=collective.get(key, 0),
                preparation=self.preparation.get(key, 0),
                urgency=self.urgency.get(key),
                reception=self.duty.get(key),
            )
        self._telework()

    def _use(self, key: Key) -> tuple[str, int]:
        """The post of a half-day, and the minutes taken."""
        return self.choice.uses.get(key, (self.part.week.professional[key[0]].site_id, 0))

    def _week(self, key: Key) -> tuple[str, int]:
        return key[0], self.board.calendar.week_of(self.board.day_of(key[1]))

    def _shared_out(self, left: dict[Key, int], what: str) -> Iterator[tuple[Key, int]]:
        """Minutes of a quota by half-day, the largest rest first; a duty holds writing alone."""
        shortest, wanted = SHORTEST[what], self._wanted(what)
        for key in sorted(left, key=lambda key: (-left[key], key)):
            missing = wanted.get(self._week(key), 0)
            minutes = min(left[key], max(shortest, missing))
            if missing > 0 and minutes >= shortest and not (what == "collective" and key in self.duty):
                wanted[self._week(key)] -= minutes
                yield key, minutes

    def _wanted(self, what: str) -> dict[tuple[str, int], int]:
        """Minutes that quotas still ask for, by person and week."""
        organisation = self.part.week.organisation
        is_collective = what == "collective"
        share = organisation.collective_share_percent if is_collective else organisation.writing_share_percent
        return {
            (person.id, week): floor_to_grid(self.board.paid_minutes(person, week) * share // 100)
            - (self.collective[person.id, week] if is_collective else 0)
            for person in self.board.sector_people()
            for week in range(self.part.week.horizon.weeks)
        }

    def _telework(self) -> None:
        """Half-days of telework days with writing alone are teleworked, where the week allows it."""
        busy = self._busy()
        for person in self.part.week.professionals:
            worked = {slot // 2 for who, slot in self.decision.stays if who == person.id}
            away = set(person.telework_days)
            if not away or len(away) > MOST_TELEWORK or len(worked) < len(away) + LEAST_ON_SITE:
                continue
            for key in [key for key in self.decision.stays if key[0] == person.id and key not in busy]:
                if WEEKDAY_NAMES[self.board.day_of(key[1]).weekday()] in away:
                    self.decision.stays[key] = replace(self.decision.stays[key], post=None)

    def _busy(self) -> set[Key]:
        """The half-days that hold anything but writing."""
        stays = self.decision.stays.items()
        kept = (key for key, stay in stays if replace(stay, post=None, writing=0) != Stay(key, None))
        done = (
            (person, slot)
            for slot, tasks in self.decision.tasks.items()
            for task in tasks
            for person in task.people
        )
        attended = (
            load.key
            for item, option in self._taken()
            if option is not None and isinstance(item.of, Meeting)
            for load in option.loads
        )
        return {*kept, *done, *attended}
