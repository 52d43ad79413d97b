"""The documents that the service answers with, beside those of the product."""

import json
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.problems import Trouble, document_of
from api.store.tables import Job, JobEvent, Key, RdvConnection, Result, StoredWeek
from api.words import ENDED, Kind, Scope, State
from optimizer.plan import Level, Status

Json = dict[str, object]


class Answer(BaseModel):
    """A document that leaves."""

    model_config = ConfigDict(frozen=True)


class WeekDocument(Answer):
    """A week that is kept; `parent_id` is the week that events or appointments made it of."""

    id: str = Field(examples=["week_0c2f5a7d9e1b3c4d5e6f"])
    content_hash: str
    parent_id: str | None
    created_at: datetime
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, week: StoredWeek, warnings: tuple[str, ...] = ()) -> "WeekDocument":
        """What is told of a week, without its content."""
        return cls(
            id=week.id,
            content_hash=week.content_hash,
            parent_id=week.parent_id,
            created_at=week.created_at,
            warnings=warnings,
        )


class JobDocument(Answer):
    """A job: where it is (`state`), and apart from that what it found (`status`).

    `derived_from` is the job whose request was changed into this one's, even where it is purged by now.
    """

    id: str = Field(examples=["job_0c2f5a7d9e1b3c4d5e6f"])
    kind: Kind
    week_id: str | None
    derived_from: str | None
    state: State
    status: Status | None
    is_stopping: bool
    workers: int
    attempt: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    published_at: datetime | None
    problem: Json | None

    @classmethod
    def of(cls, job: Job, is_english: bool = False, is_limited: bool = False) -> "JobDocument":
        """What is told of a job; a limited reader is not told what a problem says of people and items."""
        trouble = Trouble.model_validate_json(job.problem) if job.problem else None
        if trouble and is_limited:
            trouble = Trouble(code=trouble.code)
        return cls(
            id=job.id,
            kind=Kind(job.kind),
            week_id=job.week_id,
            derived_from=job.derived_from,
            state=State(job.state),
            status=Status(job.status) if job.status else None,
            is_stopping=job.is_stop_wished and State(job.state) not in ENDED,
            workers=job.workers,
            attempt=job.attempt,
            created_at=job.created_at,
            started_at=job.started_at,
            ended_at=job.ended_at,
            published_at=job.published_at,
            problem=document_of(trouble, is_english) if trouble else None,
        )


class ResultDocument(Answer):
    """What a job found: levels with their bounds, the reasons of a no, the answer of `explain`, `compose` or
    `compare`, and for a re-plan what moves; `week_id` is the week that its plan is for."""

    job_id: str
    status: Status | None
    week_id: str | None
    has_plan: bool
    levels: tuple[Level, ...]
    reasons: tuple[str, ...]
    answer: Json | None

    @classmethod
    def of(cls, job: Job, result: Result) -> "ResultDocument":
        """The whole result but for the plan, which has a route of its own."""
        return cls(
            job_id=job.id,
            status=Status(job.status) if job.status else None,
            week_id=result.week_id,
            has_plan=result.plan is not None,
            levels=levels_of(result),
            reasons=tuple(json.loads(result.reasons)),
            answer=json.loads(result.answer) if result.answer else None,
        )


class LevelGap(Answer):
    """How far a level may be from the best, for those who may not read its value."""

    name: str
    gap: float


class LevelsDocument(Answer):
    """The proof: value, bound and gap of each level."""

    status: Status | None
    levels: tuple[Level | LevelGap, ...]


class EventDocument(Answer):
    """Something that happened to a job."""

    number: int
    at: datetime
    kind: str = Field(examples=["levels"])
    data: Json

    @classmethod
    def of(cls, event: JobEvent) -> "EventDocument":
        """What is told of it."""
        return cls(number=event.number, at=event.at, kind=event.kind, data=json.loads(event.data))


