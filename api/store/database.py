"""Opening a database, and transactions on it: the same code for SQLite and PostgreSQL.

In SQLite a transaction that writes takes the lock at its start (`BEGIN IMMEDIATE`): what it has read still
holds when it writes. In PostgreSQL rows are locked as they are read (`FOR UPDATE`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import sleep

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

PRAGMAS = ("busy_timeout=30000", "synchronous=FULL", "foreign_keys=ON")
POOL = {"pool_pre_ping": True, "pool_size": 16, "max_overflow": 0, "pool_use_lifo": True}
"""Connections to PostgreSQL that are kept: one more for a moment would cost it a process."""
TIMES, SECONDS_BETWEEN = 300, 0.1
"""Tries to have a new file written ahead (WAL): SQLite waits for no lock there, and others open it too."""


@dataclass(frozen=True)
class Store:
    """A database that is open."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that writes: all of it is there at the end, or nothing."""
        engine = self.engine.execution_options(is_writing=True)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """The database of an address of SQLAlchemy; PostgreSQL is spoken to through psycopg."""
    address = url.replace("postgresql://", "postgresql+psycopg://", 1)
    shared: dict[str, object] = {} if address.startswith("sqlite") else dict(POOL)
    engine = create_engine(address, hide_parameters=True, **shared)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return Store(engine)


def _set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """Transactions begin where `_begin` says so, not where the driver guesses."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    for left in reversed(range(TIMES)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not left:
                raise
            sleep(SECONDS_BETWEEN)
        else:
            return


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
