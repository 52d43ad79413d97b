"""Jobs while everything is killed: `python -m benchmarks.service.faults [DATABASE ...]`.

Twenty clients submit five hundred jobs at once, each under an idempotency key and again until it is accepted,
while `kill -9` falls on the server, on its runner and on one beside it, on the processes of jobs and on the
solvers under them, at random and until the last job has ended. Then every job is looked at: it ended, once,
and the judge, which reads the plan here and not there, passes it. Nothing that ran is left. Rows go to
`benchmarks/service/faults.csv`.
"""

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from subprocess import DEVNULL, Popen
from time import monotonic, sleep

import httpx2
from sqlalchemy import select

from api.store.database import open_store
from api.store.events import STATE
from api.store.tables import JobEvent
from benchmarks.service.databases import a_database
from benchmarks.service.results import databases_told, keep
from optimizer.check import judge
from optimizer.files.plan_json import plan_of
from optimizer.files.week_json import week_json
from optimizer.week import Week
from tests.api.databases import free_port
from tests.api.servers import ENDED, command
from tests.builders import a_professional, a_request, a_week
from tests.processes import PROC, children_of, eventually, is_running

JOBS, CLIENTS, SEED = 500, 20, 1
CORES = 2
BETWEEN_KILLS = (2.0, 6.0)
"""Seconds from one kill to the next."""
VICTIMS = {"server": 1, "runner": 2, "job": 4, "solver": 4}
"""What is killed, and how often beside the others."""
PATIENCE = 3600.0


@dataclass(frozen=True)
class Row:
    """A run: what was submitted and killed, how jobs ended, and what should be zero."""

    database: str
    jobs: int
    clients: int
    killed_servers: int
    killed_runners: int
    killed_jobs: int
    killed_solvers: int
    succeeded: int
    given_up: int
    most_attempts: int
    seconds: int
    lost: int
    ended_twice: int
    refused_by_judge: int
    orphans: int


