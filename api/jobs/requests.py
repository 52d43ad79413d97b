"""What may be asked of a job, one model a kind; an unknown field is refused."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from api.words import Kind
from api.wrong_fields import WrongFields, both
from optimizer.frozen import Frozen
from optimizer.organisation import Organisation
from optimizer.team import TeamRequest
from optimizer.values import Duration, Identifier, Instant

LONGEST_LIMIT = 24 * 3600
MOST_WORKERS = 128
MOST_EVENTS = 200
Document = dict[str, object]
Seconds = Annotated[float, Field(gt=0, le=LONGEST_LIMIT)]


class Limits(Frozen):
    """What every job may be told: seconds, cores (by default 2, or as many as there are), a seed."""

    time_limit: Seconds = 60.0
    workers: int | None = Field(default=None, ge=1, le=MOST_WORKERS)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)


class AboutAPlan(Limits):
    """A job about a plan: that of another job, or one that is sent with it."""

    week_id: str
    plan_job_id: str | None = None
    plan: Document | None = None
    deterministic: bool = False

    @model_validator(mode="after")
    def plan_is_given_once(self) -> "AboutAPlan":
        """Two plans would leave it open which one is meant."""
        if self.plan_job_id is not None and self.plan is not None:
            raise both("plan_job_id", "plan")
        return self


class PlanRequest(Limits):
    """Plan a week."""

    kind: Literal[Kind.PLAN]
    week_id: str
    deterministic: bool = False
    engine: Literal["auto", "team", "departement"] = "auto"


# ------------------------------------------------------------ events of a re-plan


class AbsentEvent(Frozen):
    """Someone is absent from an instant to another."""

    event: Literal["absent"]
    professional_id: Identifier
    start: Instant
    end: Instant


class LeavesEvent(Frozen):
    """Someone's last day."""

    event: Literal["leaves"]
    professional_id: Identifier
    last_day: date


class HandsOverEvent(Frozen):
    """Someone away for long: households that they follow are attributed to others."""

    event: Literal["hands_over"]
    professional_id: Identifier


class AddedEvent(Frozen):
    """A mission more, of which an id and a type are enough."""

    event: Literal["added"]
    mission: Document


class DroppedEvent(Frozen):
    """A mission or an action that is no longer to be done."""

    event: Literal["dropped"]
    item_id: Identifier


class LastsEvent(Frozen):
    """Something that lasts another time."""

    event: Literal["lasts"]
    item_id: Identifier
    minutes: Duration


class MissedEvent(Frozen):
    """An appointment that did not take place, to be placed again."""

    event: Literal["missed"]
    item_id: Identifier


class MeetingMovedEvent(Frozen):
    """A meeting at another time."""

    event: Literal["meeting_moved"]
    meeting_id: Identifier
    start: Instant


class RoomClosedEvent(Frozen):
    """A room that nobody may use, from `start` (or now) to `end` (or for good)."""

    event: Literal["room_closed"]
    room_id: Identifier
    start: Instant | None = None
    end: Instant | None = None


EventRequest = Annotated[
    AbsentEvent
    | LeavesEvent
    | HandsOverEvent
    | AddedEvent
    | DroppedEvent
    | LastsEvent
    | MissedEvent
    | MeetingMovedEvent
    | RoomClosedEvent,
    Field(discriminator="event"),
]


class ReplanRequest(AboutAPlan):
    """Plan again after events, the least disturbed; `now` is the first instant that may still change."""

    kind: Literal[Kind.REPLAN]
    time_limit: Seconds = 30.0
    events: tuple[EventRequest, ...] = Field(min_length=1, max_length=MOST_EVENTS)
    now: Instant | None = None

    @model_validator(mode="after")
    def there_is_a_plan(self) -> "ReplanRequest":
        """Nothing else can be planned again."""
        if self.plan_job_id is None and self.plan is None:
            raise WrongFields("aucun plan", "plan_job_id ou plan", "no plan: plan_job_id or plan is needed")
        return self


class ExplainRequest(AboutAPlan):
    """Why an item is where it is; without one, what waits; without a plan, why a week contradicts itself.

    With `exact`, the first changes that would serve the item are priced with all planned again, with each and
    without, `time_limit` seconds a plan.
    """

    kind: Literal[Kind.EXPLAIN]
    time_limit: Seconds = 15.0
    item_id: Identifier | None = None
    exact: bool = False

    @model_validator(mode="after")
    def an_item_has_a_plan(self) -> "ExplainRequest":
        """An item is explained in a plan."""
        if self.item_id is not None and self.plan_job_id is None and self.plan is None:
            raise WrongFields(
                "item_id sans plan",
                "plan_job_id ou plan",
                "item_id without a plan: plan_job_id or plan",
            )
        if self.exact and self.item_id is None:
            raise WrongFields(
                "exact sans élément",
                "item_id, l'élément dont chiffrer les changements",
                "exact without item_id, the item whose changes are priced",
            )
        return self


class ComposeRequest(Limits):
    """The team that demand weeks need."""

    kind: Literal[Kind.COMPOSE]
    week_ids: tuple[str, ...] = Field(min_length=1, max_length=60)
    request: TeamRequest = TeamRequest()


class CompareRequest(Limits):
    """One week under several organisations; figures alone come out."""

    kind: Literal[Kind.COMPARE]
    week_id: str
    organisations: dict[Identifier, Organisation] = Field(min_length=2, max_length=10)
    deterministic: bool = False


JobRequest = Annotated[
    PlanRequest | ReplanRequest | ExplainRequest | ComposeRequest | CompareRequest,
    Field(discriminator="kind"),
]
AnyRequest: TypeAdapter[JobRequest] = TypeAdapter(JobRequest)
MODELS: dict[Kind, type[Limits]] = {
    Kind.PLAN: PlanRequest,
    Kind.REPLAN: ReplanRequest,
    Kind.EXPLAIN: ExplainRequest,
    Kind.COMPOSE: ComposeRequest,
    Kind.COMPARE: CompareRequest,
}


def weeks_named(request: JobRequest) -> tuple[str, ...]:
    """The weeks that a job is about."""
    return request.week_ids if isinstance(request, ComposeRequest) else (request.week_id,)


def plan_job_named(request: JobRequest) -> str | None:
    """The job whose plan a job is about."""
    return request.plan_job_id if isinstance(request, AboutAPlan) else None
