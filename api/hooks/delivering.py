"""Deliveries: what is due is claimed, sent, and written down; any number of processes may do it at once."""

import random
import threading
from collections.abc import Callable
from datetime import timedelta

import structlog

from api.clock import Now
from api.hooks.sending import Send
from api.hooks.signing import signed
from api.hooks.targets import Targets
from api.problems import Refused
from api.store.database import Store
from api.store.deliveries import Heard, Sending, claim_delivery, is_any_due, note_attempt

LOGGER = structlog.get_logger(__name__)
LEASE = timedelta(minutes=2)
"""Longer than a name takes to be looked up and a message to be sent."""
SENDERS, SECONDS_BETWEEN = 4, 1.0
MOST_JITTER = 0.2


class Deliverer:
    """Sends what is due, one message a turn."""

    def __init__(
        self, store: Store, targets: Targets, send: Send, now: Now, chance: Callable[[], float]
    ) -> None:
        self._store, self._targets, self._send = store, targets, send
        self._now, self._chance = now, chance

    def turn(self) -> bool:
        """Send the next message, if one is due; whether there was one."""
        sending = self._claimed()
        if sending is None:
            return False
        heard = self._sent(sending)
        with self._store.writing() as session:
            note_attempt(session, sending, heard, MOST_JITTER * self._chance(), self._now())
        LOGGER.info("delivery", message=sending.id, attempt=sending.attempt, error=heard.error)
        return True

    def _claimed(self) -> Sending | None:
        with self._store.reading() as session:
            if not is_any_due(session, self._now()):
                return None
        with self._store.writing() as session:
            return claim_delivery(session, self._now(), LEASE)

    def _sent(self, sending: Sending) -> Heard:
        """Look up where it goes anew: a name that leads inside by now is not followed."""
        try:
            target = self._targets.target(sending.url)
        except Refused as refused:
            return Heard(error=refused.trouble.code)
        headers = signed(sending.id, self._now(), sending.payload, sending.secrets)
        return self._send(target, sending.payload, headers)

    def run(self, leaving: threading.Event) -> None:
        """Send until asked to leave; what goes wrong is said, and tried again later."""
        while not leaving.is_set():
            try:
                is_done = self.turn()
            except Exception as error:  # a sender that ends would be missed by nobody
                LOGGER.error("delivery_lost", error=type(error).__name__)
                is_done = False
            if not is_done:
                leaving.wait(SECONDS_BETWEEN)


def usual_chance() -> Callable[[], float]:
    """Numbers between 0 and 1, of a generator of this process's own."""
    return random.Random().random


def start_senders(deliverer: Deliverer, leaving: threading.Event) -> list[threading.Thread]:
    """Threads that deliver until asked to leave; one that is cut short has its message sent by another."""
    threads = [threading.Thread(target=deliverer.run, args=(leaving,), daemon=True) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    return threads
