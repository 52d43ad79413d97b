"""Questions that are answered at once, and what there is to know before asking."""

import json

from api.jobs.runner import Runner
from api.words import Scope
from optimizer.catalogue import catalogue
from optimizer.files.week_json import week_json
from optimizer.hashes import hash_of_week
from optimizer.rules import RULES
from tests.api.client import Client
from tests.builders import a_mission, a_pin, a_plan, a_request, a_row, a_week

WEEK = a_week([a_request("R1"), a_request("R2")])
RAW = json.loads(week_json(WEEK))


def test_a_week_is_validated(client: Client) -> None:
    good = client.post("/v1/validate", RAW).json()
    assert (good["content_hash"], good["contradictions"]) == (hash_of_week(WEEK), [])
    missions = [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "DROITS", "FAM1")]
    pins = [a_pin("M1", "AS01", "tuesday 09:00"), a_pin("M2", "AS01", "tuesday 09:30")]
    bad = client.send("/v1/validate", week_json(a_week(missions, pins=pins))).json()
    assert any("M1 et M2" in fact for fact in bad["contradictions"])
    assert client.get("/v1/weeks").json()["items"] == []


def test_a_plan_is_judged(client: Client) -> None:
    plan = a_plan(a_row("R1", "ES01", "tuesday 09:00", 60, "MDS-A", "A1"))
    answer = client.post("/v1/check", {"week": RAW, "plan": json.loads(plan.model_dump_json())}).json()
    assert answer["passed"] is False
    assert any(one["item_id"] == "R2" for one in answer["violations"])


def test_the_plan_of_a_job_is_judged_by_its_name(client: Client, runner: Runner) -> None:
    job = client.planned(WEEK, runner)
    answer = client.post("/v1/check", {"week_id": client.week(WEEK), "plan_job_id": job}).json()
    assert (answer["passed"], answer["violations"], answer["false_claims"]) == (True, [], [])


def test_a_change_is_evaluated(client: Client, runner: Runner) -> None:
    about = {"plan_job_id": client.planned(WEEK, runner), "week_id": client.week(WEEK)}
    moves = [{"item_id": "R1", "start": "2026-01-09T10:00"}]
    assert client.post("/v1/evaluate", about | {"moves": moves}).json()["allowed"] is True
    unknown = client.post("/v1/evaluate", about | {"moves": [*moves, {"item_id": "R9"}]})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/moves/1")
    nothing = client.post("/v1/evaluate", about)
    assert (nothing.status_code, nothing.json()["code"]) == (422, "invalid_request")


def test_a_request_is_recommended_a_place(client: Client, runner: Runner) -> None:
    about = {"plan_job_id": client.planned(WEEK, runner), "week_id": client.week(WEEK)}
    request = {"id": "R9", "type": "ACCUEIL", "site_id": "MDS-A"}
    answer = client.post("/v1/recommend", about | {"request": request, "most": 2}).json()
    assert answer["mission_id"] == "R9" and len(answer["choices"]) == 2
    known = client.post("/v1/recommend", about | {"mission_id": "R1"}).json()
    assert known["mission_id"] == "R1"
    for asked, pointer in (
        ({"mission_id": "R8"}, "/mission_id"),
        ({"request": request | {"name": "x"}}, "/request/name"),
        ({"request": request | {"site_id": "MDS-Z"}}, "/request/site_id"),
    ):
        refused = client.post("/v1/recommend", about | asked)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


def test_what_is_sent_twice_or_not_at_all_is_refused(client: Client) -> None:
    for body, french, english in (
        ({}, "ni week ni week_id", "neither week nor week_id"),
        ({"week": RAW}, "ni plan ni plan_job_id", "neither plan nor plan_job_id"),
        ({"week": RAW, "week_id": "x", "plan": {}}, "week et week_id à la fois", "both week and week_id"),
        ({"week": RAW, "plan_job_id": "x"}, "plan_job_id sans week_id", "plan_job_id without week_id"),
    ):
        for language, words in (("fr", french), ("en", english)):
            answer = client.post("/v1/check", body, {"Accept-Language": language})
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
            assert answer.json()["errors"][0]["detail"].startswith(words)
    wrong = client.post("/v1/check", {"week": {}, "plan": {}})
    assert wrong.json()["errors"][0]["pointer"].startswith("/week/")


# ------------------------------------------------------------ discovery


def test_rules_and_mission_types_are_those_of_the_product(client: Client) -> None:
    assert [one["code"] for one in client.get("/v1/rules").json()["items"]] == [rule.code for rule in RULES]
    types = client.get("/v1/mission-types").json()["items"]
    assert [one["code"] for one in types] == list(catalogue())


def test_the_demo_week_can_be_kept(client: Client) -> None:
    demo = client.get("/v1/demo")
    assert demo.status_code == 200
    assert json.loads(demo.content)["horizon"]["weeks"] >= 1


def test_schemas_and_version(client: Client) -> None:
    assert set(client.get("/v1/schema").json()) == {"week", "plan", "job"}
    assert set(client.get("/v1/version").json()) == {"version", "solver"}


def test_figures_count_requests_and_jobs(client: Client) -> None:
    client.post("/v1/jobs", {"kind": "plan", "week_id": client.week(WEEK)})
    client.get("/v1/weeks/week_none")
    assert client.get("/metrics").status_code == 403
    text = client.as_other(scopes=(Scope.ADMIN,)).get("/metrics").text
    assert 'polyvalence_jobs{state="queued"} 1.0' in text
    assert 'polyvalence_request_seconds_count{operation="readWeek",status="404"} 1.0' in text
    assert "week_" not in text
    theirs = client.as_other("theirs", (Scope.ADMIN,)).get("/metrics").text
    assert 'polyvalence_jobs{state="queued"} 0.0' in theirs
