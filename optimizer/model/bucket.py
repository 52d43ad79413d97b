"""`BucketModel`: the variables of the bucket stage, and the verbs with which rules post rows and prices."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from optimizer.board import Board, Location
from optimizer.bundles import Bundle
from optimizer.clock import grid_steps
from optimizer.intervals import Interval, minus
from optimizer.linear import Part, Statement, Variable, total
from optimizer.model.block import Block
from optimizer.model.joint_acts import JointActs
from optimizer.model.load import Load, Reserved
from optimizer.model.rooms_in_use import Place, RoomsInUse, rooms_in_use
from optimizer.model.shares import Shares
from optimizer.model.time_of_half_days import URGENCY_MINUTES, TimeOfHalfDays
from optimizer.model.variables import create_variables
from optimizer.organisation import tenths
from optimizer.rules import COMMITMENTS as COMMITMENT_RULES
from optimizer.rules import NEVER, Rule
from optimizer.rules import PREFERENCES as PREFERENCE_RULES
from optimizer.rules.reserved_blocks import LEAST_COLLECTIVE
from optimizer.tasks import Key, Task
from optimizer.tours import Tour, TourBook
from optimizer.week import CollectiveAction
from optimizer.words import Profession, RoomKind

COMMITMENTS = "commitments"
PREFERENCES = "preferences"
PINNED = 100_000
"""Tenths that dropping something pinned costs the clock more: anything else goes first."""


class BucketModel(Block):
    """Variables of the bucket stage and the verbs that rules use."""

    def __init__(self, board: Board, people: frozenset[str] | None = None) -> None:
        """`people` restricts the statement to one independent block of professionals."""
        super().__init__(board, people)
        self.statement = Statement()
        self.pinned = frozenset(pin.item_id for pin in self.week.pins)
        self.tour_book = TourBook(board)
        self.time = TimeOfHalfDays(self)
        self.shares = Shares(self)
        self.joint_acts = JointActs(self)
        self.loads: dict[Key, list[Load]] = defaultdict(list)
        # missions, by bundle
        self.take: dict[int, dict[Key, Variable]] = {}
        self.held: dict[int, dict[int, Variable]] = {}
        self.part_minutes: dict[int, dict[Key, Variable]] = {}
        self.does: dict[tuple[int, str], Variable] = {}
        self.unplaced: dict[int, Variable] = {}
        self.queued: dict[int, dict[date, Variable]] = {}
        self.late_on: dict[int, dict[date, Variable]] = {}
        # evaluations and referents, by household
        self.evaluates: dict[str, dict[str, Variable]] = {}
        self.referent: dict[tuple[str, str], Variable] = {}
        # actions and meetings
        self.lead: dict[str, dict[tuple[str, int, Profession], Variable]] = {}
        self.action_held: dict[str, dict[int, Variable]] = {}
        self.action_unplaced: dict[str, Variable] = {}
        self.attend: dict[str, dict[str, dict[int, Variable]]] = {}
        self.meeting_held: dict[str, dict[int, Variable]] = {}
        # half-days
        self.reserved: dict[Key, Reserved] = {key: Reserved() for key in self.half_days}
        self.tours: dict[Key, list[tuple[Tour | None, Variable]]] = {}
        self.on_site: dict[Key, Variable] = {}
        self.saved_hops: dict[Key, Variable] = {}
        self.changes: dict[tuple[str, int], list[tuple[Variable, int]]] = {}

    def post_commitments(self) -> None:
        """Variables, rules that never bend, and the prices of level 1."""
        create_variables(self)
        self.post((*NEVER, *COMMITMENT_RULES))

    def post_preferences(self) -> None:
        """The prices of level 2."""
        self.post(PREFERENCE_RULES)

    def post(self, rules: Iterable[Rule]) -> None:
        """Let rules post; in which order changes nothing but the order of rows."""
        for rule in rules:
            if rule.post is not None:
                rule.post(self)

    # ---------------------------------------------------------- rows and prices

    def variable(self, what: str, whom: tuple[object, ...], upper: int = 1) -> Variable:
        """A new integer variable from 0 up, binary by default."""
        return self.statement.variable((what, *whom), upper=upper)

    def at_most(self, upper: int, what: str, whom: tuple[object, ...], *parts: Part) -> None:
        """The parts add up to at most `upper`."""
        self.statement.at_most((what, *whom), total(*parts), upper)

    def at_least(self, lower: int, what: str, whom: tuple[object, ...], *parts: Part) -> None:
        """The parts add up to at least `lower`."""
        self.statement.at_least((what, *whom), total(*parts), lower)

    def equal(self, value: int, what: str, whom: tuple[object, ...], *parts: Part) -> None:
        """The parts add up to `value`."""
        self.statement.equal((what, *whom), total(*parts), value)

    def commitment(self, variable: Variable, tenths: int) -> None:
        """Each unit of the variable costs `tenths` at level 1."""
        self.statement.price(COMMITMENTS, variable, tenths)

    def preference(self, variable: Variable, tenths: int) -> None:
        """Each unit of the variable costs `tenths` at level 2."""
        self.statement.price(PREFERENCES, variable, tenths)

    def shortfall(self, what: str, whom: tuple[object, ...], upper: int, tenths: int) -> Variable:
        """A new variable for what a commitment lacks, priced by unit at level 1."""
        variable = self.variable(what, whom, upper)
        self.commitment(variable, tenths)
        return variable

    def regret(self, what: str, whom: tuple[object, ...], upper: int, tenths: int) -> Variable:
        """A new variable for what a preference lacks, priced by unit at level 2."""
        variable = self.variable(what, whom, upper)
        self.preference(variable, tenths)
        return variable

    def always_regret(self, tenths: int) -> None:
        """A price of level 2 that every plan pays."""
        self.statement.constant(PREFERENCES, tenths)

    # ---------------------------------------------------------------- missions

    def occupy(self, key: Key, load: Load) -> None:
        """Let something take time of a half-day."""
        self.loads[key].append(load)

    def placed(self, bundle: Bundle) -> list[tuple[int, Variable]]:
        """Half-days with a variable for what of a bundle is held then: a number of missions, or a part."""
        if bundle.people > 1 and not bundle.kind.splittable:
            return list(self.held[bundle.index].items())
        return [(slot, variable) for (_, slot), variable in self.take[bundle.index].items()]

    def left(self, bundle: Bundle) -> list[tuple[date, Variable]]:
        """The days on which what is not placed counts as done, each with its variable."""
        if bundle.index in self.unplaced:
            return [(self.board.calendar.first_day_after, self.unplaced[bundle.index])]
        return list(self.queued.get(bundle.index, {}).items())

    def done_by(self, bundle: Bundle, person: str) -> list[Variable]:
        """Variables that count the missions of a bundle that someone does."""
        if bundle.kind.splittable:
            return [v for (index, p), v in self.does.items() if index == bundle.index and p == person]
        return [v for (p, _), v in self.take[bundle.index].items() if p == person]

    def doing(self, bundle: Bundle) -> list[tuple[str, Variable]]:
        """Who may do missions of a bundle, each with a variable that counts them once."""
        if bundle.kind.splittable:
            return [(p, v) for (index, p), v in self.does.items() if index == bundle.index]
        return [(person, variable) for (person, _), variable in self.take[bundle.index].items()]

    def charge(self, bundle: Bundle, price: Callable[[date], int]) -> None:
        """Charge each mission of a bundle, at level 1, the price of the day on which it counts as done."""
        for day, variable in self.left(bundle):
            self.commitment(variable, price(day))
        if not bundle.kind.splittable:
            prices: dict[int, int] = {}
            for slot, variable in self.placed(bundle):
                if slot not in prices:
                    prices[slot] = price(self.board.day_of(slot))
                self.commitment(variable, prices[slot])
            return
        before = 0
        for day, variable in self.late_on[bundle.index].items():
            self.commitment(variable, price(day) - before)
            before = price(day)

    def charge_action(self, action: CollectiveAction, price: Callable[[date], int]) -> None:
        """Charge an action, at level 1, the price of the day on which it counts as done."""
        for slot, variable in self.action_held[action.id].items():
            self.commitment(variable, price(self.board.day_of(slot)))
        self.commitment(self.action_unplaced[action.id], price(self.board.calendar.first_day_after))

    def drop_price(self, bundle: Bundle) -> int:
        """What leaving one mission of a bundle out would cost at level 1, at least."""
        prices = self.statement.levels.get(COMMITMENTS, {})
        pinned = PINNED if bundle.first.id in self.pinned else 0
        return pinned + max(1, min((prices.get(variable, 0) for _, variable in self.left(bundle)), default=1))

    # ------------------------------------------------------- actions and meetings

    def actions(self) -> list[CollectiveAction]:
        """The collective actions that this block may lead."""
        return [action for action in self.week.actions if action.id in self.lead]

    def leads(self, action: CollectiveAction, person: str, *slots: int) -> list[Variable]:
        """Variables that are 1 when someone leads an action, in given half-days or in any."""
        led = self.lead[action.id].items()
        return [v for (p, slot, _), v in led if p == person and (not slots or slot in slots)]

    def on_duty(self, person: str, parts: tuple[Interval, ...]) -> list[Variable]:
        """Variables that are 1 when someone is on reception duty during one of the parts."""
        duties = [
            (variable, self.board.duty_hours[site, key[1]])
            for key in self.keys_holding(person, parts) or {}
            for site, variable in self.reserved[key].reception.items()
        ]
        return [v for v, (begin, end) in duties if any(a < end and begin < b for a, b in parts)]

    def action_task(self, action: CollectiveAction, leaders: tuple[str, ...], slot: int) -> Task:
        """The task that a collective action makes in a half-day."""
        kind = self.week.types[action.type]
        hours: tuple[Interval, ...] | None = None
        room = None
        if kind.room is RoomKind.GROUP and action.site_id:
            hours = self.board.opening.get((action.site_id, slot), ())
            room = (action.site_id, kind.room.value)
        start = self.start_of(action)
        if start is not None:
            hours = ((start, start + action.duration_minutes),)
        price = self.statement.levels[COMMITMENTS].get(self.action_unplaced[action.id], 0)
        collective = (action.duration_minutes + action.preparation_minutes) * len(leaders)
        price += collective * tenths(self.week.organisation.commitments.collective_minute_missing)
        price += PINNED if action.id in self.pinned else 0
        return Task(
            action.id,
            leaders,
            action.duration_minutes,
            self.board.site_location(action.site_id) if action.site_id else None,
            max(1, price),
            hours=hours,
            room=room,
            named_room=action.room_id,
        )

    # --------------------------------------------------------------- half-days

    def rooms_in_use(self) -> dict[Place, RoomsInUse]:
        """The rooms of each site and half-day that something may take."""
        return rooms_in_use(self)

    def here(self, key: Key, location: Location) -> list[Variable]:
        """Variables of which one is 1 when the half-day goes through a location."""
        return [v for tour, v in self.tours[key] if tour is not None and tour.goes_through(location)]

    def posts_of(self, key: Key) -> list[Location]:
        """Where someone may be posted in a half-day."""
        posts = {tour.post for tour, _ in self.tours[key] if tour is not None and tour.post is not None}
        return [self.board.site_location(post) for post in sorted(posts)]

    def posted(self, key: Key, site_id: str | None) -> list[Variable]:
        """Variables of which one is 1 when the half-day is posted at a site, or teleworked for None."""
        return [
            variable
            for tour, variable in self.tours[key]
            if (tour is None) == (site_id is None) and (tour is None or tour.post == site_id)
        ]

    def fixed_loads(self, key: Key) -> Iterator[Load]:
        """What has known clock times in a half-day."""
        return (load for load in self.loads[key] if load.parts)

    def dated(self, key: Key) -> Iterator[tuple[tuple[Interval, ...], list[Variable]]]:
        """Nothing dated, then each thing with known clock times in a half-day: its parts and its variable."""
        yield (), []
        yield from ((load.parts, [load.variable]) for load in self.fixed_loads(key))

    def longest_beside_fixed(self, key: Key) -> list[tuple[Variable, int]]:
        """For each thing with known clock times, its variable and the longest grid steps that it leaves."""
        free = self.half_days[key].free
        return [
            (load.variable, grid_steps(max((b - a for a, b in minus(free, load.parts)), default=0)))
            for load in self.fixed_loads(key)
        ]

    def lasting(self, key: Key) -> list[tuple[Variable, int, int]]:
        """What has no clock times yet: variables, grid steps of a unit, and minutes in one piece at least."""
        reserved = self.reserved[key]
        loads = (load for load in self.loads[key] if not load.parts)
        found = [(load.variable, load.work, load.piece) for load in loads]
        if reserved.collective is not None:
            found.append((reserved.collective, 1, LEAST_COLLECTIVE))
        return found + [(v, grid_steps(URGENCY_MINUTES), URGENCY_MINUTES) for v in reserved.urgency.values()]

    def longer(self, key: Key, parts: tuple[Interval, ...] = ()) -> Iterator[tuple[int, int, int, Part]]:
        """For each gap that dated parts leave in a half-day, but the longest: its minutes, the grid steps of
        the longer ones without those parts, those that the parts take of them, and what is longer than it."""
        lasting, free, gaps = self.lasting(key), self.left_by(key), self.left_by(key, parts)
        for short in sorted({end - start for start, end in gaps})[:-1]:
            whole, left = _steps_over(short, free), _steps_over(short, gaps)
            longer = [(variable, steps) for variable, steps, piece in lasting if piece > short]
            yield short, whole, whole - left, longer

    def beside_lunch(self, key: Key, parts: tuple[Interval, ...], is_morning: bool) -> int:
        """Minutes of the gap that dated parts leave at the end of a morning, or at the start of an
        afternoon."""
        gaps, side = self.left_by(key, parts), -1 if is_morning else 0
        edge = self.half_days[key].free[side][is_morning]
        return gaps[side][1] - gaps[side][0] if gaps and gaps[side][is_morning] == edge else 0

    def taken_at_midday(self, morning: Key, afternoon: Key, minutes: int) -> tuple[int, Part]:
        """Grid steps that two half-days leave beyond their gap for so many minutes of lunch, and those that
        each change of post adds.

        Where nothing is done in a piece next to midday, that piece is enough.
        """
        missing, most = minutes - self.midday_gap(morning, afternoon), self.beside_midday(morning, afternoon)
        lacking = min(max(0, missing), most)
        changes = self.changes[morning[0], morning[1] // 2]
        more = [
            (variable, grid_steps(min(max(0, missing + way), most) - lacking)) for variable, way in changes
        ]
        return grid_steps(lacking), [(variable, steps) for variable, steps in more if steps]

    def duties(self, site_id: str, slot: int) -> list[Variable]:
        """Variables of those who may be on reception duty at a site in a half-day."""
        kept = (self.reserved[key].reception.get(site_id) for key in self.keys_at(slot))
        return [variable for variable in kept if variable is not None]

    def urgencies(self, site_id: str, slot: int) -> list[Variable]:
        """Variables of those who may keep an urgency hour at a site in a half-day."""
        kept = (self.reserved[key].urgency.get(site_id) for key in self.keys_at(slot))
        return [variable for variable in kept if variable is not None]

    def preparations(self, person: str) -> list[tuple[int, Variable]]:
        """The half-days in which someone may prepare actions, each with its grid steps."""
        kept = ((key[1], self.reserved[key].preparation) for key in self.keys_of(person))
        return [(slot, variable) for slot, variable in kept if variable is not None]

    def referents(self, case_id: str) -> dict[str, Variable]:
        """Who may become the referent of a case to attribute."""
        return {person: variable for (case, person), variable in self.referent.items() if case == case_id}


def _steps_over(short: int, gaps: tuple[Interval, ...]) -> int:
    return sum(grid_steps(end - start) for start, end in gaps if end - start > short)


__all__ = ["COMMITMENTS", "PREFERENCES", "BucketModel"]
