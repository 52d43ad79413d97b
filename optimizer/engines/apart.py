"""A module run as a process of its own, that is spoken to by its standard input and output."""

import os
import subprocess
import sys


def started(module: str) -> subprocess.Popen[bytes]:
    """The process of a module, in a group of its own: no signal of the terminal reaches it.

    Raises
    ------
    OSError
        The system has no room for one more.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
