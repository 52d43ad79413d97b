"""RDV-Solidarités: connections, their webhooks, and the week that what they told makes of another."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from pydantic import Field, TypeAdapter

from api import examples
from api.bodies import Body, body_of, content_of, object_of
from api.documents import RdvConnections, RdvConnectionWithSecret, WeekDocument
from api.given import Admin, Served, Solver
from api.problems import Code, Refused
from api.rdv import asking
from api.rdv.webhooks import SIGNATURE, RdvWebhook, is_signed
from api.refusals import may_refuse
from api.store.tables import RdvConnection
from optimizer.frozen import Frozen

router = APIRouter(prefix="/rdv-solidarites", tags=["rdv-solidarites"])


class RdvConnectionRequest(Frozen):
    """A connection to make: what organisation it is, never which person."""

    name: str = Field(min_length=1, max_length=64)


CONNECTION = body_of("RdvConnectionRequest", RdvConnectionRequest, examples.AN_RDV_CONNECTION)
RDV_WEEK = body_of("RdvWeekRequest", asking.RdvWeekRequest, examples.AN_RDV_WEEK)
WEBHOOK = Body("RdvWebhook", RdvWebhook.model_validate, TypeAdapter(RdvWebhook), examples.AN_RDV_WEBHOOK)
Signature = Annotated[
    str | None, Header(alias=SIGNATURE, max_length=200, description="HMAC-SHA256 du corps, en hexadécimal")
]


@router.post("/connections", status_code=201, operation_id="connectRdv", openapi_extra=CONNECTION.documented)
def connect(
    caller: Admin,
    asked: Annotated[RdvConnectionRequest, Depends(CONNECTION)],
    service: Served,
    response: Response,
) -> RdvConnectionWithSecret:
    """Connect an organisation; the secret of its webhooks is told this once."""
    response.headers["Cache-Control"] = "no-store"
    return asking.connect(service, caller, asked.name)


@router.get("/connections", operation_id="listRdvConnections")
def list_connections(caller: Admin, service: Served) -> RdvConnections:
    """The connections, and how much each told."""
    return RdvConnections(items=asking.connections(service, caller))


@router.delete("/connections/{connection_id}", status_code=204, operation_id="disconnectRdv")
def disconnect(connection_id: str, caller: Admin, service: Served) -> None:
    """Forget a connection and all that it told; weeks made of it stay."""
    asking.disconnect(service, caller, connection_id)


@router.post(
    "/connections/{connection_id}/week",
    status_code=201,
    operation_id="makeRdvWeek",
    openapi_extra=RDV_WEEK.documented,
    responses={200: {"model": WeekDocument, "description": "Cette semaine était déjà gardée"}},
)
def make_week(
    connection_id: str,
    caller: Solver,
    asked: Annotated[asking.RdvWeekRequest, Depends(RDV_WEEK)],
    service: Served,
    response: Response,
) -> WeekDocument:
    """A week that is kept, with the appointments, absences and opening windows that were told."""
    made, is_new, warnings = asking.week(service, caller, connection_id, asked)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/weeks/{made.id}"
    return WeekDocument.of(made, warnings)


def signing(connection_id: str, service: Served, signature: Signature = None) -> RdvConnection:
    """Who is to have signed a webhook; asked before its body is read."""
    return asking.who_signs(service, connection_id, signature)


@router.post(
    "/webhooks/{connection_id}",
    status_code=204,
    operation_id="receiveRdvWebhook",
    openapi_extra=WEBHOOK.documented,
    responses=may_refuse(Code.BAD_SIGNATURE),
)
def receive(
    connection: Annotated[RdvConnection, Depends(signing)],
    content: Annotated[bytes, Depends(content_of)],
    service: Served,
    signature: Signature = None,
) -> None:
    """What RDV-Solidarités tells, signed with the connection's secret: persons are dropped unread."""
    if not is_signed(content, connection.secret, signature or ""):
        raise Refused(Code.BAD_SIGNATURE)
    asking.receive(service, connection, object_of(content))
