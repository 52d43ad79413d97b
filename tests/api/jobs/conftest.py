"""A service with its runner, on SQLite: what depends on the database is tested in `store` and `faults`."""

from pathlib import Path

import pytest


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of an empty file."""
    return f"sqlite:///{tmp_path / 'service.db'}"
