"""Weeks over HTTP."""

import gzip
import json
from base64 import urlsafe_b64encode

from optimizer.files.week_json import week_json
from optimizer.hashes import hash_of_week
from tests.api.client import Client
from tests.builders import a_request, a_week

FAR = urlsafe_b64encode(b"0001-01-01T00:00:00+23:59 a").decode().rstrip("=")
"""A cursor of a date that is before all dates."""
WEEK = a_week([a_request("R1")])
CONTENT = week_json(WEEK)


def test_the_same_content_is_the_same_week(client: Client) -> None:
    first, again = client.send("/v1/weeks", CONTENT), client.send("/v1/weeks", CONTENT)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["content_hash"] == hash_of_week(WEEK)
    assert first.headers["Location"] == f"/v1/weeks/{first.json()['id']}"


def test_a_week_comes_back_whole(client: Client) -> None:
    id_ = client.week(WEEK)
    assert client.get(f"/v1/weeks/{id_}").json()["id"] == id_
    assert client.get(f"/v1/weeks/{id_}/content").json() == json.loads(CONTENT)


def test_weeks_come_by_pages(client: Client) -> None:
    ids = {client.week(a_week([a_request(f"R{n}")])) for n in range(3)}
    first = client.get("/v1/weeks?limit=2").json()
    second = client.get(f"/v1/weeks?limit=2&cursor={first['next_cursor']}").json()
    assert {one["id"] for one in (*first["items"], *second["items"])} == ids
    assert second["next_cursor"] is None


def test_a_week_that_cannot_be_read_says_where(client: Client) -> None:
    raw = json.loads(CONTENT)
    raw["missions"][0]["nom"] = "Dupont"
    raw["missions"][0]["duration_minutes"] = 7
    answer = client.post("/v1/weeks", raw)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert problem["code"] == "unusable_input"
    assert {one["pointer"] for one in problem["errors"]} == {
        "/missions/0/nom",
        "/missions/0/duration_minutes",
    }
    assert "Dupont" not in answer.text


def test_a_body_that_is_no_json_is_told(client: Client) -> None:
    for content in (b"", b"{", b"[]", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"\xff", b"[" * 5000):
        answer = client.send("/v1/weeks", content)
        assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_body"), content[:10]
    assert client.send("/v1/weeks", b" ").json()["errors"][0]["detail"].startswith("corps vide")


def test_another_media_type_or_compression_is_refused(client: Client) -> None:
    for headers in (
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ):
        answer = client.send("/v1/weeks", gzip.compress(CONTENT), headers)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_a_body_beyond_the_limit_is_refused_chunked_or_not(client: Client) -> None:
    large = b" " * (64 * 1024 + 1)
    whole = client.send("/v1/weeks", large)
    assert (whole.status_code, whole.json()["code"]) == (413, "body_too_large")
    assert whole.json()["detail"] == "au plus 65536 octets"
    pieces = (large[start : start + 1024] for start in range(0, len(large), 1024))
    headers = {**client.headers, "Content-Type": "application/json"}
    chunked = client.http.post("/v1/weeks", content=pieces, headers=headers)
    assert (chunked.status_code, chunked.json()["code"]) == (413, "body_too_large")
    exact = client.send("/v1/weeks", CONTENT.ljust(64 * 1024))
    assert exact.status_code == 201


def test_a_parameter_that_nobody_knows_is_refused(client: Client) -> None:
    answer = client.get("/v1/weeks?limit=2&lmit=3")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"parameter": "lmit", "detail": "paramètre inconnu"}]
    id_ = client.week(WEEK)
    assert client.get(f"/v1/weeks/{id_}?for=AS01").status_code == 422


def test_a_parameter_that_comes_twice_is_refused(client: Client) -> None:
    answer = client.get("/v1/weeks?limit=2&limit=3")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"parameter": "limit", "detail": "paramètre répété"}]


def test_nothing_of_an_address_comes_back_in_headers(client: Client) -> None:
    answer = client.get("/v1/jobs/x%0d%0aSet-Cookie:%20a=b")
    assert answer.status_code == 404 and "set-cookie" not in answer.headers
    key = {"Idempotency-Key": "a b", "Content-Type": "application/json"}
    refused = client.send("/v1/jobs", b'{"kind": "plan", "week_id": "week_none"}', key)
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, "Idempotency-Key")


def test_a_parameter_out_of_range_is_refused(client: Client) -> None:
    for path in ("/v1/weeks?limit=0", "/v1/weeks?limit=x", "/v1/weeks?cursor=zz", f"/v1/weeks?cursor={FAR}"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), path


def test_what_is_not_there_is_told_in_the_language_asked_for(client: Client) -> None:
    for language, title in (
        ("en-GB,fr;q=0.5", "Nothing by that name"),
        ("fr, en;q=0.9", "Rien de ce nom"),
        ("de", "Rien de ce nom"),
    ):
        answer = client.get("/v1/weeks/week_none", {"Accept-Language": language})
        assert (answer.status_code, answer.json()["title"]) == (404, title)
    assert client.get("/v1/nothing").json()["code"] == "not_found"


def test_an_address_says_which_methods_it_takes(client: Client) -> None:
    for path, methods in (("/v1/weeks", "GET, POST"), ("/v1/jobs/x", "DELETE, GET"), ("/healthz", "GET")):
        wrong = client.http.put(path, headers=client.headers)
        assert (wrong.status_code, wrong.headers["Allow"]) == (405, methods)
        assert wrong.json()["code"] == "method_not_allowed"


def test_a_parameter_that_is_refused_says_what_was_expected(client: Client) -> None:
    for path, told in (
        ("/v1/weeks?limit=0", "« 0 » ; attendu : au moins 1"),
        ("/v1/weeks?limit=x", "« x » ; attendu : un nombre entier"),
        ("/v1/jobs?state=done", "une valeur parmi queued, running"),
    ):
        (fault,) = client.get(path).json()["errors"]
        assert told in fault["detail"]
