"""A client of the service in the same process, over a real database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.testclient import TestClient
from httpx2 import Response

from api.callers import create_key
from api.clock import Now
from api.jobs.runner import Runner
from api.store.database import Store
from api.store.keys import NewKey
from api.words import Scope
from optimizer.files.week_json import week_json
from optimizer.week import Week

JSON = {"Content-Type": "application/json"}
ALL = (Scope.READ, Scope.SOLVE)


@dataclass(frozen=True)
class Client:
    """Somebody with a key, or without."""

    http: TestClient
    store: Store
    now: Now
    key: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What every request of theirs carries."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Response:
        """Read."""
        return self.http.get(path, headers={**self.headers, **(headers or {})})

    def post(self, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Response:
        """Ask."""
        return self.http.post(path, json=body, headers={**self.headers, **(headers or {})})

    def send(self, path: str, content: bytes, headers: Mapping[str, str] | None = None) -> Response:
        """Send bytes."""
        return self.http.post(path, content=content, headers={**self.headers, **JSON, **(headers or {})})

    def patch_by_post(self, path: str, patch: object, headers: Mapping[str, str] | None = None) -> Response:
        """Ask by a merge patch."""
        media_type = {"Content-Type": "application/merge-patch+json"}
        return self.send(path, json.dumps(patch).encode(), media_type | dict(headers or {}))

    def delete(self, path: str) -> Response:
        """Purge."""
        return self.http.delete(path, headers=self.headers)

    def week(self, week: Week) -> str:
        """A week that is kept."""
        return str(self.send("/v1/weeks", week_json(week)).json()["id"])

    def planned(self, week: Week, runner: Runner) -> str:
        """A job that has planned a week."""
        asked = {"kind": "plan", "week_id": self.week(week)}
        job = str(self.post("/v1/jobs", asked).json()["id"])
        while self.get(f"/v1/jobs/{job}").json()["state"] in ("queued", "running"):
            runner.turn()
        return job

    def published(self, week: Week, runner: Runner) -> str:
        """A job that has planned a week, and whose plan is published."""
        job = self.planned(week, runner)
        assert self.as_other(scopes=(Scope.PUBLISH,)).post(f"/v1/jobs/{job}/publish").status_code == 200
        return job

    def as_other(
        self, tenant: str = "mine", scopes: tuple[Scope, ...] = ALL, audience: str | None = None
    ) -> "Client":
        """Somebody else, with a key of their own."""
        key = create_key(self.store, tenant, NewKey("a key", scopes, audience), self.now())
        return Client(self.http, self.store, self.now, key)
