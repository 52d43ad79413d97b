"""How what several parts share is shared out: days of people and of lent sites, actions, seats.

What is pinned comes first: who is pinned to an item of a part, and the room lent to it, are that part's on
that day. Parts that pins want at once, or for which there are not days enough, are planned as one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from optimizer.board import Board
from optimizer.groups import Groups
from optimizer.week import WEEKDAYS, CollectiveAction, Meeting, Mission, Pin, Weekday

Part = str
"""A part, by the name of one of its services."""
Claim = tuple[Weekday | None, str]
"""A day that something pinned takes, None for any, and the service whose it is."""


@dataclass(frozen=True)
class Sharing:
    """Who has what is shared. `days`, of people and of sites, by weekday; `leads` by action; `seats` by
    session and part."""

    people: dict[str, dict[Weekday, Part]] = field(default_factory=dict)
    sites: dict[str, dict[Weekday, Part]] = field(default_factory=dict)
    leads: dict[str, Part] = field(default_factory=dict)
    seats: dict[str, dict[Part, int]] = field(default_factory=dict)


class Claims:
    """What pins ask of people who serve several teams, of sites, and of who leads an action."""

    def __init__(self, board: Board) -> None:
        self.board, self.week = board, board.week
        self.people: defaultdict[str, list[Claim]] = defaultdict(list)
        self.sites: defaultdict[str, list[Claim]] = defaultdict(list)
        self.leads: dict[str, list[str]] = {}
        self.expected: defaultdict[str, Counter[Claim]] = defaultdict(Counter)
        items = {item.id: item for table in (self.week.missions, self.week.actions) for item in table}
        for pin in self.week.pins:
            match items.get(pin.item_id):
                case Mission() as mission:
                    self._of_mission(pin, mission)
                case CollectiveAction() as action:
                    self._of_action(pin, action)
        for mission in self.week.missions:
            location, team = board.location(mission), board.teams.of_mission(mission)
            if mission.fixed_start and team and location and location.site_id:
                self.expected[location.site_id][weekday_of(mission), team[0]] += 1

    def _of_mission(self, pin: Pin, mission: Mission) -> None:
        team, location = self.board.teams.of_mission(mission), self.board.location(mission)
        if not team:
            return
        claim = weekday_of(mission, pin), team[0]
        for person in pin.professional_ids:
            self.people[person].append(claim)
        if location and location.site_id:
            self.sites[location.site_id].append(claim)

    def _of_action(self, pin: Pin, action: CollectiveAction) -> None:
        team, people = self.board.teams.of_action(action) or (), self.week.professional
        served = {
            who: next((id_ for id_ in people[who].service_ids if id_ in team), None)
            for who in pin.professional_ids
        }
        self.leads[action.id] = list(dict.fromkeys(service for service in served.values() if service))
        for person, service in served.items():
            if service:
                self.people[person].append((weekday_of(action, pin), service))

    def split(self, groups: Groups[str]) -> Iterator[Iterable[str]]:
        """Services that must be one part for what is pinned to hold, among groups of services."""
        yield from self.leads.values()
        for person, claims in self.people.items():
            yield from _at_once(claims, groups, {w.day for w in self.week.professional[person].windows})
        for site, claims in self.sites.items():
            yield from _at_once(claims, groups, {w.day for w in self.week.site[site].opening})


def _at_once(claims: list[Claim], groups: Groups[str], days: Collection[Weekday]) -> Iterator[Iterable[str]]:
    """Services that want one day, or more days than there are."""
    dated: dict[Weekday, list[str]] = {}
    for day, service in claims:
        if day:
            dated.setdefault(day, []).append(service)
    yield from dated.values()
    taken = {groups.name(service) for services in dated.values() for service in services}
    waiting = {groups.name(service) for day, service in claims if not day} - taken
    if len(dated) + len(waiting) > len(days):
        yield [service for _, service in claims]


def weekday_of(item: Mission | CollectiveAction | Meeting, pin: Pin | None = None) -> Weekday | None:
    """The weekday on which something is fixed or pinned, None when it is free."""
    start = (pin and pin.start) or item.fixed_start
    return WEEKDAYS[start.weekday()] if start and start.weekday() < len(WEEKDAYS) else None


def days_in_turn(
    parts: list[Part],
    days: Collection[Weekday],
    claims: Iterable[tuple[Weekday | None, Part]],
    expected: dict[Weekday, Part] | None = None,
) -> dict[Weekday, Part]:
    """Days shared out: those claimed, those where one part expects most, then one each in turn, first to
    those who claim any."""
    claims = list(claims)
    given = (expected or {}) | {day: part for day, part in claims if day}
    waiting = {part for day, part in claims if not day} - set(given.values())
    for day in WEEKDAYS:
        if day in given or day not in days:
            continue
        has = Counter(given.values())
        given[day] = min(parts, key=lambda part: (part not in waiting, has[part], parts.index(part)))
        waiting.discard(given[day])
    return given


def in_proportion(seats: int, people: Counter[Part], least: Counter[Part]) -> dict[Part, int]:
    """Seats shared out by largest remainders, no more than people, first the least that parts must have."""
    seats = min(seats, people.total())
    if not seats:
        return {}
    exact = {part: seats * count / people.total() for part, count in people.items()}
    given = {part: least[part] for part in people}
    while sum(given.values()) < seats:
        open_to = [part for part in given if given[part] < people[part]]
        given[max(open_to, key=lambda part: exact[part] - given[part])] += 1
    return given
