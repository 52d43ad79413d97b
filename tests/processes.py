"""Looking at other processes, where /proc shows them."""

import time
from collections.abc import Callable
from pathlib import Path

PROC = Path("/proc")


def is_running(pid: int) -> bool:
    """Whether a process is there and not a zombie."""
    try:
        state = (PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def engine_of(pid: int) -> int | None:
    """The process apart in which a command solves."""
    for entry in PROC.iterdir():
        if entry.name.isdecimal() and _parent(entry) == pid and "spawn_main" in _command(entry):
            return int(entry.name)
    return None


def children_of(pid: int) -> list[int]:
    """The processes that it started."""
    found = (entry for entry in PROC.iterdir() if entry.name.isdecimal() and _parent(entry) == pid)
    return [int(entry.name) for entry in found]


def eventually(check: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Whether something becomes true soon."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if check():
            return True
        time.sleep(0.05)
    return check()


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return None


def _command(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
