"""A team to compose, as data: who may be in it, what is asked of it, what limits it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from optimizer.team import TeamRules
from optimizer.week import Professional, Week, Window
from optimizer.words import WEEKDAY_NAMES, Profession, ServiceKind

CUT = 13 * 60
"""The minute of the day that parts morning and afternoon where presence is counted."""


@dataclass(frozen=True)
class Column:
    """People alike, who may be so many: someone present (`post` None), or a post; euros a year for each."""

    person: Professional
    post: str | None
    least: int
    most: int
    cost: int


@dataclass(frozen=True)
class Limit:
    """Between `least` and `most` for a sum of some columns; a French sentence says of what."""

    terms: tuple[tuple[str, int], ...]
    least: int | None
    most: int | None
    sentence: str


@dataclass(frozen=True)
class TeamProblem:
    """One team to compose: its columns, its demand weeks with everybody in them, its limits, and the services
    whose rules are its own."""

    name: str
    columns: tuple[Column, ...]
    weeks: tuple[Week, ...]
    limits: tuple[Limit, ...]
    rules: TeamRules
    forgiven: frozenset[str] = frozenset()
    two_professions: bool = True
    services: frozenset[str] = frozenset()


Opened = tuple[str, str, int, int, tuple[str, ...]]
"""A service, a weekday, a half of it, how many AS its open sites ask for, and which columns are there."""


def openings(problem: TeamProblem) -> Iterator[Opened]:
    """The half-days in which sites of a sector team are open to the public."""
    week = problem.weeks[0]
    able = [
        column.person
        for column in problem.columns
        if column.person.profession is Profession.AS and column.most
    ]
    for service in (one.id for one in week.services if one.kind is ServiceKind.SECTEUR):
        if service not in problem.services:
            continue
        mine = [person for person in able if service in person.service_ids]
        sites = [site for site in week.sites if service in site.service_ids and site.opening]
        for day, half in ((day, half) for day in WEEKDAY_NAMES[:5] for half in (0, 1)):
            if opened := sum(_is_there(site.opening, day, half) for site in sites):
                there = tuple(one.id for one in mine if _is_there(one.windows, day, half))
                yield service, day, half, opened, there


def keeps_limits(problem: TeamProblem, team: Mapping[str, int]) -> bool:
    """Whether a team keeps the limits asked for, and has its AS wherever it is open."""
    for column in problem.columns:
        if not column.least <= team.get(column.person.id, 0) <= column.most:
            return False
    for limit in problem.limits:
        reached = sum(times * team.get(who, 0) for who, times in limit.terms)
        if limit.least is not None and reached < limit.least:
            return False
        if limit.most is not None and reached > limit.most:
            return False
    if not problem.rules.as_at_opening:
        return True
    return all(sum(team.get(id_, 0) for id_ in able) >= needed for *_, needed, able in openings(problem))


def _is_there(windows: Iterable[Window], day: str, half: int) -> bool:
    """Whether hours hold some of a half-day, cut at 13:00."""
    mine = (window.minutes for window in windows if window.day == day)
    return any(begin < CUT if half == 0 else end > CUT for begin, end in mine)
