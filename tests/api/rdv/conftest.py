"""A double of RDV-Solidarités that commands are told of, and the service that its webhooks come to."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import make_app
from api.settings import Settings
from api.store.database import Store
from api.words import Scope
from tests.api.client import Client
from tests.api.jobs.service import Clock
from tests.api.rdv.double import TOKEN, Double, a_motif, an_agent, doubled
from tests.api.rdv.hooks import Hook, connected

BODY_LIMIT = 64 * 1024


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    """An instance with agents 11, 12 and 13 and motif 157."""
    with doubled() as one:
        monkeypatch.setenv("POLYVALENCE_RDV_URL", one.url)
        monkeypatch.setenv("POLYVALENCE_RDV_TOKEN", TOKEN)
        one.agents += [an_agent(id_) for id_ in (11, 12, 13)]
        one.motifs.append(a_motif())
        yield one


@pytest.fixture
def client(store: Store, clock: Clock) -> Iterator[Client]:
    """Somebody who may read, solve and administer, over each kind of database."""
    app = make_app(store, Settings(cores=2, body_limit=BODY_LIMIT), clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Client(http, store, clock).as_other(scopes=(Scope.READ, Scope.SOLVE, Scope.ADMIN))


@pytest.fixture
def hook(client: Client) -> Hook:
    """RDV-Solidarités, connected."""
    return connected(client)
