"""Published plans over HTTP."""

import pytest
from sqlalchemy import select

from api.jobs.runner import Runner
from api.store.tables import Audit
from api.words import Scope
from tests.api.client import Client
from tests.builders import a_request, a_week

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
