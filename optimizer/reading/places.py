"""Where things are held, and the minutes of travel between two places (docs/semantics.md, section 2)."""

import heapq
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from optimizer.catalogue import MissionType
from optimizer.plan import Place
from optimizer.week import CollectiveAction, Meeting, Mission, Site, Week
from optimizer.words import PlaceKind, ServiceKind

WITHIN_A_ZONE = 10
UNKNOWN_WAY = 30
NO_PLACE = (PlaceKind.OUTSIDE, PlaceKind.ANY, PlaceKind.OFFICE)


class Location(NamedTuple):
    """A site, or the home of a household when `site_id` is `None`."""

    site_id: str | None
    zone: str


class Places:
    """The map of a week."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self._ways: dict[str, dict[str, int]] = {}
        self._minutes: dict[tuple[Location, Location], int] = {}

    @cached_property
    def kinds_at(self) -> dict[str, frozenset[ServiceKind]]:
        """The kinds of service that each site serves."""
        known = self.week.kind_of_service
        return {
            site.id: frozenset(known[service] for service in site.service_ids if service in known)
            for site in self.week.sites
        }

    @cached_property
    def site_of_room(self) -> dict[str, Site]:
        """The site of each room."""
        return {room.id: site for site in self.week.sites for room in site.rooms}

    def at(self, site_id: str | None) -> Location | None:
        """The location of a site, none when the week has no such site."""
        site = self.week.site.get(site_id) if site_id else None
        return Location(site.id, site.zone) if site else None

    def read(self, place: str, site_id: str | None) -> Location | None:
        """The location that a row of a plan writes."""
        if place == Place.SITE:
            return self.at(site_id)
        kind, _, zone = place.partition(":")
        return Location(None, zone) if kind == Place.HOME and zone else None

    def of_mission(self, mission: Mission, kind: MissionType) -> Location | None:
        """Where a mission is to be held."""
        if mission.home_zone:
            return Location(None, mission.home_zone)
        if mission.site_id:
            return self.at(mission.site_id)
        if kind.place in NO_PLACE:
            return None
        case = self.week.case.get(mission.case_id) if mission.case_id else None
        if kind.place is PlaceKind.HOME:
            return Location(None, case.zone) if case else None
        candidates = [case.site_id] if case else []
        candidates += [site.id for site in self.week.sites]
        return next((self.at(site) for site in candidates if self._receives(site, kind)), None)

    def of_action(self, action: CollectiveAction) -> Location | None:
        """Where a collective action is to be held: its site, else that of its room."""
        if action.site_id:
            return self.at(action.site_id)
        site = self.site_of_room.get(action.room_id) if action.room_id else None
        return self.at(site.id) if site else None

    def of_meeting(self, meeting: Meeting) -> Location | None:
        """Where a meeting is to be held."""
        return self.at(meeting.site_id)

    def travel_minutes(self, start: Location, end: Location) -> int:
        """Minutes from one location to another."""
        if (start, end) not in self._minutes:
            self._minutes[start, end] = self._travel_minutes(start, end)
        return self._minutes[start, end]

    def _travel_minutes(self, start: Location, end: Location) -> int:
        if start.site_id and start.site_id == end.site_id:
            return 0
        if start.zone == end.zone:
            return WITHIN_A_ZONE
        return self._ways_from(start.zone).get(end.zone, UNKNOWN_WAY)

    def _receives(self, site_id: str, kind: MissionType) -> bool:
        """Whether a type may be held at a site: its service is there and, for an IP act, SECTEUR is not."""
        kinds = self.kinds_at.get(site_id)
        if kinds is None or (kind.owner is not None and kind.owner not in kinds):
            return False
        return not (kind.ip and ServiceKind.SECTEUR in kinds)

    @cached_property
    def _table(self) -> defaultdict[str, dict[str, int]]:
        table: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for way in self.week.travel:
            for here, there in ((way.from_zone, way.to_zone), (way.to_zone, way.from_zone)):
                table[here][there] = min(way.minutes, table[here].get(there, way.minutes))
        return table

    def _ways_from(self, zone: str) -> dict[str, int]:
        if zone not in self._ways:
            self._ways[zone] = self._shortest_from(zone)
        return self._ways[zone]

    def _shortest_from(self, zone: str) -> dict[str, int]:
        shortest: dict[str, int] = {}
        frontier = [(0, zone)]
        while frontier:
            minutes, here = heapq.heappop(frontier)
            if here in shortest:
                continue
            shortest[here] = minutes
            for there, way in self._table.get(here, {}).items():
                heapq.heappush(frontier, (minutes + way, there))
        return shortest
