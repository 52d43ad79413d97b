"""A relaxation or a MIP solved in a process of its own, beside the search: it can be stopped at once.

HiGHS reads its clock neither while it simplifies nor within a long factorisation, and takes no interrupt: a
process can be ended all the same. `python -m optimizer.engines.aside` reads one request from its standard
input and writes one answer; it leaves when its parent does.
"""

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

from optimizer.engines.apart import started
from optimizer.engines.matrix import Restricted
from optimizer.engines.relaxing import solve_for_proof
from optimizer.engines.solvers import Answer, Method

LOGGER = logging.getLogger(__name__)
NOTHING = Answer(None, None, False)


class Aside:
    """A problem being solved elsewhere."""

    def __init__(
        self, problem: Restricted, seconds: float, method: Method, start: Sequence[int] | None = None
    ) -> None:
        """`seconds` is what the solver is told; `stop` may end it earlier. A MIP may begin from `start`."""
        self._answers: SimpleQueue[Answer] = SimpleQueue()
        self._process = _started()
        if self._process is None:
            self._answers.put(NOTHING)
            return
        request = pickle.dumps((problem, seconds, method, start))
        threading.Thread(target=self._converse, args=(self._process, request), daemon=True).start()

    def answer(self, seconds: float = 0.0) -> Answer | None:
        """What was found, once; None while nothing is, after waiting `seconds`."""
        try:
            return self._answers.get(timeout=seconds) if seconds else self._answers.get_nowait()
        except Empty:
            return None

    def stop(self) -> None:
        """End the process, whatever it is computing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _converse(self, process: subprocess.Popen[bytes], request: bytes) -> None:
        sent, received = process.stdin, process.stdout
        assert sent is not None and received is not None
        answer = NOTHING
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            sent.write(request)
            sent.flush()
            answer = pickle.load(received)
        if answer is NOTHING and process.poll() not in (None, -9):
            LOGGER.warning("un calcul de borne s'est arrêté sans réponse")
        for stream in (sent, received):
            with suppress(OSError):
                stream.close()
        process.wait()
        self._answers.put(answer)


def _started() -> subprocess.Popen[bytes] | None:
    """The process, or None where the system has no room for one: bounds are then not known."""
    try:
        return started(__name__)
    except OSError as error:
        LOGGER.warning("un calcul de borne n'a pas pu démarrer (%s)", error)
        return None


def _leave_with_the_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _serve() -> None:
    problem, seconds, method, start = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_leave_with_the_parent, daemon=True).start()
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing but the answer goes there
        pickle.dump(solve_for_proof(problem, seconds, method, None, start), answers)
    os._exit(0)


if __name__ == "__main__":
    _serve()
