"""Webhooks of RDV-Solidarités: who may send them, and what is kept of them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from api.store.database import Store
from api.store.purging import Periods, purge_old
from api.store.tables import RdvItem
from tests.api.client import Client
from tests.api.jobs.service import NOON
from tests.api.rdv.conftest import BODY_LIMIT
from tests.api.rdv.double import (
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
from tests.api.rdv.hooks import Hook, a_webhook, all_that_is_kept, connected, signature

Json = dict[str, Any]
RDV = an_rdv(1, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 11)
ABSENCE = an_absence(5, 12, "2026-01-08", "14:00", "17:00")
TOO_LARGE = b" " * (BODY_LIMIT + 1)


def kept(store: Store) -> dict[tuple[str, int], Json | None]:
    """What is kept of each thing."""
    with store.reading() as session:
        rows = list(session.scalars(select(RdvItem)))
    return {(one.model, one.item_id): json.loads(one.content) if one.content else None for one in rows}


# ------------------------------------------------------------ who may send


def test_what_is_not_signed_with_the_secret_is_refused(client: Client, hook: Hook) -> None:
    content, other = a_webhook("Rdv", RDV), connected(client)
    signed_before = signature(a_webhook("Rdv", RDV | {"status": "revoked"}), hook.secret)
    for answer in (
        hook.send(content, **{"X-Lapin-Signature": "0" * 64}),
        hook.send(content, **{"X-Lapin-Signature": ""}),
        hook.send(content, **{"X-Lapin-Signature": "quidam"}),
        hook.send(content, **{"X-Lapin-Signature": signed_before}),
        Hook(client.http, hook.id, other.secret).send(content),
        client.http.post(f"/v1/rdv-solidarites/webhooks/{hook.id}", content=content),
    ):
        assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")
        assert "WWW-Authenticate" not in answer.headers
    assert kept(client.store) == {}


def test_nothing_is_read_for_a_connection_that_is_not_there_nor_unsigned(client: Client, hook: Hook) -> None:
    nobody = Hook(client.http, "rdv_00000000000000000000", hook.secret)
    assert nobody.send(TOO_LARGE).status_code == 404
    assert hook.send(TOO_LARGE, **{"X-Lapin-Signature": ""}).status_code == 401


def test_a_body_that_is_too_large_or_no_json_is_refused(client: Client, hook: Hook) -> None:
    for content, code in (
        (TOO_LARGE, "body_too_large"),
        (b"", "unreadable_body"),
        (b"{", "unreadable_body"),
        (b"[]", "unreadable_body"),
        (b"\xff", "unreadable_body"),
        (b"[" * 5000, "unreadable_body"),
        (b'{"data": 1, "data": 2}', "unreadable_body"),
    ):
        assert hook.send(content).json()["code"] == code, content[:10]
    assert hook.send(b"{}", **{"Content-Type": "text/plain"}).status_code == 415
    assert kept(client.store) == {}


@pytest.mark.parametrize(
    ("content", "pointers"),
    [
        (b"{}", ["/data", "/meta"]),
        (a_webhook("Rdv", {}), ["/data/id", "/data/status", "/data/starts_at", "/data/ends_at"]),
        (a_webhook("Rdv", RDV | {"id": "quidam"}), ["/data/id"]),
        (a_webhook("Rdv", RDV | {"starts_at": "quidam"}), ["/data/starts_at"]),
        (a_webhook("Rdv", RDV | {"starts_at": "0001-01-01 00:00:00 +0100"}), ["/data/starts_at"]),
        (a_webhook("Absence", ABSENCE | {"rrule": "QUIDAM"}), ["/data/rrule"]),
        (a_webhook("Absence", ABSENCE | {"rrule": "FREQ=WEEKLY;UNTIL=00010101;"}), ["/data/rrule"]),
        (a_webhook("Absence", ABSENCE | {"agent": an_agent(0)}), ["/data/agent/id"]),
        (a_webhook("Absence", {}, event="destroyed"), ["/data/id"]),
        (a_webhook("Rdv", RDV, event="quidam"), ["/meta/event"]),
        (a_webhook("Rdv", RDV, at="quidam"), ["/meta/timestamp"]),
        (a_webhook("Rdv", RDV, at="2026-01-05 13:00:01 +0000"), ["/meta/timestamp"]),  # an hour ahead
    ],
)
def test_what_cannot_be_read_names_fields_and_tells_nothing_of_them(
    client: Client, hook: Hook, content: bytes, pointers: list[str]
) -> None:
    answer = hook.send(content)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert [one["pointer"] for one in answer.json()["errors"]] == pointers
    assert leaks(answer.text) == [] and kept(client.store) == {}


# ------------------------------------------------------------ what is kept


def test_only_ids_times_and_statuses_are_kept(client: Client, hook: Hook) -> None:
    hook.tell("Rdv", RDV)
    hook.tell("Absence", ABSENCE | {"rrule": "FREQ=WEEKLY;BYDAY=TH;"})
    hook.tell("PlageOuverture", a_plage(6, 11, "2026-01-06", "09:00", "12:00"))
    for model, data in (("Motif", a_motif()), ("Lieu", a_lieu()), ("Agent", an_agent(11))):
        hook.tell(model, data)
    assert kept(client.store) == {
        ("Rdv", 1): {
            "id": 1,
            "status": "unknown",
            "starts_at": "2026-01-06T09:00:00+01:00",
            "ends_at": "2026-01-06T09:45:00+01:00",
            "motif": {"id": 157},
            "agents": [{"id": 11}],
            "lieu": {"id": 97},
        },
        ("Absence", 5): {
            "id": 5,
            "agent": {"id": 12},
            "first_day": "2026-01-08",
            "end_day": "2026-01-08",
            "start_time": "14:00:00",
            "end_time": "17:00:00",
            "rrule": "FREQ=WEEKLY;BYDAY=TH;",
            "is_ours": False,
        },
        ("PlageOuverture", 6): {
            "id": 6,
            "agent": {"id": 11},
            "first_day": "2026-01-06",
            "start_time": "09:00:00",
            "end_time": "12:00:00",
            "rrule": None,
        },
        ("Motif", 157): {"id": 157},
        ("Lieu", 97): {"id": 97},
        ("Agent", 11): {"id": 11},
    }
    assert leaks(*all_that_is_kept(client.store)) == []


def test_what_is_of_no_use_is_answered_and_left(client: Client, hook: Hook) -> None:
    hook.tell("User", a_user())
    hook.tell("UserProfile", {"user": a_user(), "organisation": an_organisation()})
    hook.tell("Organisation", an_organisation())
    hook.tell("ReferentAssignation", {"user": a_user(), "agent": an_agent(11)})
    hook.tell("Quidam", {"quidam": 1}, event="created")
    assert kept(client.store) == {}
    (one,) = client.get("/v1/rdv-solidarites/connections").json()["items"]
    assert one["items"] == {} and one["received_at"] is not None


def test_the_last_word_holds_whatever_order_it_came_in(client: Client, hook: Hook) -> None:
    early, late = "2026-01-05 10:00:00 +0100", "2026-01-05 10:00:01 +0100"
    for told, moment, status in (
        ("seen", late, "seen"),
        ("revoked", early, "seen"),  # it was said before
        (
            "revoked",
            late,
            "revoked",
        ),  # instants are told to the second: the last to come in it
        ("seen", "2026-01-05T09:00:01.000Z", "seen"),
    ):
        hook.tell("Rdv", RDV | {"status": told}, at=moment)
        assert (kept(client.store)["Rdv", 1] or {})["status"] == status


def test_what_is_destroyed_is_gone_and_does_not_come_back(client: Client, hook: Hook) -> None:
    first, second = "2026-01-05 10:00:00 +0100", "2026-01-05 10:00:01 +0100"
    hook.tell("Absence", ABSENCE, "created", first)
    hook.tell("Absence", ABSENCE, "destroyed", second)
    hook.tell("Absence", ABSENCE, "created", first)
    hook.tell("Absence", ABSENCE, "updated", second)
    hook.tell("Rdv", RDV, "destroyed", second)
    hook.tell("Rdv", RDV, "updated", first)
    assert kept(client.store) == {("Absence", 5): None, ("Rdv", 1): None}


def test_what_is_older_than_what_is_remembered_is_not_heard(client: Client, hook: Hook) -> None:
    hook.tell("Rdv", RDV, at="2025-10-07 11:59:59 +0000")  # 90 days and a second
    assert kept(client.store) == {}
    hook.tell("Rdv", RDV, at="2025-10-07 12:00:00 +0000")
    assert len(kept(client.store)) == 1


def test_what_is_over_is_forgotten_and_what_may_come_is_not(client: Client, hook: Hook) -> None:
    weekly = ABSENCE | {"id": 6, "rrule": "FREQ=WEEKLY;BYDAY=TH;"}
    ended = ABSENCE | {"id": 7, "rrule": "FREQ=WEEKLY;BYDAY=TH;UNTIL=20260131T235959;"}
    for data in (ABSENCE, weekly, ended):
        hook.tell("Absence", data)
    hook.tell("Rdv", RDV)
    hook.tell("Motif", a_motif())
    hook.tell("Lieu", a_lieu(), "destroyed")
    absences = {("Absence", id_) for id_ in (5, 6, 7)}
    for days, left in (
        (90, {*absences, ("Rdv", 1), ("Motif", 157), ("Lieu", 97)}),
        (94, {*absences, ("Motif", 157)} - {("Absence", 5)}),
        (117, {("Absence", 6), ("Motif", 157)}),
    ):
        with client.store.writing() as session:
            purge_old(session, Periods(), NOON + timedelta(days=days))
        assert set(kept(client.store)) == left, days
