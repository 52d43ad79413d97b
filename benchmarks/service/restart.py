"""From start to ready over ten thousand jobs: `python -m benchmarks.service.restart [DATABASE ...]`.

Jobs that ended with a plan of six people, with their events, are put into the database as the service keeps
them. A server is started five times, killed with `kill -9` once it is ready: seconds are those from the start
of its process to the first answer that it is ready. Rows go to `benchmarks/service/restart.csv`.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from subprocess import DEVNULL
from time import monotonic, sleep

import httpx2
from sqlalchemy import insert

from api.callers import LOCAL
from api.clock import utc_now
from api.store.database import open_store
from api.store.events import STATE
from api.store.keys import tenant_named
from api.store.migrating import migrate
from api.store.tables import Job, JobEvent, Result
from api.store.weeks import keep_week
from api.words import Kind, State
from benchmarks.service.databases import a_database
from benchmarks.service.results import databases_told, keep
from instances.best import best_known
from instances.families import instance
from tests.api.databases import free_port
from tests.api.servers import command, is_ready

JOBS, BATCH, TIMES = 10_000, 500, 5
WEEK = "06-typical"
PLACES = (State.QUEUED, State.RUNNING, State.SUCCEEDED)
PATIENCE = 60.0


@dataclass(frozen=True)
class Row:
    """Seconds from start to ready."""

    database: str
    jobs: int
    times: int
    median: float
    worst: float


def fill(database: str) -> None:
    """Put the jobs in."""
    store = open_store(database)
    migrate(store)
    plan, week, now = best_known()[WEEK].plan().model_dump_json(), instance(WEEK).week(), utc_now()
    with store.writing() as session:
        tenant = tenant_named(session, LOCAL, now).id
        kept = keep_week(session, tenant, week, now)[0].id
    for first in range(0, JOBS, BATCH):
        numbers = range(first, min(first + BATCH, JOBS))
        jobs = [
            {
                "id": f"job_{number:020x}",
                "tenant_id": tenant,
                "kind": Kind.PLAN,
                "week_id": kept,
                "request": json.dumps({"kind": "plan", "week_id": kept, "seed": number}),
                "workers": 1,
                "state": State.SUCCEEDED,
                "attempt": 1,
                "failures": 0,
                "is_stop_wished": False,
                "revision": len(PLACES),
                "created_at": now - timedelta(minutes=number),
                "started_at": now - timedelta(minutes=number),
                "ended_at": now - timedelta(minutes=number),
                "status": "feasible",
            }
            for number in numbers
        ]
        events = [
            {
                "job_id": job["id"],
                "number": number,
                "at": job["ended_at"],
                "kind": STATE,
                "data": json.dumps({"state": place, "attempt": 1}),
            }
            for job in jobs
            for number, place in enumerate(PLACES, 1)
        ]
        results = [
            {"job_id": job["id"], "week_id": kept, "levels": "[]", "reasons": "[]", "plan": plan}
            for job in jobs
        ]
        with store.writing() as session:
            session.execute(insert(Job), jobs)
            session.execute(insert(JobEvent), events)
            session.execute(insert(Result), results)
    store.close()


def seconds_to_ready(database: str) -> float:
    """Start a server, wait until it is ready, kill it."""
    port, began = free_port(), monotonic()
    server = command("serve", "--open", "--port", str(port), "--database", database, log=DEVNULL)
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=5) as http:
        while not is_ready(http):
            assert monotonic() - began < PATIENCE, "the server does not become ready"
            sleep(0.01)
        seconds = monotonic() - began
        assert len(http.get("/v1/jobs?limit=200").json()["items"]) == 200
    server.kill()
    server.communicate()
    return seconds


def measured(kind: str) -> Row:
    """The row of a database."""
    with a_database(kind) as database:
        fill(database)
        seconds = [seconds_to_ready(database) for _ in range(TIMES)]
    return Row(kind, JOBS, TIMES, round(median(seconds), 2), round(max(seconds), 2))


def main() -> None:
    """Measure, and keep the rows."""
    told = databases_told(__doc__, lambda _: None)
    rows = [measured(kind) for kind in told.databases]
    print(*rows, sep="\n")
    keep("restart", rows)


if __name__ == "__main__":
    main()
