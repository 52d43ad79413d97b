"""The two databases of the service, each empty and for the time of a measure."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.api.databases import new_database, postgres_folder, running_postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)


@contextmanager
def a_database(kind: str) -> Iterator[str]:
    """The address of an empty database; PostgreSQL is Debian's package, which waits for the disk.

    Raises
    ------
    SystemExit
        PostgreSQL is not installed.
    """
    if kind == SQLITE:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            yield f"sqlite:///{Path(folder) / 'service.db'}"
        return
    binaries = postgres_folder()
    if binaries is None:
        raise SystemExit("PostgreSQL is not installed: Debian's package `postgresql`")
    with running_postgres(binaries, is_durable=True) as server:
        yield new_database(server, "service")
