"""What is given: one `Week`, that is a horizon of 1 to 8 weeks of a territory's social-work services.

Ids are the caller's pseudonyms. Durations are minutes on a 5-minute grid, intervals half-open, instants
naive wall-clock times of Europe/Paris. `release` and `due` are days, both included.
"""

from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator

from optimizer.catalogue import MissionType, catalogue
from optimizer.clock import Calendar, minute_of_day
from optimizer.errors import WeekProblems, WrongValue
from optimizer.frozen import Frozen
from optimizer.organisation import Organisation
from optimizer.values import ClockTime, Day, Duration, Identifier, Instant, Minutes
from optimizer.words import Aptitude, Profession, RoomKind, ServiceKind, Urgency


class Weekday(StrEnum):
    """A day that may be worked."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"


WEEKDAYS = tuple(Weekday)


class Window(Frozen):
    """Hours of one weekday, half-open."""

    day: Weekday
    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "Window":
        """A window lasts at least one grid step."""
        if self.end <= self.start:
            found = f"{self.start:%H:%M}-{self.end:%H:%M}"
            raise WrongValue(found, "des heures qui finissent après avoir commencé")
        return self

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end in minutes since midnight."""
        return minute_of_day(self.start), minute_of_day(self.end)


def _apart(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    ordered = sorted(windows, key=lambda window: (WEEKDAYS.index(window.day), window.start))
    for before, after in pairwise(ordered):
        if before.day == after.day and after.start < before.end:
            found = f"{before.start:%H:%M}-{before.end:%H:%M} et {after.start:%H:%M}-{after.end:%H:%M}"
            raise WrongValue(found, "des heures d'un même jour qui ne se chevauchent pas")
    return tuple(ordered)


Windows = Annotated[tuple[Window, ...], AfterValidator(_apart)]


class Horizon(Frozen):
    """The days to plan. The first week is the one to publish; the later ones give dates.

    `now`, in a week that is re-planned: what begins before it is past, and no slot is looked for there.
    """

    first_day: Day
    weeks: int = Field(ge=1, le=8)
    now: Instant | None = Field(default=None, exclude_if=lambda now: now is None)

    @field_validator("first_day")
    @classmethod
    def first_day_is_a_monday(cls, day: date) -> date:
        """A week begins on a Monday."""
        if day.weekday() != 0:
            raise WrongValue(f"{day:%d/%m/%Y}, qui n'est pas un lundi", "un lundi")
        return day


class Closing(Frozen):
    """A stretch of time when nobody uses a room, from `start` on; until the end of the horizon without
    `end`."""

    start: Instant
    end: Instant | None = None

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "Closing":
        """A room that closes stays so for one grid step at least."""
        if self.end is not None and self.end <= self.start:
            found = f"du {self.start:%d/%m/%Y %H:%M} au {self.end:%d/%m/%Y %H:%M}"
            raise WrongValue(found, "une fin après le début")
        return self

    def is_during(self, start: datetime, end: datetime) -> bool:
        """Whether it takes some time of a stretch."""
        return self.start < end and (self.end is None or start < self.end)


class Room(Frozen):
    """A room of a site; `seats` is informative; nobody uses it while it is `closed`."""

    id: Identifier
    kind: RoomKind
    seats: int = Field(default=1, ge=1)
    closed: tuple[Closing, ...] = Field(default=(), exclude_if=lambda closed: not closed)

    def is_open(self, start: datetime, end: datetime) -> bool:
        """Whether it may be used during a stretch of time."""
        return not any(closing.is_during(start, end) for closing in self.closed)


class Site(Frozen):
    """A place of work, lent when it houses no service; `opening` holds the public's hours (reception and
    appointments)."""

    id: Identifier
    label: str = ""
    zone: Identifier
    service_ids: tuple[Identifier, ...]
    opening: Windows = ()
    rooms: tuple[Room, ...] = ()


class Service(Frozen):
    """A service of the département; its kind decides which missions are its own.

    `covered_site_ids`: the sites whose households and requests it receives; empty, those that list it.
    """

    id: Identifier
    kind: ServiceKind
    covered_site_ids: tuple[Identifier, ...] = ()


class Travel(Frozen):
    """Minutes between two zones, both ways."""

    from_zone: Identifier
    to_zone: Identifier
    minutes: Minutes


class Professional(Frozen):
    """Someone who works here. `grade` is shown and read by no rule; `quotite` is in percent of full time; the
    households of somebody who `hands_over`, for a long absence, are attributed to others."""

    id: Identifier
    profession: Profession
    grade: str | None = None
    service_ids: tuple[Identifier, ...] = Field(min_length=1)
    site_id: Identifier
    quotite: int = Field(ge=1, le=100)
    windows: Windows
    telework_days: tuple[Weekday, ...] = ()
    dossiers: int = Field(default=0, ge=0)
    isic_days_done: int = Field(default=0, ge=0)
    departure: Day | None = None
    hands_over: bool = Field(default=False, exclude_if=lambda hands_over: not hands_over)

    @field_validator("profession", mode="before")
    @classmethod
    def a_grade_is_no_profession(cls, value: object) -> object:
        """`assistant socio-éducatif` is a grade shared by AS, CESF and ES (proposition 5)."""
        if isinstance(value, str) and "socio" in value.lower():
            raise WrongValue(
                f"« {value[:40]} », qui est un grade et non un métier",
                "le diplôme : AS, CESF ou ES (ces métiers partagent le grade sans être interchangeables ; "
                "le grade va dans « grade »)",
            )
        return value

    @field_validator("quotite", mode="before")
    @classmethod
    def a_fraction_is_a_share_of_full_time(cls, value: object) -> object:
        """0.8 and 80 both mean 80 %; 1 is a full time."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 100:
            return value
        return round(value * 100 if value <= 1 else value)


class Span(Frozen):
    """A stretch of time during which someone cannot be planned."""

    professional_id: Identifier
    start: Instant
    end: Instant

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "Span":
        """A span lasts at least one grid step."""
        if self.end <= self.start:
            found = f"du {self.start:%d/%m/%Y %H:%M} au {self.end:%d/%m/%Y %H:%M}"
            raise WrongValue(found, "une fin après le début")
        return self


class Case(Frozen):
    """A household under a pseudonymous key; `followers` accompanied it in the past."""

    id: Identifier
    site_id: Identifier
    referent_id: Identifier | None = None
    weight: int = Field(default=1, ge=1)
    zone: Identifier
    followers: tuple[Identifier, ...] = ()


class Mission(Frozen):
    """Something to do for a household or a request, at a site or at home.

    `professions` holds one entry a person wanted (empty: the catalogue's), `people` how many at once
    (`None`: the catalogue's). `reason` is optional and read by no rule (proposition 4).
    """

    id: Identifier
    type: str
    case_id: Identifier | None = None
    received: Day
    duration_minutes: Duration
    release: Day
    due: Day
    urgency: Urgency | None = None
    professions: tuple[Profession, ...] = Field(default=(), max_length=2)
    people: int | None = Field(default=None, ge=1, le=2)
    site_id: Identifier | None = None
    home_zone: Identifier | None = None
    fixed_start: Instant | None = None
    reason: str | None = Field(default=None, max_length=16)

    @model_validator(mode="after")
    def is_due_after_its_release(self) -> "Mission":
        """`release` and `due` are both included."""
        if self.due < self.release:
            found = f"au plus tard le {self.due:%d/%m/%Y}, au plus tôt le {self.release:%d/%m/%Y}"
            raise WrongValue(found, "une date au plus tard qui ne précède pas la date au plus tôt")
        return self

    @model_validator(mode="after")
    def has_one_place(self) -> "Mission":
        """A mission is held at a site or at home, not both."""
        if self.site_id and self.home_zone:
            raise WrongValue(f"le site {self.site_id} et le domicile en {self.home_zone}", "un seul lieu")
        return self


class ReceptionNeed(Frozen):
    """People at reception and hours kept free for urgencies, at one site on one weekday."""

    site_id: Identifier
    day: Weekday
    morning: int = Field(default=0, ge=0, le=50)
    afternoon: int = Field(default=0, ge=0, le=50)
    urgency_hours: int = Field(default=0, ge=0, le=50)


class CollectiveAction(Frozen):
    """A collective action and its leaders (one profession each), in a hall or outside.

    Dated (`fixed_start`) or free between `release` and `due`. Each leader prepares it for
    `preparation_minutes` beforehand. Sessions of one `series` are led by the same people if possible.
    `service_ids` names the services whose people may lead it; empty, those that cover its site.
    """

    id: Identifier
    type: str
    series: Identifier | None = None
    duration_minutes: Duration
    leaders: tuple[Profession, ...] = Field(min_length=1, max_length=4)
    service_ids: tuple[Identifier, ...] = ()
    site_id: Identifier | None = None
    room_id: Identifier | None = None
    release: Day
    due: Day
    fixed_start: Instant | None = None
    preparation_minutes: Minutes = 0


class Meeting(Frozen):
    """A meeting or a training session: of a whole service, of `seats` of its members, or of named people."""

    id: Identifier
    type: str
    service_id: Identifier | None = None
    seats: int | None = Field(default=None, ge=1)
    professional_ids: tuple[Identifier, ...] = ()
    site_id: Identifier | None = None
    duration_minutes: Duration
    fixed_start: Instant | None = None
    release: Day
    due: Day

    @model_validator(mode="after")
    def says_who_attends(self) -> "Meeting":
        """Either a service or named people."""
        if bool(self.service_id) == bool(self.professional_ids):
            raise WrongValue(
                "des participants mal définis", "soit un service, soit une liste de professionnels"
            )
        return self


class Pin(Frozen):
    """A decision already taken: this item is done by these people and, when given, at this instant."""

    item_id: Identifier
    professional_ids: tuple[Identifier, ...] = Field(min_length=1)
    start: Instant | None = None


class Week(Frozen):
    """The whole input of a plan."""

    schema_version: str = Field(default="1", pattern="^1$")
    horizon: Horizon
    services: tuple[Service, ...]
    sites: tuple[Site, ...]
    travel: tuple[Travel, ...] = ()
    professionals: tuple[Professional, ...] = Field(min_length=1)
    absences: tuple[Span, ...] = ()
    busy: tuple[Span, ...] = ()
    mission_types: tuple[MissionType, ...] = ()
    cases: tuple[Case, ...] = ()
    missions: tuple[Mission, ...] = ()
    reception: tuple[ReceptionNeed, ...] = ()
    actions: tuple[CollectiveAction, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    pins: tuple[Pin, ...] = ()
    organisation: Organisation = Organisation()

    @model_validator(mode="after")
    def holds_together(self) -> "Week":
        """Every cross-reference and separation of the data; all problems are told at once."""
        from optimizer.invariants import problems_of  # invariants read a Week: a cycle at import otherwise

        if problems := list(problems_of(self)):
            raise WeekProblems(problems)
        return self

    @cached_property
    def calendar(self) -> Calendar:
        """The days of the horizon."""
        horizon = self.horizon
        return Calendar(horizon.first_day, horizon.weeks, self.organisation.pentecost_worked)

    @cached_property
    def types(self) -> dict[str, MissionType]:
        """Every mission type in force, by code: the catalogue, as this week edits and completes it."""
        types = catalogue() | {kind.code: kind for kind in self.mission_types}
        if self.organisation.cesf_excluded_from_ip:
            return {code: _without_cesf(kind) if kind.ip else kind for code, kind in types.items()}
        return types

    @cached_property
    def site(self) -> dict[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def kind_of_service(self) -> dict[str, ServiceKind]:
        """Kind of each service, by service id."""
        return {service.id: service.kind for service in self.services}

    @cached_property
    def professional(self) -> dict[str, Professional]:
        """Professionals by id."""
        return {professional.id: professional for professional in self.professionals}

    @cached_property
    def case(self) -> dict[str, Case]:
        """Cases by id."""
        return {case.id: case for case in self.cases}

    @cached_property
    def mission(self) -> dict[str, Mission]:
        """Missions by id."""
        return {mission.id: mission for mission in self.missions}

    @cached_property
    def action(self) -> dict[str, CollectiveAction]:
        """Collective actions by id."""
        return {action.id: action for action in self.actions}

    @cached_property
    def meeting(self) -> dict[str, Meeting]:
        """Meetings and sessions by id."""
        return {meeting.id: meeting for meeting in self.meetings}

    def kinds_served_by(self, professional: Professional) -> frozenset[ServiceKind]:
        """The kinds of service someone works for."""
        return frozenset(self.kind_of_service[service] for service in professional.service_ids)


def _without_cesf(kind: MissionType) -> MissionType:
    return kind.model_copy(update={"matrix": kind.matrix | {Profession.CESF: Aptitude.NEVER}})
