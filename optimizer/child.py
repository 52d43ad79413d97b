"""The process apart in which an engine runs: a crash of the solver there costs a message, not the terminal.

Two pipes join it to its parent. One brings back what is found; through the other comes the wish to stop, and
its end when the parent is gone: the child then leaves at once, whatever it is computing.
"""

import logging
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait

from optimizer.engines.options import Options, never
from optimizer.errors import ContradictoryWeek, NoPlanYet, PolyvalenceError, SolverLost
from optimizer.news import News, Told
from optimizer.plan import Plan
from optimizer.week import Week
from optimizer.words import ServiceKind

LOGGER = logging.getLogger(__name__)
SHORTEST_LIMIT = 0.5
SECONDS_TO_DIE = 2.0


@dataclass(frozen=True)
class Incumbent:
    """A judged plan, the best so far."""

    plan: Plan


@dataclass(frozen=True)
class Finished:
    """The engine's last word."""

    plan: Plan


@dataclass(frozen=True)
class Failed:
    """Why the engine gave up; `kind` names one of the errors told on purpose, or any other."""

    kind: str
    facts: tuple[str, ...]
    trace: str = ""

    def error(self) -> PolyvalenceError:
        """The same failure, to be raised in the parent."""
        if self.kind == ContradictoryWeek.__name__:
            return ContradictoryWeek(list(self.facts))
        if self.kind == NoPlanYet.__name__:
            return NoPlanYet(*self.facts)
        if self.kind == SolverLost.__name__:
            return SolverLost(*self.facts)
        return SolverLost(f"le calcul s'est arrêté sur une erreur interne ({self.kind} : {self.facts[0]})")


Message = Incumbent | Finished | Failed | Told
Report = Callable[[News], None]
Engine = Callable[[Week, Options, Report], Plan]
"""A function of a module, which the child imports: a week and options to a plan, told as it gets better."""


def decomposition(week: Week, options: Options, report: Report) -> Plan:
    """The engine for one team: buckets, then clock times, undivided but where nothing couples."""
    from optimizer.engines.decomposition import solve  # here alone: the parent never loads a solver

    return solve(week, options, report)


def departement(week: Week, options: Options, report: Report) -> Plan:
    """The engine for several teams: part by part, by workers side by side."""
    from optimizer.engines.departement import solve  # here alone: the parent never loads a solver

    return solve(week, options, report)


LARGE, LARGE_TOGETHER = 50, 30
"""Professionals beyond which a week goes to the engine for several teams: of one sector team, or of
several."""
ENGINES: dict[str, Engine] = {"team": decomposition, "departement": departement}


def engine_for(week: Week, name: str | None = None) -> Engine:
    """The engine of that name; without one, by the size of the week."""
    if name is not None:
        return ENGINES[name]
    sector = [service for service in week.services if service.kind is ServiceKind.SECTEUR]
    most = LARGE_TOGETHER if len(sector) > 1 else LARGE
    return departement if len(week.professionals) > most else decomposition


class Child:
    """An engine at work on one week; to be used in a `with`, which never leaves it behind."""

    def __init__(self, week: Week, options: Options, engine: Engine = decomposition) -> None:
        context = multiprocessing.get_context("spawn")
        self._results, results = context.Pipe(duplex=False)
        orders, self._orders = context.Pipe(duplex=False)
        carried = replace(options, is_stopped=never)  # what the caller gave may not travel; orders do
        arguments = (time.time(), results, orders)
        self._process = context.Process(target=_work, args=arguments, daemon=True, name="polyvalence-engine")
        try:
            with _deaf_children():
                self._process.start()
        except OSError as error:
            self._results.close()
            self._orders.close()
            raise SolverLost(f"le calcul n'a pas pu démarrer ({os.strerror(error.errno or 0)})") from None
        finally:
            results.close()
            orders.close()
        # not among the arguments: start would wait for ever for a process that died before reading them
        with suppress(OSError):  # a process that is gone is noticed when its answer is read
            self._orders.send((engine, week, carried))

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int | None:
        """The process."""
        return self._process.pid

    def next_message(self, seconds: float) -> Message | None:
        """What the child says next, `None` when it says nothing for that long.

        Raises
        ------
        SolverLost
            The child is gone.
        """
        if self._results not in wait([self._results, self._process.sentinel], seconds):
            if self._process.is_alive() or self._results.poll():
                return None
            raise self._lost()
        try:
            message: Message = self._results.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            raise self._lost() from None
        return message

    def ask_to_stop(self) -> None:
        """Ask for the best plan, now."""
        with suppress(OSError):
            self._orders.send(None)

    def end(self) -> None:
        """Leave nothing behind: terminated, then killed."""
        self._orders.close()
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(SECONDS_TO_DIE)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._results.close()
        self._process.close()

    def _lost(self) -> SolverLost:
        self._process.join(SECONDS_TO_DIE)
        code = self._process.exitcode
        if code is None or code >= 0:
            return SolverLost(f"le processus de calcul s'est arrêté sans réponse (code {code})")
        cause = ", sans doute faute de mémoire ou sur un ordre du système" if code == -9 else ""
        return SolverLost(f"le processus de calcul a été interrompu (signal {-code}{cause})")


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C: their parent decides for them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# ------------------------------------------------------------ in the child


def _work(started: float, results: Connection, orders: Connection) -> None:
    """Solve what comes first through `orders`, and send back what is found."""
    _withdraw()
    engine, week, options = orders.recv()
    stopped = threading.Event()
    threading.Thread(target=_listen, args=(orders, stopped), daemon=True).start()
    results.send(_outcome(engine, week, _counted(options, started, stopped), results))
    results.close()


def _withdraw() -> None:
    """Out of reach of the terminal: no signal of its group comes in, nothing of a crash goes out.

    Ignoring Ctrl-C is not enough: CP-SAT puts the default handler back after each solve.
    """
    if hasattr(os, "setpgrp"):
        os.setpgrp()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    sink = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(sink, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _listen(orders: Connection, stopped: threading.Event) -> None:
    while True:
        try:
            orders.recv()
        except (EOFError, OSError):
            os._exit(1)
        stopped.set()


def _counted(options: Options, started: float, stopped: threading.Event) -> Options:
    """The same options, less the time it took to start."""
    limit = options.time_limit
    if not options.deterministic:
        limit = max(min(limit, SHORTEST_LIMIT), limit - max(0.0, time.time() - started))
    return replace(options, time_limit=limit, is_stopped=stopped.is_set)


def _outcome(engine: Engine, week: Week, options: Options, results: Connection) -> Message:
    def report(news: News) -> None:
        results.send(Incumbent(news) if isinstance(news, Plan) else news)

    try:
        return Finished(engine(week, options, report))
    except ContradictoryWeek as error:
        return Failed(type(error).__name__, tuple(error.facts))
    except Exception as error:
        return Failed(type(error).__name__, (str(error)[:300],), traceback.format_exc())
