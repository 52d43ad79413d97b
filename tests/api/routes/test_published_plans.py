"""Published plans over HTTP."""

import pytest
from sqlalchemy import select

from api.jobs.runner import Runner
from api.store.tables import Audit, Result
from api.words import Scope
from optimizer.plan import Level, Plan
from tests.api.client import Client
from tests.builders import a_mission, a_request, a_week

WEEK = a_week([a_request("R1")])


@pytest.fixture
def publisher(client: Client) -> Client:
    return client.as_other(scopes=(Scope.READ, Scope.PUBLISH))


@pytest.fixture
def limited(client: Client) -> Client:
    return client.as_other(scopes=(Scope.READ,), audience="SECTEUR-1")


def test_a_limited_key_reads_a_plan_while_it_is_published(
    client: Client, publisher: Client, limited: Client, runner: Runner
) -> None:
    job = client.planned(WEEK, runner)
    paths = (f"/v1/jobs/{job}", f"/v1/jobs/{job}/plan", f"/v1/jobs/{job}/levels")

    def found() -> tuple[set[int], list[str], list[str]]:
        codes = {limited.get(path).status_code for path in paths}
        lists = (limited.get(path).json()["items"] for path in ("/v1/jobs", "/v1/published"))
        jobs, plans = lists
        return codes, [one["id"] for one in jobs], [one["job_id"] for one in plans]

    assert found() == ({404}, [], [])
    mark = client.get(f"/v1/jobs/{job}").headers["ETag"]
    published = publisher.post(f"/v1/jobs/{job}/publish")
    assert (published.status_code, published.json()["published_at"] is not None) == (200, True)
    assert found() == ({200}, [job], [job])
    kept = client.delete(f"/v1/jobs/{job}")
    assert (kept.status_code, kept.json()["code"]) == (409, "published")
    assert client.get(f"/v1/jobs/{job}").headers["ETag"] != mark
    # whoever reads whole plans is told by which key, and again changes nothing
    (told,) = publisher.get("/v1/published").json()["items"]
    assert told["published_by"].startswith("key_") and told["week_id"] == client.week(WEEK)
    assert limited.get("/v1/published").json()["items"][0]["published_by"] is None
    assert publisher.post(f"/v1/jobs/{job}/publish").json() == published.json()
    for _ in range(2):
        assert publisher.delete(f"/v1/jobs/{job}/publish").status_code == 204
    assert found() == ({404}, [], [])
    assert client.get(f"/v1/jobs/{job}/plan").status_code == 200
    with client.store.reading() as session:
        lines = [one for one in session.scalars(select(Audit)) if one.action.startswith("plan.")]
    assert sorted((one.action, one.object_id) for one in lines) == [
        ("plan.published", job),
        ("plan.withdrawn", job),
    ]


def test_what_has_no_plan_is_not_published(client: Client, publisher: Client) -> None:
    job = client.post("/v1/jobs", {"kind": "plan", "week_id": client.week(WEEK)}).json()["id"]
    assert publisher.post(f"/v1/jobs/{job}/publish").json()["code"] == "not_ended"
    client.post(f"/v1/jobs/{job}/stop")
    late = publisher.post(f"/v1/jobs/{job}/publish")
    assert (late.status_code, late.json()["code"]) == (409, "no_plan")


def test_only_who_may_publish_does_and_only_their_own(client: Client, limited: Client) -> None:
    job = client.post("/v1/jobs", {"kind": "plan", "week_id": client.week(WEEK)}).json()["id"]
    path = f"/v1/jobs/{job}/publish"
    for other in (client, limited, client.as_other(scopes=(Scope.PUBLISH,), audience="SECTEUR-1")):
        assert (other.post(path).status_code, other.delete(path).status_code) == (403, 403)
    theirs = client.as_other("theirs", (Scope.PUBLISH,))
    assert (theirs.post(path).status_code, theirs.delete(path).status_code) == (404, 404)


# ------------------------------------------------------------ the judge reads first


def with_plan(client: Client, job: str, plan: Plan) -> None:
    """Put another plan in the place of what a job found, as a defect or a past that broke rules would."""
    with client.store.writing() as session:
        result = session.get(Result, job)
        assert result is not None
        result.plan = plan.model_dump_json()


def plan_of_job(client: Client, job: str) -> Plan:
    with client.store.reading() as session:
        result = session.get(Result, job)
        assert result is not None
        return Plan.model_validate_json(result.plan or "")


def test_a_plan_that_breaks_rules_is_published_only_when_that_is_acknowledged(
    client: Client, publisher: Client, runner: Runner
) -> None:
    job = client.planned(WEEK, runner)
    with_plan(client, job, plan_of_job(client, job).model_copy(update={"assignments": (), "queue": ()}))
    refused = publisher.post(f"/v1/jobs/{job}/publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_breaks_rules")
    assert any("R1" in one["detail"] for one in refused.json()["errors"])
    assert client.get(f"/v1/jobs/{job}").json()["published_at"] is None
    assert publisher.post(f"/v1/jobs/{job}/publish?acknowledged=true").status_code == 200


def test_a_plan_that_says_wrong_things_of_itself_is_refused(
    client: Client, publisher: Client, runner: Runner
) -> None:
    job = client.planned(WEEK, runner)
    plan = plan_of_job(client, job)
    levels = tuple(Level.of(level.name, level.value + 5, level.value + 5) for level in plan.levels)
    with_plan(client, job, plan.model_copy(update={"levels": levels}))
    assert publisher.post(f"/v1/jobs/{job}/publish").json()["code"] == "plan_breaks_rules"


def test_nobody_may_acknowledge_a_contract_given_to_the_sector_team(
    client: Client, publisher: Client, runner: Runner
) -> None:
    job = client.planned(a_week([a_mission("C1", "CONTRAT", "FAM1")]), runner)
    plan = plan_of_job(client, job)
    given = (plan.assignments[0].model_copy(update={"professional_ids": ("AS01",)}),)
    with_plan(client, job, plan.model_copy(update={"assignments": given}))
    refused = publisher.post(f"/v1/jobs/{job}/publish?acknowledged=true")
    assert (refused.status_code, refused.json()["code"]) == (422, "unusable_input")
