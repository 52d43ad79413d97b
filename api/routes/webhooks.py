"""Webhooks: where a tenant is told how its jobs end. Who may solve manages them, for the whole tenant."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.bodies import Document, Patch, body_of
from api.examples import A_WEBHOOK, A_WEBHOOK_PATCH
from api.given import Cursor, IfMatch, Limit, Served, Solver, mark_of
from api.hooks.documents import (
    DeliveryDocument,
    DeliveryPage,
    WebhookDocument,
    WebhookPage,
    WebhookWithSecret,
)
from api.hooks.managing import (
    change,
    create,
    deliver_again,
    remove,
    renew_secret,
    try_out,
    webhook_named,
)
from api.hooks.requests import WebhookRequest
from api.problems import Code
from api.refusals import may_refuse
from api.store.deliveries import deliveries_kept
from api.store.tables import Webhook
from api.store.webhooks import webhooks_kept

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
WEBHOOK = body_of("WebhookRequest", WebhookRequest, A_WEBHOOK)
WEBHOOK_PATCH = Patch("WebhookPatch", A_WEBHOOK_PATCH)
NO_TARGET = (
    Code.WEBHOOK_URL_MALFORMED,
    Code.WEBHOOK_NOT_HTTPS,
    Code.WEBHOOK_HAS_CREDENTIALS,
    Code.WEBHOOK_UNRESOLVED,
    Code.WEBHOOK_TARGET_PRIVATE,
)


def _marked(response: Response, webhook: Webhook) -> None:
    response.headers["ETag"] = mark_of(webhook.id, webhook.revision)


@router.post(
    "",
    status_code=201,
    operation_id="createWebhook",
    openapi_extra=WEBHOOK.documented,
    responses=may_refuse(Code.TOO_MANY_WEBHOOKS, *NO_TARGET),
)
def create_webhook(
    caller: Solver, asked: Annotated[WebhookRequest, Depends(WEBHOOK)], service: Served, response: Response
) -> WebhookWithSecret:
    """Tell of the ends of jobs at an address; the secret that signs is shown this once."""
    webhook, secret = create(service, caller, asked)
    response.headers["Location"] = f"/v1/webhooks/{webhook.id}"
    _marked(response, webhook)
    return WebhookWithSecret.made(webhook, secret)


@router.get("", operation_id="listWebhooks")
def list_webhooks(caller: Solver, service: Served, limit: Limit = 50, cursor: Cursor = None) -> WebhookPage:
    """The webhooks of the tenant, the newest first."""
    with service.store.reading() as session:
        rows, after = webhooks_kept(session, caller.tenant_id, limit, cursor)
    return WebhookPage(items=tuple(map(WebhookDocument.of, rows)), next_cursor=after)


@router.get("/{webhook_id}", operation_id="readWebhook")
def read(webhook_id: str, caller: Solver, service: Served, response: Response) -> WebhookDocument:
    """A webhook, and why it is disabled, if it is."""
    webhook = webhook_named(service, caller, webhook_id)
    _marked(response, webhook)
    return WebhookDocument.of(webhook)


@router.patch(
    "/{webhook_id}",
    operation_id="changeWebhook",
    openapi_extra=WEBHOOK_PATCH.documented,
    responses=may_refuse(Code.PRECONDITION_FAILED, *NO_TARGET),
)
def change_webhook(
    webhook_id: str,
    caller: Solver,
    patch: Annotated[Document, Depends(WEBHOOK_PATCH)],
    service: Served,
    response: Response,
    known: IfMatch = None,
) -> WebhookDocument:
    """Change its address, its events, or whether it is at work; with `If-Match`, only as it is known."""
    webhook = change(service, caller, webhook_id, patch, known)
    _marked(response, webhook)
    return WebhookDocument.of(webhook)


@router.delete(
    "/{webhook_id}",
    status_code=204,
    operation_id="removeWebhook",
    responses=may_refuse(Code.PRECONDITION_FAILED),
)
def remove_webhook(webhook_id: str, caller: Solver, service: Served, known: IfMatch = None) -> None:
    """Tell no more, and forget what was told."""
    remove(service, caller, webhook_id, known)


@router.post("/{webhook_id}/rotate", operation_id="rotateWebhookSecret")
def rotate(webhook_id: str, caller: Solver, service: Served, response: Response) -> WebhookWithSecret:
    """A new secret, shown this once; the one before signs beside it for 24 hours."""
    webhook, secret = renew_secret(service, caller, webhook_id)
    _marked(response, webhook)
    return WebhookWithSecret.made(webhook, secret)


@router.post(
    "/{webhook_id}/test",
    status_code=202,
    operation_id="testWebhook",
    responses=may_refuse(Code.DELIVERY_PENDING, Code.WEBHOOK_DISABLED),
)
def test(webhook_id: str, caller: Solver, service: Served) -> DeliveryDocument:
    """Send it a message that says nothing."""
    return DeliveryDocument.of(try_out(service, caller, webhook_id))


@router.get("/{webhook_id}/deliveries", operation_id="listDeliveries")
def list_deliveries(
    webhook_id: str, caller: Solver, service: Served, limit: Limit = 50, cursor: Cursor = None
) -> DeliveryPage:
    """What was sent to it and how that went, the newest first."""
    webhook_named(service, caller, webhook_id)
    with service.store.reading() as session:
        rows, after = deliveries_kept(session, webhook_id, limit, cursor)
    return DeliveryPage(items=tuple(map(DeliveryDocument.of, rows)), next_cursor=after)


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/redeliver",
    status_code=202,
    operation_id="redeliver",
    responses=may_refuse(Code.DELIVERY_PENDING, Code.WEBHOOK_DISABLED),
)
def redeliver(webhook_id: str, delivery_id: str, caller: Solver, service: Served) -> DeliveryDocument:
    """Send a message that ended once more, under its name."""
    return DeliveryDocument.of(deliver_again(service, caller, webhook_id, delivery_id))
