"""A composed team as it is written down: who stays, which posts are opened or closed, and what proves it."""

from collections.abc import Mapping

from pydantic import Field

from optimizer.frozen import Frozen
from optimizer.plan import Status
from optimizer.team import TeamRequest
from optimizer.values import Identifier
from optimizer.week import Professional
from optimizer.words import Profession


class OpenedPosts(Frozen):
    """Posts of one kind to open; `ids` of whoever would hold them in the plans."""

    profession: Profession
    service_id: Identifier
    site_id: Identifier
    pattern: Identifier
    quotite: int
    ids: tuple[Identifier, ...]


class ReachedByTeam(Frozen):
    """Level 1 of services planned together in a week, in points, against their target."""

    services: tuple[Identifier, ...]
    target: float
    value: float


class ReachedWeek(Frozen):
    """A demand week with the team: level 1 of its judged plan, in points, against its target.

    `floor`: what no team goes below, by a relaxation; `target`: what more posts than it takes reached, and
    the tolerance. It is reached when the whole is, and each of its `teams`: their bounds are each of their
    own. The hashes are those of the week with the team and of its plan.
    """

    name: str
    floor: float
    target: float
    value: float
    is_reached: bool
    teams: tuple[ReachedByTeam, ...] = ()
    week_hash: str
    plan_hash: str


class ShadowValue(Frozen):
    """What one more half-time post would keep of level 1 over all weeks, in points, and its cost a year."""

    profession: Profession
    service_id: Identifier
    points: float
    cost: int


class Shortage(Frozen):
    """Half-days of a profession that a week asks for, and those that the team has."""

    week: str
    profession: Profession
    service_id: Identifier
    needed: int
    covered: int


class OneGrade(Frozen):
    """What any team would cost at least if AS, CESF and ES were one: a simulation, of which no plan exists.

    `difference`: how much less than the bound of the real team, in euros a year.
    """

    bound: int
    difference: int
    is_simulation: bool = True


class TeamCost(Frozen):
    """Euros a year, and full-time posts, of a service's people."""

    services: tuple[Identifier, ...]
    cost: int
    bound: int
    posts: float


class ComposedTeam(Frozen):
    """The whole answer; money in euros a year."""

    schema_version: str = "1"
    status: Status
    cost: int
    bound: int
    gap: float
    absolute_gap: int
    posts: float
    present_posts: float
    present_cost: int
    kept: tuple[Identifier, ...]
    closed: tuple[Identifier, ...]
    opened: tuple[OpenedPosts, ...]
    services: tuple[TeamCost, ...]
    weeks: tuple[ReachedWeek, ...]
    people: tuple[Professional, ...]
    shadow_values: tuple[ShadowValue, ...] = ()
    shadow_of: str = ""
    shortages: tuple[Shortage, ...] = ()
    one_grade: OneGrade | None = None
    notes: tuple[str, ...] = ()
    request: TeamRequest
    provenance: Mapping[str, object] = Field(default_factory=dict)
