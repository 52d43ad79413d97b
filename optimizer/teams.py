"""Whose team an item is: the services of its type's kind that cover its household's site, or its own.

The model's own statement of docs/semantics.md, section 3; the judge has another (`optimizer.reading.teams`).
"""

from collections.abc import Callable, Iterable
from functools import cached_property

from optimizer.groups import Groups
from optimizer.week import Case, CollectiveAction, Mission, Professional, Week
from optimizer.words import ServiceKind

Team = tuple[str, ...]
"""Services of one kind, in file order."""


class Teams:
    """The services that items and people belong to."""

    def __init__(self, week: Week, held_at: Callable[[Mission], str | None]) -> None:
        """`held_at` tells the site of a mission, None for one held elsewhere."""
        self.week, self.held_at = week, held_at
        self._known: dict[tuple[ServiceKind, tuple[str, ...]], Team] = {}

    @cached_property
    def _covering(self) -> dict[tuple[ServiceKind, str], Team]:
        """By kind and site: the services that cover the site."""
        listed: dict[str, list[str]] = {}
        for site in self.week.sites:
            for service_id in site.service_ids:
                listed.setdefault(service_id, []).append(site.id)
        found: dict[tuple[ServiceKind, str], Team] = {}
        for service in self.week.services:
            for site_id in dict.fromkeys(service.covered_site_ids or listed.get(service.id, ())):
                found[service.kind, site_id] = (*found.get((service.kind, site_id), ()), service.id)
        return found

    @cached_property
    def _listed(self) -> set[tuple[ServiceKind, str]]:
        """The kinds of service that each site lists."""
        kinds = self.week.kind_of_service
        return {
            (kinds[name], site.id) for site in self.week.sites for name in site.service_ids if name in kinds
        }

    @cached_property
    def of_kind(self) -> dict[ServiceKind, Team]:
        """All the services of each kind."""
        found: dict[ServiceKind, Team] = {}
        for service in self.week.services:
            found[service.kind] = (*found.get(service.kind, ()), service.id)
        return found

    def near(self, kind: ServiceKind, sites: Iterable[str | None]) -> Team:
        """The services of a kind that cover the first of some sites that any covers, else all of the kind."""
        asked = tuple(site for site in sites if site)
        if (kind, asked) not in self._known:
            covering = (self._covering.get((kind, site)) for site in asked)
            self._known[kind, asked] = next(filter(None, covering), self.of_kind.get(kind, ()))
        return self._known[kind, asked]

    def of_mission(self, mission: Mission) -> Team | None:
        """The team of a mission; None when its type is open to every service."""
        kind = self.week.types[mission.type].owner
        case = self.week.case.get(mission.case_id or "")
        if kind is None:
            return None
        return self.near(kind, (case.site_id if case else None, self.held_at(mission)))

    def of_action(self, action: CollectiveAction) -> Team | None:
        """The team of a collective action; None when anybody may lead it."""
        kind = self.week.types[action.type].owner
        if action.service_ids or kind is None:
            return action.service_ids or None
        return self.near(kind, (action.site_id,))

    def of_case(self, case: Case) -> Team:
        """The sector teams of which a household's referent is."""
        return self.near(ServiceKind.SECTEUR, (case.site_id,))

    def own(self, person: Professional, kind: ServiceKind) -> str | None:
        """The first of someone's services of a kind: where their share of the work is counted."""
        return next((id_ for id_ in person.service_ids if self.week.kind_of_service[id_] is kind), None)

    def circle(self, service_id: str) -> str:
        """The name of a circle: services of a kind that some item or household both belongs to."""
        return self._circles.name(service_id)

    def circle_of(self, person: Professional, kind: ServiceKind) -> str | None:
        """The circle in which someone is counted for a kind of service."""
        own = self.own(person, kind)
        return None if own is None else self.circle(own)

    @cached_property
    def _circles(self) -> Groups[str]:
        circles: Groups[str] = Groups()
        sector = {site for kind, site in self._listed if kind is ServiceKind.SECTEUR}
        households = (case for case in self.week.cases if case.site_id in sector)
        teams = {*map(self.of_mission, self.week.missions), *map(self.of_case, households)}
        for team in sorted(team for team in teams if team):
            circles.join(team)
        return circles
