"""What is kept of RDV-Solidarités: whatever a model here does not name is dropped as it is parsed.

Never kept: the persons of an appointment (`users`, `participations`), texts and names (`context`, `name`,
`title`, `instruction_for_rdv`), addresses, telephone numbers. The e-mail of an agent is read to be matched
and is in no document. Fields as in `app/blueprints` of betagouv/rdv-service-public at 2693798.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    AliasChoices,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from optimizer.clock import to_wall_clock
from optimizer.errors import WrongValue
from optimizer.files.recurrence import last_moment, rule_of
from optimizer.values import YEARS, Day

OUR_TITLE = "Indisponible [pv]"
"""The title of the absences that this product writes, by which it finds them again: it says nothing."""
DAYS = "(?:MO|TU|WE|TH|FR|SA|SU)"
BY_DAY = rf"BYDAY=(?:-?\d)?{DAYS}(?:,{DAYS})*"
PART = rf"(?:FREQ=(?:WEEKLY|MONTHLY)|INTERVAL=\d{{1,3}}|UNTIL=\d{{8}}(?:T\d{{6}}Z?)?|{BY_DAY})"
RULE = rf"^{PART}(?:;{PART})*;?$"
"""A rule of recurrence as RDV-Solidarités writes them: it has no room for a text."""
LARGEST_ID = 2**63 - 1
A_YEAR = timedelta(days=366)


def _instant(value: object) -> object:
    """`2026-01-05 08:00:00 +0100`, as its documents write it, or ISO 8601."""
    if not isinstance(value, str):
        return value
    return datetime.fromisoformat(value.replace(" UTC", "+00:00"))


def _of_this_century(instant: datetime) -> datetime:
    if instant.year not in YEARS:
        raise WrongValue(f"année {instant.year}", f"une année de {YEARS.start} à {YEARS.stop - 1}")
    return instant


def _of_the_wall(moment: time) -> time:
    if moment.tzinfo is not None:
        raise WrongValue("une heure avec un décalage", "une heure de Paris, HH:MM")
    return moment


def _is_ours(value: object) -> bool:
    return value is True or value == OUR_TITLE


def _last_of(rule: str) -> datetime | None:
    """The last moment of a rule, on the clock of Paris."""
    until = rule_of(rule).until
    moment = last_moment(until)
    return to_wall_clock(moment.replace(tzinfo=UTC)) if moment and until.endswith("Z") else moment


def _ends_in_reach(rule: str) -> str:
    last = _last_of(rule)
    if last is not None:
        _of_this_century(last)
    return rule


RuleText = Annotated[str, Field(max_length=200, pattern=RULE), AfterValidator(_ends_in_reach)]
Moment = Annotated[AwareDatetime, BeforeValidator(_instant), AfterValidator(_of_this_century)]


WallTime = Annotated[time, AfterValidator(_of_the_wall)]


class Status(StrEnum):
    """What became of an appointment."""

    UNKNOWN = "unknown"
    SEEN = "seen"
    EXCUSED = "excused"
    REVOKED = "revoked"
    NOSHOW = "noshow"


CANCELLED = frozenset({Status.EXCUSED, Status.REVOKED})
"""Cancelled by the person or by the service: the time is free again. That of a no-show was taken."""


class Reference(BaseModel):
    """Something by its id alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)
    id: int = Field(ge=1, le=LARGEST_ID)

    @property
    def until(self) -> datetime | None:
        """When it is over, on the clock of Paris; `None` when that is not known."""
        return None


class Organisation(Reference):
    """An organisation."""


class Motif(Reference):
    """A kind of appointment."""


class Lieu(Reference):
    """A place."""


class Agent(Reference):
    """An agent; the e-mail is for matching alone and leaves with no document."""

    email: str | None = Field(default=None, exclude=True, repr=False)


class Repeating(Reference):
    """Hours of an agent, once or again and again."""

    agent: Reference
    first_day: Day
    start_time: WallTime
    end_time: WallTime
    rrule: RuleText | None = None

    @property
    def last_day(self) -> date:
        """The last day of its first occurrence."""
        return self.first_day

    @property
    def until(self) -> datetime | None:
        """The end of its last occurrence."""
        if self.rrule is None:
            return datetime.combine(self.last_day, self.end_time)
        return _last_of(self.rrule)


class PlageOuverture(Repeating):
    """Hours when an agent may be booked."""


class Absence(Repeating):
    """Hours when an agent may not be booked; `is_ours` when this product wrote it."""

    end_day: Day | None = None
    is_ours: Annotated[bool, BeforeValidator(_is_ours)] = Field(
        default=False, validation_alias=AliasChoices("is_ours", "title")
    )

    @model_validator(mode="after")
    def each_time_is_short(self) -> "Absence":
        """What comes again is over within a year each time."""
        if self.rrule is not None and self.last_day - self.first_day > A_YEAR:
            raise WrongValue("une récurrence de plus d'un an chaque fois", "une fin dans l'année")
        return self

    @property
    def last_day(self) -> date:
        """The last day of its first occurrence."""
        return self.end_day or self.first_day


class Rdv(Reference):
    """An appointment, without whoever comes."""

    status: Status
    starts_at: Moment
    ends_at: Moment
    motif: Reference | None = None
    agents: tuple[Reference, ...] = ()
    lieu: Reference | None = None

    @property
    def until(self) -> datetime | None:
        """Its end."""
        return to_wall_clock(self.ends_at)
