"""Processes that do jobs side by side: a crash of the solver in one costs that job's time, no other's.

`python -m optimizer.engines.workers` reads jobs from its standard input, one after the other, and writes
their answers; it leaves when its parent does, whatever it is computing.
"""

import logging
import os
import pickle
import selectors
import sys
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from queue import SimpleQueue
from typing import IO

from optimizer.engines.apart import started

LOGGER = logging.getLogger(__name__)
LENGTH_BYTES = 8
ATTEMPTS = 2
"""Times that a job is tried before its process is said lost for good."""


@dataclass(frozen=True)
class Job:
    """A function of a module, called with one argument in a process apart; `name` tells jobs apart."""

    name: Hashable
    function: Callable[..., object]
    argument: object


@dataclass(frozen=True)
class Done:
    """The answer of a job; `failure` says why there is none."""

    name: Hashable
    answer: object = None
    failure: str | None = None


class Worker:
    """One process, which does one job at a time."""

    def __init__(self) -> None:
        self.process = started(__name__)
        self.job: Job | None = None
        self.attempts = 0

    @property
    def answers(self) -> IO[bytes]:
        """Where its answers come from."""
        assert self.process.stdout is not None
        return self.process.stdout

    def give(self, job: Job, attempts: int) -> None:
        """Start a job; a process that is gone is noticed when its answer is read."""
        self.job, self.attempts = job, attempts
        where = f"{job.function.__module__}:{job.function.__qualname__}"
        with suppress(OSError):
            assert self.process.stdin is not None
            _write(self.process.stdin, (where, job.argument))

    def end(self) -> None:
        """End the process, whatever it is computing."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()


class Workers:
    """A few processes; to be used in a `with`, which never leaves one behind."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._workers: list[Worker] = []

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def do(
        self,
        jobs: Iterator[Job],
        is_over: Callable[[], bool],
        meanwhile: Callable[[], None] = lambda: None,
        poll: float = 0.2,
    ) -> Iterator[Done]:
        """Answers in the order they come, until the jobs end; once it is over, what is under way is dropped.

        `meanwhile` is called whenever jobs have been given out and some are under way. A job whose process is
        lost is tried again in a new one, then answered with its failure.
        """
        again: list[tuple[Job, int]] = []
        with selectors.DefaultSelector() as ready:
            while not is_over():
                while len(ready.get_map()) < self.count:
                    job, attempts = again.pop() if again else (next(jobs, None), 1)
                    if job is None:
                        break
                    worker = self._idle()
                    worker.give(job, attempts)
                    ready.register(worker.answers, selectors.EVENT_READ, worker)
                if not ready.get_map():
                    return
                meanwhile()
                for key, _ in ready.select(poll):
                    ready.unregister(key.fileobj)
                    done = self._read(key.data)
                    if done is not None:
                        yield done
                    else:
                        again += self._lost(key.data)
                        yield from self._given_up(key.data)
        self._drop_busy()

    def _idle(self) -> Worker:
        for worker in self._workers:
            if worker.job is None:
                return worker
        self._workers.append(Worker())
        return self._workers[-1]

    def _read(self, worker: Worker) -> Done | None:
        """The answer of a worker's job; None when its process is gone."""
        job = worker.job
        assert job is not None
        try:
            answer, failure = _read(worker.answers)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        worker.job = None
        return Done(job.name, answer, failure)

    def _lost(self, worker: Worker) -> list[tuple[Job, int]]:
        """What is to be tried again of a process that is gone."""
        worker.end()
        self._workers.remove(worker)
        assert worker.job is not None
        LOGGER.warning("un calcul s'est arrêté sans réponse (%s)", worker.job.name)
        return [(worker.job, worker.attempts + 1)] if worker.attempts < ATTEMPTS else []

    def _given_up(self, worker: Worker) -> Iterator[Done]:
        if worker.attempts >= ATTEMPTS and worker.job is not None:
            yield Done(worker.job.name, failure=f"processus perdu {ATTEMPTS} fois")

    def _drop_busy(self) -> None:
        for worker in [one for one in self._workers if one.job is not None]:
            worker.end()
            self._workers.remove(worker)


def _write(stream: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)
    stream.flush()


def _read(stream: IO[bytes]) -> tuple[object, str | None]:
    length = int.from_bytes(_exactly(stream, LENGTH_BYTES), "big")
    message: tuple[object, str | None] = pickle.loads(_exactly(stream, length))
    return message


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


# ----------------------------------------------------------- in the process


def _serve() -> None:
    """Do jobs until the parent is gone."""
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing but answers goes there
        jobs: SimpleQueue[tuple[str, object]] = SimpleQueue()
        threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
        while True:
            where, argument = jobs.get()
            _write(answers, _answer(where, argument))


def _listen(jobs: "SimpleQueue[tuple[str, object]]") -> None:
    """Take jobs as they come; leave with the parent."""
    try:
        while True:
            jobs.put(_read(sys.stdin.buffer))  # type: ignore[arg-type]
    except (EOFError, OSError):
        os._exit(1)


def _answer(where: str, argument: object) -> tuple[object, str | None]:
    module, _, name = where.partition(":")
    try:
        return getattr(import_module(module), name)(argument), None
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    _serve()
