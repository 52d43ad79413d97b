"""The whole contract asked at random: `python -m benchmarks.service.contract [DATABASE ...]`.

Needs the extra `contract`: `pip install 'polyvalence[contract]'`. Schemathesis reads the contract of a server
and asks each operation what it allows, its limits, and what it forbids, in sequences that follow its links.
No answer may be an error of the server, nor one that the contract does not tell; what it forbids is refused,
and without a key nothing is answered. Rows go to `benchmarks/service/contract.csv`.
"""

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from api.callers import create_key
from api.clock import utc_now
from api.store.database import open_store
from api.store.keys import NewKey
from api.store.migrating import migrate
from api.words import Scope
from benchmarks.service.databases import a_database
from benchmarks.service.results import databases_told, keep
from tests.api.servers import serving

EXAMPLES, SEED = 50, 1
UNASKED = "positive_data_acceptance"
"""A week may satisfy the schema and still name a service that it does not have: it is refused, as told."""


@dataclass(frozen=True)
class Row:
    """A run: operations, cases, and what was found."""

    database: str
    operations: int
    cases: int
    failures: int
    server_errors: int


def measured(kind: str, examples: int) -> Row:
    """The row of a database.

    Raises
    ------
    SystemExit
        Schemathesis is not installed, or could not be run.
    """
    with a_database(kind) as database:
        store = open_store(database)
        migrate(store)
        key = create_key(store, "contract", NewKey("contract", tuple(Scope), None), utc_now())
        store.close()
        with serving(database, "--cores", "1", key=key) as server, tempfile.TemporaryDirectory() as folder:
            address = f"{server.http.base_url}/v1/openapi.json"
            words = ["run", address, "--max-examples", str(examples), "--seed", str(SEED)]
            words += ["--header", f"Authorization: Bearer {key}", "--exclude-checks", UNASKED]
            words += ["--continue-on-failure", "--no-color"]
            command = [sys.executable, "-m", "schemathesis.cli", *words]
            done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    print(done.stdout[-6000:], done.stderr[-2000:])
    return _row(kind, done.stdout)


def _row(kind: str, said: str) -> Row:
    """What its summary says."""
    tested, cases = re.search(r"Tested: (\d+)", said), re.search(r"(\d+) generated", said)
    if tested is None or cases is None:
        raise SystemExit("schemathesis said no summary")
    failures = re.search(r"found (\d+) unique failures?", said)
    errors = re.search(r"Server error: (\d+)", said)
    found = (int(one.group(1)) if one else 0 for one in (tested, cases, failures, errors))
    return Row(kind, *found)


def main() -> None:
    """Measure, and keep the rows."""
    told = databases_told(
        __doc__, lambda parser: parser.add_argument("--examples", type=int, default=EXAMPLES)
    )
    rows = [measured(kind, told.examples) for kind in told.databases]
    print(*rows, sep="\n")
    keep("contract", rows)


if __name__ == "__main__":
    main()
