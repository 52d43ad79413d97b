"""Connections with RDV-Solidarités, the weeks that what they told makes, and no person anywhere."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from api.store.tables import Audit, RdvItem
from api.words import Scope
from optimizer.files.week_json import week_json
from optimizer.week import Week
from tests.api.client import Client
from tests.api.jobs.service import Clock
from tests.api.rdv.double import (
    MARKS,
    a_lieu,
    a_motif,
    a_plage,
    a_user,
    an_absence,
    an_agent,
    an_organisation,
    an_rdv,
    leaks,
)
from tests.api.rdv.hooks import Hook, a_webhook, all_that_is_kept, connected
from tests.builders import a_professional, a_request, a_week, at, hours, team_with

Json = dict[str, Any]
CONNECTIONS = "/v1/rdv-solidarites/connections"
RDV = an_rdv(1, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 11)
ABSENCE = an_absence(5, 12, "2026-01-08", "14:00", "17:00")
TABLE: Json = {
    "agents": [{"professional_id": "AS01", "agent_id": 11}, {"professional_id": "CESF01", "agent_id": 12}],
    "motifs": [{"motif_id": 157, "type": "SUIVI"}],
    "lieux": [{"lieu_id": 97, "site_id": "MDS-A"}],
}
BASE = a_week([a_request("R1")])


def week_path(hook: Hook) -> str:
    return f"{CONNECTIONS}/{hook.id}/week"


def made(client: Client, hook: Hook, base: Week = BASE) -> tuple[Week, Json]:
    """The week of what was told, and what the service says of it."""
    answer = client.post(week_path(hook), {"week_id": client.week(base), "table": TABLE})
    assert answer.status_code in (200, 201), answer.text
    content = client.get(f"{answer.headers['Location']}/content")
    return Week.model_validate_json(content.content), answer.json()


def test_a_secret_is_told_once(client: Client) -> None:
    answer = client.post(CONNECTIONS, {"name": "MDS Nord"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    connection, secret = answer.json(), answer.json()["secret"]
    assert len(secret) >= 40
    assert connection["webhook"] == f"/v1/rdv-solidarites/webhooks/{connection['id']}"
    listed = client.get(CONNECTIONS)
    assert [one["id"] for one in listed.json()["items"]] == [connection["id"]]
    assert secret not in listed.text


def test_a_connection_that_is_forgotten_takes_all_that_it_told(client: Client, hook: Hook) -> None:
    other = connected(client)
    for one in (hook, other):
        one.tell("Rdv", RDV)
    assert client.delete(f"{CONNECTIONS}/{hook.id}").status_code == 204
    assert client.delete(f"{CONNECTIONS}/{hook.id}").status_code == 404
    assert hook.send(a_webhook("Rdv", RDV)).status_code == 404
    with client.store.reading() as session:
        assert [one.connection_id for one in session.scalars(select(RdvItem))] == [other.id]
        assert {one.action for one in session.scalars(select(Audit))} == {"rdv.connected", "rdv.disconnected"}


def test_another_tenant_has_no_such_connection(client: Client, hook: Hook) -> None:
    theirs = client.as_other("theirs", (Scope.READ, Scope.SOLVE, Scope.ADMIN))
    assert theirs.get(CONNECTIONS).json() == {"items": []}
    assert theirs.delete(f"{CONNECTIONS}/{hook.id}").status_code == 404
    asked = {"week_id": theirs.week(BASE), "table": TABLE}
    assert theirs.post(week_path(hook), asked).status_code == 404
    mine = {"week_id": client.week(BASE), "table": TABLE}
    answer = theirs.post(week_path(connected(theirs)), mine)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/week_id")


def test_connections_are_for_those_who_administer(client: Client, hook: Hook) -> None:
    solver = client.as_other(scopes=(Scope.READ, Scope.SOLVE))
    assert solver.post(CONNECTIONS, {"name": "MDS"}).status_code == 403
    assert solver.get(CONNECTIONS).status_code == 403
    assert solver.delete(f"{CONNECTIONS}/{hook.id}").status_code == 403
    assert client.as_other(scopes=(Scope.READ,)).post(week_path(hook), {}).status_code == 403
    assert client.post(CONNECTIONS, {"name": "MDS", "user": 1}).status_code == 422


# ------------------------------------------------------------ the week


def test_a_week_is_made_of_what_was_told(client: Client, hook: Hook) -> None:
    base = a_week([a_request("R1")], professionals=team_with(a_professional("AS01", windows=())))
    hook.tell("Rdv", RDV)
    hook.tell("Absence", ABSENCE)
    hook.tell("PlageOuverture", a_plage(6, 11, "2026-01-06", "09:00", "12:00", "FREQ=WEEKLY;BYDAY=TU;"))
    hook.tell("Agent", an_agent(13))
    week, answer = made(client, hook, base)
    busy = [(one.professional_id, one.start, one.end) for one in week.busy]
    assert busy == [("AS01", at("tuesday 09:00"), at("tuesday 09:45"))]
    assert [(one.professional_id, one.start) for one in week.absences] == [("CESF01", at("thursday 14:00"))]
    assert week.professional["AS01"].windows == hours("09:00-12:00", days=["tuesday"])
    assert (week.missions, answer["parent_id"]) == (base.missions, client.week(base))
    assert "Agents sans ligne dans la table, laissés de côté : 13." in answer["warnings"]
    again, same = made(client, hook, base)
    assert (again, same["id"]) == (week, answer["id"])


def test_what_this_product_wrote_or_others_removed_is_no_absence(client: Client, hook: Hook) -> None:
    hook.tell("Absence", ABSENCE | {"title": "Indisponible [pv]"})
    hook.tell("Rdv", RDV)
    hook.tell("Rdv", RDV, "destroyed")
    week, answer = made(client, hook)
    assert (week, answer["id"]) == (BASE, client.week(BASE))


def test_a_request_that_names_what_is_not_there_says_where(client: Client, hook: Hook) -> None:
    asked = {"week_id": client.week(BASE), "table": TABLE}
    for changed, pointer in (
        ({"week_id": "week_0"}, "/week_id"),
        (
            {"table": TABLE | {"agents": [{"professional_id": "AS99", "agent_id": 11}]}},
            "/table/agents/0/professional_id",
        ),
        (
            {"table": TABLE | {"agents": [{"professional_id": "AS01", "email": "a@dep.exemple"}]}},
            "/table/agents/0/email",
        ),
        ({"table": TABLE | {"motifs": [{"motif_id": 157, "type": "SUIVII"}]}}, "/table/motifs/0/type"),
        ({"table": TABLE | {"users": []}}, "/table/users"),
    ):
        answer = client.post(week_path(hook), asked | changed)
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
        assert leaks(answer.text) == []


def test_problems_are_told_in_english_too(client: Client, hook: Hook) -> None:
    english = {"Accept-Language": "en"}
    told = hook.send(a_webhook("Rdv", {}), **english).json()["errors"][0]["detail"]
    assert told == "missing, or of an unexpected form"
    unsigned = hook.send(b"{}", **english, **{"X-Lapin-Signature": "0"})
    assert unsigned.json()["title"] == "Missing or wrong signature"
    email = {"agents": [{"professional_id": "AS01", "email": "a@b.fr"}]}
    answer = client.post(week_path(hook), {"week_id": client.week(BASE), "table": email}, english)
    assert "send agent_id" in answer.json()["errors"][0]["detail"]


# ------------------------------------------------------------ nothing personal


def test_no_person_is_found_anywhere_afterwards(
    client: Client,
    hook: Hook,
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    everything = (
        a_webhook("Rdv", RDV, "created"),
        a_webhook("Rdv", RDV | {"status": "quidam"}),
        a_webhook("Rdv", RDV, at="quidam"),
        a_webhook("Absence", ABSENCE),
        a_webhook("Absence", ABSENCE | {"rrule": "FREQ=WEEKLY;QUIDAM=1"}),
        a_webhook("PlageOuverture", a_plage(6, 11, "2026-01-06", "09:00", "12:00")),
        a_webhook("Agent", an_agent(11)),
        a_webhook("Motif", a_motif()),
        a_webhook("Lieu", a_lieu()),
        a_webhook("User", a_user(), "destroyed"),
        a_webhook("Organisation", an_organisation()),
        b"Quidam, 0799887766",
    )
    assert leaks(*everything) == list(MARKS)
    for content in everything:
        for headers in ({}, {"X-Lapin-Signature": "0" * 64}):
            assert leaks(hook.send(content, **headers).text) == []
    clock.wait(timedelta(minutes=1))
    week, answer = made(client, hook)
    assert leaks(*all_that_is_kept(client.store), week_json(week), json.dumps(answer)) == []
    said = capsys.readouterr()
    logged = said.out + said.err + caplog.text
    assert '"receiveRdvWebhook"' in logged or "receiveRdvWebhook" in logged
    assert leaks(logged, client.get("/metrics").text) == [] and hook.secret not in logged
