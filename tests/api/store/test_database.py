"""Transactions and migrations, on each kind of database."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from api.store.database import Store, open_store
from api.store.migrating import migrate
from api.store.tables import Table, Tenant

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def a_tenant(name: str) -> Tenant:
    return Tenant(id=f"tenant_{name}", name=name, created_at=NOON)


def test_migrations_make_the_tables_that_the_code_reads(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Table.metadata) == []


def test_processes_that_start_at_once_migrate_once(database: str) -> None:
    opened = [open_store(database) for _ in range(8)]
    threads = [threading.Thread(target=migrate, args=(one,)) for one in opened]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened[0].engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == "0004"
    for one in opened:
        one.close()


def test_an_instant_of_any_zone_is_kept_in_utc(store: Store) -> None:
    paris = timezone(timedelta(hours=1))
    with store.writing() as session:
        session.add(Tenant(id="tenant_1", name="one", created_at=NOON.astimezone(paris)))
    with store.reading() as session:
        (kept,) = session.scalars(select(Tenant.created_at))
        assert (kept, kept.tzinfo) == (NOON, UTC)


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        session.add(a_tenant("one"))
        session.flush()
        raise ZeroDivisionError
    with store.reading() as session:
        assert list(session.scalars(select(Tenant))) == []


def test_what_is_written_is_not_seen_before_it_is_whole(store: Store) -> None:
    with store.writing() as session:
        session.add(a_tenant("one"))
        session.flush()
        with store.reading() as other:
            assert list(other.scalars(select(Tenant))) == []
    with store.reading() as session:
        assert [one.name for one in session.scalars(select(Tenant))] == ["one"]
