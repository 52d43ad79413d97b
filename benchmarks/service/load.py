"""Reads and small validations while two solves run: `python -m benchmarks.service.load [DATABASE ...]`.

Requests leave at their times whatever became of those before (an open loop), and seconds are counted from
these times: a server that stops for a second is late for all that were due in it. The server, its two solves,
the database and this client share the machine's cores. Rows go to `benchmarks/service/load.csv`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from time import monotonic

import httpx2

from api.examples import A_WEEK
from benchmarks.service.databases import a_database
from benchmarks.service.results import databases_told, keep
from instances.families import instance
from optimizer.files.week_json import week_json
from tests.api.servers import Server, serving
from tests.processes import eventually

READS, VALIDATIONS = 200, 20
"""A second."""
SECONDS = 60
WARM_SECONDS = 5
CONNECTIONS = 64
SOLVES, LONG = 2, 3600
PROCESSES_THAT_SOLVE = 2 + 2 * SOLVES
"""A server, its runner, and for each solve its process and the solver under it."""


@dataclass(frozen=True)
class Row:
    """Requests of one kind to one database; milliseconds from when they were due to their whole answer."""

    database: str
    request: str
    a_second: int
    sent: int
    failed: int
    median: float
    p95: float
    p99: float
    worst: float


@dataclass
class Sent:
    """What became of requests of one kind."""

    seconds: list[float]
    failed: int = 0

    def row(self, database: str, request: str, a_second: int) -> Row:
        """Its figures."""
        ordered = sorted(self.seconds)
        shares = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99))
        figures = (round(1000 * one, 1) for one in (*shares, ordered[-1]))
        return Row(database, request, a_second, len(ordered), self.failed, *figures)


async def at_a_rate(ask: Callable[[], Awaitable[httpx2.Response]], a_second: int, seconds: float) -> Sent:
    """Ask so many times a second, whatever becomes of it."""
    sent, began = Sent([]), monotonic()

    async def one(due: float) -> None:
        try:
            good = (await ask()).status_code == 200
        except httpx2.TransportError:
            good = False
        sent.seconds.append(monotonic() - due)
        sent.failed += not good

    async with asyncio.TaskGroup() as group:
        for number in range(int(a_second * seconds)):
            due = began + number / a_second
            await asyncio.sleep(max(0.0, due - monotonic()))
            group.create_task(one(due))
    return sent


def reads(week: str, job: str) -> Iterator[str]:
    """What scheduling tools read, in turn: mostly where a job is, now and then its plan."""
    return cycle(
        [
            f"/v1/jobs/{job}",
            f"/v1/jobs/{job}/levels",
            f"/v1/jobs/{job}",
            "/v1/jobs?limit=20",
            f"/v1/jobs/{job}",
            f"/v1/jobs/{job}/plan",
            f"/v1/jobs/{job}",
            f"/v1/jobs/{job}/events",
            f"/v1/jobs/{job}",
            f"/v1/weeks/{week}",
        ]
    )


async def loaded(server: Server, week: str, job: str, seconds: float) -> tuple[Sent, Sent]:
    """Reads and validations at once."""
    limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    addresses = reads(week, job)
    async with httpx2.AsyncClient(base_url=server.http.base_url, limits=limits, timeout=30) as http:
        reading = at_a_rate(lambda: http.get(next(addresses)), READS, seconds)
        validating = at_a_rate(lambda: http.post("/v1/validate", json=A_WEEK), VALIDATIONS, seconds)
        read, validated = await asyncio.gather(reading, validating)
    return read, validated


def measured(kind: str, seconds: float) -> list[Row]:
    """The rows of a database."""
    with a_database(kind) as database, serving(database, "--open", "--cores", str(SOLVES)) as server:
        job = server.submit(week_json(instance("20-typical").week()), time_limit=15)
        found = server.ended(job)
        assert found["state"] == "succeeded"
        large = week_json(instance("20-typical").week())
        solves = [server.submit(large, time_limit=LONG, seed=seed, workers=1) for seed in range(SOLVES)]
        assert eventually(lambda: len(server.family()) >= PROCESSES_THAT_SOLVE, 60)
        week = str(found["week_id"])
        asyncio.run(loaded(server, week, job, WARM_SECONDS))
        read, validated = asyncio.run(loaded(server, week, job, seconds))
        assert all(server.state(solve) == "running" for solve in solves)
        for solve in solves:
            server.http.post(f"/v1/jobs/{solve}/stop")
            server.ended(solve)
    return [read.row(kind, "read", READS), validated.row(kind, "validate", VALIDATIONS)]


def main() -> None:
    """Measure, and keep the rows."""
    told = databases_told(
        __doc__, lambda parser: parser.add_argument("--seconds", type=float, default=SECONDS)
    )
    rows = [row for kind in told.databases for row in measured(kind, told.seconds)]
    print(*rows, sep="\n")
    keep("load", rows)


if __name__ == "__main__":
    main()
