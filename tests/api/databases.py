"""Databases for tests: a file of SQLite each, and one real server of PostgreSQL for all, on loopback."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.processes import eventually

DEBIAN = Path("/usr/lib/postgresql")
SOMEBODY = "nobody"
"""Who runs the server when the tests are run by root, whom PostgreSQL refuses."""


def postgres_folder() -> Path | None:
    """Where `initdb` and `postgres` are, if they are installed."""
    found = [path.parent for path in sorted(DEBIAN.glob("*/bin/initdb"))]
    return found[-1] if found else None


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_postgres(folder: Path, binaries: Path) -> Iterator[str]:
    """A server with its files in a folder, and its address; it ends with the block."""
    user = SOMEBODY if os.getuid() == 0 else None
    data, port = folder / "data", free_port()
    if user:
        for place in (folder, *_within_temporary(folder)):
            place.chmod(0o755)
        shutil.chown(folder, user)
    _run([str(binaries / "initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-N"], user)
    settings = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-c", "fsync=off"]
    server = subprocess.Popen(
        [str(binaries / "postgres"), "-D", str(data), *settings],
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"postgresql://tests@127.0.0.1:{port}"
        assert eventually(lambda: _answers(address))
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _within_temporary(folder: Path) -> list[Path]:
    """The folders that hold this one, up to that of all temporary files."""
    top = Path(tempfile.gettempdir()).resolve()
    return [place for place in folder.resolve().parents if top in place.parents]


def _run(command: list[str], user: str | None) -> None:
    done = subprocess.run(command, user=user, capture_output=True, text=True, timeout=120, cwd="/")
    assert done.returncode == 0, done.stderr


def _answers(address: str) -> bool:
    try:
        psycopg.connect(f"{address}/postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def new_database(server: str, name: str) -> str:
    """An empty database of a server, and its address."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{server}/{name}"
