"""Whose team an item is, as the judge reads it (docs/semantics.md, section 3)."""

from collections.abc import Iterable
from functools import cached_property

from optimizer.reading.places import Places
from optimizer.week import Case, CollectiveAction, Mission, Professional, Week
from optimizer.words import ServiceKind


class Teams:
    """The services of each item, household and person."""

    def __init__(self, week: Week, places: Places) -> None:
        self.week, self.places = week, places
        self._found: dict[str, frozenset[str]] = {}

    @cached_property
    def _covers(self) -> dict[str, set[str]]:
        """By site: the services that cover it."""
        covers: dict[str, set[str]] = {site.id: set() for site in self.week.sites}
        for service in self.week.services:
            listed = [site.id for site in self.week.sites if service.id in site.service_ids]
            for site_id in service.covered_site_ids or listed:
                covers.setdefault(site_id, set()).add(service.id)
        return covers

    @cached_property
    def _all(self) -> dict[ServiceKind, frozenset[str]]:
        kinds = self.week.kind_of_service
        return {kind: frozenset(id_ for id_ in kinds if kinds[id_] is kind) for kind in ServiceKind}

    def _at(self, kind: ServiceKind, site_id: str | None) -> frozenset[str]:
        return self._all[kind] & self._covers.get(site_id or "", set())

    def of(self, item: Mission | CollectiveAction | None) -> frozenset[str]:
        """The services whose people alone do an item; empty when everybody may."""
        if item is None or item.type not in self.week.types:
            return frozenset()
        if item.id not in self._found:
            self._found[item.id] = (
                self._of_mission(item) if isinstance(item, Mission) else self._of_action(item)
            )
        return self._found[item.id]

    def _of_mission(self, mission: Mission) -> frozenset[str]:
        kind = self.week.types[mission.type]
        if kind.owner is None:
            return frozenset()
        case = self.week.case.get(mission.case_id) if mission.case_id else None
        place = self.places.of_mission(mission, kind)
        of_the_household = self._at(kind.owner, case.site_id) if case else None
        of_the_place = self._at(kind.owner, place.site_id) if place else None
        return of_the_household or of_the_place or self._all[kind.owner]

    def _of_action(self, action: CollectiveAction) -> frozenset[str]:
        kind = self.week.types[action.type]
        if action.service_ids:
            return frozenset(action.service_ids)
        if kind.owner is None:
            return frozenset()
        return self._at(kind.owner, action.site_id) or self._all[kind.owner]

    def of_case(self, case: Case) -> frozenset[str]:
        """The sector teams of a household."""
        return self._at(ServiceKind.SECTEUR, case.site_id) or self._all[ServiceKind.SECTEUR]

    def _has_sector_site(self, case: Case) -> bool:
        return ServiceKind.SECTEUR in self.places.kinds_at.get(case.site_id, ())

    def first(self, person: Professional, kind: ServiceKind) -> str | None:
        """The service of a kind in which someone is counted: the first of theirs."""
        own = [id_ for id_ in person.service_ids if self.week.kind_of_service.get(id_) is kind]
        return own[0] if own else None

    @cached_property
    def _circle(self) -> dict[str, frozenset[str]]:
        """By service: those counted with it, because something belongs to both, step by step."""
        households = (case for case in self.week.cases if self._has_sector_site(case))
        shared = {self.of(mission) for mission in self.week.missions} | set(map(self.of_case, households))
        circle = {service.id: frozenset((service.id,)) for service in self.week.services}
        for services in shared:
            joined = frozenset[str]().union(*(circle[id_] for id_ in services))
            circle |= dict.fromkeys(joined, joined)
        return circle

    def circle(self, service_id: str) -> frozenset[str]:
        """The services counted with one."""
        return self._circle[service_id]

    def circles(self, people: Iterable[Professional], kind: ServiceKind) -> list[list[Professional]]:
        """People by the services with which they are counted."""
        found: dict[frozenset[str], list[Professional]] = {}
        for person in people:
            if first := self.first(person, kind):
                found.setdefault(self._circle[first], []).append(person)
        return list(found.values())
