"""Tenants and the keys that open their data; only a prefix and a hash of each key are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.ids import new_id
from api.store.pages import page_of
from api.store.tables import Key, Tenant
from api.words import Scope


@dataclass(frozen=True)
class NewKey:
    """What a key is to be: its name, what it may do, whom it is limited to, until when."""

    name: str
    scopes: tuple[Scope, ...]
    audience: str | None = None
    expires_at: datetime | None = None


def tenant_named(session: Session, name: str, now: datetime) -> Tenant:
    """The tenant of that name, made if it is new."""
    found = session.scalar(select(Tenant).where(Tenant.name == name))
    if found is None:
        found = Tenant(id=new_id("tenant"), name=name, created_at=now)
        session.add(found)
        session.flush()
    return found


def names_of_tenants(session: Session) -> dict[str, str]:
    """The name of each tenant."""
    return {tenant.id: tenant.name for tenant in session.scalars(select(Tenant))}


def add_key(
    session: Session, tenant_id: str, new: NewKey, prefix: str, secret_hash: str, now: datetime
) -> Key:
    """Keep a key by its prefix and its hash."""
    key = Key(
        id=new_id("key"),
        tenant_id=tenant_id,
        prefix=prefix,
        secret_hash=secret_hash,
        name=new.name,
        scopes=" ".join(new.scopes),
        audience=new.audience,
        created_at=now,
        expires_at=new.expires_at,
    )
    session.add(key)
    session.flush()
    return key


def key_by_prefix(session: Session, prefix: str) -> Key | None:
    """The key of a prefix, whatever its state."""
    return session.scalar(select(Key).where(Key.prefix == prefix))


def is_over(key: Key, now: datetime) -> bool:
    """Whether a key was revoked or has expired."""
    return key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now)


def keys_kept(session: Session, tenant_id: str | None = None) -> list[Key]:
    """The keys of a tenant, or of all, the oldest first."""
    rows = select(Key).order_by(Key.created_at, Key.id)
    return list(session.scalars(rows if tenant_id is None else rows.where(Key.tenant_id == tenant_id)))


def keys_by_page(
    session: Session, tenant_id: str, limit: int, cursor: str | None = None
) -> tuple[list[Key], str | None]:
    """A page of the keys of a tenant, the newest first, and the cursor of the next."""
    rows = select(Key).where(Key.tenant_id == tenant_id)
    return page_of(session, rows, (Key.created_at, Key.id), limit, cursor)


def revoke(session: Session, id_: str, now: datetime, tenant_id: str | None = None) -> Key | None:
    """End a key, by its name or its prefix, of a tenant or whosever it is; None when there is none.

    Once revoked, it stays as it was.
    """
    named = select(Key).where((Key.id == id_) | (Key.prefix == id_))
    key = session.scalar(named if tenant_id is None else named.where(Key.tenant_id == tenant_id))
    if key is not None and key.revoked_at is None:
        key.revoked_at = now
    return key
