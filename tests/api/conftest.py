"""What the tests of the service share: a database of each kind, and a clock that is told."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from api.jobs.runner import Runner
from api.store.database import Store, open_store
from api.store.migrating import migrate
from tests.api.databases import new_database, postgres_folder, running_postgres
from tests.api.jobs.service import Clock, Service

NUMBERS = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server of PostgreSQL."""
    binaries = postgres_folder()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: its tests are skipped")
    with running_postgres(binaries) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'service.db'}"
    return new_database(request.getfixturevalue("postgres"), f"tests_{next(NUMBERS)}")


@pytest.fixture
def clock() -> Clock:
    """The clock of the service."""
    return Clock()


@pytest.fixture
def service(store: Store) -> Service:
    """One tenant, no job yet."""
    return Service(store)


@pytest.fixture
def runner(service: Service) -> Iterator[Runner]:
    """A runner of two cores, which leaves nothing behind."""
    one = service.runner()
    yield one
    one.leave()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A database with the tables of this version."""
    opened = open_store(database)
    migrate(opened)
    yield opened
    opened.close()
