"""Jobs over HTTP."""

from datetime import timedelta

import pytest

from api.jobs.runner import Runner
from tests.api.client import Client
from tests.api.jobs.service import Clock
from tests.builders import a_request, a_week

WEEK = a_week([a_request("R1")])
MISSED = [{"event": "missed", "item_id": "R1"}]


def asked(client: Client, **more: object) -> dict[str, object]:
    return {"kind": "plan", "week_id": client.week(WEEK), **more}


def test_a_job_is_accepted_at_once(client: Client) -> None:
    answer = client.post("/v1/jobs", asked(client))
    job = answer.json()
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/jobs/{job['id']}"
    assert int(answer.headers["Retry-After"]) > 0
    assert (job["state"], job["status"], job["workers"]) == ("queued", None, 2)


def test_who_waits_for_a_job_that_ended_has_its_end(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    answer = client.get(f"/v1/jobs/{job}?wait=30")
    assert (answer.status_code, answer.json()["state"], answer.json()["status"]) == (
        200,
        "succeeded",
        "optimal",
    )


def test_a_key_sent_again_is_the_same_job(client: Client) -> None:
    body, key = asked(client), {"Idempotency-Key": "abc"}
    first, again = client.post("/v1/jobs", body, key), client.post("/v1/jobs", body, key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    other = client.post("/v1/jobs", body | {"seed": 1}, key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(client.get("/v1/jobs").json()["items"]) == 1


def test_a_key_is_one_tenants_own(client: Client) -> None:
    other = client.as_other("theirs")
    key = {"Idempotency-Key": "abc"}
    assert client.post("/v1/jobs", asked(client), key).status_code == 202
    assert other.post("/v1/jobs", asked(other, seed=1), key).status_code == 202


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"kind": "paint"}, "/kind"),
        ({"workers": 3}, "/workers"),
        ({"workers": 0}, "/workers"),
        ({"workers": "2"}, "/workers"),
        ({"time_limit": -1}, "/time_limit"),
        ({"speed": 3}, "/speed"),
        ({"plan": {}}, "/plan"),
        ({"week_id": "week_none"}, "/week_id"),
        ({"kind": "replan", "plan_job_id": "job_none", "events": MISSED}, "/plan_job_id"),
        ({"kind": "replan", "plan_job_id": "j", "events": [{"event": "fire"}]}, "/events/0/event"),
        (
            {"kind": "replan", "plan_job_id": "j", "events": [{"event": "dropped", "item_id": 3}]},
            "/events/0/item_id",
        ),
        ({"kind": "replan", "events": MISSED}, ""),
        ({"kind": "replan", "plan_job_id": "j", "events": []}, "/events"),
        ({"kind": "compose", "week_id": ..., "week_ids": ["week_none"]}, "/week_ids/0"),
    ],
)
def test_what_is_malformed_says_where(client: Client, more: dict[str, object], pointer: str) -> None:
    body = {name: value for name, value in asked(client, **more).items() if value is not ...}
    answer = client.post("/v1/jobs", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_a_kind_is_needed(client: Client) -> None:
    answer = client.post("/v1/jobs", {"week_id": "x"}, {"Accept-Language": "en"})
    assert answer.json()["errors"][0]["pointer"] == "/kind"
    told = "missing field 'kind'; one of compare, compose, explain, plan, replan"
    assert answer.json()["errors"][0]["detail"] == told
    body = {"kind": "replan", "week_id": "x", "plan_job_id": "y", "events": [{}]}
    (event,) = client.post("/v1/jobs", body).json()["errors"]
    assert event["pointer"] == "/events/0/event" and "parmi absent, added, dropped" in event["detail"]


def test_a_plan_of_another_week_is_refused(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    other = client.week(a_week([a_request("R2")]))
    answer = client.post("/v1/jobs", {"kind": "explain", "week_id": other, "plan_job_id": job})
    assert answer.json()["errors"][0]["pointer"] == "/week_id"


# ------------------------------------------------------------ reading


def test_nothing_is_sent_when_nothing_changed(client: Client) -> None:
    id_ = client.post("/v1/jobs", asked(client)).json()["id"]
    mark = client.get(f"/v1/jobs/{id_}").headers["ETag"]
    assert client.get(f"/v1/jobs/{id_}", {"If-None-Match": mark}).status_code == 304
    client.post(f"/v1/jobs/{id_}/stop")
    changed = client.get(f"/v1/jobs/{id_}", {"If-None-Match": mark})
    assert (changed.status_code, changed.json()["state"]) == (200, "stopped")


def test_jobs_come_by_pages_and_by_state(client: Client, clock: Clock) -> None:
    ids = []
    for seed in range(3):
        ids.append(client.post("/v1/jobs", asked(client, seed=seed)).json()["id"])
        clock.wait(timedelta(seconds=1))
    client.post(f"/v1/jobs/{ids[0]}/stop")
    first = client.get("/v1/jobs?limit=2").json()
    assert [one["id"] for one in first["items"]] == [ids[2], ids[1]]
    second = client.get(f"/v1/jobs?cursor={first['next_cursor']}").json()
    assert [one["id"] for one in second["items"]] == [ids[0]]
    stopped = client.get("/v1/jobs?state=stopped").json()
    assert [one["id"] for one in stopped["items"]] == [ids[0]]


def test_a_job_is_purged_once_it_ended(client: Client) -> None:
    id_ = client.post("/v1/jobs", asked(client)).json()["id"]
    early = client.delete(f"/v1/jobs/{id_}")
    assert (early.status_code, early.json()["code"]) == (409, "not_ended")
    client.post(f"/v1/jobs/{id_}/stop")
    assert client.delete(f"/v1/jobs/{id_}").status_code == 204
    for path in (f"/v1/jobs/{id_}", f"/v1/jobs/{id_}/events", f"/v1/jobs/{id_}/plan"):
        assert client.get(path).status_code == 404


# ------------------------------------------------------------ results


def test_a_plan_has_every_form(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    whole = client.get(f"/v1/jobs/{job}/plan")
    assert whole.json()["assignments"][0]["mission_id"] == "R1"
    for form, media_type, start in (
        ("ics", "text/calendar", b"BEGIN:VCALENDAR"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv", b"\xef\xbb\xbf"),
        ("html", "text/html", b"<!doctype html>"),
        ("zip", "application/zip", b"PK"),
    ):
        named = client.get(f"/v1/jobs/{job}/plan?format={form}")
        accepted = client.get(f"/v1/jobs/{job}/plan", {"Accept": media_type})
        for answer in (named, accepted):
            assert answer.headers["content-type"].startswith(media_type)
            assert answer.content.lower().startswith(start.lower())
    refused = client.get(f"/v1/jobs/{job}/plan", {"Accept": "image/png"})
    assert (refused.status_code, refused.json()["code"]) == (406, "not_acceptable")
    assert "text/calendar" in refused.json()["detail"]


def test_a_plan_is_for_whoever_it_is_asked_for(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    assert client.get(f"/v1/jobs/{job}/plan?for=SECTEUR-1").json()["audience"] == "SECTEUR-1"
    unknown = client.get(f"/v1/jobs/{job}/plan?for=XX")
    assert (unknown.status_code, unknown.json()["errors"][0]["parameter"]) == (422, "for")


def test_the_proof_and_the_rest_of_a_result(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    levels = client.get(f"/v1/jobs/{job}/levels").json()
    assert (levels["status"], [one["name"] for one in levels["levels"]]) == (
        "optimal",
        ["commitments", "preferences"],
    )
    result = client.get(f"/v1/jobs/{job}/result").json()
    assert (result["has_plan"], result["reasons"], result["answer"]) == (True, [], None)


def test_a_job_that_has_not_ended_has_no_plan_yet(client: Client) -> None:
    id_ = client.post("/v1/jobs", asked(client)).json()["id"]
    early = client.get(f"/v1/jobs/{id_}/plan")
    assert (early.status_code, early.json()["code"]) == (409, "not_ended")
    client.post(f"/v1/jobs/{id_}/stop")
    late = client.get(f"/v1/jobs/{id_}/plan")
    assert (late.status_code, late.json()["code"]) == (409, "no_plan")
    for found in ("levels", "result"):
        answer = client.get(f"/v1/jobs/{id_}/{found}")
        assert (answer.status_code, answer.json()["code"]) == (409, "no_answer")


# ------------------------------------------------------------ progress


def test_events_go_on_from_the_last_known(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    page = client.get(f"/v1/jobs/{job}/events").json()
    numbers = [one["number"] for one in page["items"]]
    assert numbers == list(range(1, len(numbers) + 1)) and page["last"] == numbers[-1]
    rest = client.get(f"/v1/jobs/{job}/events?after={numbers[-2]}").json()
    assert [one["number"] for one in rest["items"]] == numbers[-1:]


def test_a_stream_ends_by_saying_so_and_resumes(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    stream = {"Accept": "text/event-stream"}
    whole = client.get(f"/v1/jobs/{job}/events", stream)
    assert whole.headers["content-type"].startswith("text/event-stream")
    blocks = whole.text.strip().split("\n\n")
    assert blocks[0].startswith("id: 1\nevent: state\ndata: ")
    assert blocks[-1].endswith('event: end\ndata: {"state": "succeeded"}')
    rest = client.get(f"/v1/jobs/{job}/events", stream | {"Last-Event-ID": str(len(blocks) - 2)})
    assert rest.text.strip().split("\n\n") == blocks[-2:]


def test_the_log_is_lines_of_text(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    answer = client.get(f"/v1/jobs/{job}/log")
    assert (answer.status_code, answer.text) == (200, "")
