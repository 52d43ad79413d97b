"""A receiver, and a service whose jobs end."""

from collections.abc import Iterator

import pytest

from api.store.database import Store
from tests.api.hooks.receivers import Receiver, receiving
from tests.api.jobs.service import Service


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Who receives."""
    with receiving() as one:
        yield one


@pytest.fixture
def service(store: Store) -> Service:
    """One tenant, no job yet, on each kind of database."""
    return Service(store)
