"""Who may ask what, and what leaves for them."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from api.callers import KNOWN_FOR, create_key
from api.jobs.runner import Runner
from api.store.keys import NewKey, keys_kept, revoke
from api.store.tables import Audit
from api.words import Scope
from tests.api.client import Client
from tests.api.jobs.service import Clock
from tests.builders import a_case, a_mission, a_request, a_week

SECRETS = ("FOYER-X", "EVAL-X", "CONTRAT-X", "IP_VAD")
WEEK = a_week(
    [
        a_mission("SUIVI-1", "SUIVI", "FOYER-X"),
        a_mission("EVAL-X", "IP_VAD", "FOYER-X"),
        a_mission("CONTRAT-X", "CONTRAT", "FOYER-X", site="POLE-C"),
        a_mission("SUIVI-2", "SUIVI", "FOYER-X2"),
        a_request("R1"),
    ],
    cases=[a_case("FOYER-X", referent="AS01"), a_case("FOYER-X2", referent=None)],
)


# ------------------------------------------------------------ keys


def test_without_a_key_nothing_is_told(client: Client) -> None:
    for key in (
        None,
        "",
        "pv_",
        "pv_0000000000_x",
        "x",
        f"{client.key}x",
        (client.key or "").replace("pv", "PV"),
    ):
        answer = Client(client.http, client.store, client.now, key).get("/v1/weeks")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), key
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert client.http.get("/healthz").status_code == 200
    assert client.http.get("/readyz").json() == {"status": "ready"}


def test_nothing_that_is_sent_without_a_key_is_read(client: Client) -> None:
    nobody = Client(client.http, client.store, client.now)
    for path in ("weeks", "jobs", "validate", "check", "evaluate", "recommend"):
        for content in (b"{", b" " * (64 * 1024 + 1)):
            assert nobody.send(f"/v1/{path}", content).status_code == 401, path


def test_a_key_is_kept_as_a_hash_alone(client: Client) -> None:
    with client.store.reading() as session:
        (kept,) = keys_kept(session)
    secret = (client.key or "").split("_", 2)[2]
    assert kept.secret_hash.startswith("$argon2id$")
    assert secret not in f"{kept.secret_hash} {kept.prefix} {kept.name}"


def test_a_key_that_is_revoked_opens_nothing_at_once(client: Client, clock: Clock) -> None:
    assert client.get("/v1/weeks").status_code == 200
    with client.store.writing() as session:
        (kept,) = keys_kept(session)
        assert revoke(session, kept.prefix, clock()) is not None
    assert client.get("/v1/weeks").status_code == 401


def test_a_key_opens_until_it_expires(client: Client, clock: Clock) -> None:
    new = NewKey("short", (Scope.READ,), expires_at=clock() + timedelta(days=1))
    short = Client(client.http, client.store, clock, create_key(client.store, "mine", new, clock()))
    clock.wait(timedelta(days=1) - timedelta(seconds=1))
    assert short.get("/v1/weeks").status_code == 200
    clock.wait(timedelta(seconds=1))
    assert short.get("/v1/weeks").status_code == 401


def test_a_key_is_known_again_after_its_time_in_memory(client: Client, clock: Clock) -> None:
    for _ in range(2):
        assert client.get("/v1/weeks").status_code == 200
        clock.wait(KNOWN_FOR + timedelta(seconds=1))


def test_the_last_use_of_a_key_is_noted(client: Client, clock: Clock) -> None:
    clock.wait(timedelta(hours=3))
    client.get("/v1/weeks")
    with client.store.reading() as session:
        assert [one.last_used_at for one in keys_kept(session)] == [clock()]


@pytest.mark.parametrize("scope", list(Scope))
def test_a_scope_allows_what_it_says(client: Client, scope: Scope) -> None:
    other = client.as_other(scopes=(scope,))
    assert (other.get("/v1/weeks").status_code == 200) is (scope is Scope.READ)
    asked = other.post("/v1/jobs", {"kind": "plan", "week_id": "week_none"})
    assert asked.status_code == (422 if scope is Scope.SOLVE else 403)


# ------------------------------------------------------------ tenants


def test_a_tenant_never_sees_anothers_data(client: Client, runner: Runner) -> None:
    week, job = client.week(a_week([a_request("R1")])), client.planned(a_week([a_request("R1")]), runner)
    other = client.as_other("theirs")
    assert other.get("/v1/weeks").json()["items"] == other.get("/v1/jobs").json()["items"] == []
    for path in (
        f"/v1/weeks/{week}",
        f"/v1/weeks/{week}/content",
        *(f"/v1/jobs/{job}{rest}" for rest in ("", "/plan", "/levels", "/result", "/events", "/log")),
    ):
        assert (other.get(path).status_code, client.get(path).status_code) == (404, 200), path
    assert other.post(f"/v1/jobs/{job}/stop").status_code == 404
    assert other.delete(f"/v1/jobs/{job}").status_code == 404
    named = other.post("/v1/jobs", {"kind": "explain", "week_id": week, "plan_job_id": job})
    assert named.json()["errors"][0]["pointer"] == "/week_id"
    assert other.post("/v1/check", {"week_id": week, "plan_job_id": job}).status_code == 422


# ------------------------------------------------------------ one service, one person


def texts(client: Client, job: str) -> dict[str, str]:
    """All that somebody may read of a job, in every form."""
    found = {}
    for form in ("json", "csv", "ics", "html"):
        found[form] = client.get(f"/v1/jobs/{job}/plan?format={form}").text
    for form in ("xlsx", "zip"):
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"/v1/jobs/{job}/plan?format={form}").content))
        found[form] = "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    for path in ("/v1/jobs", f"/v1/jobs/{job}", f"/v1/jobs/{job}/levels"):
        answer = client.get(path)
        assert answer.status_code == 200
        found[path] = answer.text
    return found


@pytest.mark.parametrize("audience", ["SECTEUR-1", "AS01"])
def test_a_sector_key_reads_no_evaluation_contract_nor_household(
    client: Client, runner: Runner, audience: str
) -> None:
    job = client.published(WEEK, runner)
    whole = client.get(f"/v1/jobs/{job}/plan").text
    assert all(secret in whole for secret in SECRETS[:3])
    limited = client.as_other(scopes=(Scope.READ,), audience=audience)
    found = texts(limited, job)
    assert f'"audience": "{audience}"' in found["json"]
    leaks = [(form, secret) for form, text in found.items() for secret in SECRETS if secret in text]
    assert leaks == []


def test_a_limited_key_reads_for_nobody_else_and_nothing_else(client: Client, runner: Runner) -> None:
    job, week = client.published(WEEK, runner), client.week(WEEK)
    limited = client.as_other(audience="SECTEUR-1")
    for path in (
        f"/v1/jobs/{job}/plan?for=EVAL-1",
        f"/v1/jobs/{job}/plan?for=EV01",
        f"/v1/jobs/{job}/result",
        f"/v1/jobs/{job}/events",
        f"/v1/jobs/{job}/log",
        "/v1/weeks",
        f"/v1/weeks/{week}",
        f"/v1/weeks/{week}/content",
    ):
        answer = limited.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), path
    for path, body in (
        ("/v1/jobs", {"kind": "explain", "week_id": week}),
        ("/v1/check", {"week_id": week, "plan_job_id": job}),
        (f"/v1/jobs/{job}/stop", None),
    ):
        assert limited.post(path, body).status_code == 403, path
    assert limited.get(f"/v1/jobs/{job}/plan?for=SECTEUR-1").status_code == 200


def test_a_limited_key_knows_of_plans_alone(client: Client) -> None:
    week = client.week(WEEK)
    explained = client.post("/v1/jobs", {"kind": "explain", "week_id": week}).json()["id"]
    limited = client.as_other(scopes=(Scope.READ,), audience="SECTEUR-1")
    assert limited.get("/v1/jobs").json()["items"] == []
    assert limited.get(f"/v1/jobs/{explained}").status_code == 404


def test_a_key_for_somebody_who_is_not_in_the_week_is_told_nothing_of_it(
    client: Client, runner: Runner
) -> None:
    job = client.published(WEEK, runner)
    limited = client.as_other(scopes=(Scope.READ,), audience="AS99")
    answer = limited.get(f"/v1/jobs/{job}/plan")
    assert (answer.status_code, answer.json()["errors"]) == (404, [])
    assert "AS01" not in answer.text


def test_a_load_is_read_by_its_person_and_the_manager(client: Client, runner: Runner) -> None:
    job = client.published(WEEK, runner)
    loads = {}
    for who in ("AS01", "ES01", "CT01", "SECTEUR-1"):
        limited = client.as_other(scopes=(Scope.READ,), audience=who)
        plan = limited.get(f"/v1/jobs/{job}/plan").json()
        loads[who] = {one["professional_id"] for one in plan["loads"]}
    assert loads["AS01"] == {"AS01"} and loads["ES01"] == {"ES01"} and loads["SECTEUR-1"] == set()
    assert {"AS01", "ES01", "CESF01"} <= loads["CT01"]


# ------------------------------------------------------------ what is written down


def test_what_is_done_is_written_down_without_content(client: Client) -> None:
    week = client.week(WEEK)
    job = client.post("/v1/jobs", {"kind": "plan", "week_id": week}).json()["id"]
    client.post(f"/v1/jobs/{job}/stop")
    client.delete(f"/v1/jobs/{job}")
    with client.store.reading() as session:
        lines = list(session.scalars(select(Audit)))
        (key,) = keys_kept(session)
    assert {(one.action, one.object_id, one.key_id) for one in lines} == {
        ("week.kept", week, key.id),
        ("job.submitted", job, key.id),
        ("job.stopped", job, key.id),
        ("job.purged", job, key.id),
    }
