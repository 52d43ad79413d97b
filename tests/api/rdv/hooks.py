"""RDV-Solidarités as a sender of signed webhooks, and a search of all that a database holds."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import inspect, text

from api.store.database import Store
from tests.api.client import Client

NOON = "2026-01-05 12:00:00 +0000"
JSON = "application/json; charset=utf-8"


def signature(content: bytes, secret: str) -> str:
    """As `app/jobs/webhook_job.rb` makes it."""
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


def a_webhook(model: str, data: Mapping[str, Any], event: str = "updated", at: str = NOON) -> bytes:
    """The body of a webhook."""
    meta = {"model": model, "event": event, "webhook_reason": None, "timestamp": at}
    return json.dumps({"data": data, "meta": meta}, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Hook:
    """Who sends webhooks to a connection."""

    http: httpx2.Client
    id: str
    secret: str

    def send(self, content: bytes, **headers: str) -> httpx2.Response:
        """A body that is signed, unless headers say otherwise."""
        usual = {"Content-Type": JSON, "X-Lapin-Signature": signature(content, self.secret)}
        path = f"/v1/rdv-solidarites/webhooks/{self.id}"
        return self.http.post(path, content=content, headers={**usual, **headers})

    def tell(self, model: str, data: Mapping[str, Any], event: str = "updated", at: str = NOON) -> None:
        """Something that is accepted."""
        answer = self.send(a_webhook(model, data, event, at))
        assert (answer.status_code, answer.content) == (204, b""), answer.text


def connected(client: Client) -> Hook:
    """A connection of somebody who administers."""
    made = client.post("/v1/rdv-solidarites/connections", {"name": "MDS Nord"})
    assert made.status_code == 201, made.text
    return Hook(client.http, made.json()["id"], made.json()["secret"])


def all_that_is_kept(store: Store) -> list[str | bytes]:
    """Every row of every table as text, and the bytes of the files of SQLite."""
    found: list[str | bytes] = []
    with store.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            found += [repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"'))]
    if store.engine.dialect.name == "sqlite":
        path = Path(str(store.engine.url.database))
        found += [one.read_bytes() for one in path.parent.glob(f"{path.name}*")]
    return found
