"""What RDV-Solidarités told: for each connection the last of each thing, whatever order it came in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from api.ids import new_id
from api.store.tables import RdvConnection, RdvItem


@dataclass(frozen=True)
class Told:
    """What was said of one thing at an instant; without content, that it is there no more."""

    model: str
    item_id: int
    at: datetime
    until: datetime | None = None
    content: str | None = None


def connect(session: Session, tenant_id: str, name: str, secret: str, now: datetime) -> RdvConnection:
    """A new connection."""
    made = RdvConnection(id=new_id("rdv"), tenant_id=tenant_id, name=name, secret=secret, created_at=now)
    session.add(made)
    session.flush()
    return made


def connection_kept(session: Session, tenant_id: str, id_: str) -> RdvConnection | None:
    """The connection of that name; None when this tenant has none."""
    return session.scalar(
        select(RdvConnection).where(RdvConnection.tenant_id == tenant_id, RdvConnection.id == id_)
    )


def connection_with_secret(session: Session, id_: str) -> RdvConnection | None:
    """The connection that signs by its secret, whosever it is."""
    named = select(RdvConnection).where(RdvConnection.id == id_)
    return session.scalar(named.options(undefer(RdvConnection.secret)))


def connections_kept(session: Session, tenant_id: str) -> list[RdvConnection]:
    """The connections of a tenant, the oldest first."""
    mine = select(RdvConnection).where(RdvConnection.tenant_id == tenant_id)
    return list(session.scalars(mine.order_by(RdvConnection.created_at, RdvConnection.id)))


def disconnect(session: Session, connection: RdvConnection) -> None:
    """Forget a connection and all that it told."""
    session.execute(delete(RdvConnection).where(RdvConnection.id == connection.id))


def note_receipt(session: Session, connection_id: str, now: datetime) -> bool:
    """Say that something came; whether the connection is still there."""
    mine = update(RdvConnection).where(RdvConnection.id == connection_id).values(received_at=now)
    return session.execute(mine.returning(RdvConnection.id)).first() is not None


def items_by_model(session: Session, connection_id: str) -> dict[str, int]:
    """How many things of each kind are there."""
    rows = select(RdvItem.model, func.count()).where(
        RdvItem.connection_id == connection_id, RdvItem.content.is_not(None)
    )
    return dict(session.execute(rows.group_by(RdvItem.model).order_by(RdvItem.model)).all())


def contents_of(session: Session, connection_id: str, model: str) -> list[str]:
    """What is known of the things of one kind, in the order of their ids."""
    rows = select(RdvItem.content).where(
        RdvItem.connection_id == connection_id, RdvItem.model == model, RdvItem.content.is_not(None)
    )
    return [content for content in session.scalars(rows.order_by(RdvItem.item_id)) if content is not None]


def keep_told(session: Session, connection_id: str, told: Told) -> bool:
    """Keep what was said, unless something later was; what is gone does not come back at the same instant.

    Returns whether it was kept.
    """
    named = select(RdvItem).where(
        RdvItem.connection_id == connection_id, RdvItem.model == told.model, RdvItem.item_id == told.item_id
    )
    known = session.scalar(named.with_for_update())
    if known is None:
        try:
            with session.begin_nested():
                session.add(RdvItem(connection_id=connection_id, **vars(told)))
            return True
        except IntegrityError:  # somebody else said something of it at this very moment
            known = session.scalars(named.with_for_update()).one()
    if told.at < known.at or (told.at == known.at and known.content is None):
        return False
    known.at, known.until, known.content = told.at, told.until, told.content
    return True
