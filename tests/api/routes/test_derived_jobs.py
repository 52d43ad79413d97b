"""Jobs that ask what another one did, with changes."""

import pytest

from api.jobs.runner import Runner
from api.store.jobs import request_kept
from api.store.keys import keys_kept
from api.words import Scope
from tests.api.client import Client
from tests.builders import a_request, a_week

WEEK = a_week([a_request("R1")])
MISSED = [{"event": "missed", "item_id": "R1"}]


def submitted(client: Client, **more: object) -> str:
    asked = {"kind": "plan", "week_id": client.week(WEEK), **more}
    answer = client.post("/v1/jobs", asked)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def request_text(client: Client, id_: str) -> str | None:
    with client.store.reading() as session:
        return request_kept(session, keys_kept(session)[0].tenant_id, id_)


def test_a_derived_job_asks_the_same_but_for_the_patch(client: Client) -> None:
    first = submitted(client, time_limit=20.0, seed=3, engine="team")
    answer = client.patch_by_post(f"/v1/jobs/{first}/derive", {"seed": 4, "engine": None})
    job = answer.json()
    assert (answer.status_code, job["derived_from"], job["week_id"]) == (202, first, client.week(WEEK))
    assert answer.headers["Location"] == f"/v1/jobs/{job['id']}"
    assert request_text(client, job["id"]) == request_text(client, submitted(client, time_limit=20.0, seed=4))
    assert client.get(f"/v1/jobs/{first}").json()["derived_from"] is None


def test_what_a_job_was_derived_from_outlives_it(client: Client) -> None:
    first = submitted(client)
    job = client.patch_by_post(f"/v1/jobs/{first}/derive", {}).json()["id"]
    client.post(f"/v1/jobs/{first}/stop")
    assert client.delete(f"/v1/jobs/{first}").status_code == 204
    assert client.get(f"/v1/jobs/{job}").json()["derived_from"] == first
    assert client.patch_by_post(f"/v1/jobs/{first}/derive", {}).status_code == 404
    assert client.patch_by_post(f"/v1/jobs/{job}/derive", {}).status_code == 202


def test_a_plan_is_planned_again_by_a_patch_of_its_kind(client: Client, runner: Runner) -> None:
    first = client.planned(WEEK, runner)
    patch = {
        "kind": "replan",
        "engine": None,
        "plan_job_id": first,
        "events": [{"event": "dropped", "item_id": "R1"}],
    }
    job = client.patch_by_post(f"/v1/jobs/{first}/derive", patch).json()
    assert (job["kind"], job["derived_from"]) == ("replan", first)
    while client.get(f"/v1/jobs/{job['id']}").json()["state"] in ("queued", "running"):
        runner.turn()
    made = client.get(f"/v1/jobs/{job['id']}/result").json()["week_id"]
    assert client.get(f"/v1/weeks/{made}").json()["parent_id"] == client.week(WEEK)


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "explain"},
        {"kind": "compare", "organisations": {"a": {}, "b": {"writing_share_percent": 8}}},
    ],
)
def test_every_kind_can_be_derived(client: Client, asked: dict[str, object]) -> None:
    first = submitted(client, **asked)
    assert client.patch_by_post(f"/v1/jobs/{first}/derive", {"time_limit": 5}).status_code == 202


def test_a_composition_can_be_derived(client: Client) -> None:
    asked = {"kind": "compose", "week_ids": [client.week(WEEK)]}
    first = client.post("/v1/jobs", asked).json()["id"]
    patch = {"request": {"tolerance": 0}}
    assert client.patch_by_post(f"/v1/jobs/{first}/derive", patch).status_code == 202


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"speed": 3}, "/speed"),
        ({"sped": None}, "/sped"),
        ({"time_limit": 0}, "/time_limit"),
        ({"kind": None}, "/kind"),
        ({"kind": "replan", "events": MISSED, "plan_job_id": "j"}, "/engine"),
        ({"week_id": "week_none"}, "/week_id"),
        ({"workers": 99}, "/workers"),
    ],
)
def test_what_comes_out_is_read_as_strictly_as_ever(client: Client, patch: object, pointer: str) -> None:
    answer = client.patch_by_post(f"/v1/jobs/{submitted(client)}/derive", patch)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_only_a_merge_patch_is_read(client: Client) -> None:
    path = f"/v1/jobs/{submitted(client)}/derive"
    assert client.post(path, {}).json()["code"] == "unsupported_media_type"
    assert client.patch_by_post(path, []).json()["code"] == "unreadable_body"


def test_a_key_sent_again_is_the_same_derived_job(client: Client) -> None:
    path, key = f"/v1/jobs/{submitted(client)}/derive", {"Idempotency-Key": "abc"}
    first, again = (client.patch_by_post(path, {"seed": 1}, key) for _ in range(2))
    assert first.json() == again.json()
    other = client.patch_by_post(path, {"seed": 2}, key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_only_who_may_solve_derives_and_only_their_own(client: Client) -> None:
    path = f"/v1/jobs/{submitted(client)}/derive"
    assert client.as_other(scopes=(Scope.READ,)).patch_by_post(path, {}).status_code == 403
    assert client.as_other("theirs").patch_by_post(path, {}).status_code == 404
