"""The process of the server: it listens, and keeps a runner at work beside it as long as it lives."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

import structlog
import uvicorn

from api.app import make_app
from api.clock import utc_now
from api.logs import set_up_logs
from api.settings import Settings
from api.store.database import Store
from api.store.keys import keys_kept
from api.store.migrating import opened_store
from api.tracing import wished_tracer
from optimizer.errors import Problem, UnusableInput

LOGGER = structlog.get_logger(__name__)
RUNNER = (sys.executable, "-m", "api.jobs.running")
SECONDS_TO_LEAVE, SECONDS_BEFORE_ANOTHER = 10, 1
A_KEY = "une clé (« polyvalence keys create »), ou --open sur cette machine seule"


def store_to_serve(settings: Settings, host: str) -> Store:
    """The database of a service that may start there.

    Raises
    ------
    UnusableInput
        There is none, nobody could ask anything, or anybody could from elsewhere.
    """
    set_up_logs()
    store = opened_store(settings.database)
    _refuse_unsafe(store, settings, host)
    return store


def serve(store: Store, settings: Settings, listener: socket.socket) -> None:
    """Serve until asked to stop; what is at work then goes back to the queue."""
    config = uvicorn.Config(
        make_app(store, settings, utc_now, wished_tracer()),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SECONDS_TO_LEAVE,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn raises it again once it has ended
    with suppress(KeyboardInterrupt), runner_kept(settings):
        uvicorn.Server(config).run(sockets=[listener])
    _leave_soon()
    store.close()


def _leave_soon() -> None:
    """Wait no longer than that for questions that are still computed: nobody hears their answers any more."""
    last = threading.Timer(SECONDS_TO_LEAVE, os._exit, (0,))
    last.daemon = True
    last.start()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises
    ------
    UnusableInput
        Somebody else does there, or there is no such address here.
    """
    try:
        listener = socket.create_server((host, port), family=_family(host))
    except OSError as error:
        found = f"{host}:{port}, où l'on ne peut écouter ({os.strerror(error.errno or 0)})"
        raise UnusableInput([Problem("--host, --port", found, "une adresse et un port libres")]) from None
    # an answer leaves in two pieces: the second would wait 40 ms for the first to be acknowledged
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _refuse_unsafe(store: Store, settings: Settings, host: str) -> None:
    if settings.is_open and not _is_loopback(host):
        found = f"une écoute sur {host} sans clé, ouverte à d'autres machines"
        raise UnusableInput([Problem("--open", found, "--host 127.0.0.1, ou des clés sans --open")])
    with store.reading() as session:
        is_locked = not settings.is_open and not keys_kept(session)
    if is_locked:
        raise UnusableInput([Problem("serve", "aucune clé : personne ne pourrait rien demander", A_KEY)])


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


# ------------------------------------------------------------ the runner beside


@contextmanager
def runner_kept(settings: Settings) -> Iterator[None]:
    """A runner at work meanwhile: another takes its place when it dies, none is left at the end."""
    leaving, keeper = threading.Event(), _Keeper(settings)
    thread = threading.Thread(target=keeper.keep, args=(leaving,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        leaving.set()
        keeper.end()
        thread.join()


class _Keeper:
    """Who starts runners, one after another."""

    def __init__(self, settings: Settings) -> None:
        told = {"POLYVALENCE_DATABASE": settings.database, "POLYVALENCE_CORES": str(settings.cores)}
        self._environment = os.environ | told  # not on the command line, which others may read
        self._runner: subprocess.Popen[bytes] | None = None

    def keep(self, leaving: threading.Event) -> None:
        """Start a runner whenever there is none."""
        while not leaving.is_set():
            self._runner = subprocess.Popen(
                RUNNER, stdin=subprocess.PIPE, env=self._environment, process_group=0
            )
            code = self._runner.wait()
            if not leaving.wait(SECONDS_BEFORE_ANOTHER):
                LOGGER.warning("runner_gone", code=code)

    def end(self) -> None:
        """Let the runner give its jobs back; one that takes too long is killed."""
        runner = self._runner
        if runner is None or runner.stdin is None:
            return
        with suppress(OSError):
            runner.stdin.close()
        try:
            runner.wait(SECONDS_TO_LEAVE)
        except subprocess.TimeoutExpired:
            runner.kill()
