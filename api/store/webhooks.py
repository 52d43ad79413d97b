"""Webhooks of a tenant: added, read, changed, removed; their secrets are kept to sign with."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from api.ids import new_id
from api.store.pages import page_of
from api.store.tables import Delivery, Webhook
from api.words import DeliveryState, EventType, Failure

PREVIOUS_SIGNS_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Wished:
    """What a webhook is to be: where to, of what, and whether it is at work."""

    url: str
    events: tuple[EventType, ...]
    is_enabled: bool = True


def add_webhook(session: Session, tenant_id: str, wished: Wished, secret: str, now: datetime) -> Webhook:
    """Keep a new one."""
    webhook = Webhook(
        id=new_id("webhook"),
        tenant_id=tenant_id,
        url=wished.url,
        events=" ".join(wished.events),
        is_enabled=wished.is_enabled,
        secret=secret,
        created_at=now,
    )
    session.add(webhook)
    session.flush()
    return webhook


def webhook_kept(session: Session, tenant_id: str, id_: str, is_locked: bool = False) -> Webhook | None:
    """The webhook of that name; None when this tenant has none."""
    named = select(Webhook).where(Webhook.tenant_id == tenant_id, Webhook.id == id_)
    return session.scalar(named.with_for_update() if is_locked else named)


def webhooks_counted(session: Session, tenant_id: str) -> int:
    """How many a tenant has."""
    return session.scalar(select(func.count()).where(Webhook.tenant_id == tenant_id)) or 0


def webhooks_kept(
    session: Session, tenant_id: str, limit: int, cursor: str | None = None
) -> tuple[list[Webhook], str | None]:
    """A page of webhooks, the newest first, and the cursor of the next."""
    rows = select(Webhook).where(Webhook.tenant_id == tenant_id)
    return page_of(session, rows, (Webhook.created_at, Webhook.id), limit, cursor)


def change_webhook(session: Session, webhook: Webhook, wished: Wished, now: datetime) -> None:
    """Make it what it is to be; enabled again, it is no longer said why it was disabled."""
    webhook.url, webhook.events = wished.url, " ".join(wished.events)
    webhook.revision += 1
    if wished.is_enabled:
        webhook.is_enabled, webhook.disabled_reason = True, None
    elif webhook.is_enabled:
        disable(session, webhook, None, now)


def disable(session: Session, webhook: Webhook, reason: str | None, now: datetime) -> None:
    """Send nothing more to it: what was on its way is given up, and may be sent again by hand."""
    webhook.is_enabled, webhook.disabled_reason = False, reason
    webhook.revision += 1
    pending = (Delivery.webhook_id == webhook.id, Delivery.state == DeliveryState.PENDING)
    given_up = {"state": DeliveryState.GIVEN_UP, "ended_at": now, "error": Failure.WEBHOOK_DISABLED}
    session.execute(update(Delivery).where(*pending).values(given_up))


def rotate(webhook: Webhook, secret: str, now: datetime) -> None:
    """Sign with a new secret; the one before signs too for a day."""
    webhook.previous_secret, webhook.secret = webhook.secret, secret
    webhook.previous_until = now + PREVIOUS_SIGNS_FOR
    webhook.revision += 1


def remove_webhook(session: Session, webhook: Webhook) -> None:
    """Forget it, and all that was sent to it."""
    session.execute(delete(Webhook).where(Webhook.id == webhook.id))
