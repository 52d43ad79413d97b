"""The service in its own process: what it writes down while webhooks come, right and wrong."""

import json
from pathlib import Path

from api.callers import create_key
from api.clock import utc_now
from api.store.keys import NewKey
from api.store.migrating import opened_store
from api.words import Scope
from optimizer.clock import PARIS
from tests.api.rdv.double import a_user, an_absence, an_rdv, leaks
from tests.api.rdv.hooks import Hook, a_webhook, all_that_is_kept
from tests.api.servers import serving


def test_a_server_writes_nothing_of_persons_down(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'service.db'}"
    store = opened_store(database)
    key = create_key(store, "mine", NewKey("admin", (Scope.ADMIN,)), utc_now())
    now = f"{utc_now().astimezone(PARIS):%Y-%m-%d %H:%M:%S %z}"
    rdv = an_rdv(1, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 11)
    with serving(database, key=key) as server:
        made = server.http.post("/v1/rdv-solidarites/connections", json={"name": "MDS"}).json()
        hook = Hook(server.http, made["id"], made["secret"])
        sent = (
            a_webhook("Rdv", rdv, "created", now),
            a_webhook("Rdv", rdv | {"starts_at": "quidam"}, at=now),
            a_webhook("Absence", an_absence(5, 11, "2026-01-08", "14:00", "17:00"), at=now),
            a_webhook("User", a_user(), at=now),
            b"Quidam",
        )
        assert [hook.send(one).status_code for one in sent] == [204, 422, 204, 204, 400]
        assert [hook.send(one, **{"X-Lapin-Signature": "0"}).status_code for one in sent] == [401] * 5
        found = all_that_is_kept(store)  # the journal of SQLite is there as long as it is open
    store.close()
    lines = server.log.read_text().splitlines()
    assert {json.loads(line)["level"] for line in lines} == {"info"}
    assert any('"operation": "receiveRdvWebhook"' in line for line in lines)
    assert leaks(*found, *lines) == []
    assert any(b"2026-01-06T09:00:00+01:00" in one for one in found if isinstance(one, bytes))
    assert not [line for line in lines if made["secret"] in line or made["id"] in line]
