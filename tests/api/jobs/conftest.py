"""A service with its runner, on SQLite: what depends on the database is tested in `store` and `faults`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.jobs.runner import Runner
from api.store.database import Store
from tests.api.jobs.service import Service


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of an empty file."""
    return f"sqlite:///{tmp_path / 'service.db'}"


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
