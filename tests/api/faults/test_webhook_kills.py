"""A server that is killed with a message on its way: its receiver is told all the same."""

import json
from pathlib import Path

import pytest

from optimizer.files.week_json import week_json
from tests.api.hooks.receivers import receiving
from tests.api.servers import serving
from tests.builders import a_request, a_week
from tests.processes import PROC, eventually

pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked at through /proc")


def test_a_message_outlives_the_server_that_owed_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = f"sqlite:///{tmp_path / 'service.db'}"
    with receiving() as receiver:
        receiver.status = 500
        monkeypatch.setenv("POLYVALENCE_WEBHOOK_HOSTS", receiver.host)
        with serving(database, "--open") as server:
            asked = {"url": receiver.url, "events": ["job.succeeded"]}
            sent = f"/v1/webhooks/{server.http.post('/v1/webhooks', json=asked).json()['id']}/deliveries"
            job = server.submit(week_json(a_week([a_request("R1")])))
            assert server.ended(job)["state"] == "succeeded"
            assert eventually(lambda: server.http.get(sent).json()["items"][0]["status_code"] == 500)
            server.kill()
        receiver.status, before = 204, len(receiver.came)
        with serving(database, "--open"):
            assert eventually(lambda: len(receiver.came) > before, 30)
    told = [(headers["webhook-id"], json.loads(content)) for _, headers, content in receiver.came]
    assert all(one == told[0] for one in told)
    assert told[0][1]["data"] == {"job_id": job, "state": "succeeded", "status": "optimal"}
