"""Real servers for tests: processes that listen on loopback at a free port, and end with the test."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx2

from tests.processes import children_of, eventually, is_running

ROOT = Path(__file__).parents[2]
ENDED = ("succeeded", "failed", "stopped", "expired")


@dataclass(frozen=True)
class Server:
    """A server that is ready, and a client of it."""

    process: "subprocess.Popen[str]"
    http: httpx2.Client
    log: Path

    def family(self) -> list[int]:
        """The server and all that it started, down to the solver."""
        found, left = [], [self.process.pid]
        while left:
            pid = left.pop()
            found.append(pid)
            left += children_of(pid)
        return found

    def state(self, job: str, wait: int = 0) -> str:
        """Where a job is."""
        return str(self.http.get(f"/v1/jobs/{job}?wait={wait}").json()["state"])

    def ended(self, job: str) -> dict[str, object]:
        """A job once it ended."""
        assert eventually(lambda: self.state(job, wait=5) in ENDED, 90)
        found: dict[str, object] = self.http.get(f"/v1/jobs/{job}").json()
        return found

    def submit(self, week: bytes, **limits: object) -> str:
        """A job that plans a week."""
        sent = self.http.post("/v1/weeks", content=week, headers={"Content-Type": "application/json"})
        asked = {"kind": "plan", "week_id": sent.json()["id"], **limits}
        return str(self.http.post("/v1/jobs", json=asked).json()["id"])

    def kill(self) -> None:
        """`kill -9` of the server alone."""
        self.process.kill()
        self.process.wait()


def command(*arguments: str, log: IO[str] | int = subprocess.PIPE) -> "subprocess.Popen[str]":
    """A command of the product, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "optimizer", *arguments],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": ""},
    )


@contextmanager
def serving(database: str, *arguments: str, key: str | None = None) -> Iterator[Server]:
    """A server of a database, ready; nothing of it is left at the end."""
    log = Path(tempfile.mkdtemp()) / "log"
    with log.open("w") as stream:  # a pipe that nobody reads would hold the server up
        process = command("serve", "--port", "0", "--database", database, *arguments, log=stream)
    assert process.stdout is not None
    port = process.stdout.readline().split(":")[2].split()[0]
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as http:
        server = Server(process, http, log)
        family: list[int] = []
        try:
            assert eventually(lambda: is_ready(http))
            yield server
            family = server.family()
        finally:
            process.terminate()
            process.communicate(timeout=60)
        assert eventually(lambda: not any(map(is_running, family)))


def is_ready(http: httpx2.Client) -> bool:
    """Whether a server answers that it can work."""
    try:
        return http.get("/readyz").status_code == 200
    except httpx2.TransportError:
        return False
