"""The service in this process, somebody who may read and solve, and a runner."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import make_app
from api.jobs.runner import Runner
from api.settings import Settings
from api.store.database import Store
from tests.api.client import Client
from tests.api.jobs.service import Clock


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of an empty file; what depends on the database is tested in `store` and `faults`."""
    return f"sqlite:///{tmp_path / 'service.db'}"


@pytest.fixture
def client(store: Store, clock: Clock) -> Iterator[Client]:
    """Somebody who may read and solve."""
    app = make_app(store, Settings(cores=2, body_limit=64 * 1024), clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Client(http, store, clock).as_other()


@pytest.fixture
def runner(store: Store, clock: Clock) -> Iterator[Runner]:
    """Who does the jobs."""
    one = Runner(store, 2, clock)
    yield one
    one.leave()
