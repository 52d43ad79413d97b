"""Messages to webhooks as their senders see them: claimed by one, held by a lease, retried, given up at last.

A sender that lost its lease writes nothing: another one has tried since. A receiver may thus hear a message
twice, under one name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased, undefer

from api.store.pages import page_of
from api.store.tables import Delivery, Tenant, Webhook
from api.store.webhooks import disable
from api.words import DeliveryState, Disabled, EventType

DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after each failure the next attempt comes; after the last, there is none."""
GONE = 410
MOST_AT_ONCE = 2
"""Messages of one tenant on their way at once: its slow receivers do not keep every sender."""


@dataclass(frozen=True)
class Sending:
    """A message that is to be sent now, and the secrets that sign it, the newest first."""

    id: str
    webhook_id: str
    attempt: int
    url: str
    payload: str
    secrets: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """What came of an attempt: a status of HTTP, or why there is none; without an error it is delivered."""

    status_code: int | None = None
    error: str | None = None


def claim_delivery(session: Session, now: datetime, lease: timedelta) -> Sending | None:
    """The message that is due for longest, of a webhook to which nobody sends at this moment.

    Tenants with fewer on their way come first; one that has `MOST_AT_ONCE` waits until one of them ends.
    """
    first = _due(now).with_for_update(of=(Tenant, Delivery), key_share=True, skip_locked=True)
    delivery = session.scalar(first)
    # looked at again now that its tenant is locked: another sender may have claimed beside this one
    if delivery is None or session.scalar(_due(now).where(Delivery.id == delivery.id)) is None:
        return None
    delivery.attempts += 1
    delivery.lease_until = now + lease
    named = select(Webhook).where(Webhook.id == delivery.webhook_id)
    webhook = session.scalars(named.options(undefer(Webhook.secret), undefer(Webhook.previous_secret))).one()
    return Sending(
        delivery.id,
        webhook.id,
        delivery.attempts,
        webhook.url,
        delivery.payload,
        _secrets(webhook, now),
    )


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether there is something to claim."""
    return session.scalar(_due(now)) is not None


def _due(now: datetime) -> Select[Delivery]:
    other, receiver = aliased(Delivery), aliased(Webhook)
    is_on_its_way = (other.state == DeliveryState.PENDING, other.lease_until >= now)
    busy = select(other.webhook_id).where(*is_on_its_way)
    counted = select(receiver.tenant_id, func.count().label("messages")).group_by(receiver.tenant_id)
    counts = counted.join(other, other.webhook_id == receiver.id).where(*is_on_its_way).subquery()
    on_their_way = func.coalesce(counts.c.messages, 0)
    due = select(Delivery).join(Webhook, Webhook.id == Delivery.webhook_id)
    due = due.join(Tenant, Tenant.id == Webhook.tenant_id)
    due = due.outerjoin(counts, counts.c.tenant_id == Tenant.id)
    due = due.where(
        Delivery.state == DeliveryState.PENDING,
        Delivery.due_at <= now,
        or_(Delivery.lease_until.is_(None), Delivery.lease_until < now),
        Delivery.webhook_id.not_in(busy),
        on_their_way < MOST_AT_ONCE,
    )
    return due.order_by(on_their_way, Delivery.due_at, Delivery.id).limit(1)


def _secrets(webhook: Webhook, now: datetime) -> tuple[str, ...]:
    previous, until = webhook.previous_secret, webhook.previous_until
    if previous is None or until is None or until <= now:
        return (webhook.secret,)
    return webhook.secret, previous


def note_attempt(session: Session, sending: Sending, heard: Heard, jitter: float, now: datetime) -> None:
    """Write down what came of an attempt: done, tried again later, or given up.

    Parameters
    ----------
    jitter
        By how much of itself the delay before the next attempt is longer.
    """
    named = select(Webhook).where(Webhook.id == sending.webhook_id)
    webhook = session.scalar(named.with_for_update())  # before its messages, as those who change it do
    mine = select(Delivery).where(
        Delivery.id == sending.id,
        Delivery.attempts == sending.attempt,
        Delivery.state == DeliveryState.PENDING,
    )
    delivery = session.scalar(mine.with_for_update())
    if webhook is None or delivery is None:
        return
    delivery.lease_until = None
    delivery.status_code, delivery.error = heard.status_code, heard.error
    if heard.error is None:
        delivery.state, delivery.ended_at = DeliveryState.DELIVERED, now
        webhook.last_delivered_at = now
        return
    _failed_once(session, delivery, webhook, jitter, now)


def _failed_once(
    session: Session, delivery: Delivery, webhook: Webhook, jitter: float, now: datetime
) -> None:
    delivery.failures += 1
    is_gone, is_last = delivery.status_code == GONE, delivery.failures > len(DELAYS)
    if not is_gone and not is_last:
        delivery.due_at = now + (1 + jitter) * DELAYS[delivery.failures - 1]
        return
    delivery.state, delivery.ended_at = DeliveryState.GIVEN_UP, now
    last = webhook.last_delivered_at
    if is_gone or last is None or last < delivery.created_at:  # nothing got through in all that time
        session.flush()
        disable(session, webhook, Disabled.GONE if is_gone else Disabled.FAILING, now)


# ------------------------------------------------------------ as those who manage a webhook see them


def delivery_kept(session: Session, webhook_id: str, id_: str) -> Delivery | None:
    """The message of that name, for its change."""
    named = select(Delivery).where(Delivery.webhook_id == webhook_id, Delivery.id == id_)
    return session.scalar(named.with_for_update())


def deliveries_kept(
    session: Session, webhook_id: str, limit: int, cursor: str | None = None
) -> tuple[list[Delivery], str | None]:
    """A page of messages, the newest first, and the cursor of the next."""
    rows = select(Delivery).where(Delivery.webhook_id == webhook_id)
    return page_of(session, rows, (Delivery.created_at, Delivery.id), limit, cursor)


def pending_counted(session: Session, webhook_id: str, type_: EventType) -> int:
    """How many messages of a type are on their way to a webhook, or wait to be sent."""
    pending = (Delivery.webhook_id == webhook_id, Delivery.state == DeliveryState.PENDING)
    return session.scalar(select(func.count()).where(*pending, Delivery.type == type_)) or 0


def send_again(delivery: Delivery, now: datetime) -> bool:
    """Send a message that ended once more, under its name; one that is on its way is left."""
    if delivery.state == DeliveryState.PENDING:
        return False
    delivery.state, delivery.failures = DeliveryState.PENDING, 0
    delivery.due_at, delivery.ended_at = now, None
    return True
