"""A runner: it claims jobs, has each done by a process of its own, and writes down how they end.

Several may share one database. Cores are tokens: jobs at work together take no more than a runner has.
"""

import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from time import monotonic

import structlog

from api.clock import Now, utc_now
from api.jobs.ending import keep_answer, keep_trouble
from api.jobs.messages import Advanced, Answered, Levels, Logged, Message, Troubled
from api.jobs.process import Inbox, Process
from api.jobs.requests import AnyRequest
from api.jobs.tasks import seconds_allowed, task_of
from api.problems import Code, Refused, Trouble
from api.store.database import Store
from api.store.events import ADVANCE, LEVELS, LOG, Json
from api.store.purging import Periods, purge_old
from api.store.queue import Claimed, HoldLost, beat, claim, expire, reclaim, release, tell_progress

LOGGER = structlog.get_logger(__name__)
LEASE = timedelta(seconds=30)
BEAT_SECONDS = 0.5
PATIENCE = timedelta(seconds=90)
"""How long a job that was asked to stop may take to give its best answer: longer than the door waits."""
QUEUE_LIMIT = timedelta(hours=24)
BETWEEN_PURGES = timedelta(hours=1)
LOST = Trouble(code=Code.RUNNER_LOST).model_dump_json()
GONE = Troubled(trouble=Trouble(code=Code.PROCESS_LOST), is_final=False)
TOO_LONG = Troubled(trouble=Trouble(code=Code.LIMIT_EXCEEDED), is_final=True)
UNANSWERED = Answered()


@dataclass
class Work:
    """A job at work; `news` is what its readers have not been told yet."""

    claimed: Claimed
    process: Process
    must_end_at: datetime
    is_asked_to_stop: bool = False
    news: list[tuple[str, Json]] = field(default_factory=list)

    def hear(self, message: Levels | Advanced | Logged) -> None:
        """Keep what is said of progress for the next beat: every sentence, and the last of figures."""
        match message:
            case Levels():
                self._replace(LEVELS, {"levels": [level.model_dump() for level in message.levels]})
            case Advanced():
                self._replace(ADVANCE, {"done": message.done, "total": message.total})
            case Logged():
                self.news.append((LOG, {"sentence": message.sentence}))

    def _replace(self, kind: str, data: Json) -> None:
        self.news = [*(one for one in self.news if one[0] != kind), (kind, data)]


class Runner:
    """The jobs that one process has at work."""

    def __init__(self, store: Store, cores: int, now: Now = utc_now, periods: Periods | None = None) -> None:
        self.name = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        self._store, self._cores, self._now = store, cores, now
        self._periods, self._purge_at = periods or Periods(), now()
        self._works: dict[Process, Work] = {}
        self._inbox: Inbox = SimpleQueue()

    def run(self, is_leaving: Callable[[], bool]) -> None:
        """Work until asked to leave; what is at work then goes back to the queue."""
        LOGGER.info("runner_started", runner=self.name, cores=self._cores)
        try:
            while not is_leaving():
                self.turn()
        finally:
            self.leave()

    def turn(self) -> None:
        """Say that all are alive, take what may be taken, hear what is said for a beat."""
        for work in list(self._works.values()):
            self._beat(work)  # before leases are looked at: a machine that slept keeps what nobody took
        self._tidy()
        while self._take():
            pass
        self._hear(monotonic() + BEAT_SECONDS)

    def leave(self) -> None:
        """Give back every job, at no cost to it."""
        for work in list(self._works.values()):
            self._end(work)
            with suppress(HoldLost), self._store.writing() as session:
                release(session, work.claimed.hold, self._now())

    def _tidy(self) -> None:
        now = self._now()
        with self._store.writing() as session:
            late, old = reclaim(session, LOST, now), expire(session, now - QUEUE_LIMIT, now)
            if now >= self._purge_at:
                purge_old(session, self._periods, now)
                self._purge_at = now + BETWEEN_PURGES
        if late or old:
            LOGGER.warning("jobs_taken_back", runner=self.name, late=late, expired=old)

    def _take(self) -> bool:
        """Start the next job, if one fits."""
        free = self._cores - sum(work.claimed.workers for work in self._works.values())
        if free <= 0:
            return False
        with self._store.writing() as session:
            claimed = claim(session, self.name, self._cores, free, self._now(), LEASE)
        if claimed is None:
            return False
        self._start(claimed)
        return True

    def _start(self, claimed: Claimed) -> None:
        try:
            with self._store.reading() as session:
                task = task_of(session, claimed)
        except Refused as refusal:
            self._write_end(claimed, Troubled(trouble=refusal.trouble, is_final=True), False)
            return
        seconds = seconds_allowed(AnyRequest.validate_json(claimed.request))
        process = Process(task, self._inbox)
        self._works[process] = Work(claimed, process, self._now() + timedelta(seconds=seconds))
        LOGGER.info("job_started", job=claimed.hold.job_id, attempt=claimed.hold.attempt, pid=process.pid)

    def _hear(self, until: float) -> None:
        while (left := until - monotonic()) > 0:
            try:
                process, message = self._inbox.get(timeout=left)
            except Empty:
                return
            if work := self._works.get(process):
                self._take_in(work, message)
                if not isinstance(message, Levels | Advanced | Logged):
                    return  # cores came free

    def _take_in(self, work: Work, message: Message | None) -> None:
        match message:
            case Levels() | Advanced() | Logged():
                work.hear(message)
            case Answered() | Troubled():
                self._finish(work, message)
            case None:
                self._finish(work, GONE)

    def _beat(self, work: Work) -> None:
        """Renew a lease, tell what is new, hear the wish to stop, hold the limit."""
        now = self._now()
        try:
            with self._store.writing() as session:
                is_to_stop = beat(session, work.claimed.hold, now + LEASE)
                for kind, data in work.news:
                    tell_progress(session, work.claimed.hold, kind, data, now)
        except HoldLost:
            self._end(work)
            return
        work.news.clear()
        if is_to_stop and not work.is_asked_to_stop:
            work.is_asked_to_stop, work.must_end_at = True, min(work.must_end_at, now + PATIENCE)
            work.process.ask_to_stop()
        elif now > work.must_end_at:
            self._finish(work, UNANSWERED if work.is_asked_to_stop else TOO_LONG)

    def _finish(self, work: Work, outcome: Answered | Troubled) -> None:
        self._end(work)
        self._write_end(work.claimed, outcome, work.is_asked_to_stop, work.news)

    def _end(self, work: Work) -> None:
        work.process.end()
        del self._works[work.process]

    def _write_end(
        self,
        claimed: Claimed,
        outcome: Answered | Troubled,
        is_asked_to_stop: bool,
        news: list[tuple[str, Json]] | None = None,
    ) -> None:
        """All of the end in one transaction; nothing of it when the job is another runner's by now."""
        now = self._now()
        with suppress(HoldLost), self._store.writing() as session:
            for kind, data in news or ():
                tell_progress(session, claimed.hold, kind, data, now)
            if isinstance(outcome, Answered):
                keep_answer(session, claimed, outcome, is_asked_to_stop, now)
            else:
                keep_trouble(session, claimed, outcome, now)
        LOGGER.info("job_ended", job=claimed.hold.job_id, attempt=claimed.hold.attempt)
