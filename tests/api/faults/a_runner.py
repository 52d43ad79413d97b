"""A runner in a process of its own, by the clock of the tests."""

import sys

from api.jobs.runner import Runner
from api.store.database import open_store
from tests.api.jobs.service import Clock


def main() -> None:
    """Work on the database that is named, until killed."""
    Runner(open_store(sys.argv[1]), 2, Clock()).run(lambda: False)
