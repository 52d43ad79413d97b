"""The process of a job as its runner holds it: what it says comes into one queue with that of the others."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import IO

from pydantic import ValidationError

from api.jobs.messages import AnyMessage, Message, Task

COMMAND = (sys.executable, "-m", "api.jobs.work")
NICENESS = 10
"""How far a job gives way to the server that answers on the same cores. They share a session, since Linux
shares cores between sessions first, whatever is nice within one."""


class Process:
    """One job at work in a fresh interpreter, which leaves when this process is gone."""

    def __init__(self, task: Task, inbox: "Inbox") -> None:
        self._popen = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C in a terminal is for the runner to hear
        )
        if hasattr(os, "setpriority"):
            with suppress(OSError):  # gone already
                own = os.getpriority(os.PRIO_PROCESS, 0)
                os.setpriority(os.PRIO_PROCESS, self._popen.pid, own + NICENESS)
        assert self._popen.stdin is not None and self._popen.stdout is not None
        self._orders, self._said = self._popen.stdin, self._popen.stdout
        self._lock = threading.Lock()
        threading.Thread(target=self._follow, args=(task, inbox), daemon=True).start()

    @property
    def pid(self) -> int:
        """The process."""
        return self._popen.pid

    def ask_to_stop(self) -> None:
        """Ask for the best answer, now; heard once the task is read."""
        _write(self._orders, self._lock, "stop")

    def end(self) -> None:
        """Leave nothing behind: the solver under it sees its end and leaves too."""
        self._popen.kill()
        self._popen.wait()
        with suppress(OSError), self._lock:
            self._orders.close()

    def _follow(self, task: Task, inbox: "Inbox") -> None:
        """Give the task, then pass on what is said; a line cut short by a kill is none."""
        _write(self._orders, self._lock, task.model_dump_json())
        with self._said as lines, suppress(ValidationError):
            for line in lines:
                inbox.put((self, AnyMessage.validate_json(line)))
        inbox.put((self, None))


Inbox = SimpleQueue[tuple[Process, Message | None]]
"""What processes say; None is the end of one."""


def _write(pipe: IO[bytes], lock: threading.Lock, line: str) -> None:
    """A process that is gone is noticed by the end of what it says, not here."""
    with suppress(OSError, ValueError), lock:
        pipe.write(line.encode() + b"\n")
        pipe.flush()
