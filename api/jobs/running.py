"""The process of a runner: it leaves when asked, or when the server that started it is gone."""

import os
import signal
import sys
import threading
from datetime import timedelta
from types import FrameType

import structlog

from api.clock import utc_now
from api.hooks.delivering import Deliverer, start_senders, usual_chance
from api.hooks.sending import Post
from api.hooks.targets import Targets, hosts_of
from api.jobs.runner import Runner
from api.logs import places_of, set_up_logs
from api.settings import Settings, settings_told
from api.store.database import Store
from api.store.migrating import opened_store
from api.store.purging import Periods
from optimizer.errors import UnusableInput
from optimizer.telling import tell

LOGGER = structlog.get_logger(__name__)
FAILED = 1
SECONDS_TO_SEND = 1
"""How long each sender may take to end what it sends; what it leaves is sent again."""


def run_runner(settings: Settings, is_tied: bool = False) -> None:
    """Work on the jobs of a database until SIGTERM or Ctrl-C; `is_tied` also until standard input ends.

    A second wish to leave is obeyed at once: jobs at work are then taken back when their leases run out.
    """
    set_up_logs()
    leaving = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        if leaving.is_set():
            os._exit(1)
        leaving.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    if is_tied:
        threading.Thread(target=_wait_for_parent, args=(leaving,), daemon=True).start()
    store = opened_store(settings.database)
    senders = start_senders(_deliverer(store, settings), leaving)
    try:
        Runner(store, settings.cores, utc_now, _periods(settings)).run(leaving.is_set)
    except Exception as error:  # its server, or whoever keeps it, starts another one
        LOGGER.error("defect", error=type(error).__name__, places=places_of(error))
        sys.exit(FAILED)
    finally:
        leaving.set()
        for sender in senders:
            sender.join(SECONDS_TO_SEND)
        store.close()


def _deliverer(store: Store, settings: Settings) -> Deliverer:
    targets = Targets(hosts_of(settings.webhook_hosts))
    return Deliverer(store, targets, Post(), utc_now, usual_chance())


def _periods(settings: Settings) -> Periods:
    return Periods(
        jobs=timedelta(days=settings.keep_jobs),
        published=timedelta(days=settings.keep_published),
        weeks=timedelta(days=settings.keep_weeks),
        audit=timedelta(days=settings.keep_audit),
        deliveries=timedelta(days=settings.keep_deliveries),
    )


def _wait_for_parent(leaving: threading.Event) -> None:
    """Standard input says nothing, and ends with the process that holds its other side."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    leaving.set()


if __name__ == "__main__":  # started by a server, which tells it by the environment
    try:
        run_runner(settings_told(), is_tied=True)
    except UnusableInput as error:
        sys.exit(tell(error))
