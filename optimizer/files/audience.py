"""For whom an output is written: the planner, a team, its manager or one person."""

from dataclasses import dataclass
from enum import StrEnum

from optimizer.errors import Problem, UnusableInput
from optimizer.week import Week
from optimizer.words import Profession, ServiceKind


class Reach(StrEnum):
    """How much an audience sees."""

    WHOLE = "whole"
    TEAM = "team"
    MANAGER = "manager"
    PERSON = "person"


@dataclass(frozen=True)
class Team:
    """A service and the people shown on its sheet, in the order of the sheet."""

    service_id: str
    kind: ServiceKind
    member_ids: tuple[str, ...]


@dataclass(frozen=True)
class Audience:
    """Who reads an output; `kinds` are the services whose rows they may read."""

    name: str | None
    reach: Reach
    teams: tuple[Team, ...]
    kinds: frozenset[ServiceKind]

    @property
    def is_whole(self) -> bool:
        """The planner alone sees everything."""
        return self.reach is Reach.WHOLE

    @property
    def is_sector(self) -> bool:
        """Whether the rules of a sector output apply: no household, no evaluation, no contract."""
        return not self.is_whole and ServiceKind.SECTEUR in self.kinds

    @property
    def member_ids(self) -> frozenset[str]:
        """Everybody shown."""
        return frozenset(member for team in self.teams for member in team.member_ids)

    @property
    def marking(self) -> str:
        """What every page of the output says about who may read it."""
        if self.is_whole:
            return "CONFIDENTIEL : réservé au planificateur"
        if self.reach is Reach.TEAM:
            return f"Feuille de l'équipe {self.name}"
        if self.reach is Reach.MANAGER:
            return f"Réservé au cadre de l'équipe ({self.name})"
        return f"Feuille personnelle de {self.name}, réservée à cette personne et à son cadre"


def resolve(week: Week, name: str | None) -> Audience:
    """The audience that a service id, a professional id or nothing (the planner) stands for.

    A professional who is CT reads the manager's version of their teams.
    """
    if name is None:
        return Audience(None, Reach.WHOLE, _teams(week, list(week.kind_of_service)), frozenset(ServiceKind))
    person = week.professional.get(name)
    if (name in week.kind_of_service) == (person is not None):
        raise UnusableInput([_unknown(week, name)])
    if person is None:
        return Audience(name, Reach.TEAM, _teams(week, [name]), frozenset({week.kind_of_service[name]}))
    kinds = week.kinds_served_by(person)
    if person.profession is Profession.CT:
        return Audience(name, Reach.MANAGER, _teams(week, list(person.service_ids)), kinds)
    own = Team(person.service_ids[0], week.kind_of_service[person.service_ids[0]], (name,))
    return Audience(name, Reach.PERSON, (own,), kinds)


def _teams(week: Week, service_ids: list[str]) -> tuple[Team, ...]:
    return tuple(
        Team(service, week.kind_of_service[service], _members(week, service)) for service in service_ids
    )


def _members(week: Week, service_id: str) -> tuple[str, ...]:
    professions = list(Profession)
    members = [person for person in week.professionals if service_id in person.service_ids]
    members.sort(key=lambda person: (professions.index(person.profession), person.id))
    return tuple(person.id for person in members)


def _unknown(week: Week, name: str) -> Problem:
    if name in week.kind_of_service:
        found = f"{name!r} est à la fois un service et un professionnel"
    else:
        found = f"destinataire {name!r} inconnu"
    services = ", ".join(sorted(week.kind_of_service))
    people = ", ".join(sorted(week.professional))
    return Problem("--for", found, f"un service ({services}) ou un professionnel ({people})")
