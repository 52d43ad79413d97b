"""The documents about webhooks; a secret leaves in the answer that made it, and in no other."""

from datetime import datetime

from pydantic import Field

from api.documents import Answer
from api.store.tables import Delivery, Webhook
from api.words import DeliveryState, Disabled, EventType


class WebhookDocument(Answer):
    """Where jobs are told of; `disabled_reason` is why the service itself disabled it, if it did."""

    id: str = Field(examples=["webhook_0c2f5a7d9e1b3c4d5e6f"])
    url: str
    events: tuple[EventType, ...]
    is_enabled: bool
    disabled_reason: Disabled | None
    created_at: datetime
    last_delivered_at: datetime | None
    previous_secret_until: datetime | None

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookDocument":
        """What is told of a webhook."""
        return cls(
            id=webhook.id,
            url=webhook.url,
            events=tuple(EventType(one) for one in webhook.events.split()),
            is_enabled=webhook.is_enabled,
            disabled_reason=Disabled(webhook.disabled_reason) if webhook.disabled_reason else None,
            created_at=webhook.created_at,
            last_delivered_at=webhook.last_delivered_at,
            previous_secret_until=webhook.previous_until,
        )


class WebhookWithSecret(WebhookDocument):
    """A webhook and its new secret, which nothing can show again."""

    secret: str = Field(examples=["whsec_…"])

    @classmethod
    def made(cls, webhook: Webhook, secret: str) -> "WebhookWithSecret":
        """What is told of a webhook whose secret is new."""
        return cls(secret=secret, **dict(WebhookDocument.of(webhook)))


class DeliveryDocument(Answer):
    """A message: `status_code` and `error` are those of the last attempt."""

    id: str = Field(examples=["msg_0c2f5a7d9e1b3c4d5e6f"])
    type: EventType
    job_id: str | None
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None
    ended_at: datetime | None
    status_code: int | None
    error: str | None = Field(examples=["timeout"])

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryDocument":
        """What is told of a message; nothing of what was answered but its status."""
        is_pending = delivery.state == DeliveryState.PENDING
        return cls(
            id=delivery.id,
            type=EventType(delivery.type),
            job_id=delivery.job_id,
            state=DeliveryState(delivery.state),
            attempts=delivery.attempts,
            created_at=delivery.created_at,
            next_attempt_at=delivery.due_at if is_pending else None,
            ended_at=delivery.ended_at,
            status_code=delivery.status_code,
            error=delivery.error,
        )


class WebhookPage(Answer):
    """A page of webhooks, the newest first."""

    items: tuple[WebhookDocument, ...]
    next_cursor: str | None


class DeliveryPage(Answer):
    """A page of messages, the newest first."""

    items: tuple[DeliveryDocument, ...]
    next_cursor: str | None
