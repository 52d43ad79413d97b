"""Who asks: a key, verified, with what it may do. A key is `pv_`, a public prefix, and a secret shown once.

Argon2 is slow on purpose; a key that was verified is known again by its SHA-256 for a short time. Its row is
read at each request all the same, and again while an answer waits: a revocation holds at once.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.clock import Now
from api.limits import Buckets
from api.problems import Code, Refused
from api.store.database import Store
from api.store.keys import NewKey, add_key, is_over, key_by_prefix, tenant_named
from api.store.tables import Key
from api.words import Scope

MARK = "pv"
PREFIX_BYTES, SECRET_BYTES = 5, 32
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Enough for a secret of 256 bits, which nobody guesses; 20 to 30 ms."""
KNOWN_FOR = timedelta(minutes=5)
MOST_KNOWN = 10_000
USE_IS_NOTED_EVERY = timedelta(minutes=1)
LOCAL = "local"
"""The tenant of a service that is open to whoever is on this machine."""


@dataclass(frozen=True)
class Caller:
    """Who asks; `audience` is the service or the person that the key is limited to."""

    tenant_id: str
    key_id: str | None
    scopes: frozenset[Scope]
    audience: str | None = None
    expires_at: datetime | None = None

    def needs(self, scope: Scope) -> None:
        """Refuse what a key does not allow.

        Raises
        ------
        Refused
        """
        if scope not in self.scopes:
            raise Refused(
                Code.FORBIDDEN, f"cette clé n'a pas le droit « {scope} »", f"this key has no scope {scope!r}"
            )

    def needs_whole(self) -> None:
        """Refuse what a key limited to a service or a person may not read.

        Raises
        ------
        Refused
        """
        if self.audience is not None:
            raise Refused(
                Code.FORBIDDEN,
                "cette clé ne lit que le plan de son service ou de sa personne",
                "this key reads the plan of its service or person alone",
            )


def create_key(store: Store, tenant: str, new: NewKey, now: datetime) -> str:
    """Make a key; its text, which nothing can show again."""
    with store.writing() as session:
        return key_and_text(session, tenant_named(session, tenant, now).id, new, now)[1]


def key_and_text(session: Session, tenant_id: str, new: NewKey, now: datetime) -> tuple[Key, str]:
    """A key as it is kept, and its text."""
    prefix, secret = secrets.token_hex(PREFIX_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    text = f"{MARK}_{prefix}_{secret}"
    return add_key(session, tenant_id, new, prefix, HASHER.hash(text), now), text


@dataclass
class Gate:
    """Tells callers by their keys; `open_tenant` is that of callers without one, where that is allowed."""

    store: Store
    now: Now
    failures: Buckets
    open_tenant: str | None = None
    _known: dict[str, datetime] = field(default_factory=dict)

    def caller(self, text: str | None, address: str) -> Caller:
        """Who asks, from where.

        Raises
        ------
        Refused
            No key, or one that is unknown, expired or revoked: which, is not told. Or too many were refused
            from there; a key that was verified lately is heard all the same.
        """
        if text is None:
            if self.open_tenant is None:
                raise Refused(Code.UNAUTHENTICATED)
            return Caller(self.open_tenant, None, frozenset(Scope))
        key = self._key(text)
        if key is None or not self._is_good(key, text, address):
            self._refuse(address)
            self.failures.take(address, self.now())
            raise Refused(Code.UNAUTHENTICATED)
        self._note_use(key)
        scopes = frozenset(Scope(one) for one in key.scopes.split())
        return Caller(key.tenant_id, key.id, scopes, key.audience, key.expires_at)

    def hear_on(self, caller: Caller) -> None:
        """Refuse who was heard before, and whose key was revoked or has expired since.

        Raises
        ------
        Refused
        """
        if caller.key_id is None:
            return
        with self.store.reading() as session:
            key = session.get(Key, caller.key_id)
        if key is None or is_over(key, self.now()):
            raise Refused(Code.UNAUTHENTICATED)

    def _key(self, text: str) -> Key | None:
        mark, _, rest = text.partition("_")
        if mark != MARK:
            return None
        with self.store.reading() as session:
            return key_by_prefix(session, rest.partition("_")[0])

    def _refuse(self, address: str) -> None:
        """Hear nobody from where too many keys were refused."""
        if wait := self.failures.wait(address, self.now()):
            raise Refused(Code.TOO_MANY_FAILURES, retry_after=wait)

    def _is_good(self, key: Key, text: str, address: str) -> bool:
        now = self.now()
        if is_over(key, now):
            return False
        mark = hashlib.sha256(text.encode()).hexdigest()
        if self._known.get(mark, now) > now:
            return True
        self._refuse(address)
        try:
            HASHER.verify(key.secret_hash, text)
        except (VerificationError, InvalidHashError):
            return False
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[mark] = now + KNOWN_FOR
        return True

    def _note_use(self, key: Key) -> None:
        now = self.now()
        if key.last_used_at is not None and now - key.last_used_at < USE_IS_NOTED_EVERY:
            return
        with (
            suppress(SQLAlchemyError),
            self.store.writing() as session,
        ):  # a full disk may be read all the same
            session.merge(key).last_used_at = now
