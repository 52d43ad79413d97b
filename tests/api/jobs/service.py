"""Jobs in a real database, and a runner that is told to work a turn at a time."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from api.jobs.requests import AnyRequest, weeks_named
from api.jobs.runner import Runner
from api.store.database import Store
from api.store.events import events_of
from api.store.jobs import Asked, job_kept, result_of, submit, wish_to_stop
from api.store.tables import Job, Result, Tenant
from api.store.weeks import keep_week
from api.words import ENDED, Kind
from instances.figures import Load
from instances.generator import generate
from optimizer.week import Week

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
MINE = "mine"
PATIENCE = 60.0
LONG = 600
"""A limit that no test waits for, in seconds."""


class Clock:
    """An instant that tests move."""

    def __init__(self) -> None:
        self.instant = NOON

    def __call__(self) -> datetime:
        """Now."""
        return self.instant

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.instant += span


class Service:
    """One tenant with its weeks and jobs."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock = store, Clock()
        with store.writing() as session:
            session.add(Tenant(id=MINE, name=MINE, created_at=NOON))

    def runner(self, cores: int = 2) -> Runner:
        """A runner of this process, by the clock of the tests."""
        return Runner(self.store, cores, self.clock)

    def week(self, week: Week) -> str:
        """A week that is kept."""
        with self.store.writing() as session:
            return keep_week(session, MINE, week, self.clock())[0].id

    def job(self, request: dict[str, object], workers: int = 1) -> str:
        """A job that is submitted."""
        parsed = AnyRequest.validate_json(json.dumps(request))
        asked = Asked(Kind(parsed.kind), parsed.model_dump_json(), weeks_named(parsed)[0], workers)
        with self.store.writing() as session:
            return submit(session, MINE, asked, self.clock()).id

    def plan(self, week: Week, workers: int = 1, **limits: object) -> str:
        """A job that plans a week."""
        return self.job({"kind": "plan", "week_id": self.week(week), **limits}, workers)

    def read(self, id_: str) -> Job:
        """A job as it is kept."""
        with self.store.reading() as session:
            found = job_kept(session, MINE, id_)
        assert found is not None
        return found

    def result(self, id_: str) -> Result:
        """What it found."""
        with self.store.reading() as session:
            found = result_of(session, id_)
        assert found is not None
        return found

    def told(self, id_: str, kind: str) -> list[dict[str, object]]:
        """What was told of it, of one kind."""
        with self.store.reading() as session:
            found = events_of(session, id_, 0, 1_000)
        return [json.loads(one.data) for one in found if one.kind == kind]

    def stop(self, id_: str) -> None:
        """Wish that it stops."""
        with self.store.writing() as session:
            job = job_kept(session, MINE, id_, is_locked=True)
            assert job is not None
            wish_to_stop(session, job, self.clock())

    def work(self, runner: Runner, until: Callable[[], bool]) -> None:
        """Have a runner work until something is so."""
        last = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < last, "never so"
            runner.turn()

    def done(self, runner: Runner, *ids: str) -> list[Job]:
        """The jobs once they ended."""
        self.work(runner, lambda: all(self.read(id_).state in ENDED for id_ in ids))
        return [self.read(id_) for id_ in ids]


def a_long_week() -> Week:
    """A week that takes an engine longer than any test waits."""
    return generate(20, 2, Load.OVERLOADED, 1)
