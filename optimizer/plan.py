"""What is decided: one `Plan`, in the wire names that other tools rely on.

Instants are naive wall-clock times of Europe/Paris in memory and carry their offset in JSON.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, PlainSerializer

from optimizer.clock import to_wall_clock, to_wire
from optimizer.frozen import Frozen

if TYPE_CHECKING:
    from optimizer.week import Week

Instant = Annotated[datetime, AfterValidator(to_wall_clock), PlainSerializer(to_wire, when_used="json")]


class Status(StrEnum):
    """What a solve ended with: `optimal` means that every gap is 0."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class ReservationKind(StrEnum):
    """Time kept for something that no mission names."""

    RECEPTION = "reception"
    URGENCY = "urgency"
    WRITING = "writing"
    COLLECTIVE = "collective"
    PREPARATION = "preparation"
    TRAVEL = "travel"


class Place(StrEnum):
    """Where a part is held: at a site, at the household's home (by zone), teleworking, or elsewhere."""

    SITE = "site"
    HOME = "home"
    TELEWORK = "telework"
    OUTSIDE = "outside"


class Reason(StrEnum):
    """Why something is late, queued or not done. docs/reasons.md has a sentence for each."""

    WAITING = "waiting"
    NO_PROFESSION = "no_profession"
    NO_PAIR = "no_pair"
    NO_ROOM = "no_room"
    OUTSIDE_OPENING_HOURS = "outside_opening_hours"
    NO_CAPACITY = "no_capacity"
    TOO_LONG = "too_long"
    FIXED_TIME_TAKEN = "fixed_time_taken"
    EVALUATION_ORDER = "evaluation_order"


class Assignment(Frozen):
    """One part of something with an id in the week; a meeting's row lists those who attend.

    `place` is `site`, `telework`, `outside` or `home:ZONE`.
    """

    mission_id: str
    professional_ids: tuple[str, ...]
    site_id: str | None = None
    room_id: str | None = None
    place: str = Place.SITE
    start: Instant
    end: Instant


class Reservation(Frozen):
    """Time kept free or taken by something that has no id. `travel` rows inform only."""

    kind: ReservationKind
    professional_ids: tuple[str, ...]
    site_id: str | None = None
    start: Instant
    end: Instant


class Referent(Frozen):
    """A case attributed by this plan."""

    case_id: str
    professional_id: str


class Queued(Frozen):
    """A request with its date after the horizon: nobody is refused."""

    mission_id: str
    date: date
    reason: Reason


class Unserved(Frozen):
    """Something not placed in the horizon, why, and the earliest date at which it could be."""

    mission_id: str
    reason: Reason
    earliest_date: date


class Level(Frozen):
    """One objective level: the judge's value, a valid lower bound, the relative and the absolute gap, in
    points."""

    name: str
    value: float
    bound: float
    gap: float
    absolute_gap: float

    @classmethod
    def of(cls, name: str, value: float, bound: float) -> "Level":
        """A level from its value and bound, gap = (value - bound) / max(1, value)."""
        absolute = value - bound
        return cls(name=name, value=value, bound=bound, gap=absolute / max(1.0, value), absolute_gap=absolute)


def status_of(levels: Iterable[Level]) -> Status:
    """What is proven of a plan that has these levels."""
    return Status.OPTIMAL if all(level.absolute_gap <= 0 for level in levels) else Status.FEASIBLE


class LeftOut(Frozen):
    """Services that contradict themselves, why, and what of theirs this plan does not plan."""

    services: tuple[str, ...]
    facts: tuple[str, ...]
    item_ids: tuple[str, ...]


class Checker(Frozen):
    """What the independent judge found."""

    passed: bool
    violations: tuple[str, ...] = ()


class Provenance(Frozen):
    """Where a plan comes from; `seconds` is null under a deterministic limit."""

    product_version: str
    solver_version: str
    engine: str
    seed: int
    time_limit_seconds: float | None
    deterministic: bool
    workers: int
    week_hash: str
    plan_hash: str
    seconds: float | None


def is_past(week: "Week", row: Assignment | Reservation) -> bool:
    """Whether something began before the `now` of a week that is planned again."""
    return week.horizon.now is not None and row.start < week.horizon.now


class Plan(Frozen):
    """Who does what, when and where; each mission, action and session is in exactly one of
    `assignments`, `queue` and `unserved`; only requests are in `queue`. What is `left_out` is in none: the
    plan is that of the week without these services."""

    schema_version: str = Field(default="1", pattern="^1$")
    status: Status
    levels: tuple[Level, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    referents: tuple[Referent, ...] = ()
    queue: tuple[Queued, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    indicators: dict[str, object] = Field(default_factory=dict)
    checker: Checker | None = None
    provenance: Provenance | None = None
