"""What RDV-Solidarités told, when two processes hear of one thing at once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from api.store.database import Store
from api.store.rdv import Told, connect, keep_told
from api.store.tables import RdvItem, Tenant

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=1)


@pytest.fixture
def connection(store: Store) -> str:
    """A connection."""
    with store.writing() as session:
        session.add(Tenant(id="mine", name="mine", created_at=NOON))
        session.flush()
        return connect(session, "mine", "MDS", "a secret", NOON).id


@pytest.mark.parametrize(("first", "second"), [(NOON, LATER), (LATER, NOON)])
def test_the_last_word_holds_when_two_come_at_once(
    store: Store, connection: str, first: datetime, second: datetime
) -> None:
    def hear(at: datetime) -> None:
        with store.writing() as session:
            keep_told(session, connection, Told("Motif", 1, at, content=f"{at:%S}"))

    with store.writing() as session:
        keep_told(session, connection, Told("Motif", 1, first, content=f"{first:%S}"))
        other = threading.Thread(target=hear, args=(second,))
        other.start()
        other.join(0.2)  # it waits for this transaction
        assert other.is_alive()
    other.join()
    with store.reading() as session:
        (kept,) = session.scalars(select(RdvItem))
    assert (kept.at, kept.content) == (LATER, "01")
