"""A key that ends while an answer waits, on each kind of database."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from api.app import make_app
from api.callers import create_key
from api.settings import Settings
from api.store.database import Store
from api.store.keys import NewKey, revoke
from api.store.tables import Key
from api.words import Scope
from tests.api.client import Client
from tests.api.jobs.service import Clock
from tests.builders import a_request, a_week
from tests.processes import eventually

WEEK = a_week([a_request("R1")])
NAME, LIFE = "it ends", timedelta(hours=1)
End = Callable[[Store, Clock], None]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(store: Store, clock: Clock) -> Iterator[Client]:
    """Somebody whose key ends in an hour."""
    app = make_app(store, Settings(cores=2), clock)
    new = NewKey(NAME, (Scope.READ, Scope.SOLVE), expires_at=clock() + LIFE)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Client(http, store, clock, create_key(store, "mine", new, clock()))


@pytest.fixture
def job(client: Client) -> str:
    """A job that waits for a runner, of which there is none."""
    other = client.as_other()
    return str(other.post("/v1/jobs", {"kind": "plan", "week_id": other.week(WEEK)}).json()["id"])


def expired(_: Store, clock: Clock) -> None:
    clock.wait(LIFE)


def revoked(store: Store, clock: Clock) -> None:
    with store.writing() as session:
        (key,) = session.scalars(select(Key).where(Key.name == NAME))
        revoke(session, key.id, clock())


def answer_when_it_ends(client: Client, clock: Clock, way: End, ask: Callable[[], Response]) -> Response:
    """What is answered to a request whose key ends as soon as it was heard."""

    def is_heard() -> bool:
        with client.store.reading() as session:
            return session.scalar(select(Key.last_used_at).where(Key.name == NAME)) is not None

    def end() -> None:
        assert eventually(is_heard)
        way(client.store, clock)

    thread = threading.Thread(target=end)
    thread.start()
    answer = ask()
    thread.join()
    return answer


@pytest.mark.parametrize("way", [expired, revoked])
def test_a_stream_ends_with_its_key(client: Client, clock: Clock, job: str, way: End) -> None:
    stream = {"Accept": "text/event-stream"}
    answer = answer_when_it_ends(client, clock, way, lambda: client.get(f"/v1/jobs/{job}/events", stream))
    assert answer.status_code == 200
    assert "event: end" not in answer.text
    assert client.get(f"/v1/jobs/{job}/events", stream).status_code == 401


@pytest.mark.parametrize("way", [expired, revoked])
def test_who_waits_is_refused_when_the_key_ends(client: Client, clock: Clock, job: str, way: End) -> None:
    answer = answer_when_it_ends(client, clock, way, lambda: client.get(f"/v1/jobs/{job}?wait=30"))
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
