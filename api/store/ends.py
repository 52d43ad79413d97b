"""The end of a job and the messages to webhooks that tell it: one transaction, so that none is lost."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.ids import new_id
from api.store.events import tell_state
from api.store.tables import Delivery, Job, Webhook
from api.words import EventType, State

TOLD = {
    State.SUCCEEDED: EventType.SUCCEEDED,
    State.FAILED: EventType.FAILED,
    State.STOPPED: EventType.STOPPED,
    State.EXPIRED: EventType.EXPIRED,
}


def end(session: Session, job: Job, state: State, now: datetime) -> None:
    """End a job, and have everyone told who wishes to be."""
    job.state, job.ended_at = state, now
    job.revision += 1
    tell_state(session, job, now)
    enabled = select(Webhook).where(Webhook.tenant_id == job.tenant_id, Webhook.is_enabled)
    enabled = enabled.with_for_update(read=True)  # none of them goes meanwhile
    type_, data = TOLD[state], {"job_id": job.id, "state": state, "status": job.status}
    for webhook in session.scalars(enabled):
        if type_ in webhook.events.split():
            queue_message(session, webhook, type_, data, now)


def queue_message(
    session: Session, webhook: Webhook, type_: EventType, data: dict[str, str | None], now: datetime
) -> Delivery:
    """Put a message to a webhook among those to be sent: names and states, never content."""
    told = {name: value for name, value in data.items() if value is not None}
    payload = {"type": type_, "timestamp": now.isoformat(), "data": told}
    delivery = Delivery(
        id=new_id("msg"),
        webhook_id=webhook.id,
        type=type_,
        job_id=data.get("job_id"),
        payload=json.dumps(payload, separators=(",", ":")),
        created_at=now,
        due_at=now,
    )
    session.add(delivery)
    session.flush()
    return delivery