class RdvConnectionDocument(Answer):
    """A connection with RDV-Solidarités: where it sends its webhooks, and how many things are known by it."""

    id: str = Field(examples=["rdv_0c2f5a7d9e1b3c4d5e6f"])
    name: str
    webhook: str = Field(examples=["/v1/rdv-solidarites/webhooks/rdv_0c2f5a7d9e1b3c4d5e6f"])
    created_at: datetime
    received_at: datetime | None
    items: dict[str, int]

    @classmethod
    def of(cls, connection: RdvConnection, items: dict[str, int]) -> "RdvConnectionDocument":
        """What is told of a connection, without its secret."""
        return cls(
            id=connection.id,
            name=connection.name,
            webhook=f"/v1/rdv-solidarites/webhooks/{connection.id}",
            created_at=connection.created_at,
            received_at=connection.received_at,
            items=items,
        )


class RdvConnectionWithSecret(RdvConnectionDocument):
    """A connection that was made, with its secret, which nothing can show again."""

    secret: str

    @classmethod
    def made(cls, connection: RdvConnection, secret: str) -> "RdvConnectionWithSecret":
        """What is told of it this once."""
        return cls(secret=secret, **dict(RdvConnectionDocument.of(connection, {})))


class RdvConnections(Answer):
    """The connections of a tenant."""

    items: tuple[RdvConnectionDocument, ...]


class WeekPage(Answer):
    """A page of weeks, the newest first; without `next_cursor` it is the last."""

    items: tuple[WeekDocument, ...]
    next_cursor: str | None


class JobPage(Answer):
    """A page of jobs, the newest first."""

    items: tuple[JobDocument, ...]
    next_cursor: str | None


class EventPage(Answer):
    """Events of a job, in order; `last` is where to go on from."""

    items: tuple[EventDocument, ...]
    last: int


class PublishedDocument(Answer):
    """A plan that is the published one of its week: of which job, since when, by which key."""

    job_id: str
    week_id: str | None
    published_at: datetime
    published_by: str | None

    @classmethod
    def of(cls, job: Job, week_id: str | None, is_whole: bool) -> "PublishedDocument":
        """What is told of it; by which key, to those alone who read whole plans."""
        assert job.published_at is not None
        by = job.published_by if is_whole else None
        return cls(job_id=job.id, week_id=week_id, published_at=job.published_at, published_by=by)


class PublishedPage(Answer):
    """A page of published plans, the last published first."""

    items: tuple[PublishedDocument, ...]
    next_cursor: str | None


class KeyDocument(Answer):
    """A key without its secret; `audience` is the service or the person that it is limited to."""

    id: str = Field(examples=["key_0c2f5a7d9e1b3c4d5e6f"])
    prefix: str
    name: str
    scopes: tuple[Scope, ...]
    audience: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, key: Key) -> "KeyDocument":
        """What is told of a key."""
        return cls(
            id=key.id,
            prefix=key.prefix,
            name=key.name,
            scopes=tuple(Scope(one) for one in key.scopes.split()),
            audience=key.audience,
            created_at=key.created_at,
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
            last_used_at=key.last_used_at,
        )


class KeyWithText(KeyDocument):
    """A key that was just made, with its text, which nothing can show again."""

    key: str = Field(examples=["pv_…"])

    @classmethod
    def made(cls, key: Key, text: str) -> "KeyWithText":
        """What is told of it this once."""
        return cls(key=text, **dict(KeyDocument.of(key)))


class KeyPage(Answer):
    """A page of keys, the newest first."""

    items: tuple[KeyDocument, ...]
    next_cursor: str | None


class ProblemDocument(Answer):
    """A problem (RFC 9457): `code` for programs, `errors` with the place of each fault."""

    type: str = Field(examples=["urn:polyvalence:problem:unusable_input"])
    title: str
    status: int
    detail: str | None = None
    code: str
    errors: tuple[Json, ...] = ()


def levels_of(result: Result) -> tuple[Level, ...]:
    """The levels of a result."""
    return tuple(Level.model_validate(level) for level in json.loads(result.levels))