@dataclass
class Service:
    """A server at one address, and a runner beside it, both begun again when they are gone."""

    database: str
    port: int
    is_ending: threading.Event = field(default_factory=threading.Event)
    processes: dict[str, "Popen[str]"] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def keep(self) -> None:
        """Begin again whatever is gone."""
        while not self.is_ending.wait(0.5):
            for name, words in self._commands().items():
                process = self.processes.get(name)
                if process is None or process.poll() is not None:
                    self.processes[name] = command(*words, log=DEVNULL)
            self.seen.update(pid for pids in self.victims().values() for pid in pids)

    def _commands(self) -> dict[str, tuple[str, ...]]:
        shared = ("--database", self.database, "--cores", str(CORES // 2))
        return {
            "server": ("serve", "--open", "--port", str(self.port), *shared),
            "runner": ("runner", *shared),
        }

    def victims(self) -> dict[str, list[int]]:
        """What may be killed now, by its kind."""
        server, runner = ([one.pid] for one in (self.processes["server"], self.processes["runner"]))
        runners = [*_under(server), *runner]
        jobs = _under(runners)
        return {"server": server, "runner": runners, "job": jobs, "solver": _under(jobs)}

    def end(self) -> None:
        """Ask all to leave."""
        self.is_ending.set()
        for process in self.processes.values():
            process.terminate()
            process.communicate(timeout=60)


def _under(parents: list[int]) -> list[int]:
    return [child for parent in parents for child in children_of(parent)]


@contextmanager
def running(database: str) -> Iterator[Service]:
    """The service, kept running."""
    service = Service(database, free_port())
    keeper = threading.Thread(target=service.keep, daemon=True)
    keeper.start()
    try:
        yield service
    finally:
        service.is_ending.set()
        keeper.join()
        service.end()


class Killer(threading.Thread):
    """Kills at random until it is told to rest."""

    def __init__(self, service: Service) -> None:
        super().__init__(daemon=True)
        self._service, self._chance = service, Random(SEED)
        self.killed: Counter[str] = Counter()
        self.rests = threading.Event()

    def run(self) -> None:
        """Kill one after the other."""
        while not self.rests.wait(self._chance.uniform(*BETWEEN_KILLS)):
            (kind,) = self._chance.choices([*VICTIMS], [*VICTIMS.values()])
            there = [pid for pid in self._service.victims()[kind] if is_running(pid)]
            if there:
                os.kill(self._chance.choice(there), signal.SIGKILL)
                self.killed[kind] += 1


# ------------------------------------------------------------ clients


@dataclass(frozen=True)
class Client:
    """Asks until it is answered: a server that was killed comes back."""

    http: httpx2.Client

    def ask(self, method: str, path: str, **told: object) -> dict[str, object]:
        """The answer, whenever it comes.

        Raises
        ------
        AssertionError
            The server refuses, which asking again would not change.
        """
        while True:
            try:
                answer = self.http.request(method, path, **told)  # type: ignore[arg-type]
            except httpx2.TransportError:
                sleep(0.2)
                continue
            if answer.status_code in (429, 503):
                sleep(float(answer.headers.get("Retry-After", "1")))
                continue
            assert answer.status_code < 300, answer.text
            found: dict[str, object] = answer.json()
            return found


def weeks() -> list[Week]:
    """Weeks of one person, that are planned in a second."""
    alone = [a_professional("AS01")]
    return [a_week([a_request(f"R{n}") for n in range(size)], professionals=alone) for size in range(1, 5)]


def submit(client: Client, kept: list[str], number: int) -> str:
    """One job, under a key of its own."""
    asked = {
        "kind": "plan",
        "week_id": kept[number % len(kept)],
        "seed": number,
        "time_limit": 4,
        "workers": 1,
    }
    headers = {"Idempotency-Key": f"job-{number}"}
    return str(client.ask("POST", "/v1/jobs", json=asked, headers=headers)["id"])


def wait_for_all(client: Client, jobs: set[str]) -> dict[str, dict[str, object]]:
    """Every job once it ended; those that did not in an hour as they are."""
    until, left = monotonic() + PATIENCE, set(jobs)
    found: dict[str, dict[str, object]] = {}
    while left and monotonic() < until:
        for job in sorted(left):
            found[job] = client.ask("GET", f"/v1/jobs/{job}")
            if found[job]["state"] in ENDED:
                left.discard(job)
        sleep(1)
    return found


# ------------------------------------------------------------ a run


def measured(kind: str, jobs: int) -> Row:
    """A run on a database."""
    began = monotonic()
    with a_database(kind) as database:
        with (
            running(database) as service,
            httpx2.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=60) as http,
        ):
            client, planned = Client(http), weeks()
            bodies = [week_json(week) for week in planned]
            headers = {"Content-Type": "application/json"}
            kept = [
                str(client.ask("POST", "/v1/weeks", content=body, headers=headers)["id"]) for body in bodies
            ]
            killer = Killer(service)
            killer.start()
            with ThreadPoolExecutor(CLIENTS) as clients:
                accepted = list(clients.map(lambda number: submit(client, kept, number), range(jobs)))
            ended = wait_for_all(client, set(accepted))
            killer.rests.set()
            killer.join()
            week_of = dict(zip(kept, planned, strict=True))
            refused = sum(not _passes(client, job, week_of) for job in ended.values())
        orphans = sum(1 for pid in service.seen if not eventually(lambda pid=pid: not is_running(pid), 5))  # type: ignore[misc]
        orphans += _named(database)
        ends = _ends(database)
    states = Counter(str(job["state"]) for job in ended.values())
    return Row(
        database=kind,
        jobs=len(accepted),
        clients=CLIENTS,
        **{f"killed_{victim}s": killer.killed[victim] for victim in VICTIMS},
        succeeded=states["succeeded"],
        given_up=states["failed"],
        most_attempts=max(int(str(job["attempt"])) for job in ended.values()),
        seconds=round(monotonic() - began),
        lost=jobs - len(set(accepted)) + sum(count for state, count in states.items() if state not in ENDED),
        ended_twice=sum(1 for job in accepted if ends[job] != 1),
        refused_by_judge=refused,
        orphans=orphans,
    )


def _passes(client: Client, job: dict[str, object], week_of: dict[str, Week]) -> bool:
    """Whether the plan of a job that succeeded is the week's, whole, and allowed."""
    if job["state"] != "succeeded":
        return True
    week, plan = week_of[str(job["week_id"])], plan_of(client.ask("GET", f"/v1/jobs/{job['id']}/plan"), "")
    return judge(week, plan).passed


def _ends(database: str) -> Counter[str]:
    """How many times each job was said to end."""
    store = open_store(database)
    with store.reading() as session:
        told = session.execute(select(JobEvent.job_id, JobEvent.data).where(JobEvent.kind == STATE))
        found = Counter(job for job, data in told if json.loads(data)["state"] in ENDED)
    store.close()
    return found


def _named(database: str) -> int:
    """Processes that still have this database in their environment."""
    found = 0
    for entry in PROC.iterdir():
        try:
            found += entry.name.isdecimal() and database.encode() in (entry / "environ").read_bytes()
        except OSError:
            continue
    return found


def main() -> None:
    """Run on each database that is named, and keep each row at once."""
    told = databases_told(__doc__, lambda parser: parser.add_argument("--jobs", type=int, default=JOBS))
    for kind in told.databases:
        row = measured(kind, told.jobs)
        print(row, flush=True)
        keep("faults", [row])


if __name__ == "__main__":
    main()
