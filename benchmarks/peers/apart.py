"""A contender in a process of its own: within a memory limit, ended when its time or its caller is over."""

import multiprocessing
import os
import resource
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

Found = TypeVar("Found")
GIBIBYTE = 1024**3
MEMORY_GIBIBYTES = 10
"""Address space of the process; what asks for more fails."""


class Lost(Exception):
    """There is no answer; the message says why."""


def apart(function: Callable[..., Found], arguments: tuple[object, ...], seconds: float) -> Found:
    """What a function of a module returns, called in a process apart.

    Raises
    ------
    Lost
        The time was over, or the process failed.
    """
    context = multiprocessing.get_context("spawn")
    answers, answer = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(function, arguments, answer), daemon=True)
    process.start()
    answer.close()
    try:
        if not answers.poll(seconds):
            raise Lost(f"not ended {seconds:.0f} s after its start, and stopped")
        found = answers.recv()
    except EOFError:
        process.join()
        raise Lost(f"its process ended with code {process.exitcode}") from None
    finally:
        process.kill()
        process.join()
        answers.close()
    if isinstance(found, Lost):
        raise found
    answered: Found = found
    return answered


def _leave_with_the_caller() -> None:
    caller = multiprocessing.parent_process()
    if caller is not None:
        caller.join()
        os._exit(1)


def _work(function: Callable[..., object], arguments: tuple[object, ...], answer: Connection) -> None:
    threading.Thread(target=_leave_with_the_caller, daemon=True).start()
    limit = MEMORY_GIBIBYTES * GIBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        answer.send(function(*arguments))
    except MemoryError:
        answer.send(Lost(f"more than {MEMORY_GIBIBYTES} GiB of memory asked for"))
    except Exception as error:
        answer.send(Lost(f"{type(error).__name__}: {error}"))
    os._exit(0)
