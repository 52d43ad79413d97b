"""Keys over HTTP."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from api.callers import create_key
from api.store.keys import NewKey
from api.store.tables import Audit
from api.words import Scope
from tests.api.client import Client
from tests.api.jobs.service import Clock

EVERY = tuple(Scope)
A_READER = {"name": "écran", "scopes": ["read"]}


@pytest.fixture
def admin(client: Client) -> Client:
    """Somebody who may do everything."""
    return client.as_other(scopes=EVERY)


def holder(client: Client, key: str) -> Client:
    return Client(client.http, client.store, client.now, key)


def test_a_key_is_shown_once_and_opens_what_it_says(admin: Client) -> None:
    made = admin.post("/v1/keys", A_READER)
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    key, told = made.json().pop("key"), {k: v for k, v in made.json().items() if k != "key"}
    assert (told["prefix"], told["scopes"], told["expires_at"]) == (key.split("_")[1], ["read"], None)
    reader = holder(admin, key)
    assert reader.get("/v1/weeks").status_code == 200
    assert reader.post("/v1/jobs", {}).status_code == 403
    listed = admin.get("/v1/keys")
    assert key.split("_", 2)[2] not in listed.text and "secret" not in listed.text
    (row,) = [one for one in listed.json()["items"] if one["id"] == told["id"]]
    assert row == told | {"last_used_at": row["last_used_at"]} and row["last_used_at"] is not None


def test_a_key_that_is_revoked_opens_nothing(admin: Client) -> None:
    made = [admin.post("/v1/keys", A_READER).json() for _ in range(2)]
    for one, name in zip(made, ("id", "prefix"), strict=True):
        assert admin.delete(f"/v1/keys/{one[name]}").status_code == 204
        assert holder(admin, one["key"]).get("/v1/weeks").status_code == 401
    revoked = {one["id"]: one["revoked_at"] for one in admin.get("/v1/keys").json()["items"]}
    assert all(revoked[one["id"]] is not None for one in made)
    assert admin.delete("/v1/keys/key_none").status_code == 404


def test_a_key_gives_no_more_than_it_has(client: Client) -> None:
    admin = client.as_other(scopes=(Scope.READ, Scope.ADMIN))
    refused = admin.post("/v1/keys", {"name": "x", "scopes": ["read", "solve", "publish"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/scopes/1", "/scopes/2"]
    assert admin.post("/v1/keys", {"name": "x", "scopes": ["read", "admin"]}).status_code == 201


def test_a_key_does_not_outlive_the_one_that_made_it(client: Client, clock: Clock) -> None:
    new = NewKey("short", EVERY, expires_at=clock() + timedelta(days=30))
    short = holder(client, create_key(client.store, "mine", new, clock()))
    beyond = short.post("/v1/keys", A_READER | {"days": 31})
    assert (beyond.status_code, beyond.json()["errors"][0]["pointer"]) == (403, "/days")
    within, silent = (short.post("/v1/keys", A_READER | days).json() for days in ({"days": 30}, {}))
    assert within["expires_at"] == silent["expires_at"] is not None


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({}, "/scopes"),
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["fly"]}, "/scopes/0"),
        ({"scopes": ["read"], "days": 0}, "/days"),
        ({"scopes": ["read"], "tenant": "theirs"}, "/tenant"),
        ({"scopes": ["read", "solve"], "audience": "SECTEUR"}, ""),
        ({"scopes": ["read"], "audience": ""}, "/audience"),
        ({"scopes": ["read"], "audience": "SECTEUR 1/2"}, "/audience"),
        ({"scopes": ["read"], "name": "\n"}, "/name"),
    ],
)
def test_what_a_key_cannot_be_says_where(admin: Client, asked: dict[str, object], pointer: str) -> None:
    answer = admin.post("/v1/keys", {"name": "x", **asked})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_keys_are_those_who_administer_for_the_whole_tenant(client: Client) -> None:
    made = client.as_other(scopes=EVERY).post("/v1/keys", A_READER).json()
    readers = (
        client,
        client.as_other(scopes=(Scope.READ, Scope.SOLVE, Scope.PUBLISH)),
        client.as_other(scopes=EVERY, audience="SECTEUR-1"),
    )
    for reader in readers:
        answers = (
            reader.get("/v1/keys"),
            reader.post("/v1/keys", A_READER),
            reader.delete(f"/v1/keys/{made['id']}"),
        )
        assert [answer.status_code for answer in answers] == [403] * 3


def test_a_tenant_administers_its_own_keys(admin: Client) -> None:
    made = admin.post("/v1/keys", A_READER).json()
    theirs = admin.as_other("theirs", EVERY)
    assert made["id"] not in theirs.get("/v1/keys").text
    for name in ("id", "prefix"):
        assert theirs.delete(f"/v1/keys/{made[name]}").status_code == 404
    assert holder(admin, made["key"]).get("/v1/weeks").status_code == 200
    other = holder(admin, theirs.post("/v1/keys", A_READER).json()["key"])
    week = admin.as_other().send("/v1/weeks", admin.get("/v1/demo").content).json()["id"]
    assert other.get(f"/v1/weeks/{week}").status_code == 404


def test_keys_come_by_pages(admin: Client, clock: Clock) -> None:
    ids = []
    for _ in range(3):
        clock.wait(timedelta(seconds=1))
        ids.append(admin.post("/v1/keys", A_READER).json()["id"])
    first = admin.get("/v1/keys?limit=2").json()
    assert [one["id"] for one in first["items"]] == ids[:0:-1]
    rest = admin.get(f"/v1/keys?cursor={first['next_cursor']}").json()
    assert rest["items"][0]["id"] == ids[0] and rest["next_cursor"] is None


def test_what_is_done_to_keys_is_written_down(admin: Client) -> None:
    made = admin.post("/v1/keys", A_READER).json()
    admin.delete(f"/v1/keys/{made['prefix']}")
    with admin.store.reading() as session:
        lines = [one for one in session.scalars(select(Audit)) if one.object_id == made["id"]]
    assert sorted(one.action for one in lines) == ["key.created", "key.revoked"]
    assert all(one.key_id for one in lines)
