"""What is done for those who manage the webhooks of their tenant."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from api.bodies import Document, validated
from api.callers import Caller
from api.given import Service, mark_of, unless_changed
from api.hooks.requests import WebhookRequest
from api.hooks.signing import new_secret
from api.merging import patched
from api.problems import WORDS, Code, Fault, Refused
from api.store.deliveries import delivery_kept, pending_counted, send_again
from api.store.ends import queue_message
from api.store.tables import Delivery, Webhook
from api.store.webhooks import (
    add_webhook,
    change_webhook,
    remove_webhook,
    rotate,
    webhook_kept,
    webhooks_counted,
)
from api.words import EventType

MOST_WEBHOOKS, MOST_TESTS = 20, 5
REQUEST = TypeAdapter(WebhookRequest)


def create(service: Service, caller: Caller, asked: WebhookRequest) -> tuple[Webhook, str]:
    """A new webhook, and its secret.

    Raises
    ------
    Refused
        Nothing may be sent to its address, or there are enough of them.
    """
    _refuse_nowhere(service, asked.url)
    secret = new_secret()
    with service.store.writing() as session:
        if webhooks_counted(session, caller.tenant_id) >= MOST_WEBHOOKS:
            raise Refused(Code.TOO_MANY_WEBHOOKS, f"{MOST_WEBHOOKS} au plus", f"at most {MOST_WEBHOOKS}")
        webhook = add_webhook(session, caller.tenant_id, asked.wished(), secret, service.now())
        service.note(session, caller, "webhook.created", webhook.id)
    return webhook, secret


def webhook_named(service: Service, caller: Caller, id_: str) -> Webhook:
    """The webhook of that name.

    Raises
    ------
    Refused
        This tenant has none.
    """
    with service.store.reading() as session:
        webhook = webhook_kept(session, caller.tenant_id, id_)
    if webhook is None:
        raise Refused(Code.NOT_FOUND)
    return webhook


def change(service: Service, caller: Caller, id_: str, patch: Document, known: str | None) -> Webhook:
    """Change a webhook by a merge patch.

    Raises
    ------
    Refused
        There is none, it is no longer as the caller knows it, or cannot be what the patch makes of it.
    """
    asked = _patched(webhook_named(service, caller, id_), patch)
    if "url" in patch:
        _refuse_nowhere(service, asked.url)
    with _changing(service, caller, id_, "webhook.changed", known) as (session, webhook):
        change_webhook(session, webhook, _patched(webhook, patch).wished(), service.now())
    return webhook


def _refuse_nowhere(service: Service, url: str) -> None:
    """Refuse an address that nothing may be sent to, at its place in the request."""
    try:
        service.targets.target(url)
    except Refused as error:
        code = error.trouble.code
        fault = Fault(pointer="/url", detail=WORDS[code].french, english=WORDS[code].english)
        raise Refused(code, faults=(fault,)) from None


def _patched(webhook: Webhook, patch: Document) -> WebhookRequest:
    whole: Document = {
        "url": webhook.url,
        "events": webhook.events.split(),
        "is_enabled": webhook.is_enabled,
    }
    return validated(REQUEST, patched(whole, patch), WebhookRequest)


def remove(service: Service, caller: Caller, id_: str, known: str | None) -> None:
    """Forget a webhook and what was sent to it.

    Raises
    ------
    Refused
    """
    with _changing(service, caller, id_, "webhook.removed", known) as (session, webhook):
        remove_webhook(session, webhook)


def renew_secret(service: Service, caller: Caller, id_: str) -> tuple[Webhook, str]:
    """A webhook with a new secret; the one before signs for a day more.

    Raises
    ------
    Refused
    """
    secret = new_secret()
    with _changing(service, caller, id_, "webhook.rotated") as (_, webhook):
        rotate(webhook, secret, service.now())
    return webhook, secret


def try_out(service: Service, caller: Caller, id_: str) -> Delivery:
    """A message that says nothing, on its way to a webhook.

    Raises
    ------
    Refused
        There is none, it is disabled, or enough of them wait to be sent.
    """
    with _changing(service, caller, id_, "webhook.tested") as (session, webhook):
        _needs_enabled(webhook)
        _needs_few_tests(session, webhook)
        return queue_message(session, webhook, EventType.TEST, {}, service.now())


def deliver_again(service: Service, caller: Caller, id_: str, delivery_id: str) -> Delivery:
    """A message that ended, on its way once more.

    Raises
    ------
    Refused
        There is no such webhook or message, the webhook is disabled, or the message is on its way; or it is
        a test, and enough of them wait to be sent.
    """
    with _changing(service, caller, id_, "webhook.delivered_again") as (session, webhook):
        delivery = delivery_kept(session, webhook.id, delivery_id)
        if delivery is None:
            raise Refused(Code.NOT_FOUND)
        _needs_enabled(webhook)
        if delivery.type == EventType.TEST:
            _needs_few_tests(session, webhook)
        if not send_again(delivery, service.now()):
            raise Refused(Code.DELIVERY_PENDING)
        return delivery


def _needs_enabled(webhook: Webhook) -> None:
    if not webhook.is_enabled:
        raise Refused(Code.WEBHOOK_DISABLED)


def _needs_few_tests(session: Session, webhook: Webhook) -> None:
    if pending_counted(session, webhook.id, EventType.TEST) >= MOST_TESTS:
        told = (f"{MOST_TESTS} essais au plus à la fois", f"at most {MOST_TESTS} tests at once")
        raise Refused(Code.DELIVERY_PENDING, *told)


@contextmanager
def _changing(
    service: Service, caller: Caller, id_: str, action: str, known: str | None = None
) -> Iterator[tuple[Session, Webhook]]:
    """A transaction on one webhook, which nobody else changes meanwhile, noted in the audit log."""
    with service.store.writing() as session:
        webhook = webhook_kept(session, caller.tenant_id, id_, is_locked=True)
        if webhook is None:
            raise Refused(Code.NOT_FOUND)
        unless_changed(known, mark_of(webhook.id, webhook.revision))
        yield session, webhook
        service.note(session, caller, action, id_)
