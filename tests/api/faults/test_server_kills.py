"""A real server, its runner and their jobs, killed: what was accepted is done, what was found is kept."""

import os
import signal

import pytest

from optimizer.files.week_json import week_json
from tests.api.jobs.service import LONG, a_long_week
from tests.api.servers import Server, serving
from tests.builders import a_request, a_week
from tests.processes import PROC, eventually, is_running

pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked at through /proc")
WEEK = week_json(a_week([a_request("R1")]))
SOLVING = 4
"""Processes of a server that solves: itself, its runner, a job, a solver."""


def is_solving(server: Server) -> bool:
    return len(server.family()) >= SOLVING


def test_a_server_that_is_killed_leaves_no_orphan_and_loses_no_job(database: str) -> None:
    with serving(database, "--open") as server:
        done = server.submit(WEEK)
        assert server.ended(done)["state"] == "succeeded"
        job = server.submit(week_json(a_long_week()), time_limit=LONG)
        assert eventually(lambda: is_solving(server))
        waiting = server.submit(WEEK, seed=1)
        family = server.family()
        server.kill()
        assert eventually(lambda: not any(map(is_running, family)), 30)
    with serving(database, "--open") as again:
        assert again.http.get(f"/v1/jobs/{done}/plan").json()["assignments"]
        assert eventually(lambda: again.state(job) == "running")
        assert again.http.post(f"/v1/jobs/{job}/stop").status_code == 202
        assert again.ended(job)["state"] == "stopped"
        assert again.ended(waiting)["state"] == "succeeded"


def test_a_runner_that_is_killed_is_replaced(database: str) -> None:
    with serving(database, "--open") as server:
        assert eventually(lambda: len(server.family()) == 2)
        runner = server.family()[1]
        os.kill(runner, signal.SIGKILL)
        assert eventually(lambda: any(pid != runner for pid in server.family()[1:]))
        assert server.ended(server.submit(WEEK))["state"] == "succeeded"


def test_a_server_that_is_asked_to_stop_gives_its_jobs_back(database: str) -> None:
    with serving(database, "--open") as server:
        job = server.submit(week_json(a_long_week()), time_limit=LONG)
        assert eventually(lambda: is_solving(server))
    with serving(database, "--open") as again:
        found = again.http.get(f"/v1/jobs/{job}").json()
        assert found["state"] in ("queued", "running") and found["problem"] is None
        again.http.post(f"/v1/jobs/{job}/stop")
        assert again.ended(job)["state"] == "stopped"
