"""How often one may ask, over HTTP."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.app import make_app
from api.callers import KNOWN_FOR
from api.settings import Settings
from api.store.database import Store
from tests.api.client import Client
from tests.api.jobs.service import Clock
from tests.builders import a_week

Make = Callable[..., Client]


@pytest.fixture
def make(store: Store, clock: Clock) -> Iterator[Make]:
    """Somebody who may read and solve, under the limits that are told."""
    with ExitStack() as stack:

        def made(**limits: int) -> Client:
            app = make_app(store, Settings(cores=2).model_copy(update=limits), clock)
            http = stack.enter_context(TestClient(app, raise_server_exceptions=False))
            return Client(http, store, clock).as_other()

        yield made


def test_an_answer_says_what_is_left(make: Make) -> None:
    client = make(reads_per_minute=60, writes_per_minute=6)
    read = client.get("/v1/version")
    assert read.headers["RateLimit-Policy"] == '"reads";q=60;w=60'
    assert read.headers["RateLimit"] == '"reads";r=59;t=1'
    assert client.get("/v1/jobs/job_none").headers["RateLimit"] == '"reads";r=58;t=2'
    assert client.post("/v1/jobs", {}).headers["RateLimit"] == '"writes";r=5;t=10'
    assert "RateLimit" not in client.get("/healthz").headers


def test_who_asks_too_often_is_told_when_to_come_again(make: Make, clock: Clock) -> None:
    client = make(reads_per_minute=2, writes_per_minute=2)
    for _ in range(2):
        assert client.get("/v1/version").status_code == 200
    refused = client.get("/v1/version", {"Accept-Language": "en"})
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert refused.headers["Retry-After"] == "30"
    assert refused.headers["RateLimit"] == '"reads";r=0;t=60'
    # what changes something has a budget of its own, and so has another key
    assert client.post("/v1/jobs", {}).status_code == 422
    assert client.as_other().get("/v1/version").status_code == 200
    clock.wait(timedelta(seconds=30))
    assert client.get("/v1/version").status_code == 200


def test_keys_that_are_refused_too_often_are_heard_no_more(make: Make, clock: Clock) -> None:
    client = make(failures_per_minute=2)
    late = client.as_other()
    stranger = Client(client.http, client.store, clock, "pv_0000000000_x")
    guesser = Client(client.http, client.store, clock, f"{client.key}x")
    assert client.get("/v1/version").status_code == 200
    assert [one.get("/v1/version").status_code for one in (stranger, guesser, guesser, stranger)] == [
        401,
        401,
        429,
        429,
    ]
    refused = guesser.get("/v1/version")
    assert (refused.json()["code"], refused.headers["Retry-After"]) == ("too_many_failures", "30")
    # a key that was verified lately is heard; one that is new has to wait
    assert client.get("/v1/version").status_code == 200
    assert late.get("/v1/version").status_code == 429
    clock.wait(timedelta(seconds=30))
    assert late.get("/v1/version").status_code == 200
    clock.wait(KNOWN_FOR)
    assert client.get("/v1/version").status_code == 200


def test_who_has_no_key_is_told_so_as_often_as_they_ask(make: Make, clock: Clock) -> None:
    client = make(failures_per_minute=1)
    nobody = Client(client.http, client.store, clock)
    assert [nobody.get("/v1/version").status_code for _ in range(3)] == [401] * 3


def test_so_many_jobs_of_a_tenant_may_wait(make: Make) -> None:
    client = make(queue_limit=2)
    asked = {"kind": "plan", "week_id": client.week(a_week())}
    key = {"Idempotency-Key": "abc"}
    first = client.post("/v1/jobs", asked, key).json()["id"]
    assert client.post("/v1/jobs", asked).status_code == 202
    refused = client.post("/v1/jobs", asked)
    assert (refused.status_code, refused.json()["code"]) == (429, "queue_full")
    assert int(refused.headers["Retry-After"]) > 0
    assert client.patch_by_post(f"/v1/jobs/{first}/derive", {}).status_code == 429
    # what was accepted before is, and another tenant's queue is its own
    assert client.post("/v1/jobs", asked, key).json()["id"] == first
    other = client.as_other("theirs")
    assert other.post("/v1/jobs", asked | {"week_id": other.week(a_week())}).status_code == 202
    client.post(f"/v1/jobs/{first}/stop")
    assert client.post("/v1/jobs", asked).status_code == 202
