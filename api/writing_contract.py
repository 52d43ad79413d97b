"""`python -m api.writing_contract` writes the contract, as it is committed in `docs/openapi.json`."""

import json
import sys

from api.app import make_app
from api.settings import Settings
from api.store.database import open_store

if __name__ == "__main__":
    document = make_app(open_store("sqlite://"), Settings()).openapi()
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
