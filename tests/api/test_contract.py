"""The contract: as it is committed, complete, and true of its examples."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.app import make_app
from api.contract import BODIES, TAGS
from api.settings import Settings
from api.store.database import open_store

SNAPSHOT = Path(__file__).parents[2] / "docs" / "openapi.json"
AGAIN = "python -m api.writing_contract > docs/openapi.json"


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    app = make_app(open_store("sqlite://"), Settings(is_open=False))
    return app.openapi()


def operations(contract: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in contract["paths"].values() for operation in path.values()]


def test_the_contract_is_the_one_that_is_committed(contract: dict[str, Any]) -> None:
    assert json.loads(json.dumps(contract)) == json.loads(SNAPSHOT.read_text()), f"run `{AGAIN}`"


def test_every_operation_has_a_name_a_place_and_words(contract: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(contract)]
    assert len(names) == len(set(names)) > 20
    known = {tag["name"] for tag in TAGS}
    for operation in operations(contract):
        assert set(operation["tags"]) <= known and operation["description"]
        assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_every_body_has_an_example_that_is_read(contract: dict[str, Any]) -> None:
    sent = [one["requestBody"]["content"] for one in operations(contract) if "requestBody" in one]
    assert len(sent) == 9 and all(one["application/json"]["example"] for one in sent)
    for body in BODIES:
        assert body.read(body.example) is not None


def test_every_reference_leads_somewhere(contract: dict[str, Any]) -> None:
    schemas = contract["components"]["schemas"]
    text = json.dumps(contract)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(schemas)
