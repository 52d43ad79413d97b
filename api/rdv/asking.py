"""What is done for those who connect RDV-Solidarités, for RDV-Solidarités itself, and for those who plan."""

import secrets

from sqlalchemy.orm import Session

from api.callers import Caller
from api.documents import RdvConnectionDocument, RdvConnectionWithSecret
from api.given import Service
from api.jobs.tasks import content_of_week
from api.problems import Code, Fault, Refused
from api.rdv.table import RdvTable, refuse_unknown
from api.rdv.webhooks import received_of, told_by
from api.rdv.week import week_with
from api.store import rdv as kept
from api.store.purging import RDV_PERIOD
from api.store.tables import RdvConnection, StoredWeek
from api.store.weeks import keep_week
from optimizer.files.json_week import week_of_json
from optimizer.frozen import Frozen

SECRET_BYTES = 32


class RdvWeekRequest(Frozen):
    """The week that is the base, and the département's own table; agents are named by id alone."""

    week_id: str
    table: RdvTable


def connect(service: Service, caller: Caller, name: str) -> RdvConnectionWithSecret:
    """A new connection, and the secret that its webhooks are to be signed with."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with service.store.writing() as session:
        made = kept.connect(session, caller.tenant_id, name, secret, service.now())
        service.note(session, caller, "rdv.connected", made.id)
    return RdvConnectionWithSecret.made(made, secret)


def connections(service: Service, caller: Caller) -> tuple[RdvConnectionDocument, ...]:
    """The connections of a tenant."""
    with service.store.reading() as session:
        return tuple(
            RdvConnectionDocument.of(one, kept.items_by_model(session, one.id))
            for one in kept.connections_kept(session, caller.tenant_id)
        )


def disconnect(service: Service, caller: Caller, id_: str) -> None:
    """Forget a connection, and all that it told.

    Raises
    ------
    Refused
        This tenant has none of that name.
    """
    with service.store.writing() as session:
        kept.disconnect(session, _named(session, caller, id_))
        service.note(session, caller, "rdv.disconnected", id_)


def receive(service: Service, connection: RdvConnection, document: dict[str, object]) -> None:
    """Keep what a webhook tells, if it is of use and the last word.

    Raises
    ------
    Refused
        It cannot be read, or the connection has just gone.
    """
    now = service.now()
    told = told_by(document, now, RDV_PERIOD)
    with service.store.writing() as session:
        if not kept.note_receipt(session, connection.id, now):
            raise Refused(Code.NOT_FOUND)
        if told is not None:
            kept.keep_told(session, connection.id, told)


def who_signs(service: Service, id_: str, signature: str | None) -> RdvConnection:
    """The connection that a webhook is for, before anything of it is read.

    Raises
    ------
    Refused
        There is none, or nothing is signed.
    """
    with service.store.reading() as session:
        connection = kept.connection_with_secret(session, id_)
    if connection is None:
        raise Refused(Code.NOT_FOUND)
    if not signature:
        raise Refused(Code.BAD_SIGNATURE)
    return connection


def week(
    service: Service, caller: Caller, id_: str, asked: RdvWeekRequest
) -> tuple[StoredWeek, bool, tuple[str, ...]]:
    """The week that what was told makes of another, whether it is new, and what to know of it.

    Raises
    ------
    Refused
        There is no such connection or week, or the table holds an e-mail, which nothing here may keep.
    UnusableInput
        The table names what the week does not know.
    """
    _refuse_emails(asked.table)
    with service.store.reading() as session:
        connection = _named(session, caller, id_)
        content = content_of_week(session, caller.tenant_id, asked.week_id)
        received = received_of(lambda model: kept.contents_of(session, connection.id, model))
    base = week_of_json(content.encode(), "/week_id")
    refuse_unknown(asked.table, base, "/table")
    read = week_with(base, asked.table, received, "/week_id")
    with service.store.writing() as session:
        made, is_new = keep_week(session, caller.tenant_id, read.week, service.now(), asked.week_id)
        if is_new:
            service.note(session, caller, "week.kept", made.id)
    return made, is_new, read.warnings


def _named(session: Session, caller: Caller, id_: str) -> RdvConnection:
    connection = kept.connection_kept(session, caller.tenant_id, id_)
    if connection is None:
        raise Refused(Code.NOT_FOUND)
    return connection


def _refuse_emails(table: RdvTable) -> None:
    said = (
        "une adresse, qui n'est pas gardée ; attendu : agent_id",
        "an address, which is not kept; send agent_id",
    )
    faults = [
        Fault(pointer=f"/table/agents/{n}/email", detail=said[0], english=said[1])
        for n, row in enumerate(table.agents)
        if row.email is not None
    ]
    if faults:
        raise Refused(Code.INVALID_REQUEST, faults=tuple(faults))
