"""The commands of the service, as they are typed."""

import json
from pathlib import Path

import pytest
import typer

from api.callers import create_key
from api.clock import utc_now
from api.commands import register
from api.settings import settings_told
from api.store.keys import NewKey
from api.store.migrating import opened_store
from api.words import Scope
from optimizer.files.week_json import week_json
from optimizer.usage import Group
from tests.api.servers import command, serving
from tests.builders import a_mission, a_request, a_week

DONE, UNUSABLE = 0, 2
app = typer.Typer(cls=Group)
register(app)


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of an empty file."""
    return f"sqlite:///{tmp_path / 'service.db'}"


def run(*arguments: str) -> int:
    """One command; its exit code."""
    code = app(list(arguments), standalone_mode=False)
    return code if isinstance(code, int) else DONE


def created(database: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert run("keys", "create", "agenda", "--database", database, *more) == DONE
    return capsys.readouterr().out.strip()


def test_a_key_is_shown_once_then_listed_without_its_secret(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key = created(database, capsys, "--days", "30")
    mark, prefix, secret = key.split("_", 2)
    assert (mark, len(prefix)) == ("pv", 10) and len(secret) > 40
    assert run("keys", "list", "--database", database, "--json") == DONE
    listed = capsys.readouterr().out
    (row,) = json.loads(listed)["items"]
    assert (row["prefix"], row["name"], row["scopes"], row["revoked_at"]) == (
        prefix,
        "agenda",
        ["read", "solve"],
        None,
    )
    assert secret not in listed and row["expires_at"] is not None


def test_a_key_is_revoked_by_its_prefix(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    prefix = created(database, capsys).split("_")[1]
    assert run("keys", "revoke", prefix, "--database", database) == DONE
    assert run("keys", "list", "--database", database) == DONE
    assert "révoquée" in capsys.readouterr().out
    assert run("keys", "revoke", "0000000000", "--database", database) == UNUSABLE


def test_a_key_for_one_service_only_reads(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    limited = ("keys", "create", "écran", "--database", database, "--for", "SECTEUR-1")
    assert run(*limited, "--scope", "read", "--scope", "solve") == UNUSABLE
    assert "--scope read" in capsys.readouterr().err
    assert run(*limited) == DONE


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ([""], "NOM : «  »"),
        (["a\nb"], "NOM : un nom illisible"),
        (["écran", "--for", ""], "--for : «  »"),
        (["écran", "--for", "SECTEUR 1/2"], "--for : « SECTEUR 1/2 »"),
        (["écran", "--tenant", ""], "--tenant : «  »"),
        (["écran", "--tenant", "a\x1b[31m"], "--tenant : un nom illisible"),
    ],
)
def test_a_key_that_could_not_be_what_it_says_is_not_made(
    database: str, arguments: list[str], place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("keys", "create", *arguments, "--database", database) == UNUSABLE
    error = capsys.readouterr().err
    assert place in error and " ; attendu : " in error
    assert run("keys", "list", "--database", database) == DONE
    assert capsys.readouterr().out == ""


def test_whose_a_key_is_and_whether_it_expired_is_shown(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    created(database, capsys, "--tenant", "Ain")
    store = opened_store(database)
    create_key(store, "Jura", NewKey("old", (Scope.READ,), None, utc_now()), utc_now())
    store.close()
    assert run("keys", "list", "--database", database) == DONE
    current, old = capsys.readouterr().out.splitlines()
    assert "  à Ain" in current and "expire" not in current
    assert "  à Jura" in old and "  expirée 2" in old


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sqlite:////nowhere/at/all.db", "une base qui ne répond pas"),
        ("postgresql://me:hunter2@127.0.0.1:1/none", "une base qui ne répond pas"),
        ("mysql://me:hunter2@127.0.0.1/none", "« mysql » ; attendu : sqlite:///fichier.db"),
        ("polyvalence.db", "une adresse sans « sqlite:/// » ; attendu : sqlite:///fichier.db"),
        ("sqlite:nowhere", "une adresse sans « sqlite:/// » ; attendu : sqlite:///fichier.db"),
    ],
)
def test_a_database_that_does_not_answer_is_told_without_its_password(
    address: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("keys", "list", "--database", address) == UNUSABLE
    error = capsys.readouterr().err
    assert told in error and "hunter2" not in error and "Traceback" not in error


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("READS_PER_MINUTE", "abc", "« abc » ; attendu : un nombre entier"),
        ("BODY_LIMIT", "1000", "« 1000 » ; attendu : au moins 1024"),
        ("QUEUE_LIMIT", "", "«  » ; attendu : un nombre entier"),
        ("WEBHOOK_HOSTS", "a.intranet,http://x/y", "« http://x/y » ; attendu : des hôtes"),
        ("WEBHOOK_HOSTS", "a.intranet:99999", "« a.intranet:99999 » ; attendu : des hôtes"),
    ],
)
def test_a_setting_that_cannot_be_read_is_unusable_input(
    database: str,
    name: str,
    value: str,
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(f"POLYVALENCE_{name}", value)
    assert run("keys", "list", "--database", database) == UNUSABLE
    assert f"POLYVALENCE_{name} : {expected}" in capsys.readouterr().err


def test_hosts_of_every_kind_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "Outil.intranet, 10.0.0.7:8080,fd00::1,fd00::1:8080,"
    monkeypatch.setenv("POLYVALENCE_WEBHOOK_HOSTS", told)
    assert settings_told().webhook_hosts == told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "aucune clé"),
        (["--open", "--host", "0.0.0.0"], "ouverte à d'autres machines"),
        (["--host", "203.0.113.1"], "où l'on ne peut écouter"),
    ],
)
def test_a_server_that_nobody_or_anybody_could_use_does_not_start(
    database: str, arguments: list[str], told: str
) -> None:
    process = command("serve", "--port", "0", "--database", database, *arguments)
    said, error = process.communicate(timeout=60)
    assert (process.returncode, said, told in error) == (UNUSABLE, "", True)


def test_a_server_with_a_key_does_a_job_and_writes_nothing_personal(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key = created(database, capsys)
    week = a_week([a_mission("MISSION-X", "SUIVI", "FAM1"), a_request("R1")])
    with serving(database, key=key) as server:
        assert server.http.get("/v1/version", headers={"Authorization": ""}).status_code == 401
        job = server.submit(week_json(week))
        assert server.ended(job)["status"] == "optimal"
        assert server.http.get(f"/v1/jobs/{job}/plan?for=AS01").status_code == 200
        with server.http.stream(
            "GET", f"/v1/jobs/{job}/events", headers={"Accept": "text/event-stream"}
        ) as stream:
            assert "event: end" in "".join(stream.iter_text())
    lines = server.log.read_text().splitlines()
    assert {json.loads(line)["level"] for line in lines} == {"info"}
    assert any('"operation": "readPlan"' in line for line in lines)
    written = "".join(lines)
    assert not [name for name in ("AS01", "FAM1", "MISSION-X", "127.0.0.1", key) if name in written]
