"""Webhooks over HTTP, to a real receiver."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from api.app import make_app
from api.hooks.delivering import Deliverer
from api.hooks.managing import MOST_TESTS, MOST_WEBHOOKS
from api.hooks.sending import Post
from api.hooks.targets import Targets, hosts_of
from api.settings import Settings
from api.store.database import Store
from api.store.tables import Audit
from api.words import Scope
from tests.api.client import Client
from tests.api.hooks.receivers import Receiver
from tests.api.jobs.service import Clock
from tests.builders import a_week

ENDS = ["job.succeeded", "job.failed", "job.stopped", "job.expired"]
MERGE_PATCH = {"Content-Type": "application/merge-patch+json"}


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'service.db'}"


@pytest.fixture
def client(store: Store, clock: Clock, receiver: Receiver) -> Iterator[Client]:
    """Somebody who may read and solve, where the operator allows the receiver."""
    app = make_app(store, Settings(cores=2, webhook_hosts=receiver.host), clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Client(http, store, clock).as_other()


@pytest.fixture
def deliverer(store: Store, clock: Clock, receiver: Receiver) -> Deliverer:
    return Deliverer(store, Targets(hosts_of(receiver.host)), Post(5), clock, lambda: 0)


def created(client: Client, receiver: Receiver, **more: object) -> dict[str, object]:
    answer = client.post("/v1/webhooks", {"url": receiver.url, "events": ENDS, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


def patched(client: Client, path: str, patch: object, **headers: str) -> Response:
    sent = {**client.headers, **MERGE_PATCH, **headers}
    return client.http.patch(path, content=json.dumps(patch), headers=sent)


def a_stopped_job(client: Client) -> str:
    job = str(client.post("/v1/jobs", {"kind": "plan", "week_id": client.week(a_week())}).json()["id"])
    client.post(f"/v1/jobs/{job}/stop")
    return job


def test_a_secret_is_shown_once(client: Client, receiver: Receiver) -> None:
    made = created(client, receiver)
    path, secret = f"/v1/webhooks/{made['id']}", str(made["secret"])
    assert secret.startswith("whsec_")
    read = client.get(path)
    assert read.json() == {name: value for name, value in made.items() if name != "secret"}
    assert (read.json()["is_enabled"], read.json()["disabled_reason"]) == (True, None)
    rotated = client.post(f"{path}/rotate").json()
    assert rotated["secret"] != secret and rotated["previous_secret_until"] is not None
    for answer in (client.get("/v1/webhooks"), client.get(path), client.get(f"{path}/deliveries")):
        assert "whsec_" not in answer.text


def test_an_end_arrives_and_its_delivery_can_be_read(
    client: Client, receiver: Receiver, deliverer: Deliverer
) -> None:
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    job = a_stopped_job(client)
    (waiting,) = client.get(f"{path}/deliveries").json()["items"]
    assert (waiting["state"], waiting["attempts"]) == ("pending", 0)
    receiver.status = 503
    assert deliverer.turn()
    (failed,) = client.get(f"{path}/deliveries").json()["items"]
    assert (failed["type"], failed["job_id"], failed["state"]) == ("job.stopped", job, "pending")
    assert (failed["status_code"], failed["error"]) == (503, "not_accepted")
    assert failed["next_attempt_at"] > failed["created_at"]
    assert json.loads(receiver.came[0][2])["data"]["job_id"] == job


def test_a_webhook_is_tried_out_and_a_message_sent_again(
    client: Client, receiver: Receiver, deliverer: Deliverer
) -> None:
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    tried = client.post(f"{path}/test")
    assert (tried.status_code, tried.json()["type"]) == (202, "webhook.test")
    again = f"{path}/deliveries/{tried.json()['id']}/redeliver"
    early = client.post(again)
    assert (early.status_code, early.json()["code"]) == (409, "delivery_pending")
    assert deliverer.turn() and client.post(again).status_code == 202 and deliverer.turn()
    assert [json.loads(content)["type"] for _, _, content in receiver.came] == ["webhook.test"] * 2
    assert len({headers["webhook-id"] for _, headers, _ in receiver.came}) == 1
    assert client.post(f"{path}/deliveries/msg_none/redeliver").status_code == 404


def test_a_webhook_is_not_tried_out_too_often(
    client: Client, receiver: Receiver, deliverer: Deliverer
) -> None:
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    first = client.post(f"{path}/test").json()["id"]
    assert deliverer.turn()
    assert [client.post(f"{path}/test").status_code for _ in range(MOST_TESTS)] == [202] * MOST_TESTS
    for refused in (client.post(f"{path}/test"), client.post(f"{path}/deliveries/{first}/redeliver")):
        assert (refused.status_code, refused.json()["code"]) == (409, "delivery_pending")
        assert refused.json()["detail"] == f"{MOST_TESTS} essais au plus à la fois"
    other = f"/v1/webhooks/{created(client, receiver)['id']}"
    assert client.post(f"{other}/test").status_code == 202
    assert deliverer.turn() and deliverer.turn()  # one of the first webhook at least
    assert client.post(f"{path}/test").status_code == 202


def test_who_is_gone_is_disabled_and_says_why(
    client: Client, receiver: Receiver, deliverer: Deliverer
) -> None:
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    receiver.status = 410
    client.post(f"{path}/test")
    assert deliverer.turn()
    read = client.get(path).json()
    assert (read["is_enabled"], read["disabled_reason"]) == (False, "gone")
    (sent,) = client.get(f"{path}/deliveries").json()["items"]
    for refused in (client.post(f"{path}/test"), client.post(f"{path}/deliveries/{sent['id']}/redeliver")):
        assert (refused.status_code, refused.json()["code"]) == (409, "webhook_disabled")
    enabled = patched(client, path, {"is_enabled": True}).json()
    assert (enabled["is_enabled"], enabled["disabled_reason"]) == (True, None)


# ------------------------------------------------------------ changes


def test_a_change_is_refused_to_who_does_not_know_the_last(client: Client, receiver: Receiver) -> None:
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    mark = client.get(path).headers["ETag"]
    changed = patched(client, path, {"events": ["job.failed"]}, **{"If-Match": mark})
    assert (changed.status_code, changed.json()["events"]) == (200, ["job.failed"])
    assert changed.headers["ETag"] == client.get(path).headers["ETag"] != mark
    late = patched(client, path, {"is_enabled": False}, **{"If-Match": mark})
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    gone = client.http.delete(path, headers={**client.headers, "If-Match": mark})
    assert gone.status_code == 412
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"secret": "x"}, "/secret"),
        ({"secret": None}, "/secret"),
        ({"events": []}, "/events"),
        ({"events": ["webhook.test"]}, "/events/0"),
        ({"url": None}, "/url"),
        ({"is_enabled": "yes"}, "/is_enabled"),
    ],
)
def test_what_a_webhook_cannot_be_says_where(
    client: Client, receiver: Receiver, patch: object, pointer: str
) -> None:
    answer = patched(client, f"/v1/webhooks/{created(client, receiver)['id']}", patch)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_patch_has_its_own_media_type(client: Client, receiver: Receiver) -> None:
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    answer = patched(client, path, {}, **{"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["detail"]) == (
        415,
        "attendu : application/merge-patch+json, sans compression",
    )


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://127.0.0.1/", "webhook_target_private"),
        ("https://169.254.169.254/latest/", "webhook_target_private"),
        ("http://example.org/", "webhook_not_https"),
        ("https://me:you@example.org/", "webhook_has_credentials"),
        ("https://nowhere.invalid/", "webhook_unresolved"),
        ("gopher://example.org/", "webhook_url_malformed"),
    ],
)
def test_where_nothing_may_be_sent_is_refused(
    client: Client, receiver: Receiver, url: str, code: str
) -> None:
    asked = {"url": url, "events": ENDS}
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    for answer in (client.post("/v1/webhooks", asked), patched(client, path, {"url": url})):
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/url"]
    assert client.get(path).json()["url"] == receiver.url


def test_webhooks_come_by_pages_and_are_not_too_many(
    client: Client, receiver: Receiver, clock: Clock
) -> None:
    ids = []
    for _ in range(MOST_WEBHOOKS):
        ids.append(created(client, receiver)["id"])
        clock.wait(timedelta(seconds=1))
    answer = client.post("/v1/webhooks", {"url": receiver.url, "events": ENDS})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_webhooks")
    first = client.get("/v1/webhooks?limit=15").json()
    second = client.get(f"/v1/webhooks?limit=15&cursor={first['next_cursor']}").json()
    assert [one["id"] for one in (*first["items"], *second["items"])] == ids[::-1]
    for _ in range(3):
        client.post(f"/v1/webhooks/{ids[0]}/test")
    page = client.get(f"/v1/webhooks/{ids[0]}/deliveries?limit=2").json()
    rest = client.get(f"/v1/webhooks/{ids[0]}/deliveries?cursor={page['next_cursor']}").json()
    assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)


# ------------------------------------------------------------ who may


def test_webhooks_are_those_who_may_solve_for_the_whole_tenant(client: Client, receiver: Receiver) -> None:
    made = created(client, receiver)
    path = f"/v1/webhooks/{made['id']}"
    readers = (
        client.as_other(scopes=(Scope.READ,)),
        client.as_other(scopes=(Scope.READ, Scope.SOLVE), audience="SECTEUR-1"),
    )
    for reader in readers:
        for refused in (reader.get("/v1/webhooks"), reader.get(path), reader.post(f"{path}/test")):
            assert refused.status_code == 403


def test_a_webhook_of_another_tenant_is_not_there(client: Client, receiver: Receiver) -> None:
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    sent = client.post(f"{path}/test").json()["id"]
    other = client.as_other("theirs")
    assert other.get("/v1/webhooks").json()["items"] == []
    answers = (
        other.get(path),
        other.get(f"{path}/deliveries"),
        patched(other, path, {"is_enabled": False}),
        other.delete(path),
        *(other.post(f"{path}/{one}") for one in ("rotate", "test", f"deliveries/{sent}/redeliver")),
    )
    assert [answer.status_code for answer in answers] == [404] * 7


def test_what_is_done_to_webhooks_is_written_down(client: Client, receiver: Receiver) -> None:
    path = f"/v1/webhooks/{created(client, receiver)['id']}"
    patched(client, path, {"events": ["job.failed"]})
    for action in ("rotate", "test"):
        client.post(f"{path}/{action}")
    client.delete(path)
    with client.store.reading() as session:
        actions = [one.action for one in session.scalars(select(Audit)) if one.object_id in path]
    assert sorted(actions) == [
        "webhook.changed",
        "webhook.created",
        "webhook.removed",
        "webhook.rotated",
        "webhook.tested",
    ]
