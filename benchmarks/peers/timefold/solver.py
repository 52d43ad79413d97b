"""The Java of `java/peer`, compiled against the jars of the PyPI package `timefold`, and its process."""

import atexit
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import TypedDict

SOURCES = Path(__file__).parent / "java" / "peer"
JAVA, MEMORY, LOG = 17, "-Xmx6g", "log"
POLL_SECONDS = 0.1
PLANS = 2
"""A first plan of every team, then the last one."""


class Told(TypedDict):
    """A team's plan: an option of each item, -1 for none; half-days in use, with post and minutes taken."""

    chosen: list[int]
    uses: list[tuple[int, int, int]]


def missing() -> str | None:
    """What the solver lacks here, in words; None when it can run."""
    if shutil.which("java") is None or shutil.which("javac") is None:
        return f"no JDK: Java {JAVA} or later is needed"
    told = subprocess.run(["javac", "-version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\d+", told)
    if version is None or int(version.group()) < JAVA:
        return f"{told.strip() or 'javac'}: Java {JAVA} or later is needed"
    return None if _jars() else "the package timefold is not installed (extra `peers`)"


def _jars() -> Path | None:
    """The folder of the solver's jars."""
    found = find_spec("timefold")
    folders = (found and found.submodule_search_locations) or ()
    jars = (Path(folder) / "solver" / "jars" for folder in folders)
    return next((folder for folder in jars if folder.is_dir()), None)


@cache
def compiled() -> str:
    """The class path of the peer, compiled once a process; the classes go when the process does."""
    folder = tempfile.mkdtemp(prefix="peer-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    jars = f"{_jars()}/*"
    command = ["javac", "-nowarn", "-proc:none", "-d", folder, "-cp", jars]
    subprocess.run([*command, *map(str, SOURCES.glob("*.java"))], check=True, capture_output=True)
    return f"{folder}:{jars}"


class Stopped(Exception):
    """The solver gave no plan; the message says why."""


def plans(teams: str, seconds: float, grace: float, settings: Sequence[str]) -> Iterator[list[Told]]:
    """The plans of the solver as they come, each a list of teams.

    Raises
    ------
    Stopped
        The solver failed, or went on for longer than `grace` beyond `seconds`.
    """
    end = monotonic() + seconds + grace
    with _process(teams, seconds, settings) as (java, folder):
        for number in range(PLANS):
            path = folder / f"plan-{number}.json"
            while not path.is_file():
                if java.poll() is not None and not path.is_file():
                    raise Stopped(f"the solver failed: {_last_words(folder)}")
                if monotonic() > end:
                    raise Stopped("the solver went on after its limit, and was stopped")
                sleep(POLL_SECONDS)
            told: list[Told] = json.loads(path.read_text(encoding="utf-8"))
            yield told


@contextmanager
def _process(
    teams: str, seconds: float, settings: Sequence[str]
) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    """The solver at work, and the folder where it writes."""
    with tempfile.TemporaryDirectory(prefix="peer-") as name:
        folder = Path(name)
        (folder / "teams.json").write_text(teams, encoding="utf-8")
        command = ["java", MEMORY, "-cp", compiled(), "peer.Main", name, f"{seconds:.1f}", *settings]
        with (folder / LOG).open("wb") as log:
            java = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
            try:
                yield java, folder
            finally:
                java.kill()
                java.wait()


def _last_words(folder: Path) -> str:
    """The first line of the log that names a failure."""
    lines = (folder / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.strip() for line in lines if "Exception" in line or "Error" in line), "no word")[:200]
