"""The tables. Instants are kept in UTC; documents are JSON texts, which no query looks into."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from api.words import DeliveryState, State

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant with its zone in memory, in UTC without it in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """In UTC, without a zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """With its zone again."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """What all tables share: names of constraints, and how a type of Python is kept."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Instant, str: Text}  # noqa: RUF012


class Tenant(Table):
    """Whose data is whose: nothing crosses from one to another.

    `last_served_at` is when a runner last took one of its jobs.
    """

    __tablename__ = "tenants"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_served_at: Mapped[datetime | None]


class Key(Table):
    """A key, of which only a prefix and a hash are kept; `audience` limits it to a service or a person."""

    __tablename__ = "keys"
    id: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id"), index=True)
    prefix: Mapped[str] = mapped_column(unique=True)
    secret_hash: Mapped[str]
    name: Mapped[str]
    scopes: Mapped[str]
    audience: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class StoredWeek(Table):
    """A week, which never changes; `parent_id` is the one that events made it of."""

    __tablename__ = "weeks"
    __table_args__ = (
        UniqueConstraint("tenant_id", "content_hash"),
        Index("ix_weeks_order", "tenant_id", "created_at", "id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id"))
    content_hash: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("weeks.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    content: Mapped[str] = mapped_column(deferred=True)


class Job(Table):
    """A job and who holds it: `attempt` is the token that whatever its runner writes must name.

    `failures` counts the attempts that ended without an answer; `revision` grows whenever a reader would see
    a difference; `derived_from` names the job whose request this one's was made of, which may be gone;
    `published_at` and `published_by` say when its plan was published, and with which key.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_queue", "state", "created_at", "id"),
        Index("ix_jobs_order", "tenant_id", "created_at", "id"),
        Index("ix_jobs_published", "tenant_id", "published_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id"))
    kind: Mapped[str]
    week_id: Mapped[str | None]
    request: Mapped[str] = mapped_column(deferred=True)
    derived_from: Mapped[str | None]
    workers: Mapped[int]
    state: Mapped[str] = mapped_column(default=State.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    is_stop_wished: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    status: Mapped[str | None]
    problem: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]


class JobEvent(Table):
    """Something that happened to a job; numbers grow by one within a job."""

    __tablename__ = "job_events"
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    data: Mapped[str]


class Result(Table):
    """What a job found: a plan of the week `week_id`, another answer, the reasons of a no."""

    __tablename__ = "results"
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    week_id: Mapped[str | None]
    levels: Mapped[str]
    reasons: Mapped[str]
    answer: Mapped[str | None] = mapped_column(deferred=True)
    plan: Mapped[str | None] = mapped_column(deferred=True)


class Idempotency(Table):
    """The job that was made of a request with an `Idempotency-Key`, and what was asked."""

    __tablename__ = "idempotency"
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]


class Webhook(Table):
    """Where a tenant is told how its jobs end; the secret before the last signs until `previous_until`."""

    __tablename__ = "webhooks"
    __table_args__ = (Index("ix_webhooks_order", "tenant_id", "created_at", "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id"))
    url: Mapped[str]
    events: Mapped[str]
    is_enabled: Mapped[bool] = mapped_column(default=True)
    disabled_reason: Mapped[str | None]
    secret: Mapped[str] = mapped_column(deferred=True)
    previous_secret: Mapped[str | None] = mapped_column(deferred=True)
    previous_until: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    last_delivered_at: Mapped[datetime | None]


class Delivery(Table):
    """A message to a webhook, tried until it is delivered or given up.

    `attempts` is the token of its sender; `failures` counts since it was first sent, or sent again by hand.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_due", "state", "due_at"),
        Index("ix_deliveries_order", "webhook_id", "created_at", "id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    type: Mapped[str]
    job_id: Mapped[str | None]
    payload: Mapped[str]
    state: Mapped[str] = mapped_column(default=DeliveryState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    status_code: Mapped[int | None]
    error: Mapped[str | None]


class Audit(Table):
    """Who did what, to which id, when; no content."""

    __tablename__ = "audit"
    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id"), index=True)
    key_id: Mapped[str | None]
    action: Mapped[str]
    object_id: Mapped[str | None]


class RdvConnection(Table):
    """An organisation of RDV-Solidarités that tells what changes; the secret signs what it says."""

    __tablename__ = "rdv_connections"
    id: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id"), index=True)
    name: Mapped[str]
    secret: Mapped[str] = mapped_column(deferred=True)
    created_at: Mapped[datetime]
    received_at: Mapped[datetime | None]


class RdvItem(Table):
    """The last that was said of one thing, and when; without content it is there no more.

    `until` is when it is over, where that is known.
    """

    __tablename__ = "rdv_items"
    connection_id: Mapped[str] = mapped_column(
        ForeignKey("rdv_connections.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    content: Mapped[str | None]
