"""A contender's process leaves when whoever started it is gone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

CALLER = """
import time
from benchmarks.peers.apart import apart

if __name__ == "__main__":
    apart(time.sleep, (600,), 600)
"""
ROOT = Path(__file__).parents[2]
PATIENCE = 300
"""Tenths of a second that a process is waited for, at most."""


def children(pid: int) -> list[int]:
    return [int(c) for task in Path(f"/proc/{pid}/task").glob("*/children") for c in task.read_text().split()]


def is_there(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no /proc to see processes in")
def test_a_contender_leaves_with_its_caller(tmp_path: Path) -> None:
    script = tmp_path / "caller.py"
    script.write_text(CALLER, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    caller = subprocess.Popen([sys.executable, str(script)], env=environment)
    try:
        for _ in range(PATIENCE):
            found = children(caller.pid)
            if len(found) >= 2:  # the contender's, and the one that tracks what they share
                break
            time.sleep(0.1)
        assert found
    finally:
        caller.kill()
        caller.wait()
    for _ in range(PATIENCE):
        if not any(map(is_there, found)):
            break
        time.sleep(0.1)
    assert [pid for pid in found if is_there(pid)] == []
